//! Two-by-two tables and agreement.

use hjertekommidt::stats::{
    AgreementTable, ConfidenceLevel, IntervalMethod, Measure, Reason, TwoByTwo, mcnemar,
};
use proptest::prelude::*;

use super::cases;

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;
const EXACT: IntervalMethod = IntervalMethod::ClopperPearson;

fn cell() -> impl Strategy<Value = u64> {
    prop_oneof![0..4_u64, 0..60_u64, 0..1_000_000_u64]
}

fn table() -> impl Strategy<Value = TwoByTwo> {
    (cell(), cell(), cell(), cell()).prop_map(|(tp, fp, fn_, tn)| TwoByTwo { tp, fp, fn_, tn })
}

fn agreement() -> impl Strategy<Value = AgreementTable> {
    (2..6_usize)
        .prop_flat_map(|k| prop::collection::vec(prop::collection::vec(0..50_u64, k), k))
        .prop_map(|rows| AgreementTable::new(&rows).unwrap())
}

/// Two results are the same number to within rounding, or missing for the same reason.
fn same(one: Result<f64, Reason>, other: Result<f64, Reason>) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => (one - other).abs() <= 1e-12 * (1.0 + one.abs()),
        (one, other) => one == other,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn estimates_lie_in_their_intervals(table in table()) {
        for estimate in table.estimates(EXACT, LEVEL) {
            if let (Ok(value), Ok(interval)) = (estimate.value, estimate.interval) {
                let slack = 1e-12 * (1.0 + value.abs());
                prop_assert!(interval.lower() - slack <= value && value <= interval.upper() + slack, "{estimate:?}");
            }
        }
    }

    #[test]
    fn exchanging_register_and_record_exchanges_the_measures(table in table()) {
        let estimate = |table: TwoByTwo, measure| table.estimate(measure, EXACT, LEVEL);
        let pairs = [
            (Measure::Sensitivity, Measure::Ppv),
            (Measure::Specificity, Measure::Npv),
            (Measure::PrevalenceReference, Measure::PrevalenceRegister),
            (Measure::Kappa, Measure::Kappa),
            (Measure::F1, Measure::F1),
            (Measure::DiagnosticOddsRatio, Measure::DiagnosticOddsRatio),
        ];
        for (one, other) in pairs {
            let (one, other) = (estimate(table, one), estimate(table.transposed(), other));
            prop_assert!(same(one.value, other.value), "{one:?} {other:?}");
            let lower = |interval: Result<hjertekommidt::stats::ConfidenceInterval, _>| interval.map(|i| i.lower());
            prop_assert!(same(lower(one.interval), lower(other.interval)), "{one:?} {other:?}");
        }
        let (one, other) = (mcnemar(table), mcnemar(table.transposed()));
        prop_assert_eq!(one.p_value, other.p_value);
        prop_assert!(one.p_value.map_or(table.total() == 0, |p| (0.0..=1.0).contains(&p)));
    }

    #[test]
    fn kappa_and_ac1_of_a_table_and_its_transpose_agree(table in agreement()) {
        for coefficient in [AgreementTable::kappa, AgreementTable::ac1] {
            let (one, other) = (coefficient(&table, LEVEL), coefficient(&table.transposed(), LEVEL));
            prop_assert!(same(one.value, other.value), "{one:?} {other:?}");
            prop_assert!(same(one.standard_error, other.standard_error), "{one:?} {other:?}");
        }
    }

    #[test]
    fn coefficients_lie_between_minus_one_and_one(table in agreement()) {
        for coefficient in [table.kappa(LEVEL), table.ac1(LEVEL), table.pabak(EXACT, LEVEL)] {
            let Ok(value) = coefficient.value else { continue };
            prop_assert!((-1.0 - 1e-12..=1.0 + 1e-12).contains(&value));
            if let Ok(interval) = coefficient.interval {
                prop_assert!(interval.lower() < interval.upper() && interval.contains(value));
            }
        }
    }

    #[test]
    fn exchanging_yes_and_no_exchanges_positive_and_negative_agreement(table in table()) {
        let [a, b, c, d] = table.cells();
        let (one, other) = (AgreementTable::yes_no(a, b, c, d), AgreementTable::yes_no(d, c, b, a));
        prop_assert_eq!(one.positive_agreement(EXACT, LEVEL), other.negative_agreement(EXACT, LEVEL));
        prop_assert!(same(one.kappa(LEVEL).value, other.kappa(LEVEL).value));
    }
}
