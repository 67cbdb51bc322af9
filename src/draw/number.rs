//! Permanent random numbers.

use std::fmt;

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
pub struct Numbering(Sha256);

impl Numbering {
    /// Numbers with this seed.
    pub fn new(seed: &Seed) -> Self {
        Numbering(Sha256::new().chain_update(seed.as_str()).chain_update("|"))
    }

    /// Numbers that only tell keys apart, for a study whose seed is not chosen yet. Nothing is drawn by them.
    pub fn without_seed() -> Self {
        Numbering(Sha256::new())
    }

    /// The number of a record key.
    pub fn number(&self, record_key: &str) -> Number {
        Number(self.0.clone().chain_update(record_key).finalize().into())
    }
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
