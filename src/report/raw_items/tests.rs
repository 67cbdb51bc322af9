use super::*;
use crate::protocol::Protocol;
use crate::protocol::preset::Preset;

fn count(courses: u64) -> CourseCount {
    CourseCount { courses, persons: courses }
}

/// An item with these counts of the compared, of the register alone, the record alone, neither and unsettled.
fn item<T>(id: &str, held: [u64; 5], bands: &[u64], see: impl FnOnce(RawItem<'_>) -> T) -> T {
    let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
    let mut counts = held.into_iter();
    see(RawItem {
        item: protocol.item(id).unwrap(),
        held: Held::ALL.map(|held| (held, count(counts.next().unwrap()))),
        bands: bands.iter().copied().map(count).collect(),
        differences: (0..held[0]).map(|place| place as f64).collect(),
    })
}

fn courses(shown: &RawItemResults) -> [Option<u64>; 5] {
    shown.held.map(|(_, courses)| courses)
}

#[test]
fn days_are_counted_with_those_who_are_nearer() {
    let found = item("end_date", [90, 0, 4, 0, 0], &[40, 30, 15, 5], |item| shown(item, 1));
    assert_eq!(found.comparison.unwrap().within, [(0, 40), (7, 70), (30, 85)]);
    let found = item("sessions_attended", [90, 0, 4, 0, 0], &[80, 10], |item| shown(item, 1));
    assert_eq!(found.comparison.unwrap().within, [(0, 80)]);
}

#[test]
fn a_band_of_few_persons_hides_the_comparison_and_not_how_many_are_compared() {
    for bands in [[2, 78, 5, 5], [80, 1, 4, 5], [80, 4, 2, 4], [40, 44, 4, 2]] {
        let found = item("end_date", [90, 0, 4, 0, 0], &bands, |item| shown(item, 3));
        assert_eq!((&found.comparison, courses(&found)[0]), (&None, Some(90)), "{bands:?}");
    }
    let found = item("end_date", [90, 0, 4, 0, 0], &[80, 3, 0, 7], |item| shown(item, 3));
    assert!(found.comparison.is_some());
}

/// Every reader knows how many charts were read.
#[test]
fn a_hidden_count_takes_another_with_it() {
    let found = item("end_date", [90, 5, 2, 0, 0], &[80, 0, 0, 10], |item| shown(item, 3));
    assert_eq!(courses(&found), [Some(90), None, None, Some(0), Some(0)]);
    let found = item("end_date", [90, 0, 2, 0, 0], &[80, 0, 0, 10], |item| shown(item, 3));
    assert_eq!((courses(&found)[..3].to_vec(), found.comparison), (vec![None, Some(0), None], None));
}

#[test]
fn few_persons_are_few_however_many_courses_they_have() {
    let of = |persons: u64| {
        item("end_date", [90, 0, 9, 0, 0], &[80, 0, 0, 10], |mut item| {
            item.held[2].1.persons = persons;
            shown(item, 3)
        })
    };
    assert_eq!((courses(&of(2))[2], courses(&of(3))[2]), (None, Some(9)));
}

#[test]
fn limits_rest_on_as_many_persons_as_a_count_must() {
    let limits = |min_cell| {
        let found = item("end_date", [90, 0, 0, 0, 0], &[80, 0, 0, 10], |item| shown(item, min_cell));
        found.comparison.unwrap().differences.percentiles
    };
    assert_eq!(limits(1).map(|[lower, _]| (lower * 1000.0).round()), Ok(1275.0));
    assert_eq!(limits(3), Err(Reason::Suppressed));
}

#[test]
fn a_hidden_comparison_has_no_number_in_json() {
    let found = item("sessions_attended", [90, 0, 0, 0, 0], &[89, 1], |item| shown(item, 3));
    let json = raw_item_json(&found);
    assert_eq!((&json["reason"], json.get("n"), json.get("measures")), (&"suppressed".into(), None, None));
    assert_eq!(json["counts"]["both"], 90);
}

#[test]
fn what_is_not_estimable_is_null_beside_its_reason() {
    let found = item("sessions_attended", [1, 0, 0, 0, 0], &[0, 1], |item| shown(item, 1));
    let json = raw_item_json(&found);
    assert_eq!(json["measures"][1], json!({"measure": "mean", "estimate": 0.0}));
    assert_eq!(json["measures"][2], json!({"measure": "sd", "estimate": null, "reason": "not_estimable"}));
    let limits = json!({"method": "percentiles", "lower": null, "upper": null, "reason": "not_defined"});
    assert_eq!(json["limits"][1], limits);
}
