//! Design-weighted agreement against R's survey: `svykappa`, and `svycontrast` of the cells.

use std::collections::BTreeMap;

use hjertekommidt::stats::{
    AgreementStratum, AgreementTable, WeightedAgreement, WeightedOptions, weighted_agreement,
};

use crate::oracle::{distance, rows};

/// survey prints 17 digits.
const SURVEY: f64 = 1e-12;

fn cases() -> BTreeMap<String, Vec<AgreementStratum>> {
    let mut cases: BTreeMap<String, Vec<AgreementStratum>> = BTreeMap::new();
    for row in rows("weighted_kappa_strata") {
        let k = row.count("categories") as usize;
        let cells: Vec<u64> = row.text("cells").split(' ').map(|count| count.parse().unwrap()).collect();
        let table: Vec<Vec<u64>> = cells.chunks(k).map(<[u64]>::to_vec).collect();
        cases.entry(row.text("case").to_owned()).or_default().push(AgreementStratum {
            population: row.count("population"),
            double_read: row.count("double_read"),
            table: AgreementTable::new(&table).unwrap(),
        });
    }
    cases
}

#[test]
fn coefficients_and_standard_errors_agree_with_survey() {
    let cases = cases();
    let mut compared = 0;
    for row in rows("weighted_kappa") {
        let finite_population_correction = row.text("fpc") == "TRUE";
        let options = WeightedOptions { finite_population_correction, ..WeightedOptions::default() };
        let WeightedAgreement { raw, kappa, ac1 } =
            weighted_agreement(&cases[row.text("case")], &options).unwrap();
        let (estimate, se) = match row.text("coefficient") {
            "kappa" => (kappa.value, kappa.standard_error),
            "ac1" => (ac1.value, ac1.standard_error),
            _ => (raw.estimate, raw.se),
        };
        let far = distance(estimate.unwrap(), row.value("estimate"));
        assert!(far <= SURVEY, "{row}: {estimate:?}, off by {far:e}");
        let far = distance(se.unwrap(), row.value("se"));
        assert!(far <= SURVEY, "{row}: standard error {se:?}, off by {far:e}");
        compared += 1;
    }
    assert_eq!(compared, 5 * 2 * 3);
}
