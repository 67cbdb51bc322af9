//! What stands beside the main estimates: sensitivity analyses, and how the parts of a study differ.

use super::prose::Prose;
use crate::protocol::Grouping;
use crate::report::result_tables::whole;
use crate::report::two_by_two::row_title;
use crate::report::{GroupDifference, limits_text};
use crate::stats::{Measure, Method};

/// Below this an adjusted P value is counted.
const SMALL_P: f64 = 0.05;
/// So few that are small are named.
const NAMED: usize = 4;

impl Prose<'_> {
    /// How the sensitivity analyses were made; nothing where none is shown.
    pub(super) fn sensitivity_methods(&self) -> String {
        let all = self.results.indicators.iter().map(|one| &one.sensitivity);
        let (mut readings, mut extremes) = (false, false);
        for one in all {
            readings |= !one.readings.is_empty();
            extremes |= !one.worst_and_best.is_empty();
        }
        let mut ways = Vec::new();
        if readings {
            ways.push(self.says([
                "med hver regel for manglende oplysninger læst på den anden måde (én ad gangen)",
                "with each rule for missing information read the other way (one at a time)",
            ]));
        }
        if extremes {
            ways.push(self.says([
                "som mindste og største værdi, hvis alt om forløbene var kendt (værste og bedste tilfælde)",
                "as the least and the greatest value if everything were known of the courses (worst and best case)",
            ]));
        }
        ways.extend(self.imperfect_record());
        if ways.is_empty() {
            return String::new();
        }
        let ways = self.all(&ways);
        self.style.says([
            format!("I følsomhedsanalyser blev målene beregnet {ways}."),
            format!("In sensitivity analyses the measures were computed {ways}."),
        ])
    }

    /// What is assumed of the record.
    fn imperfect_record(&self) -> Option<String> {
        let assumed = self.protocol.analysis.reference?;
        let [se, sp] = [assumed.sensitivity(), assumed.specificity()].map(|one| self.style.percent(one));
        Some(self.style.says([
            format!("under antagelse af, at journalens sensitivitet er {se} % og dens specificitet {sp} % (antaget, ikke målt)"),
            format!("on the assumption that the record's sensitivity is {se} % and its specificity {sp} % (assumed, not measured)"),
        ]))
    }

    /// How groups were compared with the first of their grouping.
    pub(super) fn difference_methods(&mut self) -> String {
        let is_shown = |by: &Grouping| {
            let mut all = self.results.indicators.iter().flat_map(|one| &one.differences);
            all.any(|one| one.grouping == *by && one.df.is_some())
        };
        let by = self.protocol.analysis.by.iter().copied().filter(is_shown);
        let words: Vec<String> = by.map(|one| self.grouping(one)).collect();
        if words.is_empty() {
            return String::new();
        }
        let (words, cited) = (self.all(&words), self.cite(&[Method::Linearised.reference()]));
        self.style.says([
            format!(" Efter {words} blev hver gruppe sammenlignet med den første ved forskellen mellem de vægtede estimater, lineariseret med de to gruppers kovarians, med t-fordelt interval og test{cited}."),
            format!(" By {words}, each group was compared with the first by the difference of the weighted estimates, linearised with the covariance of the two, with a t interval and test{cited}."),
        ])
    }

    /// What the sensitivity analyses came to: the bounds of the worst and the best case.
    pub(super) fn sensitivity_findings(&self) -> String {
        let bounds = [Measure::Sensitivity, Measure::Specificity].map(|measure| self.bounds(measure));
        let told = bounds.iter().map(Vec::len).max().unwrap_or(0);
        let [sensitivity, specificity] = bounds.map(|all| self.all(&all));
        if sensitivity.is_empty() {
            return String::new();
        }
        let all = self.results.indicators.iter().filter(|one| !one.sensitivity.worst_and_best.is_empty());
        let of_the_shown = self.of_the_shown(told, all.count());
        let second = match specificity.is_empty() {
            true => String::new(),
            false => self.style.says([
                format!("; specificiteten ville være {specificity}"),
                format!("; specificity would be {specificity}"),
            ]),
        };
        self.style.says([
            format!("I værste og bedste tilfælde, hvis alt om forløbene var kendt, ville sensitiviteten være {sensitivity}{second}{of_the_shown}."),
            format!("In the worst and best case, if everything were known of the courses, sensitivity would be {sensitivity}{second}{of_the_shown}."),
        ])
    }

    /// `82.1–88.3 % for diet` of each indicator.
    fn bounds(&self, measure: Measure) -> Vec<String> {
        let shown = self.results.indicators.iter().filter(|one| whole(one).is_some());
        let of = |one: &crate::report::IndicatorResults| {
            let (_, found) = one.sensitivity.worst_and_best.iter().find(|(of, _)| *of == measure)?;
            let [least, greatest] = (*found).ok()?;
            let style = self.style.no_finer(one.sensitivity.coarse);
            let limits = limits_text(style.percent(least), style.percent(greatest), style);
            let name = self.names([&one.name]);
            Some(self.style.says([format!("{limits} % for {name}"), format!("{limits} % for {name}")]))
        };
        shown.filter_map(of).collect()
    }

    /// How many of the comparisons whose P value is shown were small after adjustment, by each grouping.
    pub(super) fn comparison_findings(&self) -> String {
        let told = |by: &Grouping| self.compared(*by, &self.adjusted(*by));
        self.protocol.analysis.by.iter().filter_map(told).collect::<Vec<_>>().join(" ")
    }

    /// What was tested, with the adjusted P values that are shown.
    fn adjusted(&self, by: Grouping) -> Vec<(String, f64)> {
        let mut found = Vec::new();
        for indicator in &self.results.indicators {
            let of = self.names([&indicator.name]);
            let what = |measure: Measure| {
                let measure = row_title(measure, self.style);
                self.style.says([format!("{measure} for {of}"), format!("{measure} of {of}")])
            };
            match by {
                Grouping::Stratum => {
                    let all = &indicator.by_stratum.homogeneity;
                    found.extend(all.iter().filter_map(|one| Some((what(one.measure), one.adjusted.ok()?))));
                }
                _ => {
                    let all = indicator.differences.iter().filter(|one| one.grouping == by);
                    let less = self.says(["mod", "against"]);
                    let between = |one: &GroupDifference| {
                        format!("{} ({} {less} {})", what(one.measure), one.group, one.reference)
                    };
                    found.extend(all.filter_map(|one| Some((between(one), one.adjusted.ok()?))));
                }
            }
        }
        found
    }

    fn compared(&self, by: Grouping, adjusted: &[(String, f64)]) -> Option<String> {
        let word = self.grouping(by);
        let small: Vec<&String> =
            adjusted.iter().filter(|(_, p)| *p < SMALL_P).map(|(what, _)| what).collect();
        let named = match small.len() {
            1..=NAMED => {
                format!(" ({})", self.all(&small.iter().map(|one| (*one).clone()).collect::<Vec<_>>()))
            }
            _ => String::new(),
        };
        let small = small.len() as u64;
        let all = self.style.count(adjusted.len() as u64);
        let small = if small == 0 { self.says(["ingen", "none"]) } else { self.style.count(small) };
        let limit = self.style.decimal(SMALL_P, 2);
        if let [(_, only)] = adjusted {
            let [da, en] = if *only < SMALL_P { ["", ""] } else { [" ikke", " not"] };
            return Some(self.style.says([
                format!("Den ene test efter {word}, hvis P-værdi vises, var{da} under {limit}."),
                format!("The one test by {word} whose P value is shown was{en} below {limit}."),
            ]));
        }
        (!adjusted.is_empty()).then(|| {
            self.style.says([
                format!("Af de {all} test efter {word}, hvis P-værdi vises, havde {small} en justeret P-værdi under {limit}{named}."),
                format!("Of the {all} tests by {word} whose P value is shown, {small} had an adjusted P value below {limit}{named}."),
            ])
        })
    }

    /// Kappa by the design's weights, from the least to the most.
    pub(super) fn weighted_kappa(&self) -> String {
        let shown = self.results.agreement.iter().filter_map(|one| one.agreement.as_ref());
        let kappas = shown.filter_map(|one| one.weighted.as_ref()?.all_answers.kappa.value.ok());
        let range = self.range(
            ["Designvægtet kappa", "Design-weighted kappa"],
            [" lå", " ranged"],
            kappas.collect(),
            |kappa| self.style.ratio(kappa),
        );
        range.map_or_else(String::new, |(text, _)| format!("{text}."))
    }
}
