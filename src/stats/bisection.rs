//! The root of a monotone equation: by halving, to the last bit, or faster by its derivative.

/// Halvings before the bracket is as narrow as doubles allow; fewer are taken.
const MAX_HALVINGS: usize = 1100;

/// A step that is no larger, as a share of the number, is the rounding of the function.
const LAST_DIGIT: f64 = 4.0 * f64::EPSILON;

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

/// The number between `below` and `beyond` where a rising function is 0, by Newton's steps from `below`.
///
/// `function` gives its value and its derivative. A step that would leave the bracket, or is no number, is a halving instead.
pub(crate) fn rising_root(below: f64, beyond: f64, function: impl Fn(f64) -> (f64, f64)) -> f64 {
    let (mut below, mut beyond, mut x) = (below, beyond, below);
    for _ in 0..MAX_HALVINGS {
        let (value, slope) = function(x);
        if value > 0.0 {
            beyond = x
        } else {
            below = x
        }
        let step = value / slope;
        if step.abs() <= LAST_DIGIT * x.abs() {
            return x - step;
        }
        let middle = below + 0.5 * (beyond - below);
        let is_inside = x - step > below && x - step < beyond;
        if middle == below || middle == beyond {
            break;
        }
        x = if is_inside { x - step } else { middle };
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_a_rising_function_is_found_from_either_side_of_its_bend() {
        for third in [2.0, 1e-3, 1e6] {
            let root = rising_root(0.0, 300.0, |x| (x.powi(3) - third, 3.0 * x * x));
            assert!((root / f64::cbrt(third) - 1.0).abs() < 1e-15, "{third} {root}");
        }
        // Newton's step from 0 passes the pole at 1.
        let root = rising_root(0.0, 1.0, |x| (x / (1.0 - x) - 99.0, 1.0 / (1.0 - x).powi(2)));
        assert!((root - 0.99).abs() < 1e-15);
    }

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
