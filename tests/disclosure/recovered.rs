//! No small count follows from what is shown.

use proptest::prelude::*;
use serde_json::Value;

use super::attacker::{attack, truths};
use super::invented::{CELLS, Invented, Study, studies, study};

/// The small counts that have one possible value, of those that the results of the whole study do not tell by themselves.
fn recovered(study: &Study) -> Vec<String> {
    let unknowns = attack(study, &study.results(false));
    let small = |count: i64| (1..study.min_cell as i64).contains(&count);
    let mut found = Vec::new();
    for truth in truths(study) {
        let [least, most] = unknowns.limits(&truth.name);
        assert!(least <= truth.count && truth.count <= most, "{truth:?} is not {least} to {most}");
        if small(truth.persons) && least == most {
            found.push(format!("{} = {}", truth.name, truth.count));
        }
    }
    found
}

/// A table of this stratum: so many courses in each cell of both indicators.
fn of_stratum(stratum: usize, cells: [usize; 4]) -> impl Iterator<Item = Invented> {
    let places = (0..4).flat_map(move |cell| std::iter::repeat_n(cell, cells[cell]));
    places.map(move |cell| Invented {
        stratum,
        age: Some(40),
        sex: Some(cell % 2 == 0),
        year: Some(2021),
        is_read: true,
        cells: [cell, cell],
    })
}

/// Five strata with these tables.
pub(super) fn with_tables(tables: [[usize; 4]; 5], clusters: [Option<bool>; 5]) -> Study {
    let courses = tables.into_iter().enumerate().flat_map(|(place, cells)| of_stratum(place, cells));
    Study {
        courses: courses.collect(),
        clusters,
        undrawn: [30; 5],
        by: vec!["stratum", "cluster"],
        min_cell: 3,
        overall: 1,
        twice: false,
    }
}

/// Both clusters are shown, and what they leave of the whole study is the stratum.
#[test]
fn a_stratum_without_a_cluster_does_not_follow_from_the_clusters() {
    let full = [5, 4, 4, 5];
    let [east, west] = [Some(true), Some(false)];
    let study = with_tables([full, full, full, full, [6, 1, 4, 5]], [east, east, west, west, None]);
    assert_eq!(recovered(&study), [""; 0]);
    let hidden = study.results(true)["indicators"].to_string().matches("\"reason\":\"suppressed\"").count();
    assert!(hidden > 0, "the stratum is hidden");
}

/// Hidden strata do not enter the model: one that is shown alone has no others to be drawn to.
#[test]
fn a_stratum_that_is_shown_alone_is_not_shrunken() {
    let (large, small) = ([9, 8, 8, 9], [14, 2, 4, 14]);
    let shrunken = |tables| -> Vec<Value> {
        let results = with_tables(tables, [None; 5]).results(true);
        let of_diet = results["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == "diet");
        of_diet.unwrap()["shrunken"].as_array().unwrap().clone()
    };
    let alone = shrunken([large, small, small, small, small]);
    assert!(alone.iter().all(|one| one["estimate"].is_null()), "{alone:?}");
    assert!(alone.iter().any(|one| one["reason"] == "not_estimable"), "{alone:?}");
    let two = shrunken([large, large, small, small, small]);
    assert!(two.iter().any(|one| one["estimate"].is_f64()), "{two:?}");
}

/// One indicator hides the table of a stratum, the other shows it, and so its size.
#[test]
fn a_stratum_whose_size_another_indicator_tells_does_not_give_the_next_one_away() {
    let [east, west] = [Some(true), Some(false)];
    let mut study = with_tables(
        [[2, 0, 0, 0], [5, 0, 0, 0], [6, 0, 0, 0], [5, 4, 4, 5], [5, 4, 4, 6]],
        [east, east, east, west, west],
    );
    // The other indicator has a false positive in the third stratum.
    if let Some(one) = study.courses.iter_mut().find(|one| one.stratum == 2) {
        one.cells[1] = 1;
    }
    assert_eq!(recovered(&study), [""; 0]);
}

/// The next smallest stratum is in the other cluster: hiding that one alone would leave the first to be the rest of its cluster.
#[test]
fn a_stratum_does_not_follow_from_its_cluster() {
    let [east, west] = [Some(true), Some(false)];
    let clusters = [east, east, west, west, west];
    let (full, less) = ([9, 8, 9, 8], [4, 4, 4, 4]);
    assert_eq!(recovered(&with_tables([[9, 2, 5, 9], full, less, full, full], clusters)), [""; 0]);
    // Nor does how many of its charts were read.
    assert_eq!(recovered(&with_tables([[2, 0, 0, 0], full, less, full, full], clusters)), [""; 0]);
}

/// Five courses of two persons are not five persons.
#[test]
fn few_persons_with_many_courses_are_not_recovered() {
    let full = [8, 8, 8, 8];
    let mut study = with_tables([[8, 4, 8, 8], full, full, full, full], [None; 5]);
    study.twice = true;
    assert_eq!(recovered(&study), [""; 0]);
}

/// Where the number of charts of a group is hidden because it is small, or for the sake of one that is, its tables would tell it.
fn assert_no_table_of_hidden_reads(study: &Study) {
    let results = study.results(false);
    let rows = results["baseline"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["read"].is_null() && row["frame"].is_u64());
    for row in rows {
        let value = row["value"].as_str().unwrap().split(' ').next().unwrap();
        let is_group = |group: &&Value| group["grouping"] == row["characteristic"] && group["group"] == value;
        let indicators = results["indicators"].as_array().unwrap().iter();
        let groups = indicators.flat_map(|one| one["groups"].as_array().into_iter().flatten());
        groups.filter(is_group).for_each(|group| assert_eq!(group["reason"], "suppressed", "{row} {group}"));
    }
}

/// The same attack on results in which one table alone is hidden.
#[test]
fn the_attack_recovers_a_table_that_nothing_protects() {
    let full = [5, 4, 4, 5];
    let mut study = with_tables([full, full, full, full, [6, 1, 4, 5]], [None; 5]);
    (study.by, study.min_cell) = (vec!["stratum"], 1);
    let mut results = study.results(false);
    let groups =
        results["indicators"].as_array_mut().unwrap().iter_mut().flat_map(|one| one.get_mut("groups"));
    for group in groups.flat_map(|groups| groups.as_array_mut().unwrap()) {
        if group["group"] == "4" {
            CELLS.iter().for_each(|cell| group[*cell] = serde_json::Value::Null);
        }
    }
    let unknowns = attack(&study, &results);
    assert_eq!(unknowns.limits("stratum 4 diet fp"), [1, 1]);
    assert_eq!(unknowns.limits("stratum 4 depression tn"), [5, 5]);
}

proptest! {
    #![proptest_config(studies())]

    #[test]
    fn no_small_count_follows_from_all_that_is_shown(study in study()) {
        let recovered = recovered(&study);
        prop_assert!(recovered.is_empty(), "{recovered:?}");
        assert_no_table_of_hidden_reads(&study);
    }
}
