//! The smallest numbers of one stratum, kept while the frame goes by.

use std::collections::BTreeMap;

use super::Number;

/// The courses with the smallest numbers seen so far, at most `most` of them, in order. Two courses with the same number
/// have the same key; the first one is kept.
#[derive(Debug, Clone)]
pub struct Selection<C> {
    most: usize,
    kept: BTreeMap<Number, C>,
    /// The largest number that is kept, when there is no more room: most courses need to be compared with this alone.
    bound: Option<Number>,
}

impl<C> Selection<C> {
    /// Room for so many courses.
    pub fn of_at_most(most: usize) -> Self {
        Selection { most, kept: BTreeMap::new(), bound: None }
    }

    /// Room for how many courses there is.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Offers a course; what must be remembered of it is only made when it is kept.
    pub fn offer(&mut self, number: Number, course: impl FnOnce() -> C) {
        if self.most == 0 || self.bound.is_some_and(|bound| number >= bound) {
            return;
        }
        self.kept.entry(number).or_insert_with(course);
        if self.kept.len() > self.most {
            self.kept.pop_last();
        }
        if self.kept.len() == self.most {
            self.bound = self.kept.last_key_value().map(|(largest, _)| *largest);
        }
    }

    /// Takes over what another part of the frame selected.
    pub fn merge(&mut self, other: Selection<C>) {
        for (number, course) in other.kept {
            self.offer(number, || course);
        }
    }

    /// The courses in the order of their numbers.
    pub fn into_ordered(self) -> impl Iterator<Item = (Number, C)> {
        self.kept.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Seed;
    use crate::random::Generator;

    fn offered(keys: &[u32], most: usize) -> Vec<u32> {
        let seed = Seed::new("selection").unwrap();
        let mut selection = Selection::of_at_most(most);
        keys.iter().for_each(|key| selection.offer(Number::of(&seed, &key.to_string()), || *key));
        selection.into_ordered().map(|(_, key)| key).collect()
    }

    fn sorted(keys: &[u32]) -> Vec<u32> {
        let seed = Seed::new("selection").unwrap();
        let mut keys = keys.to_vec();
        keys.sort_by_key(|key| Number::of(&seed, &key.to_string()));
        keys
    }

    #[test]
    fn the_selection_is_the_head_of_the_sorted_frame() {
        let keys: Vec<u32> = (0..500).collect();
        assert_eq!(offered(&keys, 40), sorted(&keys)[..40]);
    }

    #[test]
    fn the_order_of_the_file_does_not_matter() {
        let keys: Vec<u32> = (0..500).collect();
        let mut shuffled = keys.clone();
        Generator::of("another order").shuffle(&mut shuffled);
        assert_eq!(offered(&shuffled, 40), offered(&keys, 40));
    }

    #[test]
    fn a_larger_selection_begins_with_the_smaller() {
        let keys: Vec<u32> = (0..300).collect();
        assert_eq!(offered(&keys, 100)[..40], offered(&keys, 40));
    }

    #[test]
    fn a_repeated_key_is_kept_once() {
        assert_eq!(offered(&[1, 1, 2, 1], 4).len(), 2);
    }

    #[test]
    fn shards_merge_to_the_same_selection() {
        let seed = Seed::new("selection").unwrap();
        let shard = |keys: std::ops::Range<u32>| {
            let mut selection = Selection::of_at_most(10);
            keys.for_each(|key| selection.offer(Number::of(&seed, &key.to_string()), || key));
            selection
        };
        let mut merged = shard(0..70);
        merged.merge(shard(70..200));
        let merged: Vec<u32> = merged.into_ordered().map(|(_, key)| key).collect();
        assert_eq!(merged, offered(&(0..200).collect::<Vec<_>>(), 10));
    }

    #[test]
    fn a_selection_of_none_keeps_none() {
        assert_eq!(offered(&[1, 2, 3], 0), [] as [u32; 0]);
    }
}
