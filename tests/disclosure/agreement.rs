//! The agreement of two reviewers: of which pairs of answers does the file tell how few they are?

use std::collections::BTreeMap;

use hjertekommidt::accuracy::Evidence;
use hjertekommidt::draw::{Sample, SampledCourse, SampledStratum, StudyId};
use hjertekommidt::protocol::Protocol;
use hjertekommidt::report::{FrameCounts, results_json};
use hjertekommidt::review::{Answer, ChartStatus, Reading, ReferenceStandard, Review, Reviews};
use proptest::prelude::*;
use serde_json::Value;

use super::bounds::Unknowns;
use super::invented::{INDICATORS, id, shown_with, studies};

/// Two answers of this many make a pair; the number after the last pair says that the items of a reviewer tell nothing.
const ANSWERS: usize = Answer::ALL.len();
const SILENT: usize = ANSWERS * ANSWERS;
const LEAST: u64 = 3;

/// A course read twice.
#[derive(Debug, Clone, Copy)]
struct Twice {
    /// Whether the second reviewer found a chart as well.
    found_by_both: bool,
    /// The pair of answers about each indicator.
    pairs: [usize; INDICATORS.len()],
    /// Whether it is of the same person as the course before.
    same_person: bool,
}

fn pairs() -> impl Strategy<Value = Vec<Twice>> {
    (0..3_u32, 4..60_usize).prop_flat_map(|(strange, courses)| {
        let often = prop_oneof![Just(0), Just(1), Just(ANSWERS), Just(ANSWERS + 1)];
        let pair = move || prop_oneof![30 => often.clone(), strange => 0..SILENT, strange => Just(SILENT)];
        let found = prop_oneof![12 => Just(true), strange => Just(false)];
        let same_person = prop_oneof![3 => Just(false), strange => Just(true)];
        let course = (found, [pair(), pair()], same_person)
            .prop_map(|(found_by_both, pairs, same_person)| Twice { found_by_both, pairs, same_person });
        prop::collection::vec(course, courses)
    })
}

fn name(pair: usize) -> String {
    let answer = |place: usize| Answer::ALL[place].name();
    if pair == SILENT {
        "silent".to_owned()
    } else {
        format!("{}/{}", answer(pair / ANSWERS), answer(pair % ANSWERS))
    }
}

/// The first course of the person of each course.
fn persons(courses: &[Twice]) -> Vec<StudyId> {
    let mut last = 0;
    let person = |(place, one): (usize, &Twice)| {
        last = if one.same_person { last } else { place };
        id(last)
    };
    courses.iter().enumerate().map(person).collect()
}

fn reviews(courses: &[Twice], protocol: &Protocol) -> Reviews {
    let mut reviews = Reviews::by(protocol);
    for (place, one) in courses.iter().enumerate() {
        for (reading, reader) in [(Reading::First, 0), (Reading::Second, 1)] {
            let is_found = reader == 0 || one.found_by_both;
            let answer = |pair: usize| Answer::ALL[if reader == 0 { pair / ANSWERS } else { pair % ANSWERS }];
            let told = INDICATORS.iter().zip(one.pairs).filter(|(_, pair)| is_found && *pair != SILENT);
            reviews.add(Review {
                study_id: id(place),
                reading,
                status: if is_found { ChartStatus::Found } else { ChartStatus::NotFound },
                reviewer: ["ABC", "XYZ"][reader].to_owned(),
                date: jiff::civil::date(2026, 3, 2),
                answers: told.map(|(id, pair)| ((*id).to_owned(), answer(pair))).collect(),
                items: BTreeMap::new(),
                comment: String::new(),
            });
        }
    }
    reviews
}

fn results(courses: &[Twice]) -> Value {
    let limits = format!("min_cell = {LEAST}\nmin_cell_overall = {LEAST}");
    let text = crate::small_study::PROTOCOL.replace("min_cell = 3\nmin_cell_overall = 1", &limits);
    let protocol = Protocol::read(&text, "study.toml").unwrap();
    let many = courses.len() as u64;
    let stratum = SampledStratum {
        code: "751".to_owned(),
        name: "Aarhus".to_owned(),
        cluster: None,
        frame: many,
        in_use: many,
        drawn: many,
    };
    let course = |(place, person): (usize, StudyId)| SampledCourse {
        study_id: id(place),
        person,
        stratum: "751".to_owned(),
        rank: place as u64 + 1,
        second_reviewer: true,
        age: None,
        sex: None,
        period: None,
        register: BTreeMap::new(),
    };
    let sample = Sample {
        strata: vec![stratum],
        courses: persons(courses).into_iter().enumerate().map(course).collect(),
    };
    let evidence = Evidence {
        protocol: &protocol,
        sample: &sample,
        reference: &nobody(),
        frame_values: &BTreeMap::new(),
    };
    let frame = FrameCounts { flow: vec![("frame".to_owned(), many)], characteristics: BTreeMap::new() };
    results_json(&shown_with(evidence, &reviews(courses, &protocol), frame), &protocol)
}

/// Agreement does not ask for a reference standard.
fn nobody() -> ReferenceStandard {
    let courses = BTreeMap::new();
    ReferenceStandard { courses, pending: Vec::new(), pending_second: Vec::new(), unsettled: Vec::new() }
}

/// What follows of the pairs about all indicators.
fn attack(results: &Value) -> Unknowns {
    let mut unknowns = Unknowns::default();
    for row in results["agreement"].as_array().unwrap() {
        let indicator = row["indicator"].as_str().unwrap();
        let of = |what: &str| format!("{indicator} {what}");
        let over = |is_in: &dyn Fn(usize, usize) -> bool| -> Vec<String> {
            let pairs = (0..SILENT).filter(|pair| is_in(pair / ANSWERS, pair % ANSWERS));
            pairs.map(|pair| of(&name(pair))).collect()
        };
        let compared = over(&|_, _| true);
        unknowns.sum(compared.iter().cloned().chain([of("silent")]).collect(), "both_read");
        unknowns.sum(compared, &of("n"));
        unknowns.sum(over(&|one, other| one == other), &of("same"));
        unknowns.sum(over(&|one, other| one < 2 && other < 2), &of("yes_no n"));
        unknowns.sum(over(&|one, other| one < 2 && one == other), &of("yes_no same"));
        for (place, pair) in [0, 1, ANSWERS, ANSWERS + 1].into_iter().enumerate() {
            unknowns.shown(&of(&name(pair)), row["yes_no_cells"][place].as_i64());
        }
        for what in ["n", "same"] {
            unknowns.shown(&of(what), row["all_answers"][what].as_i64());
            unknowns.shown(&of(&format!("yes_no {what}")), row["yes_no"][what].as_i64());
        }
        unknowns.shown("both_read", row["both_read"].as_i64());
        unknowns.shown("found_by_one", row["found_by_one"].as_i64());
    }
    unknowns.conclude();
    unknowns
}

/// The counts of few persons that have one possible value.
fn recovered(courses: &[Twice]) -> Vec<String> {
    let unknowns = attack(&results(courses));
    let persons = persons(courses);
    let mut found = Vec::new();
    let mut see = |name: String, is_in: &dyn Fn(&Twice) -> bool| {
        let mut members: Vec<StudyId> =
            courses.iter().zip(&persons).filter(|(one, _)| is_in(one)).map(|(_, person)| *person).collect();
        let [least, most] = unknowns.limits(&name);
        let count = members.len() as i64;
        assert!(least <= count && count <= most, "{name} = {count} is not {least} to {most}");
        members.dedup();
        if (1..LEAST).contains(&(members.len() as u64)) && least == most {
            found.push(format!("{name} = {count}"));
        }
    };
    see("found_by_one".to_owned(), &|one| !one.found_by_both);
    for (place, indicator) in INDICATORS.iter().enumerate() {
        (0..=SILENT).for_each(|pair| {
            see(format!("{indicator} {}", name(pair)), &|one| one.found_by_both && one.pairs[place] == pair);
        });
    }
    found
}

/// A course whose reviewers gave this pair of answers about the first indicator, and agreed about the other.
fn twice(pair: usize) -> Twice {
    Twice { found_by_both: true, pairs: [pair, 0], same_person: false }
}

#[test]
fn the_courses_of_which_a_reviewer_says_nothing_do_not_follow_from_those_compared() {
    let mut courses = vec![twice(0); 20];
    courses.extend([twice(SILENT), twice(SILENT)]);
    assert_eq!(recovered(&courses), [""; 0]);
    // A third one of the same person makes them no more persons.
    courses.push(Twice { same_person: true, ..twice(SILENT) });
    assert_eq!(recovered(&courses), [""; 0]);
    courses.push(twice(SILENT));
    assert!(results(&courses)["agreement"][0]["both_read"].is_u64(), "three persons are enough");
}

#[test]
fn a_pair_of_one_person_with_many_courses_is_of_one_person() {
    let again = Twice { same_person: true, ..twice(1) };
    let courses = [vec![twice(0); 20], vec![twice(1), again, again, again]].concat();
    assert_eq!(recovered(&courses), [""; 0]);
}

proptest! {
    #![proptest_config(studies())]

    #[test]
    fn no_pair_of_answers_of_few_persons_follows_from_the_agreement(courses in pairs()) {
        let recovered = recovered(&courses);
        prop_assert!(recovered.is_empty(), "{recovered:?}");
    }
}
