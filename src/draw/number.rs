//! Permanent random numbers.

use std::fmt;

use sha2::block_api::compress256;
use sha2::{Digest, Sha256};

use crate::protocol::Seed;

/// A course's permanent random number. Never published: with the seed known, the key could be found by trying. Its
/// `Debug` form is therefore empty of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number([u8; 32]);

impl Number {
    /// The number of a record key under a seed.
    ///
    /// ```
    /// use hjertekommidt::{draw::Number, protocol::Seed};
    /// let seed = Seed::new("example seed").unwrap();
    /// assert!(Number::of(&seed, "a") != Number::of(&seed, "b"));
    /// ```
    pub fn of(seed: &Seed, record_key: &str) -> Self {
        Numbering::new(seed).number(record_key)
    }

    /// The 32 bytes, most significant first.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 64 bits: enough to suspect that two keys are the same, not to be sure.
    pub fn prefix(&self) -> u64 {
        self.0[..8].iter().fold(0, |prefix, byte| prefix << 8 | u64::from(*byte))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Number(not shown)")
    }
}

/// A seed, ready to number many keys.
#[derive(Clone)]
pub struct Numbering {
    /// What is hashed before the key.
    beginning: Vec<u8>,
}

/// The longest text that is one block of SHA-256 together with its end and its length.
const ONE_BLOCK: usize = 55;

/// The state that SHA-256 begins with (FIPS 180-4, 5.3.3).
const BEGINNING: [u32; 8] =
    [0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19];

impl Numbering {
    /// Numbers with this seed.
    pub fn new(seed: &Seed) -> Self {
        Numbering { beginning: [seed.as_str().as_bytes(), b"|"].concat() }
    }

    /// Numbers that only tell keys apart, for a study whose seed is not chosen yet. Nothing is drawn by them.
    pub fn without_seed() -> Self {
        Numbering { beginning: Vec::new() }
    }

    /// The number of a record key.
    pub fn number(&self, record_key: &str) -> Number {
        let (beginning, key) = (self.beginning.as_slice(), record_key.as_bytes());
        match beginning.len() + key.len() {
            0..=ONE_BLOCK => Number(of_one_block(beginning, key)),
            _ => Number(Sha256::new().chain_update(beginning).chain_update(key).finalize().into()),
        }
    }
}

/// The digest of a short text in two parts: one call instead of a buffer that is filled and emptied.
fn of_one_block(beginning: &[u8], end: &[u8]) -> [u8; 32] {
    let length = beginning.len() + end.len();
    let mut block = [0; 64];
    block[..beginning.len()].copy_from_slice(beginning);
    block[beginning.len()..length].copy_from_slice(end);
    block[length] = 0x80;
    block[56..].copy_from_slice(&(8 * length as u64).to_be_bytes());
    let mut state = BEGINNING;
    compress256(&mut state, &[block]);
    let mut digest = [0; 32];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest;

    #[test]
    fn a_number_is_the_digest_of_seed_bar_and_key() {
        let seed = Seed::new("Lotto 2026-12-05").unwrap();
        let number = Number::of(&seed, "0203801235|2021-03-05|6620");
        assert_eq!(
            digest::hexadecimal(number.bytes()),
            digest::of_text("Lotto 2026-12-05|0203801235|2021-03-05|6620")
        );
    }

    #[test]
    fn keys_of_every_length_have_the_digest_of_the_whole_text() {
        let seed = Seed::new("Lotto 2026-12-05").unwrap();
        for length in 0..140 {
            let key: String = ('a'..='z').cycle().take(length).collect();
            let expected = digest::of_text(&format!("Lotto 2026-12-05|{key}"));
            assert_eq!(digest::hexadecimal(Number::of(&seed, &key).bytes()), expected, "{length}");
        }
    }

    #[test]
    fn numbers_are_compared_as_bytes() {
        let (mut small, mut large) = ([0; 32], [0; 32]);
        small[31] = 0xff;
        large[0] = 0x80;
        assert!(Number(small) < Number(large));
        assert_eq!(Number(large).prefix(), 1 << 63);
    }

    #[test]
    fn a_number_is_never_printed() {
        let number = Number::of(&Seed::new("example seed").unwrap(), "a");
        assert_eq!(format!("{number:?}"), "Number(not shown)");
    }
}
