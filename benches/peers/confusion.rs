//! Reviewed records × indicators × strata → the table of each indicator, by the function that the commands use.

use std::collections::BTreeMap;

use hjertekommidt::accuracy::{Columns, Evidence, Group, Tabulated, tabulate};
use hjertekommidt::draw::{RegisterEntry, Sample, SampledCourse, SampledStratum, StudyId};
use hjertekommidt::protocol::Protocol;
use hjertekommidt::protocol::preset::Preset;
use hjertekommidt::review::{Answer, Provenance, Reference, ReferenceStandard};

use super::Done;
use super::records::Records;

/// What is timed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum From {
    /// From the answers by name, as a study holds them.
    Names,
    /// From the columns that an analysis makes of them once.
    Columns,
}

/// The tables of so many indicators; those there are, over and over. TP, FP, FN and TN of the whole are told.
pub(crate) fn work(records: &Records, indicators: usize, from: From) -> Done {
    let protocol = Protocol::read(&protocol(indicators), "study.toml").unwrap();
    let (sample, reference) = (sample(records, &protocol), reference(records, indicators));
    let frame_values = frame_values(records, &protocol);
    let evidence =
        Evidence { protocol: &protocol, sample: &sample, reference: &reference, frame_values: &frame_values };
    let made = Columns::new(evidence);
    let tables = || match from {
        From::Names => tables(&Columns::new(evidence)),
        From::Columns => tables(&made),
    };
    Done::of(records.rows.len() * indicators, tables, |tables| {
        tables.iter().flat_map(|one| one.strata.pooled().cells()).map(|count| count as f64).collect()
    })
}

fn tables(columns: &Columns<'_>) -> Vec<Tabulated> {
    columns.assessable().map(|column| tabulate(columns, column, &Group::All).unwrap()).collect()
}

/// The first study's protocol with other indicators.
fn protocol(indicators: usize) -> String {
    let (before, _) = Preset::Hjertekommidt.text().split_once("\n[indicator.participation]\n").unwrap();
    let (_, after) = Preset::Hjertekommidt.text().split_once("\n[sampling]\n").unwrap();
    let one = |number: usize| {
        format!(
            "[indicator.i{number:04}]\nname = {{ da = \"I{number}\", en = \"I{number}\" }}\ncolumn = \"i{number:04}\"\n\
             definition = {{ da = \"-\", en = \"-\" }}\nnot_documented = \"missing\"\nregister_missing = \"exclude\"\n\
             register_not_relevant = \"exclude\"\nregister = {{ yes = [\"1\"], no = [\"0\"] }}\n"
        )
    };
    let all: String = (0..indicators).map(one).collect();
    format!("{before}\n{all}[sampling]\n{after}")
}

/// What the register says of the frame: yes for one half of each stratum, no for the other.
fn frame_values(records: &Records, protocol: &Protocol) -> BTreeMap<(String, String, String), u64> {
    let of = |(code, frame): (&String, u64), id: &String| {
        let value = |value: &str, courses| ((code.clone(), id.clone(), value.to_owned()), courses);
        [value("1", frame / 2), value("0", frame - frame / 2)]
    };
    let strata: Vec<_> = protocol.strata.in_study().map(|stratum| &stratum.code).collect();
    let frames = records.strata.iter().map(|[frame, _]| *frame);
    let strata: Vec<_> = strata.into_iter().zip(frames).collect();
    protocol
        .assessable()
        .flat_map(|one| strata.iter().flat_map(|stratum| of(*stratum, &one.id)).collect::<Vec<_>>())
        .collect()
}

fn id(indicator: usize) -> String {
    format!("i{indicator:04}")
}

/// The cell of an indicator: 0 TP, 1 FP, 2 FN, 3 TN.
fn cell(row: &[u8], indicator: usize) -> u8 {
    row[1 + indicator % (row.len() - 1)]
}

fn sample(records: &Records, protocol: &Protocol) -> Sample {
    let strata: Vec<_> = protocol.strata.in_study().collect();
    let courses = records.rows.iter().enumerate().map(|(number, row)| SampledCourse {
        study_id: StudyId::new(number as u32),
        person: StudyId::new(number as u32),
        stratum: strata[usize::from(row[0])].code.clone(),
        rank: number as u64 + 1,
        second_reviewer: false,
        age: None,
        sex: None,
        period: None,
        register: protocol
            .assessable()
            .enumerate()
            .map(|(place, one)| (one.id.clone(), said(row, place)))
            .collect(),
    });
    let of = |(stratum, [frame, _]): (&&_, &[u64; 2])| {
        let stratum: &&hjertekommidt::protocol::Stratum = stratum;
        let in_use = records.rows.len() as u64;
        let (code, name) = (stratum.code.clone(), stratum.name.clone());
        SampledStratum { code, name, cluster: None, frame: *frame, in_use, drawn: in_use }
    };
    Sample { strata: strata.iter().zip(&records.strata).map(of).collect(), courses: courses.collect() }
}

fn said(row: &[u8], indicator: usize) -> RegisterEntry {
    let value = if cell(row, indicator) < 2 { "1" } else { "0" };
    RegisterEntry { value: value.to_owned(), in_force: true }
}

fn reference(records: &Records, indicators: usize) -> ReferenceStandard {
    let answer =
        |row: &[u8], indicator| if cell(row, indicator).is_multiple_of(2) { Answer::Yes } else { Answer::No };
    let read = |row: &[u8]| {
        let of = |indicator| (id(indicator), (Some(answer(row, indicator)), Provenance::Single));
        Reference::Read((0..indicators).map(of).collect())
    };
    let courses = records.rows.iter().enumerate();
    ReferenceStandard {
        courses: courses.map(|(number, row)| (StudyId::new(number as u32), read(row))).collect(),
        pending: Vec::new(),
        pending_second: Vec::new(),
        unsettled: Vec::new(),
    }
}
