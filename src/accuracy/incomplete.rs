//! What is known of every settled course, by stratum: what worst and best case are made of.

use super::columns::{Chart, Course, Standing};
use super::placement::counted_as;
use super::tabulate::cell;
use super::{Column, Columns, Outside, Placement};
use crate::protocol::{RegisterStatus, Undocumented, WrongPerson};
use crate::review::{Answer, ChartStatus};
use crate::stats::IncompleteStratum;

/// The settled courses of each stratum of the sample, with what is not known of them: charts that were not read, answers that are not
/// documented (where that is declared missing) or not settled, values that the register does not hold (where that is declared to leave
/// the table). What is known not to belong to the table, such as an indicator that was not relevant, is settled alone.
pub fn incomplete_strata(columns: &Columns<'_>, column: &Column<'_>) -> Vec<IncompleteStratum> {
    let of_stratum = |stratum: &crate::draw::SampledStratum| IncompleteStratum {
        population: stratum.frame,
        ..IncompleteStratum::default()
    };
    let mut strata: Vec<IncompleteStratum> = columns.evidence.sample.strata.iter().map(of_stratum).collect();
    for (course, standing) in columns.courses.iter().zip(&column.standings) {
        if course.chart != Chart::Pending {
            let stratum = &mut strata[course.stratum];
            stratum.settled += 1;
            add(stratum, halves(columns, column, course, *standing));
        }
    }
    strata
}

/// Of one course what register and record say, `None` where it is not known; nothing for a course that is known to be outside.
fn halves(
    columns: &Columns<'_>,
    column: &Column<'_>,
    course: &Course<'_>,
    standing: Standing,
) -> Option<[Option<bool>; 2]> {
    let status = standing.register?;
    let register = counted_as(column.indicator, status);
    if register.is_none() && status == RegisterStatus::NotRelevant {
        return None;
    }
    let ineligible = columns.evidence.protocol.review.wrong_person == WrongPerson::Ineligible;
    match course.chart {
        Chart::NotRead(ChartStatus::WrongPerson) if ineligible => None,
        Chart::NotRead(_) | Chart::Pending => Some([register, None]),
        Chart::Read => match standing.placement? {
            Placement::Table { register, record } => Some([Some(register), Some(record)]),
            Placement::Outside(Outside::RegisterMissing) => {
                let not_documented = column.indicator.missing.not_documented;
                record(columns.answer(course, column), not_documented).map(|record| [None, record])
            }
            Placement::Outside(outside) => outside.is_unanswered().then_some([register, None]),
        },
    }
}

/// What a record counts as; `None` within where it is not known, and nothing at all where it is not relevant.
fn record(answer: Option<Answer>, not_documented: Undocumented) -> Option<Option<bool>> {
    match (answer, not_documented) {
        (Some(Answer::NotRelevant), _) => None,
        (Some(Answer::Yes), _) => Some(Some(true)),
        (Some(Answer::No), _) | (Some(Answer::NotDocumented), Undocumented::No) => Some(Some(false)),
        (Some(Answer::NotDocumented), Undocumented::Missing) | (None, _) => Some(None),
    }
}

fn add(stratum: &mut IncompleteStratum, halves: Option<[Option<bool>; 2]>) {
    match halves {
        None => {}
        Some([Some(register), Some(record)]) => *cell(&mut stratum.table, register, record) += 1,
        Some([Some(register), None]) => stratum.record_unknown[usize::from(!register)] += 1,
        Some([None, Some(record)]) => stratum.register_unknown[usize::from(!record)] += 1,
        Some([None, None]) => stratum.both_unknown += 1,
    }
}
