//! Oddities and faults of rows, gathered by reason while the register goes by.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::OrderMatters;
use super::held_items::HeldFault;
use crate::error::{Finding, Place, Rows, Severity};
use crate::protocol::{Strata, nearest};
use crate::register::cpr::{CprFault, CprNotice};
use crate::register::date::DateFault;
use crate::register::diagnosis::DiagnosisFault;
use crate::register::hospital;
use crate::register::{in_rows, shown};

/// A reason that holds for more than this share of the rows is told in one line.
const MANY_PERCENT: u64 = 5;
/// How many different texts of one reason are told apart before the rest is put together.
const MOST_TEXTS: usize = 50;

/// One reason, without the row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remark {
    CprFault(CprFault),
    /// Beside the column of the first attendance, that of the birth.
    BornAfterAttendance(usize),
    NotYetBegun(Date),
    CprNotice(CprNotice),
    DateFault(usize, DateFault),
    DiagnosisFault(DiagnosisFault),
    AgeUnreadable,
    CprAsSex,
    EmptyKeyPart(usize),
    BarInKeyPart(usize),
    EmptyStratum,
    /// The column, and what is wrong with an item there.
    HeldItem(usize, HeldFault),
}

/// All reasons with their rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    remarks: BTreeMap<Remark, (usize, Rows)>,
    unknown_hospitals: BTreeMap<String, Rows>,
    unlisted_strata: BTreeMap<String, Rows>,
}

impl Tally {
    /// A reason seen in a column of a row.
    pub(super) fn add(&mut self, remark: Remark, column: usize, row: u64) {
        self.remarks.entry(remark).or_insert_with(|| (column, Rows::none())).1.add(row);
    }

    /// Adds what was seen in other rows of the same file.
    ///
    /// # Errors
    /// When there are more different texts than are told apart: which ones, the order of the rows decides.
    pub(super) fn merge(&mut self, other: Tally) -> Result<(), OrderMatters> {
        for (remark, (column, rows)) in other.remarks {
            let (first_column, all) = self.remarks.entry(remark).or_insert_with(|| (column, Rows::none()));
            if rows.first().first() < all.first().first() {
                *first_column = column;
            }
            all.merge(&rows);
        }
        merge_texts(&mut self.unknown_hospitals, other.unknown_hospitals)?;
        merge_texts(&mut self.unlisted_strata, other.unlisted_strata)
    }

    pub(super) fn unknown_hospital(&mut self, code: &str, row: u64) {
        add_text(&mut self.unknown_hospitals, code, row);
    }

    pub(super) fn unlisted_stratum(&mut self, text: &str, row: u64) {
        add_text(&mut self.unlisted_strata, text, row);
    }

    /// Whether a cell was seen that refuses the whole file.
    /// Months before days in more than a few rows mean that the others are read wrongly too.
    pub(super) fn refuses_file(&self, rows: u64) -> bool {
        self.remarks.iter().any(|(remark, (_, seen))| match remark {
            Remark::CprFault(fault) => fault.refuses_file(),
            Remark::CprAsSex => true,
            Remark::HeldItem(_, fault) if fault.refuses_file_of_many() => {
                seen.total() * 100 > rows * MANY_PERCENT
            }
            Remark::DateFault(_, DateFault::MonthFirst) => seen.total() * 100 > rows * MANY_PERCENT,
            _ => false,
        })
    }

    /// Everything gathered, errors first; `rows` is the number of rows read.
    pub(super) fn findings(
        &self,
        headers: &[String],
        strata: &Strata,
        columns: [Option<usize>; 2],
        file: &str,
        rows: u64,
    ) -> Vec<Finding> {
        let place =
            |column: usize, rows: &Rows| Place::file(file).rows(rows.clone()).column(&headers[column]);
        let remarks = self
            .remarks
            .iter()
            .map(|(remark, (column, rows))| finding(remark, place(*column, rows), headers));
        let [hospital_column, stratum_column] = columns.map(Option::unwrap_or_default);
        let hospitals = self.unknown_hospitals.iter().map(|(code, rows)| match code.as_str() {
            "" => hospital::unknown("other codes", place(hospital_column, rows)),
            code => hospital::unknown(code, place(hospital_column, rows)),
        });
        let unlisted = self
            .unlisted_strata
            .iter()
            .map(|(text, rows)| unlisted(text, strata, place(stratum_column, rows)));
        let mut findings: Vec<Finding> = remarks
            .chain(hospitals)
            .chain(unlisted)
            .map(|finding| in_one_line_if_many(finding, rows))
            .collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        findings
    }
}

/// Texts beyond the most are gathered under the empty one.
fn add_text(texts: &mut BTreeMap<String, Rows>, text: &str, row: u64) {
    let text = if texts.contains_key(text) || texts.len() < MOST_TEXTS { text } else { "" };
    texts.entry(text.to_owned()).or_default().add(row);
}

fn merge_texts(
    texts: &mut BTreeMap<String, Rows>,
    others: BTreeMap<String, Rows>,
) -> Result<(), OrderMatters> {
    for (text, rows) in others {
        texts.entry(text).or_default().merge(&rows);
    }
    if texts.contains_key("") || texts.len() > MOST_TEXTS { Err(OrderMatters) } else { Ok(()) }
}

fn finding(remark: &Remark, place: Place, headers: &[String]) -> Finding {
    let broken = |code, what: String| {
        Finding::error(code, what)
            .at(place.clone())
            .because("the row cannot be placed, and is excluded and counted")
            .remedy("correct it at the source, or accept that the rows are excluded")
    };
    let column = place.column.clone().unwrap_or_default();
    match remark {
        Remark::CprFault(fault) => fault.finding(place),
        Remark::CprNotice(notice) => notice.finding(place),
        Remark::DateFault(_, fault) => fault.finding(place),
        Remark::DiagnosisFault(fault) => fault.finding(place),
        Remark::BornAfterAttendance(birth) => {
            let birth = &headers[*birth];
            let what =
                format!("the date of birth, from `{birth}`, is after the first attendance, in `{column}`");
            // Either of the two may be the wrong one.
            let place = Place { column: None, ..place.clone() };
            broken("born_after_attendance", what).at(place)
        }
        Remark::NotYetBegun(today) => not_yet_begun(*today, place),
        Remark::AgeUnreadable => broken("age_unreadable", format!("`{column}` is not an age in years")),
        Remark::CprAsSex => Finding::error(
            "cpr_as_sex",
            format!("the column of `sex` holds what may be CPR numbers{}", in_rows(&place)),
        )
        .because("the sex is stored with the sample, and no CPR number may be stored there")
        .remedy("name the right column under [register.columns] in study.toml")
        .at(place),
        Remark::EmptyKeyPart(_) => {
            broken("key_empty", format!("`{column}` is empty, and part of the record key"))
        }
        Remark::BarInKeyPart(_) => {
            broken("key_bar", format!("`{column}` holds `|`, which separates the parts of the record key"))
        }
        Remark::EmptyStratum => broken("stratum_empty", format!("`{column}` is empty")),
        Remark::HeldItem(_, fault) => fault.finding(place),
    }
}

/// A date to come is possible in a register of bookings, so the course stays in.
fn not_yet_begun(today: Date, place: Place) -> Finding {
    let what = format!("the first attendance is after today, {today},{}", in_rows(&place));
    Finding::warning("attendance_to_come", what)
        .at(place)
        .because("a course that has not begun has no chart to be read, and a wrong year puts it out of its period; the rows stay in the frame")
        .remedy("correct the dates at the source, or end the period with `until` under [population] in study.toml")
}

fn unlisted(text: &str, strata: &Strata, place: Place) -> Finding {
    let (name, total) = (&strata.name.en, place.rows.total());
    let in_rows = if total == 1 { "1 row".to_owned() } else { format!("{total} rows") };
    if text.is_empty() {
        return Finding::note(
            "unlisted_stratum",
            format!("other values are no {name} of the study, in {in_rows}"),
        )
        .at(place);
    }
    let finding = Finding::note(
        "unlisted_stratum",
        format!("`{}` is no {name} of the study, in {in_rows}", shown(text)),
    )
    .at(place)
    .because("the rows are excluded and counted");
    let names = strata.known.iter().map(|stratum| stratum.name.as_str());
    match nearest(text, names).filter(|near| near.to_lowercase() != text.to_lowercase()) {
        Some(near) => {
            finding.remedy(format!("if `{near}` is meant, add the spelling to its [[stratum]] in study.toml"))
        }
        None => finding,
    }
}

/// Notes and warnings that hold for many rows lose the list of them: nobody goes through a twentieth of a register.
fn in_one_line_if_many(mut finding: Finding, rows: u64) -> Finding {
    let total = finding.place.rows.total();
    if finding.severity != Severity::Error && total * 100 > rows * MANY_PERCENT && total > 20 {
        finding.what = format!("{} ({} % of all rows)", finding.what, (total * 100 + rows / 2) / rows);
        finding.place.rows = Rows::none();
        (finding.why, finding.remedy) = (None, None);
    }
    finding
}
