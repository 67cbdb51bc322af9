//! Bootstrap limits of kappa and AC1 against R's boot: other resamples of the same records.

use hjertekommidt::stats::{
    AgreementTable, BootstrapCoefficient, ConfidenceInterval, ConfidenceLevel, Reason,
};

use crate::oracle::{Row, distance, rows};

/// Estimates and accelerations do not rest on the resamples: relative.
const EXACT: f64 = 1e-12;

/// Resamples of boot.
const BOOT: f64 = 19_999.0;

/// How many resamples are ours.
const OURS: usize = 40_000;

fn found(row: &Row) -> BootstrapCoefficient {
    let counts: Vec<u64> = row.text("cells").split(' ').map(|count| count.parse().unwrap()).collect();
    let k = counts.len().isqrt();
    let table = AgreementTable::new(&counts.chunks(k).map(<[u64]>::to_vec).collect::<Vec<_>>()).unwrap();
    let both = table.bootstrap("kappa against boot", OURS, ConfidenceLevel::NINETY_FIVE);
    if row.text("coefficient") == "kappa" { both.kappa } else { both.ac1 }
}

#[test]
fn estimates_and_accelerations_are_boots() {
    for row in rows("kappa_bootstrap") {
        let found = found(&row);
        for (number, column) in [(found.estimate, "estimate"), (found.acceleration, "acceleration")] {
            let far = distance(number.unwrap(), row.value(column));
            assert!(far <= EXACT, "{row}: {column} {number:?}, off by {far:e}");
        }
    }
}

/// A standard deviation of B numbers has the relative error 1/√(2B), more where their tails are long; the quantiles at the tails have
/// about √(p(1 − p)/B)/φ standard errors, 0.019 of them at B = 20,000, more where BCa moves further out. The
/// coefficients of small tables lie on a grid besides.
#[test]
fn standard_errors_and_limits_are_boots_within_chance() {
    for row in rows("kappa_bootstrap") {
        let found = found(&row);
        let se = row.value("se");
        let far = found.se.unwrap() / se - 1.0;
        assert!(far.abs() < 6.0 / (2.0 * BOOT).sqrt(), "{row}: standard error off by {far}");
        let z0 = found.bias_correction.unwrap() - row.value("bias_correction");
        assert!(z0.abs() < 5.0 * 1.2533 * (1.0 / BOOT + 1.0 / OURS as f64).sqrt(), "{row}: z0 off by {z0}");
        let near = |interval: Result<ConfidenceInterval, Reason>, method: &str| {
            let limits = interval.map(|limits| [limits.lower(), limits.upper()]).unwrap();
            for (limit, side) in limits.into_iter().zip(["lower", "upper"]) {
                let far = (limit - row.value(&format!("{method}_{side}"))) / se;
                assert!(far.abs() < 0.15, "{row}: {method} {side} off by {far} standard errors");
            }
        };
        near(found.percentile, "percentile");
        near(found.bca, "bca");
    }
}

#[test]
fn the_resamples_are_the_same_on_one_thread_and_on_four() {
    let table = AgreementTable::yes_no(22, 4, 3, 17);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| table.bootstrap("threads", 2_000, ConfidenceLevel::NINETY_FIVE))
    };
    assert_eq!(on(1), on(4));
    assert_ne!(on(1).kappa.se, table.bootstrap("others", 2_000, ConfidenceLevel::NINETY_FIVE).kappa.se);
}

#[test]
fn full_agreement_has_no_interval() {
    let found = AgreementTable::yes_no(12, 0, 0, 7).bootstrap("full", 500, ConfidenceLevel::NINETY_FIVE);
    for one in [found.kappa, found.ac1] {
        assert_eq!((one.estimate, one.se), (Ok(1.0), Ok(0.0)));
        assert_eq!((one.percentile, one.bca), (Err(Reason::NotDefined), Err(Reason::NotDefined)));
    }
}

#[test]
fn resamples_without_kappa_are_counted() {
    // Without the one record that is no no, there is one answer: (19/20)²⁰ of the resamples, 36 %.
    let found = AgreementTable::yes_no(1, 0, 0, 19).bootstrap("rare", 4_000, ConfidenceLevel::NINETY_FIVE);
    assert!((1_250..1_620).contains(&found.kappa.undefined), "{}", found.kappa.undefined);
    assert_eq!((found.kappa.replicates, found.ac1.undefined), (4_000, 0));
    // Nor is there one without that record, so that the acceleration is not defined.
    let near = AgreementTable::yes_no(1, 1, 0, 18).bootstrap("rare", 4_000, ConfidenceLevel::NINETY_FIVE);
    assert!(near.kappa.percentile.is_ok() && near.kappa.acceleration.is_ok());
    let none = AgreementTable::yes_no(0, 0, 0, 9).bootstrap("none", 500, ConfidenceLevel::NINETY_FIVE);
    assert_eq!((none.kappa.estimate, none.kappa.undefined), (Err(Reason::NotEstimable), 500));
    assert_eq!(none.kappa.bca, Err(Reason::NotEstimable));
}

#[test]
fn an_empty_table_and_a_huge_one_have_no_limits() {
    let empty = AgreementTable::yes_no(0, 0, 0, 0).bootstrap("empty", 9, ConfidenceLevel::NINETY_FIVE);
    assert_eq!(empty.ac1.bca, Err(Reason::NotEstimable));
    let huge = AgreementTable::yes_no(900_000, 1, 7, 100_000);
    let huge = huge.bootstrap("huge", 9, ConfidenceLevel::NINETY_FIVE);
    assert!(huge.kappa.estimate.is_ok() && huge.kappa.bca == Err(Reason::NotDefined));
}
