//! What stands beside the weighted figures of the whole is held against other worlds as they are.

use serde_json::Value;

use super::invented::{Invented, Study};
use super::recovered::with_tables;

/// Courses of a stratum whose charts were not found.
fn not_found(stratum: usize, courses: usize) -> impl Iterator<Item = Invented> {
    let one =
        Invented { stratum, age: Some(40), sex: Some(true), year: Some(2021), is_read: false, cells: [0, 0] };
    std::iter::repeat_n(one, courses)
}

/// Three strata that are shown and two that are not, in the last of which so many charts were not found. All have the same weight N / n.
fn study(lost: usize) -> Study {
    let (shown, hidden) = ([9, 8, 8, 9], [14, 2, 4, 14]);
    let mut study = with_tables([shown, shown, shown, hidden, hidden], [None; 5]);
    study.by = vec!["stratum", "sex"];
    study.undrawn = [102, 102, 102, 102, 102 - lost as u64];
    study.courses.extend(not_found(4, lost));
    study
}

/// Of the first indicator in the whole study: its weighted figures, those with the weights N / a, and the bounds.
fn shown(results: &Value) -> [Vec<Value>; 3] {
    let diet =
        results["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == "diet").unwrap();
    let whole = &diet["groups"][0];
    [&whole["weighted"], &whole["unadjusted"], &diet["sensitivity_analyses"]["worst_and_best"]]
        .map(|list| list.as_array().unwrap_or_else(|| panic!("{diet:#}")).clone())
}

fn all_hidden(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(|one| one["reason"] == "suppressed")
}

/// By N / n two charts can change places between the hidden strata and nothing is printed otherwise. By N / a their weights are far apart:
/// one chart more or less would be seen, in whole per cent too.
#[test]
fn bounds_that_would_tell_a_hidden_count_are_not_shown() {
    let study = study(66);
    let [weighted, unadjusted, bounds] = shown(&study.protected());
    assert!(weighted.iter().all(|one| one["estimate"].is_f64()), "{weighted:?}");
    assert!(all_hidden(&unadjusted), "{unadjusted:?}");
    assert!(all_hidden(&bounds), "{bounds:?}");
    // With the data owner's leave they are.
    let [_, unadjusted, bounds] = shown(&study.results(true));
    assert!(unadjusted.iter().all(|one| one["estimate"].is_f64()), "{unadjusted:?}");
    assert!(bounds.iter().all(|one| one["lower"].is_f64()), "{bounds:?}");
}

#[test]
fn bounds_that_tell_nothing_are_in_whole_per_cent() {
    let mut study = study(0);
    // The same in every stratum.
    (0..5).for_each(|stratum| study.courses.extend(not_found(stratum, 4)));
    let [weighted, _, bounds] = shown(&study.protected());
    assert!(weighted.iter().all(|one| one["estimate"].is_f64()), "{weighted:?}");
    for one in &bounds {
        let is_whole =
            |key: &str| one[key].as_f64().is_some_and(|bound| (bound * 100.0).fract().abs() < 1e-9);
        assert!(is_whole("lower") && is_whole("upper") && one["rounded"] == 2, "{one}");
    }
}

#[test]
fn weighted_figures_of_parts_are_not_shown_beside_a_hidden_count_and_plain_ones_are() {
    let protected = study(0).protected();
    let diet =
        protected["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == "diet").unwrap();
    let groups = diet["groups"].as_array().unwrap();
    let by_sex: Vec<&Value> = groups.iter().filter(|one| one["grouping"] == "sex").collect();
    assert_eq!(by_sex.len(), 2, "{diet:#}");
    for group in by_sex {
        let list = |key: &str| group[key].as_array().unwrap().clone();
        // What is not estimable, everybody may know.
        let weighted = list("weighted");
        assert!(weighted.iter().all(|one| one["estimate"].is_null() && one["se"].is_null()), "{group}");
        assert!(weighted.iter().any(|one| one["reason"] == "suppressed"), "{group}");
        assert!(list("measures").iter().any(|one| one["estimate"].is_f64()), "{group}");
    }
    let differences = diet["differences"].as_array().unwrap();
    assert!(
        differences.iter().all(|one| one["estimate"].is_null() && one["p_value"].is_null()),
        "{differences:?}"
    );
}
