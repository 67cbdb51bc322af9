//! What the text says of figures that are coarse, or not shown, for the sake of hidden counts.

use super::prose::Prose;
use crate::protocol::{Bilingual, Grouping, WeightedFigures};
use crate::report::IndicatorResults;
use crate::report::accuracy_notes::{TENTHS, is_coarse};
use crate::report::coarse::Digits;
use crate::report::part_rows::is_plain_alone;
use crate::report::result_tables::whole;
use crate::report::sensitivity_table::in_whole_per_cent;
use crate::stats::Reason;

impl Prose<'_> {
    /// That figures are rounded or not shown for the sake of hidden counts.
    pub(super) fn rounded(&self) -> String {
        let tenths = if is_coarse(self.results) { self.says(TENTHS) } else { String::new() };
        let is_in_whole = |one: &IndicatorResults| whole(one).is_some() && in_whole_per_cent(one);
        let analyses = match self.results.indicators.iter().any(is_in_whole) {
            true => self.says([
                " Følsomhedsanalyser er af samme grund i hele procent.",
                " Sensitivity analyses are in whole per cent for the same reason.",
            ]),
            false => String::new(),
        };
        let of = |digits: Digits| {
            let shown = self.results.indicators.iter().filter(|one| whole(one).is_some());
            let names: Vec<_> =
                shown.filter(|one| one.digits.weighted == digits).map(|one| &one.name).collect();
            (!names.is_empty()).then(|| self.names(names))
        };
        let whole_per_cent = of(Digits::WholePerCent).map(|names| {
            self.style.says([
                format!(" For {names} er de vægtede tal i hele procent, en forskel for sig selv, fordi skjulte antal kunne følge af finere tal."),
                format!(" For {names}, the weighted figures are in whole per cent, a difference rounded by itself, because hidden counts could follow from finer ones."),
            ])
        });
        let hidden = of(Digits::Hidden).map(|names| {
            self.style.says([
                format!(" For {names} vises ingen vægtede tal, fordi skjulte antal kunne følge af dem."),
                format!(" For {names}, no weighted figures are shown, because hidden counts could follow from them."),
            ])
        });
        [tenths, analyses, whole_per_cent.unwrap_or_default(), hidden.unwrap_or_default(), self.not_shown()]
            .concat()
            .trim_start()
            .to_owned()
    }

    /// That weighted figures are printed though hidden counts may follow from them: by the data owner's leave.
    pub(in crate::report) fn leave(&self) -> String {
        let is_printed = self.protocol.disclosure.weighted_figures == WeightedFigures::Printed;
        let mut rest_on_small =
            self.results.indicators.iter().filter(|one| one.digits.weighted > Digits::All);
        match is_printed && rest_on_small.next().is_some() {
            true => self.says([
                "Vægtede tal vises med dataejerens tilladelse, også hvor skjulte antal i strata kunne følge af dem.",
                "By leave of the data owner, weighted figures are shown even where hidden counts of strata could follow from them.",
            ]),
            false => String::new(),
        }
    }

    /// What stands beside the weighted figures of the whole and is not shown: by which groupings, wholly or in part, the bootstrap with the
    /// indicators of which it is not, and design-weighted agreement.
    fn not_shown(&self) -> String {
        let all: Vec<&IndicatorResults> =
            self.results.indicators.iter().filter(|one| whole(one).is_some()).collect();
        let with_names = |what: String, of: Vec<&Bilingual>| match of.len() {
            0 => None,
            some if some == all.len() => Some(what),
            _ => Some(format!("{what} ({} {})", self.says(["for", "for"]), self.names(of))),
        };
        let plain_by = |by: Grouping| -> Vec<bool> {
            let parts =
                all.iter().flat_map(|one| &one.groups).filter(|part| part.group.grouping() == by.name());
            parts.filter_map(|part| part.assessed.as_deref()).map(is_plain_alone).collect()
        };
        let (mut groupings, mut in_part) = (Vec::new(), Vec::new());
        for by in self.protocol.analysis.by.iter().copied() {
            let (plain, by) = (plain_by(by), self.grouping(by));
            match (plain.contains(&true), plain.contains(&false)) {
                (false, _) => {}
                (true, false) => groupings.push(self.style.says([format!("efter {by}"), format!("by {by}")])),
                (true, true) => {
                    in_part
                        .push(self.style.says([format!("til dels efter {by}"), format!("in part by {by}")]));
                }
            }
        }
        groupings.extend(in_part);
        let listed = self.all(&groupings);
        let parts = self.style.says([
            [
                format!("vægtede tal {listed} (de uvægtede står i deres sted)"),
                "forskelle mellem disse grupper".to_owned(),
            ],
            [
                format!("weighted figures {listed} (plain ones stand in their place)"),
                "differences between these groups".to_owned(),
            ],
        ]);
        let of_bootstrap = all.iter().filter(|one| self.hides_bootstrap(one));
        let mut things = Vec::new();
        if !groupings.is_empty() {
            things.extend(parts);
        }
        let bootstrap = self.says(["bootstrap-intervaller", "bootstrap intervals"]);
        things.extend(with_names(bootstrap, of_bootstrap.map(|one| &one.name).collect()));
        if self.protocol.analysis.weighted_agreement && !self.shows_weighted_agreement() {
            things.push(self.says(["designvægtet enighed", "design-weighted agreement"]));
        }
        if things.is_empty() {
            return String::new();
        }
        let things = self.all(&things);
        self.style.says([
            format!(" Ikke vist, fordi skjulte antal i strata kunne følge af dem: {things}."),
            format!(" Not shown, because hidden counts of strata could follow from them: {things}."),
        ])
    }

    fn hides_bootstrap(&self, of: &IndicatorResults) -> bool {
        let all = self.results.bootstrap.iter().flat_map(|one| &one.indicators);
        all.into_iter().any(|(id, estimates)| *id == of.id && estimates.is_none())
    }

    /// Whether the bootstrap of some indicator is shown, or is still to come.
    pub(super) fn shows_bootstrap(&self) -> bool {
        let bootstrap = self.results.bootstrap.as_ref();
        bootstrap.is_none_or(|one| one.indicators.iter().any(|(_, estimates)| estimates.is_some()))
    }

    /// Whether design-weighted agreement of some indicator is shown, or none is counted yet.
    pub(super) fn shows_weighted_agreement(&self) -> bool {
        let all = self.results.agreement.iter().filter_map(|one| one.agreement.as_ref()?.weighted.as_ref());
        let raw: Vec<Result<f64, Reason>> = all.map(|one| one.all_answers.raw.estimate).collect();
        raw.is_empty() || raw.iter().any(|one| *one != Err(Reason::Suppressed))
    }
}
