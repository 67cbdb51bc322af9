//! The groups of a file that get a table each.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Rows;

/// The values of the column of groups. Without one there is one group, 0, without a name.
#[derive(Debug, Default)]
pub(super) struct Groups {
    positions: BTreeMap<String, usize>,
    names: Vec<String>,
    pub(super) unnamed: Rows,
    /// Which groups each stratum has rows of.
    of_stratum: BTreeSet<(usize, usize)>,
}

impl Groups {
    /// The group of a row; the rows without a value are a group that is never shown.
    pub(super) fn position(&mut self, row: u64, value: &str) -> usize {
        let value = value.trim();
        if value.is_empty() {
            self.unnamed.add(row);
        }
        let next = self.names.len();
        let position = *self.positions.entry(value.to_lowercase()).or_insert(next);
        if position == next {
            self.names.push(value.to_owned());
        }
        position
    }

    /// Remembers that a stratum has a row of a group.
    pub(super) fn meets(&mut self, stratum: usize, group: usize) {
        self.of_stratum.insert((stratum, group));
    }

    /// Whether a stratum has a row of a group.
    pub(super) fn has(&self, stratum: usize, group: usize) -> bool {
        self.of_stratum.contains(&(stratum, group))
    }

    /// Whether every stratum with a row of the group has no row of another.
    pub(super) fn is_whole_strata(&self, group: usize) -> bool {
        let own = self.of_stratum.iter().filter(|(_, of)| *of == group);
        let single = |stratum: usize| self.of_stratum.range((stratum, 0)..(stratum + 1, 0)).count() == 1;
        own.into_iter().all(|(stratum, _)| single(*stratum))
    }

    /// The groups in the order of their names, numbers by size.
    pub(super) fn sorted(&self, grouped: bool) -> Vec<(usize, String)> {
        if !grouped {
            return vec![(0, String::new())];
        }
        let named = self.names.iter().cloned().enumerate().filter(|(_, name)| !name.is_empty());
        let mut named: Vec<(usize, String)> = named.collect();
        named.sort_by_cached_key(|(_, name)| (name.parse::<u64>().unwrap_or(u64::MAX), name.clone()));
        named
    }
}
