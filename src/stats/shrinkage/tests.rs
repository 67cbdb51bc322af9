use super::likelihood::log_rising;
use super::*;

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

fn groups(counts: &[(u64, u64)]) -> Vec<Proportion> {
    counts.iter().map(|(x, n)| Proportion::new(*x, *n).unwrap()).collect()
}

const CASES: [&[(u64, u64)]; 6] = [
    &[(9, 12), (14, 20), (12, 14), (20, 30), (3, 8), (0, 1), (5, 5), (0, 0)],
    &[(9, 9), (14, 20), (30, 42)],
    &[(7, 10)],
    &[(0, 5), (0, 8), (0, 30)],
    &[(230, 800), (250, 820), (190, 700)],
    &[(0, 40), (38, 40), (20, 40), (3, 40)],
];

#[test]
fn a_rising_factorial_is_the_product_of_its_factors() {
    for a in [1e-9, 0.3, 5.0, 1e4, 1e12] {
        for x in [0_u64, 1, 11, 12, 13, 30, 400] {
            let product: f64 = (0..x).map(|i| f64::ln(a + i as f64)).sum();
            assert!((log_rising(a, x) - product).abs() <= 1e-13 * (1.0 + product.abs()), "{a} {x}");
        }
    }
}

fn case(counts: &[(u64, u64)]) -> Shrinkage {
    shrinkage(&groups(counts), LEVEL).unwrap()
}

#[test]
fn a_grid_twice_as_fine_changes_nothing_that_is_printed() {
    for counts in [CASES[1], CASES[4], CASES[5]] {
        let (one, other) = (case(counts), shrunken(&groups(counts), LEVEL, 1.5).unwrap());
        let numbers = |shrunken: &Shrinkage| {
            let of = |one: &ShrunkenEstimate| [one.value, one.interval.lower(), one.interval.upper()];
            let estimates = shrunken.estimates.iter().flat_map(of);
            [shrunken.mean, shrunken.correlation].into_iter().chain(estimates).collect::<Vec<f64>>()
        };
        for (coarse, fine) in numbers(&one).into_iter().zip(numbers(&other)) {
            assert!((coarse - fine).abs() < 1e-7, "{counts:?}: {coarse} and {fine}");
        }
    }
}

#[test]
fn an_estimate_lies_between_its_own_proportion_and_what_it_is_drawn_to() {
    for counts in CASES {
        for one in case(counts).estimates {
            let own = one.observed.estimate().unwrap_or(0.0);
            let composed = one.own_weight * own + (1.0 - one.own_weight) * one.drawn_to;
            assert!((one.value - composed).abs() < 1e-9, "{one:?}");
            assert!((0.0..1.0).contains(&one.own_weight));
            assert!(one.interval.contains(one.value), "{one:?}");
        }
    }
}

#[test]
fn small_municipalities_are_drawn_further_than_large_ones() {
    let estimates = case(&[(4, 5), (80, 100), (20, 40), (21, 40), (22, 40)]).estimates;
    let (small, large) = (estimates[0], estimates[1]);
    assert!(small.own_weight < large.own_weight && small.value < large.value && large.value < 0.8);
    let width = |one: ShrunkenEstimate| one.interval.upper() - one.interval.lower();
    assert!(width(small) > width(large));
}

#[test]
fn more_events_of_as_many_trials_give_a_higher_estimate() {
    let estimates = case(&[(0, 12), (3, 12), (7, 12), (8, 12), (12, 12)]).estimates;
    for pair in estimates.windows(2) {
        assert!(pair[0].value < pair[1].value && pair[0].interval.upper() < pair[1].interval.upper());
    }
    assert!(estimates[0].value > 0.0 && estimates[4].value < 1.0);
}

#[test]
fn a_municipality_without_trials_gets_what_is_predicted_for_another_one() {
    let predicted = case(&[(9, 12), (14, 20), (0, 0)]);
    let none = predicted.estimates[2];
    assert_eq!((none.own_weight, none.drawn_to), (0.0, predicted.mean));
    assert!((none.value - predicted.mean).abs() < 1e-9);
    assert_eq!(case(&[(9, 12), (14, 20)]).estimates, predicted.estimates[..2]);
}

#[test]
fn one_municipality_alone_is_drawn_to_one_half() {
    let alone = case(&[(7, 10)]);
    let one = alone.estimates[0];
    assert!(one.value > 0.5 && one.value < 0.7 && one.drawn_to > 0.5 && one.drawn_to < one.value);
    let half = case(&[(5, 10)]);
    assert!((half.estimates[0].value - 0.5).abs() < 1e-12 && (half.mean - 0.5).abs() < 1e-12);
}

#[test]
fn exchanging_events_and_non_events_mirrors_everything() {
    for counts in &CASES[3..] {
        let exchanged: Vec<(u64, u64)> = counts.iter().map(|(x, n)| (n - x, *n)).collect();
        for (one, other) in case(counts).estimates.iter().zip(case(&exchanged).estimates) {
            assert!((one.value + other.value - 1.0).abs() < 1e-9);
            assert!((one.interval.lower() + other.interval.upper() - 1.0).abs() < 1e-9);
        }
    }
}

#[test]
fn a_lower_level_gives_a_shorter_interval_that_names_its_level() {
    let level: ConfidenceLevel = "0.8".parse().unwrap();
    let shorter = shrinkage(&groups(CASES[0]), level).unwrap();
    for (one, other) in case(CASES[0]).estimates.iter().zip(shorter.estimates) {
        assert!(one.interval.lower() < other.interval.lower());
        assert!(other.interval.upper() < one.interval.upper());
        assert_eq!((other.interval.level(), other.interval.method()), (level, Method::BetaBinomial));
    }
}

#[test]
fn nothing_is_estimable_without_trials() {
    for counts in [&[][..], &[(0, 0)], &[(0, 0), (0, 0)]] {
        assert_eq!(shrinkage(&groups(counts), LEVEL), Err(Reason::NotEstimable));
    }
    assert_eq!(shrinkage(&groups(&[(3, 1_000_001)]), LEVEL), Err(Reason::NotDefined));
}
