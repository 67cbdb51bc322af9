//! How the items that the register holds as well were compared.

use super::citations::LIMITS_OF_AGREEMENT;
use super::prose::Prose;
use crate::protocol::{Bilingual, Item};

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
            sentences.push(self.style.says([
                format!(
                    "For {names} opgjorde vi medianen af forskellen, register minus journal, med 95 % grænser for \
                     overensstemmelse{cited}, uvægtet."
                ),
                format!(
                    "For {names} we took the median of the difference, register less record, with 95 % limits of \
                     agreement{cited}, unweighted."
                ),
            ]));
        }
        sentences.join(" ")
    }
}
