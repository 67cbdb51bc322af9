//! What follows from all shown numbers together.

use std::collections::BTreeSet;

use serde_json::Value;

use super::bounds::Unknowns;
use super::invented::{CELLS, INDICATORS, Study, cluster_name, sex_name};

/// The courses without a value, of which no table tells: what the others leave.
pub(super) const NONE: &str = "none";

/// The values of a grouping that the attacker knows of, with the courses that belong to each.
fn value_of(study: &Study, grouping: &str, course: usize) -> String {
    let one = &study.courses[course];
    let value = match grouping {
        "stratum" => Some(one.stratum.to_string()),
        "cluster" => study.clusters[one.stratum].map(|east| cluster_name(east).to_owned()),
        "age" => one.age.map(|age| if age < 50 { "0-49" } else { "65-79" }.to_owned()),
        "sex" => one.sex.map(|male| sex_name(male).to_owned()),
        _ => one.year.map(|year| year.to_string()),
    };
    value.unwrap_or_else(|| NONE.to_owned())
}

/// Every value of a grouping, that of no value too.
fn values(study: &Study, grouping: &str) -> Vec<String> {
    let mut values: Vec<String> =
        (0..study.courses.len()).map(|course| value_of(study, grouping, course)).collect();
    let strata: Vec<String> = (0..study.clusters.len()).map(|place| place.to_string()).collect();
    values.extend(match grouping {
        "stratum" => strata,
        "cluster" => [NONE, "east", "west"].map(str::to_owned).into(),
        "age" => [NONE, "0-49", "65-79"].map(str::to_owned).into(),
        "sex" => [NONE, "female", "male"].map(str::to_owned).into(),
        _ => [NONE, "2021", "2022"].map(str::to_owned).into(),
    });
    values.sort();
    values.dedup();
    values
}

/// A count of the study, by its name, as it is.
#[derive(Debug)]
pub(super) struct Truth {
    pub(super) name: String,
    pub(super) count: i64,
    pub(super) persons: i64,
}

/// All counts of the table families that may be small. Where all courses have one value, its table is that of the whole study.
pub(super) fn truths(study: &Study) -> Vec<Truth> {
    let mut truths = Vec::new();
    for grouping in &study.by {
        for value in values(study, grouping) {
            let members: Vec<usize> =
                (0..study.courses.len()).filter(|one| value_of(study, grouping, *one) == value).collect();
            let read = |one: &usize| study.courses[*one].is_read;
            let all_read = study.courses.iter().filter(|one| one.is_read).count();
            if members.iter().copied().filter(read).count() == all_read {
                continue;
            }
            let mut add = |what: String, of: &dyn Fn(usize) -> bool| {
                truths.push(truth(study, format!("{grouping} {value} {what}"), &members, of));
            };
            add("read".to_owned(), &|one| study.courses[one].is_read);
            // The table of frame and sample has no clusters.
            if *grouping != "cluster" {
                add("drawn".to_owned(), &|_| true);
                add("not_read".to_owned(), &|one| !study.courses[one].is_read);
            }
            each_cell(study, &mut |name, of| add(name, of));
        }
    }
    let all: Vec<usize> = (0..study.courses.len()).collect();
    if study.overall > 1 {
        each_cell(study, &mut |name, of| truths.push(truth(study, name, &all, of)));
    }
    truths
}

/// Sees the name of a count, and which courses are of it.
type See<'s> = dyn FnMut(String, &dyn Fn(usize) -> bool) + 's;

/// The cells of both indicators, with the courses that stand there.
fn each_cell(study: &Study, see: &mut See<'_>) {
    for (place, indicator) in INDICATORS.iter().enumerate() {
        for (cell, name) in CELLS.iter().enumerate() {
            let is_there = |one: usize| study.courses[one].is_read && study.courses[one].cells[place] == cell;
            see(format!("{indicator} {name}"), &is_there);
        }
    }
}

fn truth(study: &Study, name: String, members: &[usize], of: &dyn Fn(usize) -> bool) -> Truth {
    let courses: Vec<usize> = members.iter().copied().filter(|one| of(*one)).collect();
    let persons: BTreeSet<usize> = courses.iter().map(|one| study.person(*one)).collect();
    Truth { name, count: courses.len() as i64, persons: persons.len() as i64 }
}

/// What follows of every count from what the results show.
pub(super) fn attack(study: &Study, results: &Value) -> Unknowns {
    let mut unknowns = Unknowns::default();
    for grouping in &study.by {
        add_family(&mut unknowns, study, grouping, results);
    }
    add_clusters(&mut unknowns, study);
    unknowns.conclude();
    unknowns
}

fn add_family(unknowns: &mut Unknowns, study: &Study, grouping: &str, results: &Value) {
    let values = values(study, grouping);
    let over = |what: &str| -> Vec<String> {
        values.iter().map(|value| format!("{grouping} {value} {what}")).collect()
    };
    let flow = &results["flow"];
    unknowns.shown("frame", flow["frame"].as_i64());
    for what in ["frame", "drawn", "undrawn", "read", "not_read"] {
        unknowns.sum(over(what), what);
    }
    for what in INDICATORS {
        CELLS
            .iter()
            .for_each(|cell| unknowns.sum(over(&format!("{what} {cell}")), &format!("{what} {cell}")));
        unknowns.sum(over(&format!("{what} outside")), &format!("{what} outside"));
    }
    for value in &values {
        let of = |what: &str| format!("{grouping} {value} {what}");
        unknowns.sum(vec![of("read"), of("not_read")], &of("drawn"));
        unknowns.sum(vec![of("drawn"), of("undrawn")], &of("frame"));
        for indicator in INDICATORS {
            let parts = CELLS.iter().chain(&["outside"]).map(|cell| of(&format!("{indicator} {cell}")));
            unknowns.sum(parts.collect(), &of("read"));
        }
    }
    add_shown(unknowns, grouping, results);
}

/// The numbers of the file.
fn add_shown(unknowns: &mut Unknowns, grouping: &str, results: &Value) {
    for row in results["baseline"].as_array().unwrap().iter().filter(|row| row["characteristic"] == grouping)
    {
        let value = row["value"].as_str().unwrap().split(' ').next().unwrap();
        for what in ["frame", "drawn", "read"] {
            unknowns.shown(&format!("{grouping} {value} {what}"), row[what].as_i64());
        }
    }
    for one in results["indicators"].as_array().unwrap().iter().filter(|one| one["assessable"] == true) {
        let indicator = one["indicator"].as_str().unwrap();
        for group in one["groups"].as_array().unwrap() {
            let value = group["group"].as_str().unwrap();
            let place = match group["grouping"].as_str().unwrap() {
                "all" => String::new(),
                other if other == grouping => format!("{grouping} {value} "),
                _ => continue,
            };
            let count = |cell: &str| group[cell].as_i64();
            CELLS.iter().for_each(|cell| unknowns.shown(&format!("{place}{indicator} {cell}"), count(cell)));
            if place.is_empty() {
                let counts = &group["counts"];
                unknowns.shown("drawn", counts["in_use"].as_i64());
                unknowns.shown("read", counts["read"].as_i64());
                unknowns.shown(&format!("{indicator} outside"), counts["record_not_relevant"].as_i64());
            }
        }
    }
}

/// A cluster is the sum of its strata.
fn add_clusters(unknowns: &mut Unknowns, study: &Study) {
    if !["stratum", "cluster"].iter().all(|grouping| study.by.contains(grouping)) {
        return;
    }
    let cells = INDICATORS
        .iter()
        .flat_map(|one| CELLS.iter().chain(&["outside"]).map(move |cell| format!("{one} {cell}")));
    let counts = ["frame", "drawn", "undrawn", "read", "not_read"].map(str::to_owned);
    for what in cells.chain(counts) {
        for cluster in [Some(false), Some(true), None] {
            let members = (0..study.clusters.len()).filter(|place| study.clusters[*place] == cluster);
            let parts: Vec<String> = members.map(|place| format!("stratum {place} {what}")).collect();
            let name = cluster.map_or(NONE, cluster_name);
            if !parts.is_empty() {
                unknowns.sum(parts, &format!("cluster {name} {what}"));
            }
        }
    }
}
