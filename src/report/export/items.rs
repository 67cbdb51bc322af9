//! The raw items of both readings. Days are cut to the month; free text stays in the study.

use super::answers::CourseRow;
use super::courses::{Courses, yes_no};
use super::data_set::{CodeList, Datum, VariableKind, Why};
use super::held_items::{add_difference, add_register};
use crate::protocol::{Choice, Item, ItemKind};
use crate::review::{ItemAnswer, Reading};

pub(super) fn add_items(courses: &mut Courses<'_>) {
    for item in &courses.evidence.protocol.items {
        let list_name = courses.names.of(&item.id, "list");
        let Some(kind) = kind(item, &list_name) else { continue };
        add_register(courses, item);
        for (reading, ending) in [(Reading::First, "first"), (Reading::Second, "second")] {
            let name = courses.names.of(&item.id, ending);
            let label = format!("{}: {ending} reading, corrections included", item.name.en);
            courses.add(name, label, kind.clone(), |row| datum(row, item, reading));
        }
        add_difference(courses, item);
    }
}

/// What the values are; nothing for free text, in which anything may stand.
fn kind(item: &Item, list_name: &str) -> Option<VariableKind> {
    Some(match &item.kind {
        ItemKind::YesNo => VariableKind::Coded(yes_no()),
        ItemKind::Choice(choices) => VariableKind::Coded(list(list_name, choices)),
        ItemKind::Whole(_) => VariableKind::Whole,
        ItemKind::Decimal(_) => VariableKind::Number,
        ItemKind::Date => VariableKind::Month,
        ItemKind::Text => return None,
    })
}

fn list(name: &str, choices: &[Choice]) -> CodeList {
    CodeList::new(name, 1, choices.iter().map(|choice| (choice.id.as_str(), choice.name.en.as_str())))
}

fn datum(row: &CourseRow<'_>, item: &Item, reading: Reading) -> Datum {
    let review = match row.reading(reading) {
        Ok(review) => review,
        Err(why) => return Datum::Missing(why),
    };
    let Some(answer) = review.items.get(&item.id) else { return Datum::Missing(Why::Empty) };
    match (answer, &item.kind) {
        (ItemAnswer::NotRelevant, _) => Datum::Missing(Why::NotRelevant),
        (ItemAnswer::NotDocumented, _) => Datum::Missing(Why::NotDocumented),
        (ItemAnswer::YesNo(yes), ItemKind::YesNo) => Datum::Word(if *yes { "yes" } else { "no" }.to_owned()),
        (ItemAnswer::Choice(id), ItemKind::Choice(choices)) if choices.iter().any(|one| one.id == *id) => {
            Datum::Word(id.clone())
        }
        (ItemAnswer::Number(number), ItemKind::Whole(_)) => {
            let whole = number.normalize().to_string().parse();
            whole.map_or(Datum::Missing(Why::NoLongerAChoice), Datum::Whole)
        }
        (ItemAnswer::Number(number), ItemKind::Decimal(_)) => {
            number.to_string().parse().map_or(Datum::Absent, Datum::Number)
        }
        (ItemAnswer::Date(day), ItemKind::Date) => Datum::Month { year: day.year(), month: day.month() },
        _ => Datum::Missing(Why::NoLongerAChoice),
    }
}
