//! Intervals of proportions.

use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod, Limits, Proportion};
use proptest::prelude::*;

use super::cases;

fn counts() -> impl Strategy<Value = (u64, u64)> {
    let trials = prop_oneof![1..40_u64, 1..3_000_u64, 1..1_000_000_000_u64];
    trials.prop_flat_map(|trials| (prop_oneof![0..=trials, 0..=trials.min(9)], Just(trials)))
}

fn level() -> impl Strategy<Value = ConfidenceLevel> {
    prop::sample::select(vec!["0.5", "0.8", "0.9", "0.95", "0.975", "0.99", "0.9999", "0.999999"])
        .prop_map(|text| text.parse().unwrap())
}

fn method() -> impl Strategy<Value = IntervalMethod> {
    prop::sample::select(IntervalMethod::ALL.to_vec())
}

fn limits(events: u64, trials: u64, method: IntervalMethod, level: ConfidenceLevel) -> Option<Limits> {
    Proportion::new(events, trials).unwrap().limits(method, level).ok()
}

/// Limits lie around the point, except that those of Jeffreys and mid-P at a level near one half need not: at x = 1 the
/// median of the posterior lies above x/n.
fn holds_the_point(method: IntervalMethod, level: ConfidenceLevel) -> bool {
    match method {
        IntervalMethod::Jeffreys => level.as_f64() >= 0.8,
        IntervalMethod::MidP => level.as_f64() >= 0.8,
        _ => true,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn limits_lie_in_the_unit_interval_around_the_point((x, n) in counts(), method in method(), level in level()) {
        if let Some(Limits { lower, upper }) = limits(x, n, method, level) {
            let point = x as f64 / n as f64;
            prop_assert!(0.0 <= lower.value() && upper.value() <= 1.0);
            prop_assert!(lower.value() <= upper.value());
            let around = lower.value() <= point * (1.0 + 1e-14) && point <= upper.value() * (1.0 + 1e-14);
            prop_assert!(around || !holds_the_point(method, level), "{:?} {:?}", lower, upper);
        }
    }

    #[test]
    fn exchanging_events_and_non_events_mirrors_the_interval((x, n) in counts(), method in method(), level in level()) {
        let (one, other) = (limits(x, n, method, level), limits(n - x, n, method, level));
        prop_assert_eq!(one.map(|limits| limits.lower), other.map(|limits| limits.upper.mirrored()));
    }

    /// Not Wald's and the logit interval: at extreme levels the margin shrinks faster than the estimate rises.
    #[test]
    fn more_events_raise_both_limits((x, n) in counts(), method in method(), level in level()) {
        let (x, method) = match method {
            IntervalMethod::Wald | IntervalMethod::Logit => (x.min(n - 1), IntervalMethod::ClopperPearson),
            method => (x.min(n - 1), method),
        };
        if let (Some(fewer), Some(more)) = (limits(x, n, method, level), limits(x + 1, n, method, level)) {
            let slack = 1.0 + 1e-13;
            prop_assert!(fewer.lower.value() <= more.lower.value() * slack);
            prop_assert!(more.upper.complement() <= fewer.upper.complement() * slack);
        }
    }

    #[test]
    fn more_trials_with_the_same_events_lower_both_limits((x, n) in counts(), level in level()) {
        for method in [IntervalMethod::ClopperPearson, IntervalMethod::Wilson, IntervalMethod::MidP] {
            let (few, many) = (limits(x, n, method, level).unwrap(), limits(x, n + 1, method, level).unwrap());
            prop_assert!(many.lower.value() <= few.lower.value() * (1.0 + 1e-13), "{method:?}");
            prop_assert!(many.upper.value() <= few.upper.value() * (1.0 + 1e-13), "{method:?}");
        }
    }

    #[test]
    fn a_higher_level_widens_the_interval((x, n) in counts(), method in method()) {
        let [narrow, wide] = ["0.9", "0.99"].map(|level| limits(x, n, method, level.parse().unwrap()));
        if let (Some(narrow), Some(wide)) = (narrow, wide) {
            prop_assert!(wide.lower.value() <= narrow.lower.value());
            prop_assert!(wide.upper.complement() <= narrow.upper.complement());
        }
    }

    #[test]
    fn the_mid_p_interval_lies_within_the_exact_one((x, n) in counts(), level in level()) {
        let exact = limits(x, n, IntervalMethod::ClopperPearson, level).unwrap();
        let mid = limits(x, n, IntervalMethod::MidP, level).unwrap();
        prop_assert!(exact.lower.value() <= mid.lower.value() * (1.0 + 1e-13));
        prop_assert!(mid.upper.value() <= exact.upper.value() * (1.0 + 1e-13));
    }
}
