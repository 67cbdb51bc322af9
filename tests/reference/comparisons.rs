//! The exact test of homogeneity and Holm's adjustment against R.

use hjertekommidt::stats::{Proportion, TableDraws, TestWay, holm, homogeneity};

use crate::oracle::{Row, distance, rows};

/// Relative; R's network carries its probabilities as double logarithms.
const EXACT_TEST: f64 = 1e-9;

/// Relative.
const ADJUSTED: f64 = 1e-15;

/// Numbers with spaces between them.
fn numbers(row: &Row, column: &str) -> Vec<f64> {
    row.text(column).split(' ').map(|number| number.parse().unwrap()).collect()
}

#[test]
fn the_exact_test_agrees_with_r() {
    let draws = TableDraws { seed: "not used", tables: 1 };
    for row in rows("homogeneity") {
        let counts = numbers(&row, "events").into_iter().zip(numbers(&row, "trials"));
        let groups: Vec<_> = counts.map(|(x, n)| Proportion::new(x as u64, n as u64).unwrap()).collect();
        let test = homogeneity(&groups, draws).unwrap();
        assert_eq!(test.way, TestWay::Exact, "{row}");
        let found = distance(test.p_value, row.value("p_value"));
        assert!(found <= EXACT_TEST, "{row}: {} is {found} away", test.p_value);
    }
}

#[test]
fn adjusted_probabilities_agree_with_r() {
    for row in rows("holm") {
        let family: Vec<_> = numbers(&row, "p").into_iter().map(Ok).collect();
        for (found, expected) in holm(&family).into_iter().zip(numbers(&row, "adjusted")) {
            assert!(distance(found.unwrap(), expected) <= ADJUSTED, "{row}: {found:?} for {expected}");
        }
    }
}
