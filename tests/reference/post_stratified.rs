//! Post-stratified estimates against R's survey, `calibrate` and `postStratify`, which agree with each other.

use std::collections::BTreeMap;

use hjertekommidt::stats::{
    Measure, PostStrata, PostStratifiedStratum, RegisterCounts, TwoByTwo, TwoByTwoStratum, WeightedOptions,
    post_stratified,
};

use crate::oracle::{distance, rows};

/// survey prints 17 digits; it gathers the residuals in another order.
const SURVEY: f64 = 1e-12;

fn cases() -> BTreeMap<String, Vec<PostStratifiedStratum>> {
    let mut cases: BTreeMap<String, Vec<PostStratifiedStratum>> = BTreeMap::new();
    for row in rows("post_strata_counts") {
        let count = |column: &str| row.count(column);
        let table = TwoByTwo { tp: count("tp"), fp: count("fp"), fn_: count("fn"), tn: count("tn") };
        let stratum = TwoByTwoStratum {
            population: count("population"),
            reviewed: count("reviewed"),
            answered: count("reviewed"),
            table,
            register: Some(RegisterCounts { yes: count("frame_yes"), no: count("frame_no") }),
        };
        let reviewed = RegisterCounts { yes: count("seen_yes"), no: count("seen_no") };
        cases
            .entry(row.text("case").to_owned())
            .or_default()
            .push(PostStratifiedStratum { stratum, reviewed });
    }
    cases
}

#[test]
fn estimates_and_standard_errors_agree_with_survey() {
    let cases = cases();
    let mut compared = 0;
    for row in rows("post_strata_estimates") {
        let measure: Measure = row.text("measure").parse().unwrap();
        let finite_population_correction = row.text("fpc") == "TRUE";
        let options = WeightedOptions { finite_population_correction, ..WeightedOptions::default() };
        let strata = &cases[row.text("case")];
        let estimate = post_stratified(strata, measure, PostStrata::Frame, &options).unwrap().unwrap();
        for (found, column) in [
            (estimate.estimate, "estimate"),
            (estimate.se, "se_calibrate"),
            (estimate.se, "se_post_stratify"),
        ] {
            let far = distance(found.unwrap(), row.value(column));
            assert!(far <= SURVEY, "{row}: {column} is {found:?}, off by {far:e}");
            compared += 1;
        }
    }
    assert_eq!(compared, 3 * 7 * 2 * 3);
}
