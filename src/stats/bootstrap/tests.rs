use super::plain;
use super::*;
use crate::random::Generator;
use crate::stats::{
    ConfidenceLevel, Measure, Method, Reason, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum, WeightedOptions,
};

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

/// Strata of every kind: large, of one record, reviewed whole, with one record of several, without any, of two records.
const DESIGN: [(u64, usize); 8] =
    [(1000, 300), (90, 55), (1, 1), (12, 12), (30, 1), (8, 0), (400, 2), (5000, 80)];

/// Records that are placed at random, one in nine outside the table.
fn sample(design: &[(u64, usize)], indicators: usize) -> ReviewedSample {
    let mut generator = Generator::of("records of the bootstrap's tests");
    let mut cell = || match generator.below(9) {
        0..3 => Some(Cell::Tp),
        3 => Some(Cell::Fp),
        4 => Some(Cell::Fn),
        5..8 => Some(Cell::Tn),
        _ => None,
    };
    let mut stratum = |&(population, reviewed): &(u64, usize)| ReviewedStratum {
        population,
        records: (0..reviewed).map(|_| (0..indicators).map(|_| cell()).collect()).collect(),
    };
    ReviewedSample::new(design.iter().map(&mut stratum).collect()).unwrap()
}

fn options(replicates: usize) -> BootstrapOptions {
    BootstrapOptions { replicates, ..BootstrapOptions::new("a seed of the tests") }
}

fn stratum(population: u64, table: TwoByTwo) -> TwoByTwoStratum {
    let reviewed = table.total();
    TwoByTwoStratum { population, reviewed, answered: reviewed, table, register: None }
}

fn tables(strata: &[(u64, [u64; 4])]) -> StratifiedTwoByTwo {
    let stratum = |&(population, [tp, fp, fn_, tn]): &(u64, [u64; 4])| {
        stratum(population, TwoByTwo { tp, fp, fn_, tn })
    };
    StratifiedTwoByTwo::new(strata.iter().map(stratum).collect()).unwrap()
}

#[test]
fn byte_lanes_give_the_totals_of_the_plain_bootstrap() {
    for indicators in [1, 10, 13] {
        let sample = sample(&DESIGN, indicators);
        for scheme in [BootstrapScheme::RaoWu, BootstrapScheme::Naive] {
            for finite_population_correction in [true, false] {
                let options = BootstrapOptions { scheme, finite_population_correction, ..options(40) };
                for (replicate, totals) in sample.bootstrap(&options).totals().enumerate() {
                    let plain = plain::totals(&sample, &options, replicate as u64);
                    let near = totals.iter().zip(&plain).all(|(one, other)| (one - other).abs() < 1e-9);
                    assert!(near && totals.len() == plain.len(), "{options:?}, {replicate}");
                }
            }
        }
    }
}

/// With 999 replicates the limits at 95 % are the 25th and the 975th, whatever the definition of a quantile.
#[test]
fn percentile_limits_are_those_of_the_plain_replicates_in_order() {
    let (sample, options) = (sample(&DESIGN, 1), options(999));
    let sensitivity = |totals: Vec<f64>| totals[0] / (totals[0] + totals[2]);
    let mut plain: Vec<f64> = (0..999).map(|r| sensitivity(plain::totals(&sample, &options, r))).collect();
    plain.sort_unstable_by(f64::total_cmp);
    let found = sample.bootstrap(&options).estimate(Estimand::of(Measure::Sensitivity, 0), LEVEL);
    let interval = found.percentile.unwrap();
    assert!((interval.lower() - plain[24]).abs() < 1e-13 && (interval.upper() - plain[974]).abs() < 1e-13);
}

#[test]
fn one_two_and_seven_threads_give_the_same_bits() {
    let sample = sample(&DESIGN, 3);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let replicates = sample.bootstrap(&options(1000));
            let estimands = [Estimand::of(Measure::Youden, 1), Estimand::difference(Measure::F1, 0, 2)];
            let bits: Vec<u64> = replicates.totals.iter().map(|total| total.to_bits()).collect();
            (bits, replicates.estimates(&estimands, LEVEL))
        })
    };
    let one = with(1);
    assert!(one.1.iter().all(|estimate| estimate.bca.is_ok()));
    assert!(one == with(2) && one == with(7));
}

#[test]
fn fewer_replicates_are_the_first_of_more_and_another_seed_gives_others() {
    let sample = sample(&DESIGN, 2);
    let (few, many) = (sample.bootstrap(&options(70)), sample.bootstrap(&options(5000)));
    assert_eq!(few.totals[..], many.totals[..few.totals.len()]);
    let other = sample.bootstrap(&BootstrapOptions { seed: "another".to_owned(), ..options(70) });
    assert_ne!(few.totals, other.totals);
}

#[test]
fn progress_is_told_up_to_the_last_replicate() {
    let told = std::cell::RefCell::new(Vec::new());
    sample(&DESIGN, 1).bootstrap_with_progress(&options(9000), &|done| told.borrow_mut().push(done));
    assert_eq!(told.into_inner(), [4096, 8192, 9000]);
}

/// The variance of a standard deviation of B normal numbers is about σ²/(2B): four of its standard errors are allowed.
fn within_chance(found: f64, expected: f64, replicates: usize) -> bool {
    (found / expected - 1.0).abs() < 4.0 / (2.0 * replicates as f64).sqrt()
}

#[test]
fn the_deviation_of_a_total_is_the_textbooks_and_the_naive_one_too_small() {
    // Two of three records are true positives, of three reviewed in each of two strata.
    let sample = ReviewedSample::of_tables(&tables(&[(40, [2, 0, 1, 0]), (7, [2, 0, 1, 0])])).unwrap();
    let deviation = |options: BootstrapOptions| {
        let replicates = sample.bootstrap(&options);
        let totals: Vec<f64> = replicates.totals().map(|totals| totals[0]).collect();
        let mean = totals.iter().sum::<f64>() / totals.len() as f64;
        (totals.iter().map(|total| (total - mean).powi(2)).sum::<f64>() / totals.len() as f64).sqrt()
    };
    // Σ (1 − f) N² s² / n with s² = 1/3
    let corrected: f64 = (37.0 * 40.0 + 4.0 * 7.0) / 9.0;
    let uncorrected: f64 = (40.0 * 40.0 + 7.0 * 7.0) / 9.0;
    let b = 40_000;
    assert!(within_chance(deviation(options(b)), corrected.sqrt(), b));
    let without = BootstrapOptions { finite_population_correction: false, ..options(b) };
    assert!(within_chance(deviation(without), uncorrected.sqrt(), b));
    let naive = BootstrapOptions { scheme: BootstrapScheme::Naive, ..options(b) };
    assert!(within_chance(deviation(naive), (uncorrected * 2.0 / 3.0).sqrt(), b));
}

#[test]
fn standard_errors_are_near_the_linearised_ones() {
    let strata = [(900, [40, 6, 9, 70]), (300, [25, 3, 10, 40]), (60, [15, 2, 4, 20])];
    let (tables, b) = (tables(&strata), 20_000);
    let sample = ReviewedSample::of_tables(&tables).unwrap();
    for finite_population_correction in [true, false] {
        let options = BootstrapOptions { finite_population_correction, ..options(b) };
        let replicates = sample.bootstrap(&options);
        let weighted = WeightedOptions { finite_population_correction, ..WeightedOptions::default() };
        for (measure, linearised) in tables.estimates(&weighted) {
            let found = replicates.estimate(Estimand::of(measure, 0), LEVEL);
            assert!((found.estimate.unwrap() - linearised.estimate.unwrap()).abs() < 1e-14);
            let ratio = found.se.unwrap() / linearised.se.unwrap();
            // The linearisation leaves out terms of the order 1/d, which is about 1/100 here.
            assert!((ratio - 1.0).abs() < 0.02 + 4.0 / (2.0 * b as f64).sqrt(), "{measure:?}: {ratio}");
        }
    }
}

#[test]
fn a_difference_of_indicators_knows_that_they_are_of_the_same_records() {
    let of = |cell| (0..60).map(move |place| vec![Some(cell), Some(if place < 4 { Cell::Fn } else { cell })]);
    let records = of(Cell::Tp).chain(of(Cell::Tn)).chain((0..9).map(|_| vec![Some(Cell::Fn); 2])).collect();
    let sample = ReviewedSample::new(vec![ReviewedStratum { population: 9000, records }]).unwrap();
    let replicates = sample.bootstrap(&options(4000));
    let se = |estimand| replicates.estimate(estimand, LEVEL).se.unwrap();
    let (one, other) = (se(Estimand::of(Measure::Sensitivity, 0)), se(Estimand::of(Measure::Sensitivity, 1)));
    let difference = replicates.estimate(Estimand::difference(Measure::Sensitivity, 0, 1), LEVEL);
    assert!(difference.se.unwrap() < 0.8 * one.hypot(other));
    assert!(difference.bca.unwrap().lower() > 0.0);
}

#[test]
fn equal_replicates_have_no_interval_with_a_reason() {
    // No false negative at all; a stratum that was reviewed whole; two strata of one kind each.
    let always_one = tables(&[(100, [20, 3, 0, 9]), (50, [8, 1, 0, 5])]);
    let whole = tables(&[(40, [20, 3, 8, 9])]);
    let alike = tables(&[(100, [7, 0, 0, 0]), (64, [0, 0, 11, 0])]);
    for tables in [always_one, whole, alike] {
        let sample = ReviewedSample::of_tables(&tables).unwrap();
        let found = sample.bootstrap(&options(500)).estimate(Estimand::of(Measure::Sensitivity, 0), LEVEL);
        assert_eq!((found.percentile, found.bca), (Err(Reason::NotDefined), Err(Reason::NotDefined)));
        assert_eq!((found.se, found.undefined), (Ok(0.0), 0));
    }
}

#[test]
fn undefined_replicates_are_counted_and_the_limits_are_of_the_others() {
    // One record of eight is in the denominator: (7/8)⁷ = 39 % of the replicates without correction have none.
    let sample = ReviewedSample::of_tables(&tables(&[(8000, [1, 0, 1, 6])])).unwrap();
    let options = BootstrapOptions { finite_population_correction: false, ..options(10_000) };
    let replicates = sample.bootstrap(&options);
    let found = replicates.estimate(Estimand::of(Measure::Ppv, 0), LEVEL);
    let share = found.undefined as f64 / found.replicates as f64;
    assert!((share - 0.875_f64.powi(7)).abs() < 0.02, "{share}");
    assert_eq!(found.percentile, Err(Reason::NotDefined), "all defined ones are 1");
    let sensitivity = replicates.estimate(Estimand::of(Measure::Sensitivity, 0), LEVEL);
    assert!((sensitivity.undefined as f64 / 1e4 - 0.75_f64.powi(7)).abs() < 0.02);
    assert_eq!(sensitivity.percentile.map(|interval| (interval.lower(), interval.upper())), Ok((0.0, 1.0)));
    assert!(sensitivity.percentile.is_ok_and(|interval| interval.method() == Method::BootstrapPercentile));
}

#[test]
fn without_the_last_record_of_a_denominator_there_is_no_acceleration_and_no_bca() {
    let sample = ReviewedSample::of_tables(&tables(&[(800, [1, 1, 0, 6]), (90, [0, 0, 0, 9])])).unwrap();
    let found = sample.bootstrap(&options(200)).estimate(Estimand::of(Measure::Youden, 0), LEVEL);
    assert_eq!((found.acceleration, found.bca), (Err(Reason::NotDefined), Err(Reason::NotDefined)));
    assert!(found.percentile.is_ok());
}

#[test]
fn an_empty_denominator_and_too_few_replicates_are_not_estimable() {
    let sample = ReviewedSample::of_tables(&tables(&[(80, [0, 3, 0, 6])])).unwrap();
    let sensitivity = Estimand::of(Measure::Sensitivity, 0);
    let found = sample.bootstrap(&options(50)).estimate(sensitivity, LEVEL);
    assert_eq!((found.estimate, found.se), (Err(Reason::NotEstimable), Err(Reason::NotEstimable)));
    assert_eq!((found.percentile, found.undefined), (Err(Reason::NotEstimable), 50));
    for replicates in [0, 1] {
        let found = sample.bootstrap(&options(replicates)).estimate(Estimand::of(Measure::Ppv, 0), LEVEL);
        assert_eq!((found.estimate, found.percentile), (Ok(0.0), Err(Reason::NotEstimable)));
    }
    let nothing = ReviewedSample::new(Vec::new()).unwrap();
    assert_eq!(
        nothing.bootstrap(&options(9)).estimate(sensitivity, LEVEL).estimate,
        Err(Reason::NotEstimable)
    );
}

#[test]
fn a_reader_is_told_what_could_not_be_resampled_or_was_not_covered() {
    let warnings = sample(&DESIGN, 1).bootstrap(&options(1)).warnings();
    let (lonely, missed) = (vec![4], vec![5]);
    assert_eq!(
        warnings,
        [BootstrapWarning::NotResampled { strata: lonely }, BootstrapWarning::NotCovered { strata: missed }]
    );
    let naive = BootstrapOptions { scheme: BootstrapScheme::Naive, ..options(1) };
    let plain = ReviewedSample::of_table(TwoByTwo { tp: 1, fp: 2, fn_: 3, tn: 4 }, 5).unwrap();
    assert_eq!(plain.bootstrap(&naive).warnings(), [BootstrapWarning::Naive]);
    assert_eq!(("naive".parse(), "rao_wu".parse()), (Ok(BootstrapScheme::Naive), Ok(BootstrapScheme::RaoWu)));
}

#[test]
fn records_that_cannot_be_of_a_sample_are_refused() {
    let records = vec![vec![Some(Cell::Tp)], vec![None, None]];
    let ragged = ReviewedSample::new(vec![ReviewedStratum { population: 9, records }]).unwrap_err();
    assert_eq!(
        ragged.to_string(),
        "record 2 of stratum 1 has another number of indicators than the first record"
    );
    let records = vec![vec![None]; 3];
    let overfull = ReviewedSample::new(vec![ReviewedStratum { population: 2, records }]).unwrap_err();
    assert_eq!(overfull.to_string(), "stratum 1 has 3 reviewed records, expected at most the 2 of the frame");
}
