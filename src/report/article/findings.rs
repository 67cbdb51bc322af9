//! What was found: who was reviewed, how accurate the register is, how far it is from the record, how far reviewers agree.

use super::prose::{Prose, number_word};
use crate::accuracy::Assessed;
use crate::report::coarse::Digits;
use crate::report::forest::accuracy_forest;
use crate::report::result_tables::{HIDDEN, MAIN, measured, whole};
use crate::report::two_by_two::row_title;
use crate::report::{IndicatorResults, weighted_text};
use crate::stats::{Measure, Reason};

impl<'a> Prose<'a> {
    /// The paragraphs of the results.
    pub(super) fn findings(&mut self) -> Vec<String> {
        let flow = [self.frame(), self.drawn(), self.not_read(), self.replaced(), self.read()];
        let accuracy = self.accuracy();
        let beside = [self.largest_difference(), self.agreement(), self.weighted_kappa()];
        let items = [self.raw_item_findings()];
        let analyses = [self.sensitivity_findings(), self.comparison_findings()];
        let paragraphs =
            [flow.as_slice(), accuracy.as_slice(), beside.as_slice(), items.as_slice(), analyses.as_slice()];
        paragraphs.map(|one| self.paragraph(one)).into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// A step of the flow that is shown.
    fn step(&self, name: &str) -> Option<String> {
        let (_, courses) = self.results.flow.iter().find(|(step, _)| step == name)?;
        courses.map(|courses| self.style.count(courses))
    }

    fn frame(&self) -> String {
        match (self.step("rows_read"), self.step("frame")) {
            (Some(rows), Some(frame)) => self.style.says([
                format!("Registret havde {rows} rækker, og {frame} forløb kunne indgå (figur 1)."),
                format!("The register had {rows} rows, and {frame} courses were eligible (Figure 1)."),
            ]),
            (None, Some(frame)) => self.style.says([
                format!("I registret kunne {frame} forløb indgå (figur 1)."),
                format!("In the register {frame} courses were eligible (Figure 1)."),
            ]),
            _ => String::new(),
        }
    }

    fn drawn(&self) -> String {
        let (total, strata) = (self.style.count(self.results.review.drawn()), self.strata());
        self.style.says([
            format!("Der blev udtrukket {total} forløb i {strata}."),
            format!("We drew {total} courses in {strata}."),
        ])
    }

    fn replaced(&self) -> String {
        let replaced = self.results.review.replaced;
        let count = self.style.count(replaced);
        match replaced {
            0 => String::new(),
            1 => self.says([
                "Ét forløb blev erstattet fra reserven.",
                "One course was replaced from the reserve.",
            ]),
            _ => self.style.says([
                format!("{count} forløb blev erstattet fra reserven."),
                format!("{count} courses were replaced from the reserve."),
            ]),
        }
    }

    fn not_read(&self) -> String {
        let reasons = self.results.review.not_read.iter().filter(|(_, courses)| *courses != Some(0));
        let reason = |(status, courses): &(crate::review::ChartStatus, Option<u64>)| {
            let courses = courses.map(|courses| self.style.count(courses))?;
            Some(format!("{}: {courses}", status.word(self.style.language).to_lowercase()))
        };
        let shown: Vec<String> = reasons.filter_map(reason).collect();
        let review = &self.results.review;
        let count = review.in_use.saturating_sub(review.pending + review.read);
        let listed = match shown.is_empty() {
            true => String::new(),
            false => format!(" ({})", shown.join(", ")),
        };
        let courses = self.style.count(count);
        match count {
            0 => String::new(),
            1 => self.style.says([
                format!("Ét forløbs journal kunne ikke læses{listed}."),
                format!("The record of one course could not be read{listed}."),
            ]),
            _ => self.style.says([
                format!("Journalen til {courses} forløb kunne ikke læses{listed}."),
                format!("The records of {courses} courses could not be read{listed}."),
            ]),
        }
    }

    fn read(&self) -> String {
        let review = &self.results.review;
        let [read, pending] = [review.read, review.pending].map(|courses| self.style.count(courses));
        let read = match review.read {
            1 => self.says(["Én journal blev fundet og læst", "One record was found and read"]),
            _ => self.style.says([
                format!("I alt blev {read} journaler fundet og læst"),
                format!("In all, {read} records were found and read"),
            ]),
        };
        match review.pending {
            0 => format!("{read}."),
            1 => self.style.says([
                format!("{read}, og ét forløb er endnu ikke gennemgået."),
                format!("{read}, and one course is still to be reviewed."),
            ]),
            _ => self.style.says([
                format!("{read}, og {pending} forløb er endnu ikke gennemgået."),
                format!("{read}, and {pending} courses are still to be reviewed."),
            ]),
        }
    }

    /// The four measures of each indicator, weighted.
    fn accuracy(&self) -> Vec<String> {
        let found: Vec<String> =
            self.results.indicators.iter().filter_map(|one| self.accuracy_of(one)).collect();
        let has_weighted =
            |one: &IndicatorResults| whole(one).is_some() && one.digits.weighted < Digits::Hidden;
        if !self.results.indicators.iter().any(has_weighted) {
            return found;
        }
        let level = self.style.written(&self.protocol.analysis.level);
        let figure = match accuracy_forest(self.results, self.protocol) {
            Some(_) => self.says([", figur 2", ", Figure 2"]),
            None => String::new(),
        };
        let first = self.style.says([
            format!("Vægtede estimater er givet med {level} konfidensintervaller i parentes (tabel 1{figure})."),
            format!("Weighted estimates are given with {level} confidence intervals in parentheses (Table 1{figure})."),
        ]);
        std::iter::once(first).chain(found).collect()
    }

    fn accuracy_of(&self, indicator: &IndicatorResults) -> Option<String> {
        if indicator.not_assessable.is_some() {
            return None;
        }
        let name = self.names([&indicator.name]);
        let Some(assessed) = whole(indicator) else {
            let few = self.protocol.disclosure.min_cell_overall.saturating_sub(1);
            return Some(self.style.says([
                format!("For {name} vises ingen tal, fordi et antal på 1–{few} er blandt dem."),
                format!("No figures are shown for {name}, because a count of 1–{few} is among them."),
            ]));
        };
        let mut measures: Vec<String> = Vec::new();
        for measure in MAIN {
            measures.extend(self.measured(assessed, measure, measures.is_empty()));
        }
        let n = assessed.table.total();
        if indicator.digits.weighted == Digits::Hidden && n > 0 {
            return Some(self.plain_of(indicator, assessed));
        }
        if measures.is_empty() || n == 0 {
            return Some(self.style.says([
                format!("For {name} kunne intet mål estimeres."),
                format!("For {name} no measure could be estimated."),
            ]));
        }
        let (n, measures) = (self.style.count(n), self.all(&measures));
        let missing = self.not_estimable(assessed);
        Some(self.style.says([
            format!("For {name} (n = {n}) var {measures}{missing}."),
            format!("For {name} (n = {n}), {measures}{missing}."),
        ]))
    }

    /// The plain measures of an indicator whose weighted figures are not shown.
    fn plain_of(&self, indicator: &IndicatorResults, assessed: &Assessed) -> String {
        let is_told = |measure: &Measure| {
            let mut all = assessed.measures.iter().filter(|one| one.measure == *measure);
            all.any(|one| one.plain.value.is_ok())
        };
        let told = MAIN.into_iter().filter(is_told).enumerate();
        let plain = |(place, measure)| {
            let text = percent_text(measured(assessed, measure, false, self.style));
            self.named(measure, &text, place == 0)
        };
        let measures: Vec<String> = told.map(plain).collect();
        let (name, measures) = (self.names([&indicator.name]), self.all(&measures));
        let n = self.style.count(assessed.table.total());
        self.style.says([
            format!("For {name} (n = {n}) vises ingen vægtede tal, fordi skjulte antal kunne følge af dem; uvægtet var {measures}."),
            format!("For {name} (n = {n}), no weighted figures are shown, because hidden counts could follow from them; unweighted, {measures}."),
        ])
    }

    /// `; specificity could not be estimated`; nothing where all could be.
    fn not_estimable(&self, assessed: &Assessed) -> String {
        let is_missing = |measure: &Measure| {
            let mut found = assessed.measures.iter().filter(|one| one.measure == *measure);
            found.any(|one| one.weighted.estimate == Err(Reason::NotEstimable))
        };
        let titles =
            MAIN.into_iter().filter(is_missing).map(|measure| match self.style.says([true, false]) {
                true if matches!(measure, Measure::Sensitivity | Measure::Specificity) => {
                    format!("{}en", row_title(measure, self.style))
                }
                _ => row_title(measure, self.style),
            });
        let titles: Vec<String> = titles.collect();
        if titles.is_empty() {
            return String::new();
        }
        let titles = self.all(&titles);
        self.style.says([
            format!("; {titles} kunne ikke estimeres, fordi ingen forløb er i nævneren"),
            format!("; {titles} could not be estimated, for no course is in the denominator"),
        ])
    }

    /// `sensitivity was 89.5 % (85.1–93.0)`; nothing of a measure that is not estimable, or hidden. The verb stands at the first.
    fn measured(&self, assessed: &Assessed, measure: Measure, is_first: bool) -> Option<String> {
        Some(self.named(measure, &percent_text(self.weighted(assessed, measure)?), is_first))
    }

    fn named(&self, measure: Measure, text: &str, is_first: bool) -> String {
        let name = row_title(measure, self.style);
        self.style.says([
            match measure {
                Measure::Sensitivity | Measure::Specificity => format!("{name}en {text}"),
                _ => format!("{name} {text}"),
            },
            if is_first { format!("{name} was {text}") } else { format!("{name} {text}") },
        ])
    }

    /// The weighted estimate with its interval, where there is one to show.
    fn weighted(&self, assessed: &Assessed, measure: Measure) -> Option<String> {
        let one = assessed.measures.iter().find(|one| one.measure == measure)?;
        one.weighted.estimate.ok()?;
        let text = weighted_text(&one.weighted, self.style);
        (!text.contains(HIDDEN)).then_some(text)
    }

    /// Where the register's share of yes is farthest from the record's.
    fn largest_difference(&self) -> String {
        let difference = |indicator: &'a IndicatorResults| {
            let assessed = whole(indicator)?;
            let one = assessed.measures.iter().find(|one| one.measure == Measure::PrevalenceDifference)?;
            Some((indicator, assessed, one.weighted.estimate.ok()?))
        };
        let all: Vec<_> = self.results.indicators.iter().filter_map(difference).collect();
        // What is hidden may be farther.
        let is_one_of_some = all.len() < self.protocol.assessable().count();
        if is_one_of_some && all.len() < 2 {
            return String::new();
        }
        let Some((indicator, assessed, value)) =
            all.into_iter().max_by(|a, b| a.2.abs().total_cmp(&b.2.abs()))
        else {
            return String::new();
        };
        let texts =
            [Measure::PrevalenceRegister, Measure::PrevalenceReference, Measure::PrevalenceDifference]
                .map(|measure| self.weighted(assessed, measure));
        let [Some(register), Some(record), Some(difference)] = texts else { return String::new() };
        let [register, record] = [register, record].map(percent_text);
        let name = self.names([&indicator.name]);
        let [da, en] = match is_one_of_some {
            true => [
                "Blandt de indikatorer, hvis tal vises, afveg registrets andel af ja mest",
                "Of the indicators with figures shown, the register's share of yes",
            ],
            false => ["Registrets andel af ja afveg mest", "The register's share of yes"],
        };
        let text = self.style.says([
            format!("{da} fra journalens for {name}: {register} i registret mod {record} i journalen, en forskel på {difference} procentpoint."),
            format!("{en} differed most from the record's for {name}: {register} in the register against {record} in the record, a difference of {difference} percentage points."),
        ]);
        if value == 0.0 { String::new() } else { text }
    }

    /// How far the reviewers agree: from the least to the most, over the indicators that are shown.
    fn agreement(&self) -> String {
        let shown: Vec<_> = self.results.agreement.iter().filter_map(|one| one.agreement.as_ref()).collect();
        let Some(most) = shown.iter().map(|one| one.both_read).max().filter(|most| *most > 0) else {
            return String::new();
        };
        let raw = shown.iter().filter_map(|one| one.all_answers.raw.estimate());
        let kappas = shown.iter().filter_map(|one| one.all_answers.kappa.value.ok());
        let percent = |share| format!("{} %", self.style.percent(share));
        let raw = self.range(["enigheden", "agreement"], [" lå", " ranged"], raw.collect(), percent);
        // The verb of the first range stands for both.
        let varies = raw.as_ref().is_some_and(|(_, varies)| *varies);
        let verb = if varies { ["", ""] } else { [" lå", " ranged"] };
        let kappa = self.range(["kappa", "kappa"], verb, kappas.collect(), |kappa| self.style.ratio(kappa));
        let ranges: Vec<String> = raw.into_iter().chain(kappa).map(|(text, _)| text).collect();
        let (number, mut ranges) = (self.style.count(most), self.all(&ranges));
        ranges += &self.of_the_shown(shown.len(), self.results.agreement.len());
        match most {
            _ if ranges.is_empty() => String::new(),
            1 => self.style.says([
                format!("Én journal blev læst af to; {ranges}."),
                format!("Two reviewers read one record; {ranges}."),
            ]),
            _ => self.style.says([
                format!("I alt blev {number} journaler læst af to; {ranges}."),
                format!("Two reviewers read {number} records; {ranges}."),
            ]),
        }
    }

    /// `, the only one of six indicators whose figures are shown`, where the others are hidden.
    pub(super) fn of_the_shown(&self, shown: usize, all: usize) -> String {
        let [shown_word, all_word] = [shown, all].map(|count| number_word(count as u64, self.style));
        match shown {
            _ if shown == all => String::new(),
            1 => self.style.says([
                format!(", den eneste af {all_word} indikatorer, hvis tal vises"),
                format!(", the only one of {all_word} indicators whose figures are shown"),
            ]),
            _ => self.style.says([
                format!(", de {shown_word} af {all_word} indikatorer, hvis tal vises"),
                format!(", the {shown_word} of {all_word} indicators whose figures are shown"),
            ]),
        }
    }

    /// `kappa ranged from 0.94 to 1.00`, or the one number; and whether it is a range.
    pub(super) fn range(
        &self,
        what: [&str; 2],
        verb: [&str; 2],
        numbers: Vec<f64>,
        write: impl Fn(f64) -> String,
    ) -> Option<(String, bool)> {
        let least = numbers.iter().copied().min_by(f64::total_cmp)?;
        let most = numbers.iter().copied().max_by(f64::total_cmp)?;
        let ([least, most], what, verb) = ([write(least), write(most)], self.says(what), self.says(verb));
        let varies = least != most;
        let text = match varies {
            false => self.style.says([format!("{what} var {least}"), format!("{what} was {least}")]),
            true => self.style.says([
                format!("{what}{verb} mellem {least} og {most}"),
                format!("{what}{verb} from {least} to {most}"),
            ]),
        };
        Some((text, varies))
    }
}

/// The sign of the unit goes between the estimate and its interval.
fn percent_text(estimate: String) -> String {
    estimate.replacen(" (", " % (", 1)
}
