//! What the text says of figures that are coarse, or not shown, for the sake of hidden counts.

use super::prose::Prose;
use crate::protocol::{Bilingual, Grouping};
use crate::report::IndicatorResults;
use crate::report::accuracy_notes::{TENTHS, is_coarse};
use crate::report::coarse::Digits;
use crate::report::part_rows::is_plain_alone;
use crate::report::result_tables::whole;
use crate::stats::Reason;

impl Prose<'_> {
    /// That figures are rounded or not shown for the sake of hidden counts.
    pub(super) fn rounded(&self) -> String {
        let tenths = if is_coarse(self.results) { self.says(TENTHS) } else { String::new() };
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
        [tenths, whole_per_cent.unwrap_or_default(), hidden.unwrap_or_default(), self.not_shown()]
            .concat()
            .trim_start()
            .to_owned()
    }

    /// What stands beside the weighted figures of the whole and is not shown: each with the indicators of which it is not.
    fn not_shown(&self) -> String {
        let all: Vec<&IndicatorResults> =
            self.results.indicators.iter().filter(|one| whole(one).is_some()).collect();
        let with_names = |what: String, of: Vec<&Bilingual>| match of.len() {
            0 => None,
            some if some == all.len() => Some(what),
            _ => Some(format!("{what} ({} {})", self.says(["for", "for"]), self.names(of))),
        };
        let by: Vec<Grouping> = self
            .protocol
            .analysis
            .by
            .iter()
            .copied()
            .filter(|by| all.iter().any(|one| is_plain_by(one, *by)))
            .collect();
        let words: Vec<String> = by.iter().map(|one| self.grouping(*one)).collect();
        let words = self.all(&words);
        let parts =
            self.style.says([format!("vægtede tal efter {words}"), format!("weighted figures by {words}")]);
        let of_parts = all.iter().filter(|one| by.iter().any(|by| is_plain_by(one, *by)));
        let of_bootstrap = all.iter().filter(|one| self.hides_bootstrap(one));
        let mut things = Vec::new();
        things.extend(with_names(parts, of_parts.map(|one| &one.name).collect()));
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

/// Whether a part of this grouping has plain figures alone.
fn is_plain_by(of: &IndicatorResults, by: Grouping) -> bool {
    let mut parts = of.groups.iter().filter(|part| part.group.grouping() == by.name());
    parts.any(|part| part.assessed.as_deref().is_some_and(is_plain_alone))
}
