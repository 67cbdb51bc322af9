//! Quantiles for any bit pattern, and as inverses of their distribution functions.

use hjertekommidt::stats::quantile;
use proptest::prelude::*;

use super::cases;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_bit_pattern_makes_a_quantile_loop_panic_or_return_nan(p: u64, a: u64, b: u64) {
        let [p, a, b] = [p, a, b].map(f64::from_bits);
        if let Some(x) = quantile::beta(p, a, b) {
            prop_assert!((0.0..=1.0).contains(&x.value()) && (0.0..=1.0).contains(&x.complement()));
        }
        prop_assert!(!quantile::normal(p).is_some_and(f64::is_nan));
        prop_assert!(!quantile::student_t(p, a).is_some_and(f64::is_nan));
    }

    /// Bit patterns are rarely shapes; exponents are.
    #[test]
    fn no_shape_makes_a_quantile_loop_panic_or_return_nan(
        p in -320.0..0.0_f64, a in -6.0..15.0_f64, b in -6.0..15.0_f64, upper: bool,
    ) {
        let p = if upper { 1.0 - 10_f64.powf(p) } else { 10_f64.powf(p) };
        let x = quantile::beta(p, 10_f64.powf(a), 10_f64.powf(b)).unwrap();
        prop_assert!((0.0..=1.0).contains(&x.value()) && (0.0..=1.0).contains(&x.complement()));
        prop_assert!((x.value() + x.complement() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn the_beta_distribution_at_its_quantile_is_the_probability(
        p in 1e-7..0.5_f64, a in -0.3..4.0_f64, b in -0.3..4.0_f64,
    ) {
        let (a, b) = (10_f64.powf(a), 10_f64.powf(b));
        let x = quantile::beta(p, a, b).unwrap();
        let back = quantile::beta_distribution(x, a, b).unwrap();
        prop_assert!((back / p - 1.0).abs() < 1e-11, "{p} {a} {b}: {x:?} {back}");
    }

    #[test]
    fn the_quantile_of_the_other_tail_is_the_mirror_image(p in 0.01..0.99_f64, a in 0.5..500.0_f64, b in 0.5..500.0_f64) {
        // So that 1 − p is exact.
        let p = (p * 1024.0).round() / 1024.0;
        let one = quantile::beta(p, a, b).unwrap();
        let other = quantile::beta(1.0 - p, b, a).unwrap().mirrored();
        prop_assert!((one.value() / other.value() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn quantiles_rise_with_the_probability(p in 1e-6..0.9_f64, more in 1e-3..0.09_f64, a in 0.5..1e4_f64, b in 0.5..1e4_f64) {
        let at = |p| quantile::beta(p, a, b).unwrap();
        prop_assert!(at(p).value() < at(p + more).value() || at(p).complement() > at(p + more).complement());
    }
}
