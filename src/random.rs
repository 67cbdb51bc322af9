//! Reproducible randomness for everything but the draw: study ids, the order of forms, invented data, resampling.
//!
//! The key stream is ChaCha20 (RFC 8439) from `rand_chacha`, whose values are stable. What is built on it, bounded
//! integers and permutations, is written here, because libraries change it between releases. Version 1 of the algorithm:
//! a generator is keyed with the SHA-256 of its label; a bounded integer is taken from 64 bits by Lemire's multiplication
//! with rejection (Lemire 2019, doi:10.1145/3230636); a permutation is Fisher and Yates's, from the last place to the first.
//! The vectors in the tests pin it.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::digest;

/// A stream of random numbers that depends on its label alone.
#[derive(Debug, Clone)]
pub struct Generator(ChaCha20Rng);

impl Generator {
    /// The generator of a label: the same label, the same numbers, on every platform.
    ///
    /// ```
    /// use hjertekommidt::random::Generator;
    /// assert_eq!(Generator::of("order").below(100), Generator::of("order").below(100));
    /// ```
    pub fn of(label: &str) -> Self {
        Generator(ChaCha20Rng::from_seed(digest::sha256(label.as_bytes())))
    }

    /// A whole number from 0 to `bound` − 1, each equally likely; 0 when `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        let threshold = if bound == 0 { 0 } else { bound.wrapping_neg() % bound };
        loop {
            let product = u128::from(self.0.next_u64()) * u128::from(bound);
            if product as u64 >= threshold {
                return (product >> 64) as u64;
            }
        }
    }

    /// A number in [0, 1): a multiple of 2⁻⁵³.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Puts a list in random order, every order equally likely.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_of_a_label_never_changes() {
        let mut generator = Generator::of("test vector 1");
        let drawn: Vec<u64> = (0..5).map(|_| generator.below(1000)).collect();
        assert_eq!(drawn, VECTOR);
    }

    #[test]
    fn a_shuffle_of_a_label_never_changes() {
        let mut items = [0, 1, 2, 3, 4, 5, 6, 7];
        Generator::of("test vector 2").shuffle(&mut items);
        assert_eq!(items, SHUFFLED);
    }

    #[test]
    fn bounded_numbers_stay_below_their_bound_and_reach_every_value() {
        let mut generator = Generator::of("all values");
        let mut seen = [0; 7];
        for _ in 0..7000 {
            seen[generator.below(7) as usize] += 1;
        }
        assert!(seen.iter().all(|times| (800..1200).contains(times)), "{seen:?}");
        assert_eq!((generator.below(0), generator.below(1)), (0, 0));
    }

    // Repeated with a ChaCha20 written from RFC 8439 in another language.
    const VECTOR: [u64; 5] = [286, 731, 555, 146, 33];
    const SHUFFLED: [i32; 8] = [2, 5, 6, 4, 1, 0, 3, 7];
}
