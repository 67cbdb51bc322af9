//! Which numbers may have occurred twice, in little memory however long the register is.
//!
//! The first 64 bits of every number are remembered. From a certain length on they are put down in a file without a name in
//! the study folder and looked through part by part. What is put down is hashed with a key that nobody knows
//! and that dies with the process: from a number and the seed a CPR number could be found by trying.

use std::collections::BTreeSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};

use crate::cohort::RepeatFinder;
use crate::error::Result;
use crate::io::{PARTS, Spill, cannot_read};

/// How many fingerprints a thread keeps in memory: 4 MB.
const MOST: usize = 1 << 19;

/// The fingerprints of all courses so far.
pub(super) struct Fingerprints {
    finder: RepeatFinder,
    folder: PathBuf,
    secret: RandomState,
    spills: Vec<Spill>,
    most: usize,
}

/// Fingerprints that occurred more than once.
pub(super) struct Suspects {
    fingerprints: BTreeSet<u64>,
    /// The key with which they are hashed, if they are.
    secret: Option<RandomState>,
}

impl Fingerprints {
    /// None yet; a long register's are put down in this folder.
    pub(super) fn in_folder(folder: &Path) -> Self {
        let (finder, secret) = (RepeatFinder::default(), RandomState::new());
        Fingerprints { finder, folder: folder.to_owned(), secret, spills: Vec::new(), most: MOST }
    }

    /// None yet, for another thread of the same pass.
    pub(super) fn another(&self) -> Self {
        Fingerprints { secret: self.secret.clone(), ..Fingerprints::in_folder(&self.folder) }
    }

    pub(super) fn add(&mut self, fingerprint: u64) {
        self.finder.add(fingerprint);
        if self.finder.len() >= self.most {
            self.put_down();
        }
    }

    pub(super) fn merge(&mut self, mut other: Self) {
        self.spills.append(&mut other.spills);
        other.finder.drain().for_each(|fingerprint| self.add(fingerprint));
    }

    /// The file saves memory and no more: where none can be written, everything stays in memory.
    fn put_down(&mut self) {
        let hashed: Vec<u64> =
            self.finder.iter().map(|fingerprint| self.secret.hash_one(fingerprint)).collect();
        if self.spills.is_empty() {
            self.spills.extend(Spill::create(&self.folder));
        }
        match self.spills.last_mut().map(|spill| spill.put(&hashed)) {
            Some(Ok(())) => self.finder.clear(),
            _ => self.most = usize::MAX,
        }
    }

    /// Those that occurred more than once.
    ///
    /// # Errors
    /// When what was put down cannot be read any more.
    pub(super) fn suspects(mut self) -> Result<Suspects> {
        if self.spills.is_empty() {
            return Ok(Suspects { fingerprints: self.finder.suspects(), secret: None });
        }
        let mut rest: Vec<u64> =
            self.finder.drain().map(|fingerprint| self.secret.hash_one(fingerprint)).collect();
        rest.sort_unstable();
        let (mut fingerprints, mut part, mut filter) = (BTreeSet::new(), Vec::new(), Filter::new());
        for first_byte in 0..=(PARTS - 1) as u8 {
            part.clear();
            for spill in &mut self.spills {
                spill.part(first_byte, &mut part).map_err(|error| cannot_read(&self.folder, &error))?;
            }
            let place = |byte: u64| rest.partition_point(|number| number >> 56 < byte);
            let byte = u64::from(first_byte);
            part.extend_from_slice(&rest[place(byte)..place(byte + 1)]);
            fingerprints.extend(filter.repeated(&part));
        }
        Ok(Suspects { fingerprints, secret: Some(self.secret) })
    }
}

impl Suspects {
    pub(super) fn is_empty(&self) -> bool {
        self.fingerprints.is_empty()
    }

    pub(super) fn contains(&self, fingerprint: u64) -> bool {
        let hashed = self.secret.as_ref().map(|secret| secret.hash_one(fingerprint));
        self.fingerprints.contains(&hashed.unwrap_or(fingerprint))
    }
}

/// Leaves most numbers that occur once out before the others are sorted.
struct Filter {
    seen: Vec<u64>,
    twice: Vec<u64>,
}

/// How many bits of a number the filter looks at; two times 128 kB stay in the cache.
const FILTER_BITS: u32 = 20;

impl Filter {
    fn new() -> Self {
        let words = vec![0; 1 << (FILTER_BITS - 6)];
        Filter { seen: words.clone(), twice: words }
    }

    /// The numbers of a part that occur more than once; all of them begin with the same byte.
    fn repeated(&mut self, part: &[u64]) -> BTreeSet<u64> {
        self.seen.fill(0);
        self.twice.fill(0);
        for number in part {
            let (word, bit) = Filter::place(*number);
            self.twice[word] |= self.seen[word] & bit;
            self.seen[word] |= bit;
        }
        let may_repeat = |number: &u64| {
            let (word, bit) = Filter::place(*number);
            self.twice[word] & bit != 0
        };
        let mut left: Vec<u64> = part.iter().copied().filter(may_repeat).collect();
        left.sort_unstable();
        left.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
    }

    fn place(number: u64) -> (usize, u64) {
        let bits = number >> (56 - FILTER_BITS) & ((1 << FILTER_BITS) - 1);
        ((bits >> 6) as usize, 1 << (bits & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Generator;

    /// Fingerprints of which each of the first `repeated` occurs twice, in no order.
    fn fingerprints(all: usize, repeated: usize) -> Vec<u64> {
        let mut generator = Generator::of("fingerprints");
        let mut numbers: Vec<u64> = (0..all).map(|_| generator.below(u64::MAX)).collect();
        numbers.extend_from_within(..repeated);
        let [first, rest] = [0..repeated, repeated..all].map(|places| numbers[places].to_vec());
        generator.shuffle(&mut numbers);
        [first, rest, numbers].concat()[all..].to_vec()
    }

    fn kept(folder: &Path, most: usize) -> Fingerprints {
        Fingerprints { most, ..Fingerprints::in_folder(folder) }
    }

    #[test]
    fn the_same_are_suspected_in_memory_and_in_a_file_and_on_two_threads() {
        let folder = tempfile::tempdir().unwrap();
        let all = fingerprints(20_000, 7);
        let suspected = |fingerprints: Fingerprints| {
            let suspects = fingerprints.suspects().unwrap();
            let found: BTreeSet<u64> = all.iter().copied().filter(|one| suspects.contains(*one)).collect();
            assert_eq!(found.len(), suspects.fingerprints.len());
            found
        };
        let filled = |most: usize| {
            let mut fingerprints = kept(folder.path(), most);
            all.iter().for_each(|one| fingerprints.add(*one));
            fingerprints
        };
        let in_memory = suspected(filled(MOST));
        assert_eq!(in_memory.len(), 7);
        for most in [1000, 19_999, 20_007] {
            assert_eq!(suspected(filled(most)), in_memory, "{most}");
        }
        let mut one = kept(folder.path(), 900);
        let mut other = Fingerprints { most: 700, ..one.another() };
        for (place, fingerprint) in all.iter().enumerate() {
            if place % 3 == 0 { one.add(*fingerprint) } else { other.add(*fingerprint) }
        }
        one.merge(other);
        assert!(one.spills.len() > 1);
        assert_eq!(suspected(one), in_memory);
    }

    #[test]
    fn where_no_file_can_be_written_everything_stays_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let mut fingerprints = kept(&folder.path().join("absent"), 100);
        (0..300).chain([5]).for_each(|one| fingerprints.add(one));
        assert!(fingerprints.spills.is_empty());
        let suspects = fingerprints.suspects().unwrap();
        assert!(suspects.contains(5) && !suspects.contains(6) && suspects.fingerprints.len() == 1);
    }

    #[test]
    fn the_filter_leaves_no_repetition_out() {
        let same_bits = [1 << 40, (1 << 40) + 1, (1 << 40) + 1, 3 << 41, 3 << 41, 3 << 41, 7];
        let expected: BTreeSet<u64> = [(1 << 40) + 1, 3 << 41].into();
        let mut filter = Filter::new();
        assert_eq!(filter.repeated(&same_bits), expected);
        assert_eq!(filter.repeated(&[1, 2, 3]), BTreeSet::new());
    }
}
