//! The root of a monotone equation, to the last bit.

/// Halvings before the bracket is as narrow as doubles allow; fewer are taken.
const MAX_HALVINGS: usize = 1100;

/// The number between `below` and `beyond` where `is_beyond` turns from false to true.
///
/// The bracket is halved until no double lies inside it. Slow but unconditional: it needs no derivative, and a
/// function that is infinite or undefined at an end does no harm, for the ends are never evaluated.
pub(crate) fn turning_point(below: f64, beyond: f64, is_beyond: impl Fn(f64) -> bool) -> f64 {
    let (mut below, mut beyond) = (below, beyond);
    for _ in 0..MAX_HALVINGS {
        let middle = below + 0.5 * (beyond - below);
        if middle == below || middle == beyond {
            break;
        }
        if is_beyond(middle) { beyond = middle } else { below = middle }
    }
    beyond
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_turning_point_is_found_in_either_direction() {
        let root = turning_point(0.0, 2.0, |x| x * x > 2.0);
        assert!((root - 2.0_f64.sqrt()).abs() < 1e-15);
        let root = turning_point(0.0, -2.0, |x| x * x > 2.0);
        assert!((root + 2.0_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn an_equation_without_a_root_ends_at_its_end() {
        assert_eq!(turning_point(0.0, 1.0, |_| false), 1.0);
        assert!(turning_point(0.0, 1.0, |_| true) < 1e-300);
    }
}
