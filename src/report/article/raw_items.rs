//! How the items that the register holds as well were compared.

use super::citations::LIMITS_OF_AGREEMENT;
use super::prose::Prose;
use crate::protocol::{Bilingual, Item};
use crate::report::{RawItemComparison, limits_text};

impl Prose<'_> {
    /// Which days and numbers were compared, and how.
    pub(super) fn raw_items(&mut self) -> String {
        let held: Vec<&Item> = self.protocol.held_items().map(|(item, _)| item).collect();
        let named = |dates: bool| -> Vec<&Bilingual> {
            held.iter().filter(|item| item.kind.is_date() == dates).map(|item| &item.name).collect()
        };
        let (dates, numbers) = (named(true), named(false));
        let mut sentences = Vec::new();
        if !dates.is_empty() {
            let names = self.names(dates);
            sentences.push(self.style.says([
                format!("For {names} talte vi forløb, hvor register og journal var højst 0, 7 og 30 dage fra hinanden."),
                format!("For {names} we counted the courses in which register and record were at most 0, 7 and 30 days apart."),
            ]));
        }
        if !numbers.is_empty() {
            let names = self.names(numbers);
            let cited = self.cite(&[LIMITS_OF_AGREEMENT]);
            let [low, high] = ["2.5", "97.5"].map(|number| self.style.written(&number));
            sentences.push(self.style.says([
                format!(
                    "For {names} opgjorde vi medianen af forskellen, register minus journal, med 95 % grænser for \
                     overensstemmelse ({low}- og {high}-percentilen af forskellene){cited}, uvægtet."
                ),
                format!(
                    "For {names} we took the median of the difference, register less record, with 95 % limits of \
                     agreement (the {low} and {high} percentiles of the differences){cited}, unweighted."
                ),
            ]));
        }
        sentences.join(" ")
    }

    /// How far register and record were apart, of each item that is shown.
    pub(super) fn raw_item_findings(&self) -> String {
        let shown = self.results.raw_items.iter().filter_map(|one| {
            let (item, found) = (self.protocol.item(&one.item)?, one.comparison.as_ref()?);
            let text = if one.is_date { self.days_apart(found) } else { self.numbers_apart(found) };
            (found.differences.n > 0).then_some((&item.name, text))
        });
        let sentences: Vec<String> = shown
            .map(|(name, text)| {
                let name = self.names([name]);
                self.style.says([format!("For {name} {text}."), format!("For {name}, {text}.")])
            })
            .collect();
        sentences.join(" ")
    }

    /// `register and record gave the same day in 501 of 520 courses (96.3 %), days at most 7 apart in 510 (98.1 %) and …`
    fn days_apart(&self, found: &RawItemComparison) -> String {
        let n = found.differences.n;
        let count =
            |of: u64| format!("{} ({} %)", self.style.count(of), self.style.percent(of as f64 / n as f64));
        let all = self.style.count(n);
        let same = found.within.first().map_or(0, |(_, of)| *of);
        let apart = |(days, of): &(u64, u64)| {
            self.style.says([
                format!("der var højst {days} dages forskel i {}", count(*of)),
                format!("days at most {days} apart in {}", count(*of)),
            ])
        };
        let first = self.style.says([
            format!("var datoen den samme i register og journal i {} af {all} forløb", count(same)),
            format!("register and record gave the same day in {} of {all} courses", count(same)),
        ]);
        let others = found.within.iter().skip(1).map(apart);
        self.all(&std::iter::once(first).chain(others).collect::<Vec<_>>())
    }

    /// `the median difference was 0.0 (95 % limits of agreement −4.0 to 3.0; the same number in 400 of 523 courses)`
    fn numbers_apart(&self, found: &RawItemComparison) -> String {
        let differences = &found.differences;
        let number = |number: f64| self.style.decimal(number, self.style.decimals);
        let (all, same) = (self.style.count(differences.n), found.within.first().map_or(0, |(_, of)| *of));
        let same = self.style.count(same);
        let same = self.style.says([
            format!("tallet var det samme i register og journal i {same} af {all} forløb"),
            format!("register and record gave the same number in {same} of {all} courses"),
        ]);
        let Ok(median) = differences.median.map(number) else { return same };
        let limits = differences.percentiles.map(|[lower, upper]| {
            let limits = limits_text(number(lower), number(upper), self.style);
            self.style.says([
                format!(" (95 % grænser for overensstemmelse {limits})"),
                format!(" (95 % limits of agreement {limits})"),
            ])
        });
        let limits = limits.unwrap_or_default();
        self.style.says([
            format!("var medianen af forskellen {median}{limits}; {same}"),
            format!("the median difference was {median}{limits}; {same}"),
        ])
    }
}
