//! Shrunken estimates against the same model integrated another way.

use hjertekommidt::stats::{ConfidenceLevel, Proportion, shrinkage};

use crate::oracle::{Row, rows};

/// Absolute: the error of the oracle's own quadrature.
const SHRUNKEN: f64 = 1e-8;

#[test]
fn shrunken_estimates_agree_with_another_quadrature() {
    let all = rows("shrinkage");
    let is_same =
        |one: &Row, other: &Row| ["study", "level"].iter().all(|key| one.text(key) == other.text(key));
    for study in all.chunk_by(is_same) {
        let groups: Vec<_> =
            study.iter().map(|row| Proportion::new(row.count("x"), row.count("n")).unwrap()).collect();
        let level: ConfidenceLevel = study[0].text("level").parse().unwrap();
        let shrunken = shrinkage(&groups, level).unwrap();
        assert!(
            (shrunken.mean - study[0].value("mean")).abs() <= SHRUNKEN,
            "{}: {}",
            study[0],
            shrunken.mean
        );
        for (row, one) in study.iter().zip(shrunken.estimates) {
            let found = [one.value, one.interval.lower(), one.interval.upper()];
            for (found, column) in found.into_iter().zip(["estimate", "lower", "upper"]) {
                assert!((found - row.value(column)).abs() <= SHRUNKEN, "{row}: {column} {found}");
            }
        }
    }
}
