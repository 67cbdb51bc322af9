//! Design-weighted estimates.

use hjertekommidt::stats::{
    IntervalMethod, LonelyStratum, Measure, Reason, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum,
    WeightedMethod, WeightedOptions, WeightedWarning,
};
use proptest::prelude::*;

use super::cases;

fn small_table() -> impl Strategy<Value = TwoByTwo> {
    let cell = || prop_oneof![Just(0_u64), 0..3_u64, 0..40_u64];
    (cell(), cell(), cell(), cell()).prop_map(|(tp, fp, fn_, tn)| TwoByTwo { tp, fp, fn_, tn })
}

/// A stratum of each kind in every table of cases: ordinary, one record, empty, take-all, a single reviewed record.
fn strata() -> impl Strategy<Value = Vec<TwoByTwoStratum>> {
    let ordinary = (small_table(), 0..5_u64, 0..2000_u64).prop_map(|(table, unanswered, more)| {
        let answered = table.total();
        let reviewed = answered + unanswered;
        TwoByTwoStratum { population: reviewed + more, reviewed, answered, table, register: None }
    });
    (prop::collection::vec(ordinary, 1..6), small_table(), 0..4_usize, 0..4_usize, 2..300_u64).prop_map(
        |(mut strata, all, one, single, population)| {
            strata.push(whole(all));
            strata.push(whole(record(one)));
            strata.push(TwoByTwoStratum { population, ..whole(record(single)) });
            strata.push(TwoByTwoStratum::default());
            strata
        },
    )
}

/// A table of one record, in one of the four cells.
fn record(cell: usize) -> TwoByTwo {
    let [tp, fp, fn_, tn] = std::array::from_fn(|index| u64::from(index == cell));
    TwoByTwo { tp, fp, fn_, tn }
}

/// A stratum that was taken whole.
fn whole(table: TwoByTwo) -> TwoByTwoStratum {
    let all = table.total();
    TwoByTwoStratum { population: all, reviewed: all, answered: all, table, register: None }
}

fn options() -> impl Strategy<Value = WeightedOptions> {
    (prop::sample::select(WeightedMethod::ALL.to_vec()), any::<bool>(), any::<bool>()).prop_map(
        |(method, finite_population_correction, certain)| {
            let lonely = if certain { LonelyStratum::Certainty } else { LonelyStratum::GrandMean };
            WeightedOptions { method, finite_population_correction, lonely, ..WeightedOptions::default() }
        },
    )
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn limits_lie_around_the_estimate_and_inside_the_range(strata in strata(), options in options()) {
        let tables = StratifiedTwoByTwo::new(strata).unwrap();
        for (measure, found) in tables.estimates(&options) {
            let (Ok(estimate), Ok(interval)) = (found.estimate, found.interval) else { continue };
            let lowest = if measure == Measure::PrevalenceDifference { -1.0 } else { 0.0 };
            prop_assert!(lowest <= interval.lower() && interval.upper() <= 1.0, "{measure:?} {found:?}");
            let slack = 1e-12;
            let around = interval.lower() <= estimate + slack && estimate <= interval.upper() + slack;
            prop_assert!(around, "{measure:?} {found:?}");
            prop_assert!(found.complete == (interval.lower() == interval.upper()), "{measure:?} {found:?}");
        }
    }

    #[test]
    fn drawing_everyone_gives_the_plain_estimate(tables in prop::collection::vec(small_table(), 1..6)) {
        let everyone = StratifiedTwoByTwo::new(tables.into_iter().map(whole).collect()).unwrap();
        let pooled = everyone.pooled();
        for (measure, found) in everyone.estimates(&WeightedOptions::default()) {
            let plain = pooled.estimate(measure, IntervalMethod::ClopperPearson, Default::default());
            prop_assert_eq!(found.estimate, plain.value);
            if let Ok(estimate) = found.estimate {
                let interval = found.interval.unwrap();
                prop_assert!(found.complete && found.se == Ok(0.0));
                prop_assert_eq!((interval.lower(), interval.upper()), (estimate, estimate));
            }
        }
    }

    #[test]
    fn proportional_weights_give_the_plain_estimate(tables in prop::collection::vec(small_table(), 1..6), factor in 2..50_u64) {
        let strata = tables.into_iter().map(|table| {
            TwoByTwoStratum { population: factor * table.total(), ..whole(table) }
        });
        let tables = StratifiedTwoByTwo::new(strata.collect()).unwrap();
        let plain = tables.pooled();
        for (measure, found) in tables.estimates(&WeightedOptions::default()) {
            let plain = plain.estimate(measure, IntervalMethod::ClopperPearson, Default::default()).value;
            match (found.estimate, plain) {
                (Ok(found), Ok(plain)) => prop_assert!((found - plain).abs() < 1e-13),
                (found, plain) => prop_assert_eq!(found, plain),
            }
        }
    }

    #[test]
    fn the_order_of_the_strata_does_not_matter(strata in strata(), options in options()) {
        let forwards = StratifiedTwoByTwo::new(strata.clone()).unwrap();
        let backwards = StratifiedTwoByTwo::new(strata.into_iter().rev().collect()).unwrap();
        for measure in Measure::WEIGHTED {
            let one = forwards.estimate(measure, &options).unwrap();
            let other = backwards.estimate(measure, &options).unwrap();
            prop_assert_eq!(one.df, other.df);
            match (one.se, other.se) {
                (Ok(one), Ok(other)) => prop_assert!((one - other).abs() <= 1e-13 * one),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }

    #[test]
    fn exchanging_register_and_record_exchanges_the_weighted_measures(strata in strata(), options in options()) {
        let transposed = strata.iter().map(|stratum| {
            TwoByTwoStratum { table: stratum.table.transposed(), ..*stratum }
        });
        let transposed = StratifiedTwoByTwo::new(transposed.collect()).unwrap();
        let tables = StratifiedTwoByTwo::new(strata).unwrap();
        for (one, other) in [(Measure::Sensitivity, Measure::Ppv), (Measure::Specificity, Measure::Npv)] {
            prop_assert_eq!(tables.estimate(one, &options), transposed.estimate(other, &options));
        }
        let difference = |tables: &StratifiedTwoByTwo| tables.estimate(Measure::PrevalenceDifference, &options).unwrap();
        let (one, other) = (difference(&tables), difference(&transposed));
        match (one.estimate, other.estimate) {
            (Ok(one), Ok(other)) => prop_assert!((one + other).abs() < 1e-14),
            (one, other) => prop_assert_eq!(one, other),
        }
    }

    /// Measured apart: mean of the register less mean of the record.
    #[test]
    fn the_difference_is_the_difference_of_the_prevalences(strata in strata(), options in options()) {
        let tables = StratifiedTwoByTwo::new(strata).unwrap();
        let value = |measure| tables.estimate(measure, &options).unwrap().estimate;
        if let Ok(difference) = value(Measure::PrevalenceDifference) {
            let apart = value(Measure::PrevalenceRegister).unwrap() - value(Measure::PrevalenceReference).unwrap();
            prop_assert!((difference - apart).abs() < 1e-13);
        }
    }

    #[test]
    fn a_lonely_stratum_is_told_and_can_be_refused(strata in strata()) {
        let tables = StratifiedTwoByTwo::new(strata).unwrap();
        let options = WeightedOptions { lonely: LonelyStratum::Refuse, ..WeightedOptions::default() };
        let accuracy = tables.estimate(Measure::Accuracy, &options).unwrap();
        let told = accuracy.warnings.iter().any(|warning| matches!(warning, WeightedWarning::LonelyStrata { .. }));
        prop_assert!(told);
        prop_assert_eq!((accuracy.se, accuracy.interval), (Err(Reason::NotEstimable), Err(Reason::NotEstimable)));
    }
}
