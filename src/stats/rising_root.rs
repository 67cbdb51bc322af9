//! The root of a monotone equation, by Newton's steps within a bracket.

/// Halvings before the bracket is as narrow as doubles allow; fewer are taken.
const MAX_HALVINGS: usize = 1100;

/// A step that is no larger, as a share of the number, is the rounding of the function.
const LAST_DIGIT: f64 = 4.0 * f64::EPSILON;

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
}
