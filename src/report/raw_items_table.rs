//! The table of raw items against the register.

use super::result_tables::HIDDEN;
use super::wording::{limits_text, reason_text};
use super::{RawItemComparison, RawItemResults, Results, Style, Table};
use crate::accuracy::Held;
use crate::protocol::Protocol;
use crate::stats::Reason;

/// The limits of normal differences are so many standard deviations from the mean.
const NORMAL: &str = "1.96";
/// The columns between the item and the counts of those that are not compared.
const COMPARED: usize = 6;

pub(super) fn raw_items_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let title = style.says([
        "Oplysninger i registret mod journalen, antal (procent)",
        "Items of the register against the record, number (per cent)",
    ]);
    let headers = style.says([
        [
            "oplysning",
            ">sammenlignet",
            ">ens",
            ">≤ 7 dage",
            ">≤ 30 dage",
            ">forskel, median (kvartiler)",
            ">grænser",
            ">kun register",
            ">kun journal",
            ">ingen af delene",
            ">uafklaret",
        ],
        [
            "item",
            ">compared",
            ">same",
            ">≤ 7 days",
            ">≤ 30 days",
            ">difference, median (quartiles)",
            ">limits",
            ">register alone",
            ">record alone",
            ">neither",
            ">unsettled",
        ],
    ]);
    let mut table = Table::new(title, &headers).named("raw-items");
    for one in &results.raw_items {
        let name = protocol.item(&one.item).map_or(one.item.as_str(), |item| style.of(&item.name));
        table.row(row(name, one, style));
        normal_row(one, style).into_iter().for_each(|row| table.row(row));
    }
    if !table.rows.is_empty() {
        notes(style).into_iter().for_each(|note| table.note(note));
    }
    table
}

fn row(name: &str, one: &RawItemResults, style: Style) -> Vec<String> {
    let count =
        |courses: Option<u64>| courses.map_or_else(|| HIDDEN.to_owned(), |courses| style.count(courses));
    let of =
        |held| count(one.held.iter().find(|(holder, _)| *holder == held).and_then(|(_, courses)| *courses));
    let mut row = vec![name.to_owned(), of(Held::Both)];
    match &one.comparison {
        Some(comparison) => row.extend(comparison_cells(comparison, style)),
        None => row.extend((1..COMPARED).map(|_| HIDDEN.to_owned())),
    }
    row.extend([Held::RegisterAlone, Held::RecordAlone, Held::Neither, Held::Unsettled].map(of));
    row
}

/// How many are the same and how many days apart, the median and the limits.
fn comparison_cells(comparison: &RawItemComparison, style: Style) -> [String; 5] {
    let RawItemComparison { within, differences } = comparison;
    let share = |place: usize| match within.get(place) {
        None => String::new(),
        Some((_, n)) if differences.n == 0 => style.count(*n),
        Some((_, n)) => {
            format!("{} ({})", style.count(*n), style.percent(*n as f64 / differences.n as f64))
        }
    };
    let median = match (differences.median, differences.quartiles) {
        (Ok(median), Ok(quartiles)) => format!("{} ({})", number(median, style), limits(quartiles, style)),
        (median, _) => told(median.map(|median| number(median, style)), style),
    };
    let percentiles = told(differences.percentiles.map(|pair| limits(pair, style)), style);
    [share(0), share(1), share(2), median, percentiles]
}

/// The mean and the limits of normal differences, of numbers alone: days between two notes are far from normal.
fn normal_row(one: &RawItemResults, style: Style) -> Option<Vec<String>> {
    let differences = one.comparison.as_ref().filter(|_| !one.is_date)?.differences.clone();
    let name = style.says(["middel", "mean"]);
    let mut row = vec![format!("  {name}, ± {} SD", style.written(&NORMAL))];
    row.extend([(); COMPARED - 2].map(|()| String::new()));
    row.push(told(differences.mean.map(|mean| number(mean, style)), style));
    row.push(told(differences.normal_limits.map(|pair| limits(pair, style)), style));
    Some(row)
}

fn number(number: f64, style: Style) -> String {
    style.decimal(number, style.decimals)
}

fn limits([lower, upper]: [f64; 2], style: Style) -> String {
    limits_text(number(lower, style), number(upper, style), style)
}

fn told(text: Result<String, Reason>, style: Style) -> String {
    text.unwrap_or_else(|reason| reason_text(reason, style).to_owned())
}

fn notes(style: Style) -> [String; 3] {
    let [low, high, normal] = ["2.5", "97.5", NORMAL].map(|number| style.written(&number));
    let limits = style.says([
        format!(
            "Grænser for overensstemmelse: {low}- og {high}-percentilen af forskellene, som kræver mindst 39; på anden linje \
             middelforskellen og middel ± {normal} SD (Bland og Altman 1999)."
        ),
        format!(
            "Limits of agreement: the {low} and {high} percentiles of the differences, which need 39 or more; on the second line the mean \
             difference and mean ± {normal} SD (Bland and Altman 1999)."
        ),
    ]);
    let [difference, holders] = style.says([
        [
            "Forskel: register minus journal, for datoer i dage. Hvert læst forløb tæller én gang, uden vægte.",
            "Kun register: journalen oplyser det ikke, eller det er ikke relevant. Kun journal: registret har ingen værdi, der kan læses. \
             Uafklaret: to gennemgange har forskellige svar.",
        ],
        [
            "Difference: register less record, of dates in days. Each course that was read counts once, without weights.",
            "Register alone: the record does not tell, or the item is not relevant. Record alone: the register has no value that can be \
             read. Unsettled: two reviewers gave different answers.",
        ],
    ]);
    [difference.to_owned(), limits, holders.to_owned()]
}
