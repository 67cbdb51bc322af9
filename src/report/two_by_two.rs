//! The two-by-two table of counts, and what stands around a table of measures.

use super::{Style, Table, count, in_percent};
use crate::stats::{ConfidenceLevel, IntervalMethod, Measure, Method, TwoByTwo, WeightedMethod};

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
pub fn estimate_header(what: &str, level: ConfidenceLevel, style: Style) -> String {
    format!(">{what} ({} {})", style.written(&level), style.says(CI))
}

/// The abbreviation of a confidence interval.
pub(super) const CI: [&str; 2] = ["KI", "CI"];

/// The name of a measure with the sign of its unit.
pub fn share_label(measure: Measure, style: Style) -> String {
    let unit = if in_percent(measure) { ", %" } else { "" };
    format!("{}{unit}", title(measure, style))
}

/// The name of a measure.
pub(super) fn title(measure: Measure, style: Style) -> &'static str {
    let danish = match measure {
        Measure::Sensitivity => "Sensitivitet",
        Measure::Specificity => "Specificitet",
        Measure::Ppv => "Positiv prædiktiv værdi",
        Measure::Npv => "Negativ prædiktiv værdi",
        Measure::PrevalenceReference => "Prævalens ifølge journalen",
        Measure::PrevalenceRegister => "Prævalens ifølge registret",
        Measure::PrevalenceDifference => "Prævalensforskel, register minus journal",
        Measure::Accuracy => "Samlet nøjagtighed",
        Measure::F1 => "F1-score",
        Measure::LrPositive => "Positiv likelihood ratio",
        Measure::LrNegative => "Negativ likelihood ratio",
        Measure::DiagnosticOddsRatio => "Diagnostisk odds ratio",
        Measure::Youden => "Youdens J",
        Measure::Kappa => "Cohens kappa, register mod journal",
        Measure::NumberNeededToDiagnose => "Antal, der skal undersøges for én diagnose",
    };
    style.says([danish, measure.title()])
}

/// The name of a measure where there is little room.
pub fn short_title(measure: Measure, style: Style) -> &'static str {
    match measure {
        Measure::Ppv => "PPV",
        Measure::Npv => "NPV",
        Measure::PrevalenceDifference => style.says(["Prævalensforskel", "Prevalence difference"]),
        Measure::F1 => "F1",
        other => title(other, style),
    }
}

/// Titles within a row begin small, unless they are abbreviations.
pub(super) fn row_title(measure: Measure, style: Style) -> String {
    let title = short_title(measure, style);
    let is_abbreviation = title.chars().nth(1).is_none_or(|second| !second.is_lowercase());
    if is_abbreviation { title.to_owned() } else { title.to_lowercase() }
}

/// The short name with the sign of its unit, as the header of a column of numbers.
pub fn measure_header(measure: Measure, style: Style) -> String {
    let unit = if in_percent(measure) { ", %" } else { "" };
    format!(">{}{unit}", short_title(measure, style))
}

/// The name of an interval for proportions.
pub(super) fn interval_title(method: IntervalMethod, style: Style) -> &'static str {
    let danish = match method {
        IntervalMethod::ClopperPearson => "Clopper–Pearson (eksakte)",
        IntervalMethod::WilsonCc => "Wilson score med kontinuitetskorrektion",
        other => other.title(),
    };
    style.says([danish, method.title()])
}

/// The name of an interval for weighted proportions.
pub(super) fn weighted_title(method: WeightedMethod, style: Style) -> &'static str {
    let danish = match method {
        WeightedMethod::KornGraubard => method.title(),
        WeightedMethod::Logit => "logit med t",
        WeightedMethod::Wilson => "Wilson score ved den effektive stikprøvestørrelse",
    };
    style.says([danish, method.title()])
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
