//! What the register holds of a raw item, and how far it lies from the record.
//!
//! The months of both sides with the days between them can tell the day: a day before the first of March is the last of February. So the
//! register's month stands only where there is no difference.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::answers::CourseRow;
use super::courses::Courses;
use super::data_set::{Datum, VariableKind, Why};
use crate::accuracy::{Held, standing};
use crate::protocol::Item;
use crate::review::{ItemAnswer, Reference};

/// The register's number or month; nothing for an item that it does not hold.
pub(super) fn add_register<'e>(courses: &mut Courses<'e>, item: &'e Item) {
    if item.register_column.is_none() {
        return;
    }
    let kind = if item.kind.is_date() { VariableKind::Month } else { VariableKind::Number };
    let name = courses.names.of(&item.id, "register");
    courses.add(name, format!("{}: register", item.name.en), kind, |row| register(row, item));
}

/// Register less record, as `results.json` has it.
pub(super) fn add_difference<'e>(courses: &mut Courses<'e>, item: &'e Item) {
    if item.register_column.is_none() {
        return;
    }
    let (kind, unit) =
        if item.kind.is_date() { (VariableKind::Whole, ", days") } else { (VariableKind::Number, "") };
    let name = courses.names.of(&item.id, "difference");
    let label = format!("{}: register less record{unit}", item.name.en);
    courses
        .add(name, label, kind, |row| compared(row, item).map_or_else(Datum::Missing, |by| datum(by, item)));
}

fn register(row: &CourseRow<'_>, item: &Item) -> Datum {
    let Some(entry) = row.sampled.register.get(&item.id) else { return Datum::Missing(Why::NotStored) };
    let value = match item.kind.is_date() {
        true if compared(row, item).is_ok() => return Datum::Missing(Why::DifferenceTold),
        true => Datum::month(&entry.value),
        false => entry.value.parse().map_or(Datum::Absent, Datum::Number),
    };
    if value == Datum::Absent { Datum::Missing(Why::RegisterMissing) } else { value }
}

/// The difference. What the record lacks is told before what the register lacks: that is seen beside it.
fn compared(row: &CourseRow<'_>, item: &Item) -> Result<Decimal, Why> {
    if !matches!(row.reference, Reference::Read(_)) {
        return Err(row.without_chart());
    }
    let standing = standing(row.sampled, item, row.reviews);
    standing.difference.ok_or_else(|| match standing.held {
        Held::Unsettled => Why::Unsettled,
        Held::RecordAlone => Why::RegisterMissing,
        _ => match row.reviews.item_reference(row.sampled.study_id, &item.id) {
            Some(ItemAnswer::NotRelevant) => Why::NotRelevant,
            Some(ItemAnswer::NotDocumented) => Why::NotDocumented,
            _ => Why::NoLongerAChoice,
        },
    })
}

fn datum(difference: Decimal, item: &Item) -> Datum {
    match item.kind.is_date() {
        true => difference.to_i64().map_or(Datum::Absent, Datum::Whole),
        false => difference.to_f64().map_or(Datum::Absent, Datum::Number),
    }
}
