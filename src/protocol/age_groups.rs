//! Ages in groups, for tables.

use serde::Serialize;

use super::section::Section;
use crate::error::Finding;

/// Groups of ages in completed years, by the first year of each but the youngest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgeGroups(Vec<u8>);

const KEY: &str = "age_groups";

impl Default for AgeGroups {
    /// Under 50, 50–64, 65–79, 80 and over.
    fn default() -> Self {
        AgeGroups(vec![50, 65, 80])
    }
}

impl AgeGroups {
    pub(super) fn read(section: &Section<'_, '_>) -> Option<Self> {
        if !section.has(KEY) {
            return Some(AgeGroups::default());
        }
        let starts = section.counts(KEY)?;
        let read: Option<Vec<u8>> = starts.iter().map(|start| u8::try_from(*start).ok()).collect();
        let rises = |ages: &Vec<u8>| ages.windows(2).all(|pair| pair[0] < pair[1]) && !ages.contains(&0);
        let groups =
            read.filter(|ages| !ages.is_empty() && rises(ages) && ages.iter().all(|age| *age <= 120));
        if groups.is_none() {
            let what = format!("`analysis.{KEY}` is {starts:?}, expected rising ages from 1 to 120");
            let remedy =
                format!("write the first age of each group but the youngest, such as `{KEY} = [50, 65, 80]`");
            section.wrong(KEY, Finding::error(KEY, what).remedy(remedy));
        }
        groups.map(AgeGroups)
    }

    /// The group of an age: `0-49`, `50-64`, …, `80+`.
    pub fn group(&self, age: i16) -> String {
        let begun = self.0.iter().filter(|start| i16::from(**start) <= age).count();
        self.name(begun)
    }

    /// A group for people: `under 50`, in both languages, `50–64`, `80+`. Nobody says of grown-ups that they are 0 to 49.
    pub fn label(group: &str) -> String {
        let youngest = group.strip_prefix("0-").and_then(|last| last.parse::<u16>().ok());
        youngest.map_or_else(|| group.replace('-', "–"), |last| format!("under {}", last + 1))
    }

    /// All groups, the youngest first.
    pub fn names(&self) -> Vec<String> {
        (0..=self.0.len()).map(|place| self.name(place)).collect()
    }

    fn name(&self, place: usize) -> String {
        let from = place.checked_sub(1).map_or(0, |before| self.0[before]);
        match self.0.get(place) {
            Some(next) => format!("{from}-{}", next - 1),
            None => format!("{from}+"),
        }
    }

    /// The line of the settings; none for the usual groups.
    pub(super) fn canonical(&self) -> String {
        let ages: Vec<String> = self.0.iter().map(u8::to_string).collect();
        if *self == AgeGroups::default() { String::new() } else { format!("{KEY}={}\n", ages.join(",")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_youngest_are_named_by_the_age_that_they_are_under() {
        let labels =
            AgeGroups::default().names().iter().map(|name| AgeGroups::label(name)).collect::<Vec<_>>();
        assert_eq!(labels, ["under 50", "50–64", "65–79", "80+"]);
    }

    #[test]
    fn every_age_has_its_group() {
        let groups = AgeGroups::default();
        assert_eq!(groups.names(), ["0-49", "50-64", "65-79", "80+"]);
        assert_eq!(
            [18, 49, 50, 64, 65, 79, 80, 101].map(|age| groups.group(age)),
            ["0-49", "0-49", "50-64", "50-64", "65-79", "65-79", "80+", "80+"]
        );
    }
}
