//! Examples from printed papers and the edges of every method.

use super::*;
use crate::stats::Proportion;

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

/// Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29 at 95 %, to four decimals.
#[test]
fn limits_agree_with_newcombe_1998() {
    let printed = [
        (IntervalMethod::Wald, 81.0, 263.0, 0.2522, 0.3638),
        (IntervalMethod::Wilson, 81.0, 263.0, 0.2553, 0.3662),
        (IntervalMethod::WilsonCc, 81.0, 263.0, 0.2535, 0.3682),
        (IntervalMethod::ClopperPearson, 81.0, 263.0, 0.2527, 0.3676),
        (IntervalMethod::MidP, 81.0, 263.0, 0.2544, 0.3658),
        (IntervalMethod::Wilson, 15.0, 148.0, 0.0624, 0.1605),
        (IntervalMethod::WilsonCc, 15.0, 148.0, 0.0598, 0.1644),
        (IntervalMethod::ClopperPearson, 15.0, 148.0, 0.0578, 0.1617),
        (IntervalMethod::MidP, 15.0, 148.0, 0.0601, 0.1581),
        (IntervalMethod::Wilson, 0.0, 20.0, 0.0, 0.1611),
        (IntervalMethod::WilsonCc, 0.0, 20.0, 0.0, 0.2005),
        (IntervalMethod::ClopperPearson, 0.0, 20.0, 0.0, 0.1684),
        (IntervalMethod::MidP, 0.0, 20.0, 0.0, 0.1391),
        (IntervalMethod::Wilson, 1.0, 29.0, 0.0061, 0.1718),
        (IntervalMethod::WilsonCc, 1.0, 29.0, 0.0018, 0.1963),
        (IntervalMethod::ClopperPearson, 1.0, 29.0, 0.0009, 0.1776),
        (IntervalMethod::MidP, 1.0, 29.0, 0.0017, 0.1585),
    ];
    for (method, x, n, lower, upper) in printed {
        let limits = limits(method, x, n - x, LEVEL).unwrap();
        assert!((limits.lower.value() - lower).abs() <= 5.001e-5, "{method:?} {x} {n} {limits:?}");
        assert!((limits.upper.value() - upper).abs() <= 5.001e-5, "{method:?} {x} {n} {limits:?}");
    }
}

#[test]
fn upper_limit_is_one_when_all_trials_are_events() {
    let exempt = [IntervalMethod::Logit];
    for method in IntervalMethod::ALL.into_iter().filter(|method| !exempt.contains(method)) {
        for n in [1.0, 2.0, 17.0, 1e6, 1e9] {
            let limits = limits(method, n, 0.0, LEVEL).unwrap();
            assert_eq!(limits.upper, Fraction::ONE, "{method:?} {n}");
            assert!(limits.lower.value() > 0.0, "{method:?} {n}");
        }
    }
}

#[test]
fn real_valued_counts_lie_between_their_neighbours() {
    for method in [IntervalMethod::ClopperPearson, IntervalMethod::Wilson, IntervalMethod::Jeffreys] {
        let lower = |x: f64| limits(method, x, 40.3 - x, LEVEL).unwrap().lower.value();
        assert!(lower(7.0) < lower(7.4) && lower(7.4) < lower(8.0), "{method:?}");
    }
}

#[test]
fn the_mid_p_limit_solves_its_equation() {
    let lower = limits(IntervalMethod::MidP, 3.0, 8.0, LEVEL).unwrap().lower.value();
    let point = |k: i32| lower.powi(k) * (1.0 - lower).powi(11 - k);
    let below = [1.0, 11.0, 55.0, 165.0].iter().zip(0..).map(|(c, k)| c * point(k)).sum::<f64>();
    let mid = 1.0 - below + 0.5 * 165.0 * point(3);
    assert!((mid - 0.025).abs() < 1e-15);
}

/// Newcombe 1998 (paired data), table II: 36, 12, 2, 0 of 50 by method 10; and, with a positive correlation, the table of
/// Cavo and others 2012 as R's contingencytables prints it.
#[test]
fn the_paired_difference_agrees_with_newcombe_1998() {
    for (cells, lower, upper) in [([36, 12, 2, 0], 0.0569, 0.3404), ([59, 6, 16, 80], -0.1186, -0.0046)] {
        let found = square_and_add::limits_of_paired_difference(cells, LEVEL).unwrap();
        assert!((found.0 - lower).abs() < 5e-5 && (found.1 - upper).abs() < 5e-5, "{cells:?} {found:?}");
    }
}

/// Newcombe 1998 (independent), table II: 56 of 70 less 48 of 80 by method 10, as a sum with the complement.
#[test]
fn the_sum_agrees_with_newcombe_1998() {
    let (lower, upper) = square_and_add::limits_of_sum([56, 14], [32, 48], LEVEL).unwrap();
    assert!((lower - 1.0524).abs() < 5e-5 && (upper - 1.3339).abs() < 5e-5, "{lower} {upper}");
}

/// Koopman 1984: 36 of 40 against 16 of 80.
#[test]
fn the_ratio_agrees_with_koopman_1984() {
    let proportion = |x, n| Proportion::new(x, n).unwrap();
    let (lower, upper) = koopman::limits(proportion(36, 40), proportion(16, 80), LEVEL).unwrap();
    assert!((lower - 2.94).abs() < 5e-3 && (upper - 7.15).abs() < 5e-3, "{lower} {upper}");
}
