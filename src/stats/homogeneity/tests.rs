use super::*;
use crate::random::Generator;

const DRAWS: TableDraws<'static> = TableDraws { seed: "tests", tables: 20_000 };

fn groups(counts: &[(u64, u64)]) -> Vec<Proportion> {
    counts.iter().map(|(x, n)| Proportion::new(*x, *n).unwrap()).collect()
}

fn p_value(counts: &[(u64, u64)]) -> f64 {
    let test = homogeneity(&groups(counts), DRAWS).unwrap();
    assert_eq!(test.way, TestWay::Exact, "{counts:?}");
    test.p_value
}

/// Every table with the margins, one after the other, in whole numbers: the definition.
fn by_going_through(counts: &[(u64, u64)]) -> f64 {
    fn choose(n: u64, k: u64) -> u128 {
        (0..k).fold(1, |product, i| product * u128::from(n - i) / u128::from(i + 1))
    }
    fn products(sizes: &[u64], events: u64, product: u128, found: &mut Vec<u128>) {
        match sizes.split_first() {
            None if events == 0 => found.push(product),
            None => {}
            Some((size, later)) => (0..=events.min(*size))
                .for_each(|x| products(later, events - x, product * choose(*size, x), found)),
        }
    }
    let sizes: Vec<u64> = counts.iter().map(|(_, n)| *n).collect();
    let observed: u128 = counts.iter().map(|(x, n)| choose(*n, *x)).product();
    let mut found = Vec::new();
    products(&sizes, counts.iter().map(|(x, _)| x).sum(), 1, &mut found);
    let improbable: u128 = found.iter().filter(|product| **product <= observed).sum();
    improbable as f64 / found.iter().sum::<u128>() as f64
}

#[test]
fn the_network_finds_what_going_through_all_tables_finds() {
    let mut generator = Generator::of("tables of a test");
    for _ in 0..300 {
        let k = 2 + generator.below(4);
        let size = 1 + generator.below(9);
        let one = |_| {
            let n = if generator.chance(0.5) { size } else { 1 + generator.below(12) };
            (generator.below(n + 1), n)
        };
        let counts: Vec<(u64, u64)> = (0..k).map(one).collect();
        let expected = by_going_through(&counts);
        assert!((p_value(&counts) / expected - 1.0).abs() < 1e-12, "{counts:?}: {expected}");
    }
}

#[test]
fn tables_as_probable_as_the_observed_one_count() {
    // Three groups of 2 with 3 events: (2, 1, 0) in six orders with the product 2, (1, 1, 1) with the product 8.
    assert!((p_value(&[(2, 2), (1, 2), (0, 2)]) - 12.0 / 20.0).abs() < 1e-14);
    assert!((p_value(&[(1, 2), (1, 2), (1, 2)]) - 1.0).abs() < 1e-14);
}

#[test]
fn the_order_of_the_groups_does_not_matter_to_the_last_bit() {
    let one = p_value(&[(3, 9), (14, 20), (0, 4), (5, 9)]);
    assert_eq!(one, p_value(&[(0, 4), (5, 9), (14, 20), (3, 9)]));
}

#[test]
fn events_and_non_events_may_be_exchanged() {
    assert_eq!(p_value(&[(3, 9), (14, 20), (0, 4)]), p_value(&[(6, 9), (6, 20), (4, 4)]));
}

#[test]
fn without_events_there_is_one_table() {
    assert_eq!([p_value(&[(0, 5), (0, 7)]), p_value(&[(5, 5), (7, 7), (1, 1)])], [1.0; 2]);
}

#[test]
fn groups_without_trials_say_nothing() {
    assert_eq!(p_value(&[(3, 9), (0, 0), (14, 20)]), p_value(&[(3, 9), (14, 20)]));
    let test = homogeneity(&groups(&[(3, 9), (0, 0), (14, 20)]), DRAWS).unwrap();
    assert_eq!(test.groups, 2);
    for too_few in [&[][..], &[(3, 9)], &[(3, 9), (0, 0)]] {
        assert_eq!(homogeneity(&groups(too_few), DRAWS), Err(Reason::NotEstimable));
    }
}

#[test]
fn more_trials_than_can_be_worked_with_are_not_defined() {
    let large = groups(&[(3, 600_000), (14, 600_000)]);
    assert_eq!(homogeneity(&large, DRAWS), Err(Reason::NotDefined));
}

/// Sizes without a common measure, so that hardly two products are the same.
fn large() -> Vec<Proportion> {
    let sizes = (0..40).map(|h| 101 + 7 * h + h * h % 11);
    sizes.enumerate().map(|(h, n)| Proportion::new(n * (34 + 2 * (h as u64 % 5)) / 100, n).unwrap()).collect()
}

#[test]
fn a_table_that_is_too_large_is_drawn_and_says_so() {
    let test = homogeneity(&large(), TableDraws { tables: 500, ..DRAWS }).unwrap();
    let TestWay::MonteCarlo { tables: 500, standard_error } = test.way else { panic!("{test:?}") };
    let p = test.p_value;
    assert!(p > 0.01 && p < 0.99, "{test:?}");
    assert_eq!(standard_error, (p * (1.0 - p) / 500.0).sqrt());
    assert_eq!(homogeneity(&large(), TableDraws { tables: 0, ..DRAWS }), Err(Reason::NotDefined));
}

#[test]
fn the_same_seed_draws_the_same_tables_and_another_seed_others() {
    let of = |seed| homogeneity(&large(), TableDraws { seed, tables: 500 });
    assert_eq!(of("one"), of("one"));
    assert_ne!(of("one"), of("two"));
}

#[test]
fn drawn_tables_give_the_probability_of_the_network() {
    for counts in
        [&[(3, 9), (14, 20), (0, 4), (5, 9)][..], &[(30, 90), (45, 80)], &[(1, 40), (0, 7), (3, 31)]]
    {
        let margins = Margins::of(&groups(counts)).unwrap();
        let exact = network::p_value(&margins).unwrap();
        let (p, way) = monte_carlo::p_value(&margins, DRAWS).unwrap();
        let TestWay::MonteCarlo { standard_error, .. } = way else { panic!("{way:?}") };
        assert!((p - exact).abs() < 4.0 * standard_error + 1e-4, "{counts:?}: {p} for {exact}");
    }
}

#[test]
fn a_groups_share_of_the_events_is_hypergeometric() {
    let margins = Margins::of(&groups(&[(6, 10), (1, 5)])).unwrap();
    let mut times = [0_u64; 6];
    let steps = 30_030;
    for step in 0..steps {
        let u = (step as f64 + 0.5) / steps as f64;
        times[monte_carlo::share(&margins, [5, 15, 7], u) as usize] += 1;
    }
    // C(5, x) C(10, 7 − x) of C(15, 7) = 6435, which is 30,030 · 3/14.
    let expected = [120.0, 1050.0, 2520.0, 2100.0, 600.0, 45.0].map(|ways| ways * 14.0 / 3.0);
    for (found, expected) in times.into_iter().zip(expected) {
        assert!((found as f64 - expected).abs() <= 1.0, "{times:?} for {expected:?}");
    }
}

#[test]
fn no_drawn_table_leaves_the_probability_at_zero() {
    let margins = Margins::of(&groups(&[(0, 400), (400, 400)])).unwrap();
    let (p, _) = monte_carlo::p_value(&margins, TableDraws { tables: 99, ..DRAWS }).unwrap();
    assert_eq!(p, 0.01);
}
