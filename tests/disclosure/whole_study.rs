//! The counts of the whole study: the table, what is outside it and why, found against not found, register against record, and the other
//! readings of what is missing. All of them are sums over what the register says and what became of the chart.

use std::collections::BTreeMap;

use hjertekommidt::accuracy::Evidence;
use hjertekommidt::draw::{RegisterEntry, Sample, SampledCourse, SampledStratum};
use hjertekommidt::protocol::Protocol;
use hjertekommidt::report::{FrameCounts, Results, results_json};
use hjertekommidt::review::{Answer, ChartStatus, Provenance, Reference, ReferenceStandard};
use proptest::prelude::*;
use serde_json::Value;

use super::bounds::Unknowns;
use super::invented::{id, shown, studies};
use super::readings::{CELLS, CHARTS, OUTSIDE, READ, READINGS, REGISTER, Rules, counts, micro};

/// The municipality of all courses, and the indicator.
const STRATUM: &str = "751";
const INDICATOR: &str = "diet";
/// The register's texts: yes, no, not relevant, missing.
const VALUES: [&str; 4] = ["1", "0", "8", "9"];

/// How many courses have each value of the register and each chart.
#[derive(Clone)]
pub(super) struct Whole {
    charts: Vec<Vec<usize>>,
    /// Courses of the frame that were not drawn, by the register's value.
    undrawn: Vec<u64>,
    rules: Rules,
    overall: u64,
}

impl std::fmt::Debug for Whole {
    fn fmt(&self, text: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Whole { charts, undrawn, rules, overall } = self;
        let places = (0..REGISTER.len()).flat_map(|one| (0..CHARTS.len()).map(move |other| [one, other]));
        let some = places.filter(|[one, other]| charts[*one][*other] > 0);
        let named: Vec<String> =
            some.map(|[one, other]| format!("{} {}", micro(one, other), charts[one][other])).collect();
        write!(text, "{named:?} undrawn {undrawn:?} {rules:?} overall {overall}")
    }
}

/// Some in each cell of the table, and a few elsewhere; often in a single place, from which little follows.
pub(super) fn whole() -> impl Strategy<Value = Whole> {
    let charts = (1..8_u32).prop_flat_map(|often| {
        let few = prop_oneof![12 => Just(0_usize), often => 1..7_usize];
        prop::collection::vec(prop::collection::vec(few, CHARTS.len()), REGISTER.len())
    });
    let table = prop::collection::vec(prop_oneof![9 => 3..9_usize, 1 => 0..3_usize], 4);
    let undrawn =
        prop_oneof![Just(vec![0; 4]), prop::collection::vec(0..9_u64, 4), Just(vec![30, 20, 10, 5])];
    let rules = any::<[bool; 3]>().prop_map(Rules);
    (charts, table, undrawn, rules, prop_oneof![Just(3_u64), Just(5)]).prop_map(
        |(mut charts, table, undrawn, rules, overall)| {
            (0..4).for_each(|cell| charts[cell / 2][cell % 2] += table[cell]);
            Whole { charts, undrawn, rules, overall }
        },
    )
}

impl Whole {
    fn count(&self, places: &[[usize; 2]]) -> i64 {
        places.iter().map(|[register, chart]| self.charts[*register][*chart] as i64).sum()
    }

    /// What the register says of each course, and what became of its chart.
    fn courses(&self) -> Vec<[usize; 2]> {
        let places = (0..REGISTER.len()).flat_map(|one| (0..CHARTS.len()).map(move |other| [one, other]));
        places.flat_map(|place| vec![place; self.charts[place[0]][place[1]]]).collect()
    }

    fn protocol(&self) -> Protocol {
        let rule = |holds: bool, otherwise: &'static str| if holds { "no" } else { otherwise };
        let Rules([not_documented, missing, not_relevant]) = self.rules;
        let rules = format!(
            "column = \"diaet\"\nnot_documented = \"{}\"\nregister_missing = \"{}\"\nregister_not_relevant = \"{}\"",
            rule(not_documented, "missing"),
            rule(missing, "exclude"),
            rule(not_relevant, "exclude"),
        );
        let not_here = "assessable = false\nreason = \"Not here.\"";
        let text = crate::small_study::PROTOCOL
            .replace("column = \"diaet\"\nnot_documented = \"missing\"", &rules)
            .replace("column = \"rygestop\"", &format!("column = \"rygestop\"\n{not_here}"))
            .replace("column = \"depression\"", &format!("column = \"depression\"\n{not_here}"))
            .replace("min_cell = 3", &format!("min_cell = {}", self.overall))
            .replace("min_cell_overall = 1", &format!("min_cell_overall = {}", self.overall));
        Protocol::read(&text, "study.toml").unwrap()
    }

    fn results(&self) -> Value {
        let (results, protocol) = self.found();
        results_json(&results, &protocol)
    }

    /// The results with their protocol.
    pub(super) fn found(&self) -> (Results, Protocol) {
        let protocol = self.protocol();
        let courses = self.courses();
        let (sample, reference) = (self.sample(&courses), reference(&courses));
        let frame_values = self.frame_values(&courses);
        let evidence = Evidence {
            protocol: &protocol,
            sample: &sample,
            reference: &reference,
            frame_values: &frame_values,
        };
        let frame = self.frame(&courses);
        let flow = [("rows_read", frame), ("frame", frame)].map(|(step, courses)| (step.to_owned(), courses));
        let frame = FrameCounts { flow: flow.into(), characteristics: BTreeMap::new() };
        (shown(evidence, frame, true), protocol)
    }

    fn frame(&self, courses: &[[usize; 2]]) -> u64 {
        courses.len() as u64 + self.undrawn.iter().sum::<u64>()
    }

    fn sample(&self, courses: &[[usize; 2]]) -> Sample {
        let drawn = courses.len() as u64;
        let stratum = SampledStratum {
            code: STRATUM.to_owned(),
            name: "Aarhus".to_owned(),
            cluster: None,
            frame: self.frame(courses),
            in_use: drawn,
            drawn,
        };
        let course = |(place, [register, _]): (usize, &[usize; 2])| SampledCourse {
            study_id: id(place),
            person: id(place),
            stratum: STRATUM.to_owned(),
            rank: place as u64 + 1,
            second_reviewer: false,
            age: None,
            sex: None,
            period: None,
            register: BTreeMap::from([(INDICATOR.to_owned(), entry(*register))]),
        };
        Sample { strata: vec![stratum], courses: courses.iter().enumerate().map(course).collect() }
    }

    fn frame_values(&self, courses: &[[usize; 2]]) -> BTreeMap<(String, String, String), u64> {
        let drawn = |status: usize| courses.iter().filter(|[register, _]| *register == status).count() as u64;
        let value = |status: usize| (STRATUM.to_owned(), INDICATOR.to_owned(), VALUES[status].to_owned());
        (0..4).map(|status| (value(status), drawn(status) + self.undrawn[status])).collect()
    }
}

fn entry(register: usize) -> RegisterEntry {
    RegisterEntry {
        value: VALUES.get(register).unwrap_or(&"1").to_string(),
        in_force: register < VALUES.len(),
    }
}

fn reference(courses: &[[usize; 2]]) -> ReferenceStandard {
    let of = |chart: usize| match CHARTS[chart] {
        "not_found" => Reference::NotRead(ChartStatus::NotFound),
        "no_access" => Reference::NotRead(ChartStatus::NoAccess),
        "wrong_person" => Reference::NotRead(ChartStatus::WrongPerson),
        answer => {
            let answer = Answer::ALL.into_iter().find(|one| one.name() == answer);
            let how = if answer.is_some() { Provenance::Single } else { Provenance::Unsettled };
            Reference::Read([(INDICATOR.to_owned(), (answer, how))].into())
        }
    };
    let courses = courses.iter().enumerate().map(|(place, [_, chart])| (id(place), of(*chart))).collect();
    ReferenceStandard { courses, pending: Vec::new(), pending_second: Vec::new(), unsettled: Vec::new() }
}

/// What follows of every count from what the results show.
fn attack(rules: Rules, results: &Value) -> Unknowns {
    let mut unknowns = Unknowns::default();
    for count in counts(rules) {
        let parts = count.places.iter().map(|[register, chart]| micro(*register, *chart)).collect();
        unknowns.sum(parts, &count.name);
    }
    // The same sums once more over what is shown, which tells more than course by course.
    let over = |what: &str| REGISTER[..4].iter().map(|status| format!("{what} {status}")).collect::<Vec<_>>();
    unknowns.sum([over("read"), vec!["not_in_force".to_owned()]].concat(), "read");
    unknowns.sum(
        [vec!["read".to_owned()], CHARTS[READ..].iter().map(|why| (*why).to_owned()).collect()].concat(),
        "in_use",
    );
    unknowns.sum(CELLS.iter().chain(&OUTSIDE).map(|name| (*name).to_owned()).collect(), "read");
    for status in &REGISTER[..4] {
        unknowns.sum(vec![format!("read {status}"), format!("unread {status}")], &format!("drawn {status}"));
    }
    add_baseline(&mut unknowns, results);
    let indicators = results["indicators"].as_array().unwrap();
    let indicator = indicators.iter().find(|one| one["indicator"] == INDICATOR).unwrap();
    add_table(&mut unknowns, &indicator["groups"][0]);
    let cells = &indicator["eligibility"]["cells"];
    for register in &REGISTER[..4] {
        for chart in &CHARTS[..READ - 1] {
            unknowns.shown(&format!("both {register}/{chart}"), cells[*register][*chart].as_i64());
        }
    }
    add_readings(&mut unknowns, &indicator["sensitivity_analyses"]);
    unknowns.conclude();
    unknowns
}

/// The courses by the register's value, and those not drawn, of which no column tells.
fn add_baseline(unknowns: &mut Unknowns, results: &Value) {
    for row in results["baseline"].as_array().unwrap() {
        let status = row["value"].as_str().unwrap();
        unknowns
            .sum(vec![format!("drawn {status}"), format!("undrawn {status}")], &format!("frame {status}"));
        for what in ["frame", "drawn", "read"] {
            unknowns.shown(&format!("{what} {status}"), row[what].as_i64());
        }
    }
}

fn add_table(unknowns: &mut Unknowns, whole: &Value) {
    CELLS.iter().for_each(|cell| unknowns.shown(cell, whole[*cell].as_i64()));
    for (name, count) in whole["counts"].as_object().into_iter().flatten() {
        unknowns.shown(name, count.as_i64());
    }
    for row in whole["found"].as_array().into_iter().flatten() {
        let status = row["register"].as_str().unwrap();
        unknowns.shown(&format!("read {status}"), row["found"].as_i64());
        unknowns.shown(&format!("unread {status}"), row["not_found"].as_i64());
    }
}

/// A reading that is not there has the declared table; one that is changes something.
fn add_readings(unknowns: &mut Unknowns, analyses: &Value) {
    let Some(readings) = analyses["readings"].as_array() else { return };
    unknowns.shown("unknown", analyses["unknown"].as_i64());
    // Then they are listed whether they change anything or not.
    let all_hidden =
        readings.len() == READINGS.len() && readings.iter().all(|one| one["reason"] == "suppressed");
    for reading in READINGS {
        let found = readings.iter().find(|one| one["other_reading_of"] == reading);
        match found {
            None => unknowns.shown(&format!("changed by {reading}"), Some(0)),
            Some(_) if !all_hidden => unknowns.at_least(&format!("changed by {reading}"), 1),
            Some(_) => {}
        }
        for cell in CELLS {
            let count = found.and_then(|one| one[cell].as_i64());
            unknowns.shown(&format!("{cell} by {reading}"), count);
        }
    }
}

/// The small counts that have one possible value.
fn recovered(study: &Whole) -> Vec<String> {
    let results = study.results();
    let unknowns = attack(study.rules, &results);
    let mut found = Vec::new();
    for one in counts(study.rules) {
        let count = study.count(&one.places);
        let [least, most] = unknowns.limits(&one.name);
        assert!(least <= count && count <= most, "{} = {count} is not {least} to {most}", one.name);
        if one.is_protected && (1..study.overall as i64).contains(&count) && least == most {
            found.push(format!("{} = {count}", one.name));
        }
    }
    found
}

/// A study of the declared rules with these places beside nine courses in each cell.
pub(super) fn with_places(places: &[(&str, &str, usize)]) -> Whole {
    let mut charts = vec![vec![0; CHARTS.len()]; REGISTER.len()];
    (0..4).for_each(|cell| charts[cell / 2][cell % 2] = 9);
    for (register, chart, courses) in places {
        let place = |names: &[&str], name| names.iter().position(|one| *one == name).unwrap();
        charts[place(&REGISTER, *register)][place(&CHARTS, *chart)] += courses;
    }
    Whole { charts, undrawn: vec![30, 20, 10, 5], rules: Rules([false; 3]), overall: 3 }
}

/// A study of these places alone.
fn of_places(places: &[(&str, &str, usize)], undrawn: [u64; 4], rules: [bool; 3]) -> Whole {
    let mut study = Whole { undrawn: undrawn.into(), rules: Rules(rules), ..with_places(places) };
    (0..4).for_each(|cell| study.charts[cell / 2][cell % 2] -= 9);
    study
}

/// The cells of register against record add up to the reasons for being outside the table.
#[test]
fn no_reason_follows_from_register_against_record() {
    let few_missing = [
        ("yes", "yes", 6),
        ("yes", "no", 4),
        ("no", "yes", 6),
        ("no", "no", 7),
        ("no", "unsettled", 4),
        ("not_relevant", "not_relevant", 3),
        ("missing", "unsettled", 1),
    ];
    assert_eq!(recovered(&of_places(&few_missing, [0; 4], [true, false, true])), [""; 0]);
    let few_unsettled = [
        ("yes", "yes", 5),
        ("yes", "no", 5),
        ("no", "yes", 8),
        ("no", "no", 4),
        ("no", "not_relevant", 3),
        ("no", "unsettled", 1),
        ("missing", "unsettled", 4),
    ];
    assert_eq!(recovered(&of_places(&few_unsettled, [5, 0, 3, 3], [false, false, true])), [""; 0]);
}

/// What is read of each value less what stands in the table is outside it.
#[test]
fn charts_outside_the_table_do_not_follow_from_the_charts_by_the_value_of_the_register() {
    assert_eq!(recovered(&with_places(&[("no", "not_relevant", 1), ("not_relevant", "yes", 4)])), [""; 0]);
    assert_eq!(recovered(&with_places(&[("yes", "not_relevant", 2), ("not_in_force", "yes", 2)])), [""; 0]);
    // Many are outside for this reason, and few of each value.
    assert_eq!(recovered(&with_places(&[("yes", "not_relevant", 2), ("no", "not_relevant", 2)])), [""; 0]);
    // The values add up to those for whom the indicator was in force.
    assert_eq!(recovered(&with_places(&[("not_in_force", "yes", 2), ("missing", "yes", 4)])), [""; 0]);
}

/// What an answer takes out of the cells of register against record is not settled.
#[test]
fn the_unsettled_do_not_follow_from_register_against_record() {
    let study = with_places(&[("yes", "unsettled", 2)]);
    assert_eq!(recovered(&study), [""; 0]);
    let results = study.results();
    let diet = results["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == INDICATOR);
    assert_eq!(diet.unwrap()["eligibility"]["reason"], "suppressed");
}

/// A reading that changes nothing says that there is nobody to be read otherwise.
#[test]
fn no_reason_follows_from_the_readings_that_change_nothing() {
    assert_eq!(recovered(&with_places(&[("no", "not_documented", 2), ("not_in_force", "yes", 2)])), [""; 0]);
    assert_eq!(recovered(&with_places(&[("missing", "yes", 4), ("missing", "not_relevant", 2)])), [""; 0]);
}

/// What is not known of a course is what worst and best case differ by.
#[test]
fn few_courses_of_which_something_is_not_known_are_not_counted() {
    let results = with_places(&[("yes", "not_documented", 2), ("no", "not_documented", 4)]).results();
    let diet = results["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == INDICATOR);
    let analyses = &diet.unwrap()["sensitivity_analyses"];
    assert_eq!((&analyses["unknown"], &analyses["reason"]), (&Value::Null, &"suppressed".into()));
    let bounds = analyses["worst_and_best"].as_array().unwrap();
    assert!(!bounds.is_empty() && bounds.iter().all(|one| one["lower"].is_null() && one["upper"].is_null()));
}

#[test]
fn without_small_counts_everything_around_the_table_is_shown() {
    let results = with_places(&[("missing", "yes", 4), ("no", "not_relevant", 3)]).results();
    let text = results.to_string();
    assert!(!text.contains("suppressed"), "{text}");
}

proptest! {
    #![proptest_config(studies())]

    #[test]
    fn no_small_count_of_the_whole_study_follows_from_all_that_is_shown(study in whole()) {
        let recovered = recovered(&study);
        prop_assert!(recovered.is_empty(), "{recovered:?}");
    }
}
