//! Small invented studies: a protocol, the courses drawn, and what their charts say.

use std::collections::BTreeMap;

use hjertekommidt::accuracy::Evidence;
use hjertekommidt::draw::{RegisterEntry, Sample, SampledCourse, SampledStratum, StudyId};
use hjertekommidt::protocol::{Protocol, WeightedFigures};
use hjertekommidt::report::{FrameCounts, Head, Results, results, results_json, shown_tables};
use hjertekommidt::review::{Answer, ChartStatus, Provenance, Reference, ReferenceStandard, Reviews};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use crate::properties::cases;

pub(super) const INDICATORS: [&str; 2] = ["diet", "depression"];
pub(super) const CELLS: [&str; 4] = ["tp", "fp", "fn", "tn"];
const STRATA: usize = 5;

/// One course, as all who have the study database know it.
#[derive(Clone)]
pub(super) struct Invented {
    pub(super) stratum: usize,
    pub(super) age: Option<i16>,
    pub(super) sex: Option<bool>,
    pub(super) year: Option<u16>,
    pub(super) is_read: bool,
    /// Its cell of each indicator; 4 is outside the table.
    pub(super) cells: [usize; INDICATORS.len()],
}

impl std::fmt::Debug for Invented {
    fn fmt(&self, text: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Invented { stratum, age, sex, year, is_read, cells } = self;
        write!(text, "{:?}", (stratum, age, sex, year, is_read, cells))
    }
}

/// A study.
#[derive(Debug, Clone)]
pub(super) struct Study {
    pub(super) courses: Vec<Invented>,
    /// The cluster of each stratum, if any.
    pub(super) clusters: [Option<bool>; STRATA],
    /// Courses of the frame that were not drawn.
    pub(super) undrawn: [u64; STRATA],
    pub(super) by: Vec<&'static str>,
    pub(super) min_cell: u64,
    pub(super) overall: u64,
    /// Each two courses after each other are of one person.
    pub(super) twice: bool,
}

const GROUPINGS: [&str; 5] = ["stratum", "cluster", "age", "sex", "year"];

/// Mostly one cell, so that others are small; with `strange` above 0 some charts are not read or not in the table, and some values missing.
fn course(strange: u32) -> impl Strategy<Value = Invented> {
    let cell = move || prop_oneof![8 => Just(0_usize), 2 => 1..4_usize, strange => Just(4_usize)];
    let stratum = prop_oneof![4 => Just(0_usize), 3 => Just(1), 2 => Just(2), 1 => Just(3), 1 => Just(4)];
    let is_read = prop_oneof![9 => Just(true), strange => Just(false)];
    let known = move || prop_oneof![12 => Just(true), strange => Just(false)];
    (stratum, any::<[bool; 3]>(), [known(), known(), known()], is_read, [cell(), cell()]).prop_map(
        |(stratum, [old, male, late], known, is_read, cells)| Invented {
            stratum,
            age: known[0].then_some(if old { 70 } else { 40 }),
            sex: known[1].then_some(male),
            year: known[2].then_some(if late { 2022 } else { 2021 }),
            is_read,
            cells,
        },
    )
}

pub(super) fn study() -> impl Strategy<Value = Study> {
    let cluster = || prop_oneof![2 => Just(Some(false)), 2 => Just(Some(true)), 1 => Just(None)];
    let clusters = [cluster(), cluster(), cluster(), cluster(), cluster()];
    let by = prop::sample::subsequence(GROUPINGS.to_vec(), 1..=GROUPINGS.len());
    let many = || 4..40_u64;
    let undrawn = [many(), many(), many(), many(), many()];
    let courses = (0..3_u32).prop_flat_map(|strange| prop::collection::vec(course(strange), 4..48));
    let twice = prop_oneof![2 => Just(false), 1 => Just(true)];
    (courses, clusters, undrawn, by, prop_oneof![Just(3_u64), Just(5)], any::<bool>(), twice).prop_map(
        |(courses, clusters, undrawn, by, min_cell, whole, twice)| Study {
            courses: if twice { with_copies(courses) } else { courses },
            clusters,
            undrawn,
            by,
            min_cell,
            overall: if whole { min_cell } else { 1 },
            twice,
        },
    )
}

/// Every other person comes twice for the same.
fn with_copies(mut courses: Vec<Invented>) -> Vec<Invented> {
    courses.chunks_exact_mut(4).for_each(|four| four[1] = four[0].clone());
    courses
}

impl Study {
    fn protocol(&self) -> Protocol {
        let stratum = |place: usize| {
            let cluster = self.clusters[place].map(|east| format!("cluster = \"{}\"\n", cluster_name(east)));
            format!("[[stratum]]\ncode = \"{place}\"\nname = \"{place}\"\n{}\n", cluster.unwrap_or_default())
        };
        let small = crate::small_study::PROTOCOL;
        let (before, after) =
            (small.find("[[stratum]]").unwrap(), small.find("[indicator.participation]").unwrap());
        let strata: String = (0..STRATA).map(stratum).collect();
        let by: Vec<String> = self.by.iter().map(|grouping| format!("{grouping:?}")).collect();
        let text = format!("{}{strata}{}", &small[..before], &small[after..])
            .replace("by = []", &format!("by = [{}]", by.join(", ")))
            .replace("min_cell = 3", &format!("min_cell = {}", self.min_cell))
            .replace("min_cell_overall = 1", &format!("min_cell_overall = {}", self.overall))
            .replace(
                "column = \"rygestop\"",
                "column = \"rygestop\"\nassessable = false\nreason = \"Not here.\"",
            )
            .replace("hospital = \"sygehus\"", "hospital = \"sygehus\"\nage = \"alder\"\nsex = \"koen\"");
        Protocol::read(&text, "study.toml").unwrap()
    }

    /// The results as programs read them; `whole` with all that is computed from the tables, which takes longer.
    pub(super) fn results(&self, whole: bool) -> Value {
        let (results, protocol) = self.found(whole);
        results_json(&results, &protocol)
    }

    /// The results with their protocol.
    pub(super) fn found(&self, whole: bool) -> (Results, Protocol) {
        self.found_by(self.protocol(), whole)
    }

    /// The same without the data owner's leave to print weighted figures that hidden counts follow from.
    pub(super) fn protected(&self) -> Value {
        let mut protocol = self.protocol();
        protocol.disclosure.weighted_figures = WeightedFigures::Protected;
        let (results, protocol) = self.found_by(protocol, true);
        results_json(&results, &protocol)
    }

    fn found_by(&self, protocol: Protocol, whole: bool) -> (Results, Protocol) {
        let (sample, reference) = (self.sample(), self.reference());
        let frame_values = self.frame_values();
        let evidence = Evidence {
            protocol: &protocol,
            sample: &sample,
            reference: &reference,
            frame_values: &frame_values,
        };
        (shown(evidence, self.frame(), whole), protocol)
    }

    /// The first course of the same person.
    pub(super) fn person(&self, course: usize) -> usize {
        if self.twice { course - course % 2 } else { course }
    }

    fn sample(&self) -> Sample {
        let drawn = |stratum: usize| self.courses.iter().filter(|one| one.stratum == stratum).count() as u64;
        let stratum = |place: usize| SampledStratum {
            code: place.to_string(),
            name: place.to_string(),
            cluster: self.clusters[place].map(|east| cluster_name(east).to_owned()),
            frame: drawn(place) + self.undrawn[place],
            in_use: drawn(place),
            drawn: drawn(place),
        };
        let mut ranks = [0; STRATA];
        let course = |(place, one): (usize, &Invented)| {
            ranks[one.stratum] += 1;
            SampledCourse {
                study_id: id(place),
                person: id(self.person(place)),
                stratum: one.stratum.to_string(),
                rank: ranks[one.stratum],
                second_reviewer: false,
                age: one.age,
                sex: one.sex.map(|male| sex_name(male).to_owned()),
                period: one.year.map(|year| format!("{year}-03")),
                register: INDICATORS
                    .iter()
                    .zip(one.cells)
                    .map(|(id, cell)| ((*id).to_owned(), entry(cell)))
                    .collect(),
            }
        };
        let courses = self.courses.iter().enumerate().map(course).collect();
        Sample { strata: (0..STRATA).map(stratum).collect(), courses }
    }

    fn reference(&self) -> ReferenceStandard {
        let of = |one: &Invented| match one.is_read {
            false => Reference::NotRead(ChartStatus::NotFound),
            true => Reference::Read(
                INDICATORS.iter().zip(one.cells).map(|(id, cell)| ((*id).to_owned(), answer(cell))).collect(),
            ),
        };
        let courses = self.courses.iter().enumerate().map(|(place, one)| (id(place), of(one))).collect();
        ReferenceStandard { courses, pending: Vec::new(), pending_second: Vec::new(), unsettled: Vec::new() }
    }

    /// What is not drawn is *yes* in the register.
    fn frame_values(&self) -> BTreeMap<(String, String, String), u64> {
        let mut values = BTreeMap::new();
        for (place, indicator) in INDICATORS.iter().enumerate() {
            let key =
                |stratum: usize, cell| (stratum.to_string(), (*indicator).to_owned(), entry(cell).value);
            (0..STRATA)
                .for_each(|stratum| *values.entry(key(stratum, 0)).or_default() += self.undrawn[stratum]);
            self.courses
                .iter()
                .for_each(|one| *values.entry(key(one.stratum, one.cells[place])).or_default() += 1);
        }
        values
    }

    fn frame(&self) -> FrameCounts {
        let mut characteristics: BTreeMap<(String, String), u64> = BTreeMap::new();
        let undrawn: u64 = self.undrawn.iter().sum();
        let mut add = |of: &str, value: Option<String>, courses: u64| {
            if let Some(value) = value.filter(|_| courses > 0) {
                *characteristics.entry((of.to_owned(), value)).or_default() += courses;
            }
        };
        for (of, [one, other]) in
            [("age", ["40", "70"]), ("sex", ["female", "male"]), ("year", ["2021", "2022"])]
        {
            add(of, Some(one.to_owned()), undrawn - undrawn / 3);
            add(of, Some(other.to_owned()), undrawn / 3);
        }
        for one in &self.courses {
            add("age", one.age.map(|age| age.to_string()), 1);
            add("sex", one.sex.map(|male| sex_name(male).to_owned()), 1);
            add("year", one.year.map(|year| year.to_string()), 1);
        }
        let frame = undrawn + self.courses.len() as u64;
        let flow = [("rows_read", frame), ("frame", frame)].map(|(step, courses)| (step.to_owned(), courses));
        FrameCounts { flow: flow.into(), characteristics }
    }
}

/// The results; `whole` with all that is computed from the tables.
pub(super) fn shown(evidence: Evidence<'_>, frame: FrameCounts, whole: bool) -> Results {
    match whole {
        true => shown_with(evidence, &Reviews::by(evidence.protocol), frame),
        false => shown_tables(evidence, head(), &frame).unwrap(),
    }
}

/// The results with what each reviewer said.
pub(super) fn shown_with(evidence: Evidence<'_>, reviews: &Reviews, frame: FrameCounts) -> Results {
    results(evidence, reviews, head(), frame).unwrap()
}

fn head() -> Head {
    Head {
        title: String::new(),
        register_name: String::new(),
        is_final: true,
        looks: 0,
        open: Vec::new(),
        post_hoc: Vec::new(),
        data_digest: String::new(),
    }
}

pub(super) fn id(place: usize) -> StudyId {
    StudyId::new(place as u32 + 1)
}

pub(super) fn cluster_name(east: bool) -> &'static str {
    if east { "east" } else { "west" }
}

pub(super) fn sex_name(male: bool) -> &'static str {
    if male { "male" } else { "female" }
}

/// The register's value of a cell.
fn entry(cell: usize) -> RegisterEntry {
    RegisterEntry { value: if cell == 2 || cell == 3 { "0" } else { "1" }.to_owned(), in_force: true }
}

fn answer(cell: usize) -> (Option<Answer>, Provenance) {
    let answer = match cell {
        0 | 2 => Answer::Yes,
        1 | 3 => Answer::No,
        _ => Answer::NotRelevant,
    };
    (Some(answer), Provenance::Single)
}

/// A study takes as long as a hundred tables, and is small as it is.
pub(super) fn studies() -> Config {
    let all = cases();
    Config { cases: (all.cases / 8).max(64), max_shrink_iters: 100, ..all }
}
