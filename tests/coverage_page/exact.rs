//! Exact coverage against another program, a paper and what is known of the methods.

use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod};

use super::plain::PlainIntervals;
use crate::oracle::rows;

const NINETY_FIVE: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

/// Absolute. The logarithms of up to 591 factors lose a few digits of each probability.
const ORACLE: f64 = 1e-11;

#[test]
fn coverage_tails_and_width_agree_with_sums_by_scipy_and_statsmodels() {
    for row in rows("coverage") {
        let level = row.text("level").parse().unwrap();
        let method = row.text("method").parse().unwrap();
        let found = PlainIntervals::new(method, row.count("n"), level).at(row.value("p"));
        let pairs = [
            ("coverage", found.coverage),
            ("below_lower", found.below_lower),
            ("above_upper", found.above_upper),
            ("not_defined", found.not_defined),
            ("width", found.width),
        ];
        for (column, value) in pairs {
            let off = (value - row.value(column)).abs();
            assert!(off <= ORACLE, "{row}: {column} {value} is off by {off:e}");
        }
    }
}

/// Brown, Cai & DasGupta 2001, section 2 and table 1, as printed there.
#[test]
fn the_wald_interval_covers_as_brown_cai_and_dasgupta_printed_it() {
    let printed = [
        (100, 0.106, "0.952"),
        (100, 0.107, "0.911"),
        (30, 0.2, "0.946"),
        (98, 0.2, "0.928"),
        (17, 0.5, "0.951"),
        (40, 0.5, "0.919"),
        (591, 0.005, "0.945"),
        (592, 0.005, "0.792"),
    ];
    for (n, p, coverage) in printed {
        let found = PlainIntervals::new(IntervalMethod::Wald, n, NINETY_FIVE).at(p).coverage;
        assert_eq!(format!("{found:.3}"), coverage, "n = {n}, p = {p}");
    }
}

#[test]
fn clopper_pearson_never_covers_less_than_its_level() {
    for level in ["0.8", "0.95", "0.999"].map(|text| text.parse::<ConfidenceLevel>().unwrap()) {
        for n in (1..40).chain([57, 120]) {
            let (p, least) =
                PlainIntervals::new(IntervalMethod::ClopperPearson, n, level).least(0.0005, 0.9995);
            assert!(least >= level.as_f64() - ORACLE, "n = {n}: {least} at {p}");
        }
    }
}

#[test]
fn the_least_coverage_is_that_of_a_very_fine_grid() {
    for method in IntervalMethod::ALL {
        for n in [7, 30] {
            let intervals = PlainIntervals::new(method, n, NINETY_FIVE);
            let (at, least) = intervals.least(0.6, 0.95);
            let grid = (0..=35_000).map(|step| 0.6 + 1e-5 * f64::from(step));
            let of_grid = grid.map(|p| intervals.at(p).coverage).fold(1.0, f64::min);
            assert!(least <= of_grid + ORACLE, "{method:?}, n = {n}: {of_grid} on the grid, {least} at {at}");
            assert!(of_grid - least < 1e-3, "{method:?}, n = {n}: {of_grid} on the grid, {least} at {at}");
        }
    }
}

#[test]
fn all_probability_is_accounted_for_and_the_other_side_mirrors() {
    for method in IntervalMethod::ALL {
        let intervals = PlainIntervals::new(method, 45, NINETY_FIVE);
        for p in [0.03125, 0.25, 0.625, 0.984375] {
            let (one, other) = (intervals.at(p), intervals.at(1.0 - p));
            let sum = one.coverage + one.below_lower + one.above_upper + one.not_defined;
            assert!((sum - 1.0).abs() < ORACLE, "{method:?} at {p}: {sum}");
            let mirrored = [
                one.coverage - other.coverage,
                one.below_lower - other.above_upper,
                one.not_defined - other.not_defined,
                one.width - other.width,
            ];
            assert!(mirrored.iter().all(|off| off.abs() < ORACLE), "{method:?} at {p}: {mirrored:?}");
        }
    }
}
