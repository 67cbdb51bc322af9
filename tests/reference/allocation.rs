//! Proportional allocations against samplingbook and PracTools.

use std::collections::BTreeMap;

use hjertekommidt::plan::{Bounds, allocate};

use crate::oracle::{Row, rows};

/// The proportional cases of the table, each with its strata.
fn cases() -> BTreeMap<String, Vec<Row>> {
    let mut cases: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows("allocation").into_iter().filter(|row| row.text("type") == "proportional") {
        cases.entry(row.text("case").to_owned()).or_default().push(row);
    }
    cases
}

#[test]
fn proportional_allocations_are_the_exact_ones_rounded_and_meet_the_total() {
    let cases = cases();
    assert!(cases.len() >= 2);
    for (case, strata) in cases {
        let courses: Vec<u64> = strata.iter().map(|row| row.count("N_h")).collect();
        let bounds: Vec<Bounds> = courses.iter().map(|&most| Bounds { fewest: 0, most }).collect();
        let total = strata[0].count("n_total");
        let allocated = allocate(total, &courses, &bounds).unwrap();
        assert_eq!(allocated.iter().sum::<u64>(), total, "{case}");
        for (row, given) in strata.iter().zip(allocated) {
            assert!((given as f64 - row.value("n_h_exact")).abs() < 1.0, "{row}: {given}");
            assert!(
                row.number("n_h_integer").is_none_or(|integer| integer == given as f64),
                "{row}: {given}"
            );
        }
    }
}
