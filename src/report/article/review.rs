//! How the records were read, and what became of what they do not say.

use super::prose::{Prose, capital, number_word};
use crate::protocol::{Indicator, Sampled, Undocumented, Unregistered, WrongPerson};
use crate::stats::AGREEMENT;

impl Prose<'_> {
    /// The paragraph of review and reference standard.
    pub(super) fn reviewing(&mut self) -> String {
        let mut sentences = vec![
            self.blinded(),
            self.reviewers(),
            self.before_draw(),
            self.derived(),
            self.second(),
            self.not_found(),
        ];
        sentences.extend(self.missing());
        sentences.extend(self.in_force());
        sentences.push(self.register_positives());
        sentences.extend(self.not_assessable());
        self.paragraph(&sentences)
    }

    fn blinded(&self) -> String {
        self.says([
            "Patientens journal var referencestandarden. Gennemgangen fulgte definitioner, der var fastsat på forhånd, og svarene blev \
             indtastet i skemaer, der ikke viste, hvad registret sagde (blindet journalgennemgang). For hver indikator var svaret \
             ja, nej, ikke relevant eller ikke dokumenteret.",
            "The patient's record was the reference standard. Reviewers followed definitions that were agreed beforehand and \
             filled in forms that did not show what the register said (blinded review). For each indicator the answer was yes, no, \
             not relevant or not documented.",
        ])
    }

    fn reviewers(&self) -> String {
        let number = number_word(self.provenance.reviewers, self.style);
        match self.provenance.reviewers {
            0 => String::new(),
            1 => self.says(["Én person læste journalerne.", "One reviewer read the records."]),
            _ => self.style.says([
                format!("{} personer læste journalerne.", capital(&number)),
                format!("{} reviewers read the records.", capital(&number)),
            ]),
        }
    }

    /// A date may be a slip: the authors look it up, or say why.
    fn before_draw(&self) -> String {
        match self.provenance.read_before_draw {
            true => self.says([
                "Nogle gennemgange er dateret før lodtrækningen.",
                "Some reviews are dated before the draw of the sample.",
            ]),
            false => String::new(),
        }
    }

    fn derived(&self) -> String {
        let derived: Vec<&Indicator> =
            self.protocol.assessable().filter(|one| one.derived.is_some()).collect();
        if derived.is_empty() {
            return String::new();
        }
        let names = self.names(derived.iter().map(|one| &one.name));
        self.style.says([
            format!("Svaret på {names} fulgte af de indtastede oplysninger efter faste regler."),
            format!("The answer to {names} followed from the items entered, by fixed rules."),
        ])
    }

    fn second(&mut self) -> String {
        let percent = self.protocol.review.second_reviewer.get();
        if percent == 0 {
            return String::new();
        }
        let by_whom = match self.provenance.settled_by_reader {
            true => [
                "blev i nogle tilfælde afklaret af en af de to læsere selv",
                "were adjudicated, some of them by one of the two readers",
            ],
            false => ["blev afklaret", "were adjudicated"],
        };
        let by_whom = self.says(by_whom);
        let of = |name: &str| AGREEMENT.iter().find(|one| one.name == name).map(|one| one.reference);
        let [kappa, pabak, ac1] = ["kappa", "pabak", "ac1"].map(|name| self.cite(of(name).as_slice()));
        self.style.says([
            format!(
                "I en delstikprøve på {percent} % af forløbene, mindst ét i hvert stratum, blev journalen gennemgået af to uafhængigt \
                 af hinanden. Enigheden er opgjort på de første fuldstændige svar i fire kategorier (ja, nej, ikke relevant og ikke \
                 dokumenteret) som andel ens svar, Cohens kappa{kappa}, PABAK{pabak} og Gwets AC1{ac1}, de to sidste også over ja og \
                 nej alene. Uenighed {by_whom}, og det afklarede svar var referencestandarden."
            ),
            format!(
                "For {percent} % of the courses, at least one in every stratum, a second reviewer read the record independently. \
                 Agreement was taken from the first complete answers in four categories (yes, no, not relevant and not documented), as \
                 the share of equal answers, Cohen's kappa{kappa}, PABAK{pabak} and Gwet's AC1{ac1}, the last two over yes and no \
                 alone as well. Disagreements {by_whom}, and the settled answer was the reference \
                 standard."
            ),
        ])
    }

    pub(in crate::report) fn not_found(&self) -> String {
        self.says(match self.protocol.review.wrong_person {
            WrongPerson::NonResponse => [
                "En journal, der tilhørte en anden person, regnedes som ikke fundet.",
                "A record that belonged to another person counted as not found.",
            ],
            WrongPerson::Ineligible => [
                "Et forløb, hvis journal tilhørte en anden person, regnedes som gennemgået uden at indgå i nogen tabel.",
                "A course whose record belonged to another person counted as reviewed and entered no table.",
            ],
        })
    }

    /// What neither the record nor the register says, as declared for each indicator.
    pub(in crate::report) fn missing(&self) -> Vec<String> {
        let record = |one: &Indicator| one.missing.not_documented == Undocumented::No;
        let [da, en] =
            ["Når journalen ikke nævnte en indikator", "Where the record did not mention an indicator"];
        let mut sentences = vec![self.treated([da, en], record)];
        let missing = |one: &Indicator| one.missing.register_missing == Unregistered::No;
        let not_relevant = |one: &Indicator| one.missing.register_not_relevant == Unregistered::No;
        let alike = self.protocol.assessable().all(|one| missing(one) == not_relevant(one));
        if alike {
            let text = [
                "Når registret manglede en værdi eller sagde ikke relevant",
                "Where the register had no value or said not relevant",
            ];
            sentences.push(self.treated(text, missing));
        } else {
            let [absent, other] = [
                ["Når registret manglede en værdi", "Where the register had no value"],
                ["Når registret sagde ikke relevant", "Where the register said not relevant"],
            ];
            sentences.extend([self.treated(absent, missing), self.treated(other, not_relevant)]);
        }
        sentences.push(self.says([
            "Når journalen sagde, at indikatoren ikke var relevant, udgik forløbet.",
            "Where the record said that the indicator was not relevant, the course left the analysis.",
        ]));
        sentences
    }

    /// For which indicators something counts as a no, and for which the course leaves the analysis.
    fn treated(&self, when: [&str; 2], counts_as_no: impl Fn(&Indicator) -> bool) -> String {
        let (no, out): (Vec<&Indicator>, Vec<&Indicator>) =
            self.protocol.assessable().partition(|one| counts_as_no(one));
        let names = |some: &[&Indicator]| self.names(some.iter().map(|one| &one.name));
        let what = match (no.is_empty(), out.is_empty()) {
            (true, _) => self.says(["udgik forløbet af analysen", "the course left the analysis"]),
            (_, true) => self.says(["regnedes det som et nej", "it counted as a no"]),
            _ => self.style.says([
                format!("regnedes det som et nej for {}, og forløbet udgik for {}", names(&no), names(&out)),
                format!(
                    "it counted as a no for {}, and the course left the analysis for {}",
                    names(&no),
                    names(&out)
                ),
            ]),
        };
        self.style.says([format!("{}, {what}.", when[0]), format!("{}, {what}.", when[1])])
    }

    pub(in crate::report) fn register_positives(&self) -> String {
        let some: Vec<&Indicator> =
            self.protocol.assessable().filter(|one| one.sampled == Sampled::RegisterYes).collect();
        if some.is_empty() {
            return String::new();
        }
        let names = self.names(some.iter().map(|one| &one.name));
        self.style.says([
            format!("For {names} rummede rammen kun forløb med ja i registret, så kun den positive prædiktive værdi kan estimeres."),
            format!("For {names} the frame held only courses with yes in the register, so that only the positive predictive value can be estimated."),
        ])
    }

    pub(in crate::report) fn not_assessable(&self) -> Vec<String> {
        let sentence = |one: &Indicator| {
            let reason = self.style.of(one.not_assessable.as_ref()?);
            let name = self.names([&one.name]);
            let reason = capital(reason.trim_end_matches('.'));
            Some(self.style.says([
                format!("Indikatoren {name} kunne ikke vurderes ud fra journalen: {reason}."),
                format!("The indicator {name} could not be assessed from the record: {reason}."),
            ]))
        };
        self.protocol.indicators.iter().filter_map(sentence).collect()
    }
}
