//! What is seen at a glance.

use super::Page;
use crate::report::IndicatorResults;
use crate::report::Style;
use crate::report::article::number_word;
use crate::report::result_tables::{MAIN, whole};
use crate::report::two_by_two::short_title;
use crate::stats::Measure;

impl<'a> Page<'a> {
    /// How many records were read, in how many strata, and the range of each measure over the indicators.
    pub(super) fn glance(&self) -> Vec<(String, String)> {
        let (prose, style) = (self.prose, self.prose.style);
        let review = &prose.results.review;
        let [read, in_use] = [review.read, review.in_use].map(|courses| style.count(courses));
        let of = style.says(["af", "of"]);
        let records = (self.says(["Læste journaler", "Records read"]), format!("{read} {of} {in_use}"));
        let count = style.count(prose.protocol.assessable().count() as u64);
        let indicators = (self.says(["Indikatorer", "Indicators"]), count);
        let ranges = MAIN.iter().filter_map(|measure| self.range(*measure));
        [records, indicators].into_iter().chain(ranges).collect()
    }

    /// The least and the greatest weighted estimate of a measure among the indicators that are shown.
    fn range(&self, measure: Measure) -> Option<(String, String)> {
        let style = self.prose.style;
        let estimate = |indicator: &'a IndicatorResults| {
            let one = whole(indicator)?.measures.iter().find(|one| one.measure == measure)?;
            Some((one.weighted.estimate.ok()?, one.weighted.coarse, indicator))
        };
        let all: Vec<(f64, Option<usize>, &IndicatorResults)> =
            self.prose.results.indicators.iter().filter_map(estimate).collect();
        let style = style.no_finer(all.iter().filter_map(|(_, left, _)| *left).min());
        let values = all.iter().map(|(value, _, _)| *value);
        let [least, most] = [values.clone().min_by(f64::total_cmp)?, values.max_by(f64::total_cmp)?]
            .map(|number| style.percent(number) + "\u{a0}%");
        let name = short_title(measure, style);
        let assessable = self.prose.protocol.assessable().count();
        Some(match &all[..] {
            // One of several: it speaks for none of the others.
            [(_, _, indicator)] if assessable > 1 => {
                (format!("{name}, {}", style.of(&indicator.name)), least)
            }
            _ if least == most && all.len() == assessable => (name.to_owned(), least),
            // A dash would look like a confidence interval.
            _ => (
                lowest_to_highest(name, [all.len(), assessable], style),
                style.says([format!("{least} til {most}"), format!("{least} to {most}")]),
            ),
        })
    }

    /// That the results are not final.
    pub(super) fn interim(&self) -> Option<String> {
        let head = &self.prose.results.head;
        let open: Vec<&str> = head.open.iter().map(|one| self.prose.style.of(one)).collect();
        (!head.is_final).then(|| {
            let interim = self.says(["FORELØBIG", "INTERIM"]);
            match open.is_empty() {
                true => interim,
                false => format!("{interim}: {}.", open.join("; ")),
            }
        })
    }
}

/// What a range is over: `Sensitivity, lowest to highest of six indicators`, or of two of six where no more are shown.
fn lowest_to_highest(name: &str, [shown, assessable]: [usize; 2], style: Style) -> String {
    let word = |number: usize| number_word(number as u64, style);
    let number = match shown == assessable {
        true => word(shown),
        false => style.says([
            format!("{} af {}", word(shown), word(assessable)),
            format!("{} of {}", word(shown), word(assessable)),
        ]),
    };
    style.says([
        format!("{name}, laveste til højeste af {number} indikatorer"),
        format!("{name}, lowest to highest of {number} indicators"),
    ])
}
