//! The two-by-two table of counts, and what stands around a table of measures.

use super::{Table, count, in_percent};
use crate::stats::{ConfidenceLevel, IntervalMethod, Measure, Method, TwoByTwo};

/// Register in rows, record in columns, with the totals.
pub fn cells_table(table: TwoByTwo) -> Table {
    let TwoByTwo { tp, fp, fn_, tn } = table;
    let mut cells = Table::new("Register against record", &["", ">record yes", ">record no", ">total"]);
    let mut row = |name: &str, counts: [u64; 3]| {
        cells.row(std::iter::once(name.to_owned()).chain(counts.map(count)));
    };
    row("register yes", [tp, fp, table.register_yes()]);
    row("register no", [fn_, tn, table.register_no()]);
    row("total", [tp + fn_, fp + tn, table.total()]);
    cells
}

/// The header of a column of estimates: `estimate (95 % CI)`.
pub fn estimate_header(what: &str, level: ConfidenceLevel) -> String {
    format!(">{what} ({level} CI)")
}

/// The name of a measure with the sign of its unit.
pub fn share_label(measure: Measure) -> String {
    let unit = if in_percent(measure) { ", %" } else { "" };
    format!("{}{unit}", measure.title())
}

/// The same, short enough for the header of a column.
pub fn short_label(measure: Measure) -> String {
    let name = match measure {
        Measure::Ppv => "PPV",
        Measure::Npv => "NPV",
        Measure::PrevalenceReference => "By record",
        Measure::PrevalenceRegister => "By register",
        Measure::PrevalenceDifference => "Difference",
        Measure::F1 => "F1",
        other => other.title(),
    };
    if in_percent(measure) { format!("{name}, %") } else { name.to_owned() }
}

/// Which method stands behind which interval, in two notes.
pub fn methods_notes(method: IntervalMethod) -> [String; 2] {
    let others = [
        (Method::NewcombePaired, "difference"),
        (Method::Koopman, "likelihood ratios"),
        (Method::MiettinenNurminen, "odds ratio"),
        (Method::SquareAndAdd, "J"),
        (Method::WaldAgreement, "kappa"),
    ];
    let others = others.map(|(method, what)| format!("{} ({what})", method.title()));
    [
        format!("Intervals of proportions and F1: {}.", method.title()),
        format!("Others: {}.", others.join(", ")),
    ]
}
