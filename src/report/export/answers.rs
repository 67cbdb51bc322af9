//! What is exported of one course: each value, or the reason why there is none.

use super::data_set::{Datum, Why};
use crate::accuracy::{Outside, Placement, place};
use crate::draw::{SampledCourse, SampledStratum};
use crate::protocol::{Indicator, RegisterStatus};
use crate::review::{Answer, ChartStatus, Provenance, Reading, Reference, Review, Reviews};

/// A course to be reviewed with what is known of it.
pub(super) struct CourseRow<'e> {
    pub(super) sampled: &'e SampledCourse,
    pub(super) stratum: &'e SampledStratum,
    pub(super) reference: &'e Reference,
    pub(super) reviews: &'e Reviews,
    /// Whether it counts in n_h.
    pub(super) counts: bool,
}

fn word(word: &str) -> Datum {
    Datum::Word(word.to_owned())
}

fn said(answer: Answer) -> Datum {
    match answer {
        Answer::Yes | Answer::No => word(answer.name()),
        Answer::NotRelevant => Datum::Missing(Why::NotRelevant),
        Answer::NotDocumented => Datum::Missing(Why::NotDocumented),
    }
}

impl<'e> CourseRow<'e> {
    /// A reading of the chart as it stands now, or why there is none.
    pub(super) fn reading(&self, reading: Reading) -> Result<&'e Review, Why> {
        match self.reviews.latest(self.sampled.study_id, reading) {
            Some(review) if review.status == ChartStatus::Found => Ok(review),
            Some(_) => Err(Why::NotRead),
            None if reading == Reading::Second && !self.sampled.second_reviewer => Err(Why::NoSecondReading),
            None => Err(Why::NotReviewed),
        }
    }

    /// Why the chart has no answer in force.
    pub(super) fn without_chart(&self) -> Why {
        let is_reviewed = |reading| self.reviews.latest(self.sampled.study_id, reading).is_some();
        match self.reference {
            Reference::NotRead(_) => Why::NotRead,
            _ if is_reviewed(Reading::First) && is_reviewed(Reading::Second) => Why::Unsettled,
            _ => Why::NotReviewed,
        }
    }
}

pub(super) fn chart(row: &CourseRow<'_>) -> Datum {
    match row.reference {
        Reference::Read(_) => word(ChartStatus::Found.name()),
        Reference::NotRead(status) => word(status.name()),
        Reference::Pending => Datum::Missing(row.without_chart()),
    }
}

/// What the register's value means. The text itself stays in the study.
pub(super) fn register(row: &CourseRow<'_>, indicator: &Indicator) -> Datum {
    let Some(entry) = row.sampled.register.get(&indicator.id) else { return Datum::Missing(Why::NotStored) };
    if !entry.in_force {
        return Datum::Missing(Why::NotInForce);
    }
    match indicator.register.status(&entry.value) {
        Some(status @ (RegisterStatus::Yes | RegisterStatus::No)) => word(status.name()),
        Some(RegisterStatus::NotRelevant) => Datum::Missing(Why::NotRelevant),
        Some(RegisterStatus::Missing) | None => Datum::Missing(Why::RegisterMissing),
    }
}

pub(super) fn answer(row: &CourseRow<'_>, id: &str, reading: Reading) -> Datum {
    match row.reading(reading) {
        Ok(review) => {
            row.reviews.answers(review).get(id).map_or(Datum::Missing(Why::Empty), |one| said(*one))
        }
        Err(why) => Datum::Missing(why),
    }
}

fn settled(row: &CourseRow<'_>, id: &str) -> Result<(Option<Answer>, Provenance), Why> {
    match row.reference {
        Reference::Read(answers) => answers.get(id).copied().ok_or(Why::Empty),
        _ => Err(row.without_chart()),
    }
}

pub(super) fn reference(row: &CourseRow<'_>, id: &str) -> Datum {
    match settled(row, id) {
        Ok((Some(answer), _)) => said(answer),
        Ok((None, _)) => Datum::Missing(Why::Unsettled),
        Err(why) => Datum::Missing(why),
    }
}

pub(super) fn how(row: &CourseRow<'_>, id: &str) -> Datum {
    match settled(row, id) {
        Ok((_, Provenance::Unsettled)) => Datum::Missing(Why::Unsettled),
        Ok((_, provenance)) => word(provenance.name()),
        Err(why) => Datum::Missing(why),
    }
}

/// Where the course stands in the table; the reason where it is outside.
fn standing(row: &CourseRow<'_>, indicator: &Indicator) -> Result<Placement, Why> {
    if !matches!(row.reference, Reference::Read(_)) {
        return Err(row.without_chart());
    }
    let entry = row.sampled.register.get(&indicator.id).ok_or(Why::NotStored)?;
    let answer = settled(row, &indicator.id).ok().and_then(|(answer, _)| answer);
    Ok(place(indicator, entry, answer))
}

/// Whether the chart was read and does not tell.
pub(super) fn is_unanswered(row: &CourseRow<'_>, indicator: &Indicator) -> bool {
    matches!(standing(row, indicator), Ok(Placement::Outside(outside)) if outside.is_unanswered())
}

pub(super) fn cell(row: &CourseRow<'_>, indicator: &Indicator) -> Datum {
    match standing(row, indicator) {
        Ok(Placement::Table { register, record }) => word(match (register, record) {
            (true, true) => "tp",
            (true, false) => "fp",
            (false, true) => "fn",
            (false, false) => "tn",
        }),
        Ok(Placement::Outside(outside)) => Datum::Missing(match outside {
            Outside::NotInForce => Why::NotInForce,
            Outside::RegisterMissing => Why::RegisterMissing,
            Outside::RegisterNotRelevant => Why::RegisterNotRelevant,
            Outside::RecordNotRelevant => Why::NotRelevant,
            Outside::NotDocumented => Why::NotDocumented,
            Outside::Unsettled => Why::Unsettled,
        }),
        Err(why) => Datum::Missing(why),
    }
}
