//! A digest of the frame that does not depend on its order and can be merged: the sum of all numbers modulo 2²⁵⁶.

use super::Number;
use crate::digest;

/// The sum of the frame's permanent random numbers modulo 2²⁵⁶.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FrameDigest {
    /// Least significant limb first.
    limbs: [u64; 4],
}

impl FrameDigest {
    /// Adds a course.
    pub fn add(&mut self, number: &Number) {
        *self = self.combined(FrameDigest::of(number), u64::overflowing_add);
    }

    /// Takes a course away that was added before (a duplicate found afterwards).
    pub fn remove(&mut self, number: &Number) {
        *self = self.combined(FrameDigest::of(number), u64::overflowing_sub);
    }

    /// Adds the courses of another part of the frame.
    pub fn merge(&mut self, other: FrameDigest) {
        *self = self.combined(other, u64::overflowing_add);
    }

    fn of(number: &Number) -> Self {
        let mut limbs = [0; 4];
        for (limb, bytes) in limbs.iter_mut().zip(number.bytes().rchunks(8)) {
            *limb = bytes.iter().fold(0, |limb, byte| limb << 8 | u64::from(*byte));
        }
        FrameDigest { limbs }
    }

    /// Limb by limb with the carry (or the borrow) handed on.
    fn combined(self, other: FrameDigest, step: fn(u64, u64) -> (u64, bool)) -> Self {
        let mut limbs = [0; 4];
        let mut carry = false;
        for (place, limb) in limbs.iter_mut().enumerate() {
            let (partial, first) = step(self.limbs[place], other.limbs[place]);
            let (whole, second) = step(partial, u64::from(carry));
            (*limb, carry) = (whole, first || second);
        }
        FrameDigest { limbs }
    }

    /// The sum as 64 hexadecimal digits.
    pub fn hexadecimal(&self) -> String {
        let bytes: Vec<u8> = self.limbs.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
        digest::hexadecimal(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Seed;

    fn numbers(count: usize) -> Vec<Number> {
        let seed = Seed::new("frame digest").unwrap();
        (0..count).map(|key| Number::of(&seed, &key.to_string())).collect()
    }

    fn sum(numbers: &[Number]) -> FrameDigest {
        let mut digest = FrameDigest::default();
        numbers.iter().for_each(|number| digest.add(number));
        digest
    }

    #[test]
    fn the_order_does_not_matter_and_parts_can_be_merged() {
        let all = numbers(100);
        let backwards: Vec<Number> = all.iter().rev().copied().collect();
        let mut merged = sum(&all[..40]);
        merged.merge(sum(&all[40..]));
        assert_eq!([sum(&backwards), merged], [sum(&all), sum(&all)]);
    }

    #[test]
    fn removing_undoes_adding() {
        let all = numbers(9);
        let mut digest = sum(&all);
        digest.remove(&all[3]);
        let mut without = all.clone();
        without.remove(3);
        assert_eq!(digest, sum(&without));
    }

    #[test]
    fn a_carry_runs_through_all_limbs() {
        let ones = FrameDigest { limbs: [u64::MAX; 4] };
        let one = FrameDigest { limbs: [1, 0, 0, 0] };
        assert_eq!(ones.combined(one, u64::overflowing_add), FrameDigest::default());
        assert_eq!(FrameDigest::default().combined(one, u64::overflowing_sub), ones);
    }

    #[test]
    fn a_single_number_is_its_own_digest() {
        let number = numbers(1)[0];
        assert_eq!(sum(&[number]).hexadecimal(), digest::hexadecimal(number.bytes()));
    }
}
