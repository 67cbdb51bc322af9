//! Random places in a list, sixteen bits each.
//!
//! ```text
//! p = x n;    place = ⌊p / 2¹⁶⌋,    x is passed over when  p mod 2¹⁶ < 2¹⁶ mod n
//! ```
//!
//! for the next sixteen random bits x and a list of n < 2¹⁶ records: every place is equally likely, exactly. Longer
//! lists take 32 bits, the lower half first, in the same way. The words are those of the ChaCha8 stream, from
//! the low half of each of its numbers to the high one, so that they are the same on every platform.
//!
//! Reference: Lemire D. Fast random integer generation in an interval. ACM Transactions on Modeling and Computer Simulation
//! 2019; 29: 3. <https://doi.org/10.1145/3230636>

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::digest;

/// The random words of one replicate after the other.
#[derive(Debug, Clone)]
pub(super) struct Words {
    generator: ChaCha8Rng,
    bytes: Vec<u8>,
    /// How many bytes were used.
    used: usize,
}

/// Places that were drawn, in as few bytes as they take: one of the lists is empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Places {
    pub(super) near: Vec<u16>,
    /// In lists of 2¹⁶ records and more.
    pub(super) far: Vec<u32>,
}

impl Places {
    /// In the order they were drawn.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.near.iter().map(|place| usize::from(*place)).chain(self.far.iter().map(|place| *place as usize))
    }
}

/// Words are made in portions of whole blocks of the generator.
const PORTION: usize = 256;

impl Words {
    /// The generator of a seed.
    pub(super) fn of(seed: &str) -> Self {
        let generator = ChaCha8Rng::from_seed(digest::sha256(seed.as_bytes()));
        Words { generator, bytes: Vec::new(), used: 0 }
    }

    /// Goes to the beginning of a replicate, which will need about this many words.
    pub(super) fn restart(&mut self, replicate: u64, expected: usize) {
        self.generator.set_stream(replicate);
        self.generator.set_word_pos(0);
        self.used = 0;
        self.bytes.resize((2 * expected).next_multiple_of(PORTION), 0);
        self.generator.fill_bytes(&mut self.bytes);
    }

    /// Draws so many places below `bound`, which is not 0.
    pub(super) fn draw(&mut self, bound: u32, draws: usize, places: &mut Places) {
        let near = u16::try_from(bound);
        places.near.resize(near.map_or(0, |_| draws), 0);
        places.far.resize(near.map_or(draws, |_| 0), 0);
        if let Ok(bound) = near {
            self.fill(bound, &mut places.near);
        }
        places.far.iter_mut().for_each(|place| *place = self.far_place(bound));
    }

    /// Fills a list with places below `bound`.
    fn fill(&mut self, bound: u16, places: &mut [u16]) {
        let threshold = ((1_u32 << 16) % u32::from(bound)) as u16;
        let ahead = 2 * places.len();
        self.provide(ahead);
        if scaled(&self.bytes[self.used..][..ahead], bound, threshold, places) {
            self.used += ahead;
        } else {
            places.iter_mut().for_each(|place| *place = self.place(bound, threshold));
        }
    }

    /// One place after the other, passing over what is rejected.
    fn place(&mut self, bound: u16, threshold: u16) -> u16 {
        loop {
            let product = u32::from(self.word()) * u32::from(bound);
            if product as u16 >= threshold {
                return (product >> 16) as u16;
            }
        }
    }

    /// One place of 32 bits.
    fn far_place(&mut self, bound: u32) -> u32 {
        let threshold = bound.wrapping_neg() % bound;
        loop {
            let x = u64::from(self.word()) | u64::from(self.word()) << 16;
            let product = x * u64::from(bound);
            if product as u32 >= threshold {
                return (product >> 32) as u32;
            }
        }
    }

    /// The next word.
    pub(super) fn word(&mut self) -> u16 {
        self.provide(2);
        let word = u16::from_le_bytes([self.bytes[self.used], self.bytes[self.used + 1]]);
        self.used += 2;
        word
    }

    /// Makes sure that this many bytes are at hand.
    fn provide(&mut self, ahead: usize) {
        let (had, needed) = (self.bytes.len(), self.used + ahead);
        if needed > had {
            self.bytes.resize(needed.next_multiple_of(PORTION), 0);
            self.generator.fill_bytes(&mut self.bytes[had..]);
        }
    }
}

/// Scales two bytes to each place, all at once; whether none had to be passed over. Halves of a product and the subtraction that
/// stops at 0 are single instructions for eight words, as long as the compiler sees a bound of sixteen bits: hence the function of its own.
#[inline(never)]
fn scaled(bytes: &[u8], bound: u16, threshold: u16, places: &mut [u16]) -> bool {
    let mut short_of = 0;
    for (place, pair) in places.iter_mut().zip(bytes.as_chunks::<2>().0) {
        let product = u32::from(u16::from_le_bytes(*pair)) * u32::from(bound);
        *place = (product >> 16) as u16;
        short_of |= threshold.saturating_sub(product as u16);
    }
    short_of == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_replicate_never_change() {
        let mut words = Words::of("test vector 1");
        words.restart(3, 4);
        let drawn: Vec<u16> = (0..4).map(|_| words.word()).collect();
        let mut places = Places::default();
        words.draw(1000, 6, &mut places);
        assert_eq!((drawn, places), (WORDS.to_vec(), Places { near: PLACES.to_vec(), far: Vec::new() }));
    }

    #[test]
    fn places_taken_at_once_are_those_taken_one_by_one_also_where_words_are_passed_over() {
        // 2¹⁶ mod 40,000 = 25,536: four words of ten are passed over.
        for bound in [1_u16, 2, 55, 256, 1000, 40_000, 65_535] {
            let (mut together, mut single) = (Words::of("together"), Words::of("together"));
            together.restart(7, 10);
            single.restart(7, 10);
            let threshold = ((1_u32 << 16) % u32::from(bound)) as u16;
            for length in [1, 40, 700] {
                let mut places = Places::default();
                together.draw(bound.into(), length, &mut places);
                let expected: Vec<u16> = (0..length).map(|_| single.place(bound, threshold)).collect();
                assert_eq!(places.near, expected, "{bound}");
            }
        }
    }

    /// Each of the 2¹⁶ words once: those that are not passed over are spread evenly.
    #[test]
    fn every_place_is_equally_likely_exactly() {
        let bytes: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_le_bytes).collect();
        for bound in [3_u16, 55, 1000, 40_000] {
            let mut words = Words { bytes: bytes.clone(), ..Words::of("all") };
            let threshold = ((1_u32 << 16) % u32::from(bound)) as u16;
            let each = (1 << 16) / usize::from(bound);
            let mut seen = vec![0; bound.into()];
            (0..each * usize::from(bound))
                .for_each(|_| seen[usize::from(words.place(bound, threshold))] += 1);
            assert!(seen.iter().all(|times| *times == each), "{bound}");
        }
    }

    #[test]
    fn long_lists_are_reached_everywhere() {
        let mut words = Words::of("long");
        words.restart(0, 0);
        let mut places = Places { near: vec![7; 5], far: Vec::new() };
        words.draw(1_000_000, 20_000, &mut places);
        let mut tenths = [0; 10];
        places.iter().for_each(|place| tenths[place / 100_000] += 1);
        assert_eq!(tenths.iter().sum::<i32>(), 20_000);
        assert!(tenths.iter().all(|times| (1850..2150).contains(times)), "{tenths:?}");
    }

    // Repeated with a ChaCha8 written from RFC 8439 in another language.
    const WORDS: [u16; 4] = [42007, 6281, 40515, 14686];
    const PLACES: [u16; 6] = [721, 759, 608, 342, 794, 965];
}
