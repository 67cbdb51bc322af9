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

/// The name of a measure where there is little room.
pub fn short_title(measure: Measure) -> &'static str {
    match measure {
        Measure::Ppv => "PPV",
        Measure::Npv => "NPV",
        Measure::PrevalenceDifference => "Prevalence difference",
        Measure::F1 => "F1",
        other => other.title(),
    }
}

/// The short name with the sign of its unit, as the header of a column of numbers.
pub fn measure_header(measure: Measure) -> String {
    let unit = if in_percent(measure) { ", %" } else { "" };
    format!(">{}{unit}", short_title(measure))
}

/// Which method stands behind which interval.
pub fn methods_notes(method: IntervalMethod) -> [String; 3] {
    let others = [
        Method::NewcombePaired,
        Method::Koopman,
        Method::MiettinenNurminen,
        Method::SquareAndAdd,
        Method::WaldAgreement,
    ];
    let [difference, ratios, odds, youden, kappa] = others.map(Method::title);
    [
        format!("Intervals of proportions and F1: {}.", method.title()),
        format!("Difference: {difference}; likelihood ratios: {ratios}; odds ratio: {odds}."),
        format!("J: {youden}; kappa: {kappa}."),
    ]
}
