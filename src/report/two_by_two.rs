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

/// Which method stands behind which interval.
pub fn methods_note(method: IntervalMethod) -> String {
    let others = [
        ("difference", Method::NewcombePaired),
        ("likelihood ratios", Method::Koopman),
        ("odds ratio", Method::MiettinenNurminen),
        ("J", Method::SquareAndAdd),
        ("kappa", Method::WaldAgreement),
    ];
    let others = others.map(|(what, method)| format!("{what}: {}", method.title()));
    format!("Intervals: {}; {}.", method.title(), others.join("; "))
}
