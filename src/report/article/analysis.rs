//! How the results were computed, and what a reader must know of their history.

use super::citations::{HOLM, HOMOGENEITY, POST_STRATIFYING, RECORD, RESCALING, STARD, WEIGHTING};
use super::prose::Prose;
use crate::protocol::{Grouping, Undocumented};
use crate::report::accuracy_notes::times;
use crate::report::two_by_two::{interval_title, weighted_title};
use crate::report::{SOFTWARE, status_text};
use crate::stats::{Measure, Method, PostStrata};

impl Prose<'_> {
    /// The paragraph of the statistical analysis.
    pub(super) fn analysing(&mut self) -> String {
        let mut sentences = vec![
            self.measures(),
            self.weights(),
            self.post_stratified(),
            self.correction(),
            self.intervals(),
            self.difference(),
            self.bootstrap(),
            self.weighted_agreement(),
            self.sensitivity_methods(),
            self.groups(),
            self.raw_items(),
            self.small_cells(),
            self.rounded(),
        ];
        sentences.extend([self.looks(), self.post_hoc(), self.status(), self.guidelines()]);
        self.paragraph(&sentences)
    }

    fn measures(&mut self) -> String {
        let [accuracy, predictive] =
            [Measure::Sensitivity, Measure::Ppv].map(|one| one.explanation().reference);
        let [accuracy, predictive] = [self.cite(&[accuracy]), self.cite(&[predictive])];
        self.style.says([
            format!(
                "For hver indikator beregnede vi sensitivitet, specificitet{accuracy} og positiv og negativ prædiktiv værdi{predictive} \
                 med journalen som referencestandard."
            ),
            format!(
                "For each indicator we computed sensitivity, specificity{accuracy} and the positive and negative predictive \
                 values{predictive} of the register, with the record as the reference standard."
            ),
        ])
    }

    fn weights(&mut self) -> String {
        let cited = self.cite(&[WEIGHTING]);
        let weights = self.style.says([
            format!(
                "Estimaterne er vægtet efter udtrækningen: hvert læst forløb tæller som antallet af forløb i rammen delt med antallet \
                 af læste i dets stratum{cited}."
            ),
            format!(
                "Estimates were weighted by the design: each course that was read counted as the number of courses in the frame over the \
                 number read in its stratum{cited}."
            ),
        ]);
        let leaves = |missing| self.protocol.assessable().any(|one| one.missing.not_documented == missing);
        if !self.protocol.analysis.item_weights || !leaves(Undocumented::Missing) {
            return weights;
        }
        let items = self.says([
            "For indikatorer, som journalen ikke altid nævner, var vægten antallet i rammen delt med antallet af besvarede.",
            "For indicators that records may not mention, the weight was the number in the frame over the number answered.",
        ]);
        format!("{weights} {items}")
    }

    fn post_stratified(&mut self) -> String {
        let Some(by) = self.protocol.analysis.post_stratify else { return String::new() };
        let cited = self.cite(&[POST_STRATIFYING]);
        self.style.says(match by {
            PostStrata::Frame => [
                format!("Vægtene blev poststratificeret til registrets værdier i hele rammen{cited}."),
                format!("Weights were post-stratified to the register's values in the whole frame{cited}."),
            ],
            PostStrata::Strata => [
                format!("Vægtene blev poststratificeret til registrets værdier i de enkelte strata, hvor hver værdi havde mindst fem gennemgåede journaler, ellers samlet{cited}."),
                format!("Weights were post-stratified to the register's values in each stratum with five or more reviewed records of every value, elsewhere jointly{cited}."),
            ],
        })
    }

    pub(in crate::report) fn correction(&self) -> String {
        self.says(match self.protocol.analysis.finite_population_correction {
            true => [
                "Varianser blev lineariseret med endelighedskorrektion, fordi spørgsmålet gælder dette register i denne periode.",
                "Variances were linearised with the finite population correction, since the question is about this register in this period.",
            ],
            false => [
                "Varianser blev lineariseret uden endelighedskorrektion, fordi spørgsmålet gælder den proces, der ligger bag registret.",
                "Variances were linearised without the finite population correction, since the question is about the process behind the register.",
            ],
        })
    }

    fn intervals(&mut self) -> String {
        let analysis = &self.protocol.analysis;
        let (plain, weighted) = (analysis.interval, analysis.weighted_interval);
        let level = self.style.written(&analysis.level);
        let [of_weighted, of_plain] = [self.cite(&[weighted.reference()]), self.cite(&[plain.reference()])];
        let (weighted, plain) = (weighted_title(weighted, self.style), interval_title(plain, self.style));
        self.style.says([
            format!(
                "Vægtede proportioner har {level} konfidensintervaller af typen {weighted}{of_weighted}, uvægtede af typen \
                 {plain}{of_plain}."
            ),
            format!(
                "Weighted proportions have {level} {weighted} confidence intervals{of_weighted}, unweighted ones \
                 {plain} intervals{of_plain}."
            ),
        ])
    }

    fn difference(&mut self) -> String {
        let [linearised, paired, exact] = [
            Method::Linearised.reference(),
            Method::NewcombePaired.reference(),
            crate::stats::MCNEMAR.reference,
        ];
        let [linearised, paired, exact] = [linearised, paired, exact].map(|one| self.cite(&[one]));
        self.style.says([
            format!(
                "Andelen med ja i registret blev sammenholdt med andelen i journalen ved den vægtede forskel med t-fordelt \
                 interval{linearised}, den uvægtede med Newcombes interval for parrede proportioner{paired} og McNemars eksakte \
                 test{exact}."
            ),
            format!(
                "The share with yes in the register was compared with that in the record by the weighted difference with a t \
                 interval{linearised}, the unweighted one with Newcombe's interval for paired proportions{paired} and McNemar's \
                 exact test{exact}."
            ),
        ])
    }

    fn bootstrap(&mut self) -> String {
        let declared = self.protocol.analysis.bootstrap.as_ref();
        let Some(bootstrap) = declared.filter(|_| self.shows_bootstrap()) else { return String::new() };
        let (count, seed) = (self.style.count(bootstrap.replicates as u64), &bootstrap.seed);
        // In the order in which the sentence cites them.
        let [bca, scheme] = [self.cite(&[Method::BootstrapBca.reference()]), self.cite(&[RESCALING])];
        self.style.says([
            format!(
                "Til sammenligning beregnede vi percentil- og BCa-intervaller{bca} af {count} bootstrap-gentagelser, trukket inden for \
                 strata efter Rao og Wu{scheme} (startværdi »{seed}«)."
            ),
            format!(
                "For comparison we computed percentile and BCa intervals{bca} from {count} bootstrap replicates, drawn within strata by \
                 the method of Rao and Wu{scheme} (seed “{seed}”)."
            ),
        ])
    }

    fn weighted_agreement(&self) -> String {
        if !self.protocol.analysis.weighted_agreement || !self.shows_weighted_agreement() {
            return String::new();
        }
        self.says([
            "Kappa og AC1 er også opgjort vægtet efter udtrækningen.",
            "Kappa and AC1 are given weighted by the design as well.",
        ])
    }

    fn groups(&mut self) -> String {
        let by = &self.protocol.analysis.by;
        if by.is_empty() {
            return String::new();
        }
        let words: Vec<String> = by.iter().map(|one| self.grouping(*one)).collect();
        let listed = self.all(&words);
        let mut text = self.style.says([
            format!("Resultaterne er desuden opgjort efter {listed}."),
            format!("Results are also given by {listed}."),
        ]);
        if by.contains(&Grouping::Stratum) {
            let [exact, shrunken] =
                [self.cite(&[HOMOGENEITY]), self.cite(&[Method::BetaBinomial.reference()])];
            text += &self.style.says([
                format!(" Forskelle mellem strata blev testet med den eksakte test for homogenitet{exact} (strata med en skjult tabel samlet), og stratas estimater er også trukket mod hinanden i en beta-binomial model{shrunken}."),
                format!(" Differences among strata were tested by the exact test of homogeneity{exact} (strata with a hidden table as one), and the strata's estimates are also shrunken towards each other in a beta-binomial model{shrunken}."),
            ]);
        }
        text += &self.difference_methods();
        let cited = self.cite(&[HOLM]);
        text + &self.style.says([
            format!(" P-værdier er justeret efter Holm for de test, hvis P-værdi vises, inden for hver tabel{cited}."),
            format!(" P values were adjusted by Holm's method for the tests whose P value is shown, within each table{cited}."),
        ])
    }

    fn small_cells(&self) -> String {
        let disclosure = self.protocol.disclosure;
        let below = |min_cell: u64| match min_cell - 1 {
            1 => self.says(["én person", "one person"]),
            most => self.style.says([format!("1–{most} personer"), format!("1–{most} persons")]),
        };
        let mut text = String::new();
        if disclosure.min_cell > 1 && !self.protocol.analysis.by.is_empty() {
            let few = below(disclosure.min_cell);
            text += &self.style.says([
                format!("Tabeller for dele af studiet med en celle på {few} er skjult. "),
                format!("Tables of parts of the study with a cell of {few} are hidden. "),
            ]);
        }
        if disclosure.min_cell_overall > 1 {
            let few = below(disclosure.min_cell_overall);
            text += &self.style.says([
                format!("Tabeller og antal for hele studiet med {few} er skjult. "),
                format!("Tables and counts of the whole study with {few} are hidden. "),
            ]);
        }
        text + &self.leave()
    }

    pub(in crate::report) fn looks(&self) -> String {
        let head = &self.results.head;
        let times = times(head.looks, self.style);
        match (head.is_final, head.looks) {
            (true, 0) => self.says([
                "Data blev ikke analyseret, før gennemgangen var afsluttet.",
                "The data were not analysed before the review was complete.",
            ]),
            (true, _) => self.style.says([
                format!("Data blev analyseret {times}, før gennemgangen var afsluttet."),
                format!("The data were analysed {times} before the review was complete."),
            ]),
            (false, 0) => self.says([
                "Gennemgangen er ikke afsluttet, og endnu er intet svar analyseret.",
                "The review is not complete, and no answer has been analysed yet.",
            ]),
            (false, _) => self.style.says([
                format!("Gennemgangen er ikke afsluttet; data er indtil nu analyseret {times}."),
                format!("The review is not complete; the data have been analysed {times} so far."),
            ]),
        }
    }

    /// What was done otherwise than the frozen protocol says.
    pub(in crate::report) fn post_hoc(&self) -> String {
        let changes: Vec<&str> = self.results.head.post_hoc.iter().map(|one| self.style.of(one)).collect();
        match (changes.is_empty(), self.results.head.is_final) {
            (true, true) => self.says([
                "Protokollen, fastlåst ved udtrækningen, blev fulgt.",
                "The protocol, frozen at the draw, was followed.",
            ]),
            (true, false) => self.says([
                "Protokollen, fastlåst ved udtrækningen, er fulgt indtil nu.",
                "The protocol, frozen at the draw, has been followed so far.",
            ]),
            (false, _) => format!("Post hoc: {}.", changes.join("; ")),
        }
    }

    fn status(&self) -> String {
        let status = status_text(self.results, self.style);
        self.style.says([
            format!("Analysen blev lavet med {SOFTWARE}; resultaterne er {status}."),
            format!("The analysis was made with {SOFTWARE}; the results are {status}."),
        ])
    }

    fn guidelines(&mut self) -> String {
        let [stard, record] = [self.cite(&[STARD]), self.cite(&[RECORD])];
        self.style.says([
            format!("Studiet er rapporteret efter STARD 2015{stard} og RECORD{record}."),
            format!("The study is reported by STARD 2015{stard} and RECORD{record}."),
        ])
    }
}
