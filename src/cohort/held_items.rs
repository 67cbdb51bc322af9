//! Items of the codebook that the register holds as well: read from each course of the frame, and told of where that cannot be.

use super::Columns;
use super::tally::{Remark, Tally};
use crate::error::{Finding, Place};
use crate::protocol::{Item, Protocol};
use crate::register::cpr::holds_cpr;
use crate::register::date::{DateFault, read_date, written};
use crate::register::decimal::{Decimal, DecimalFault, DecimalMark};
use crate::register::{Memo, Row, in_rows};

/// What is read of the items in each row.
#[derive(Clone)]
pub(super) struct HeldItems {
    items: Vec<HeldItem>,
    /// How the file marks the decimals of its numbers.
    mark: DecimalMark,
}

#[derive(Clone)]
struct HeldItem {
    column: usize,
    is_date: bool,
    /// Cells that are known to be readable.
    readable: Memo<()>,
}

/// Why the cell of an item cannot be compared with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HeldFault {
    Date(DateFault),
    Number(DecimalFault),
    Cpr,
}

impl HeldItems {
    pub(super) fn new(protocol: &Protocol, columns: &Columns) -> Self {
        let item = |((item, _), &column): ((&Item, &str), &usize)| HeldItem {
            column,
            is_date: item.kind.is_date(),
            readable: Memo::default(),
        };
        let items = protocol.held_items().zip(columns.items()).map(item).collect();
        HeldItems { items, mark: DecimalMark::Unknown }
    }

    pub(super) fn set_decimal_mark(&mut self, mark: DecimalMark) {
        self.mark = mark;
    }

    /// Notes what cannot be read. The course stays in the frame: what is drawn does not depend on it.
    pub(super) fn check(&mut self, row: &Row, tally: &mut Tally) {
        for item in &mut self.items {
            let word = row.word(item.column);
            if item.readable.get(word).is_some() {
                continue;
            }
            match item.read(row, self.mark) {
                Ok(_) => item.readable.remember(word, ()),
                Err(fault) => tally.add(Remark::HeldItem(item.column, fault), item.column, row.number),
            }
        }
    }

    /// The values of a row, in the order of the protocol: a day as `2021-03-05`, a number with a point; empty where the cell is, or cannot
    /// be read.
    pub(super) fn values(&self, row: &Row) -> Vec<String> {
        self.items.iter().map(|item| item.read(row, self.mark).unwrap_or_default()).collect()
    }
}

impl HeldItem {
    fn read(&self, row: &Row, mark: DecimalMark) -> Result<String, HeldFault> {
        let cell = row.trimmed(self.column);
        if cell.is_empty() {
            return Ok(String::new());
        }
        // What is a day is no CPR number, even with a time of day behind it; what is a number of ten digits may be one, and would be stored.
        let day = self.is_date.then(|| read_date(cell));
        if let Some(Ok(day)) = day {
            return Ok(day_text(day));
        }
        if holds_cpr(cell) {
            return Err(HeldFault::Cpr);
        }
        match day {
            Some(day) => day.map(day_text).map_err(HeldFault::Date),
            None => Decimal::read(cell, mark).map(|number| number.to_string()).map_err(HeldFault::Number),
        }
    }
}

fn day_text(day: jiff::civil::Date) -> String {
    written(day).into_iter().map(char::from).collect()
}

impl HeldFault {
    /// Months before days in more than a few rows mean that the others are read wrongly too.
    pub(super) fn refuses_file_of_many(self) -> bool {
        self == HeldFault::Date(DateFault::MonthFirst)
    }

    pub(super) fn finding(self, place: Place) -> Finding {
        let told = match self {
            HeldFault::Date(DateFault::MonthFirst) => return DateFault::MonthFirst.finding(place),
            HeldFault::Date(fault) => fault.finding(place.clone()).what,
            HeldFault::Number(fault) => fault.finding(place.clone()).what,
            HeldFault::Cpr => return held_cpr(place),
        };
        Finding::warning("item_unreadable", format!("an item of the codebook: {told}"))
            .at(place)
            .because(
                "the courses stay in the frame, and count as without a value of this item in the register",
            )
            .remedy("correct it at the source before the draw")
    }
}

fn held_cpr(place: Place) -> Finding {
    let column = place.column.clone().unwrap_or_default();
    let what = format!("`{column}`, the column of an item, holds what may be CPR numbers{}", in_rows(&place));
    Finding::error("cpr_among_values", what)
        .at(place)
        .because("the values of an item are stored with the sample, and no CPR number may be stored there")
        .remedy("name the right `register_column` in study.toml, or correct the rows")
}

#[cfg(test)]
mod tests;
