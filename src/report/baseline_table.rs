//! The table of frame, sample and charts.

use super::result_tables::{HIDDEN, grouping_word};
use super::review_tables::status_word;
use super::{Baseline, BaselinePart, Characteristic, Results, Style, Table};
use crate::protocol::{AgeGroups, Grouping, Protocol, RegisterStatus};

/// Whether those who were read are like those they stand for; without rows where nothing is known of them.
pub(super) fn baseline_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let title = style.says([
        "Rammen, stikprøven og de læste journaler, antal (procent)",
        "The frame, the sample and the charts that were read, number (per cent)",
    ]);
    let headers =
        style.says([["", "", ">ramme", ">udtrukket", ">læst"], ["", "", ">frame", ">drawn", ">read"]]);
    let mut table = Table::new(title, &headers).named("baseline");
    if !results.baseline.is_empty() {
        let frame = results.flow.iter().find(|(step, _)| step == "frame").and_then(|(_, courses)| *courses);
        let all = [frame, Some(results.review.in_use), Some(results.review.read)];
        let count = |count: Option<u64>| count.map_or_else(|| HIDDEN.to_owned(), |count| style.count(count));
        table.row([style.says(["i alt", "all"]).to_owned(), String::new()].into_iter().chain(all.map(count)));
    }
    for one in &results.baseline {
        let totals =
            [total(one, |part| part.frame), total(one, |part| part.drawn), total(one, |part| part.read)];
        for (place, part) in one.parts.iter().enumerate() {
            let name = if place == 0 { name(one, protocol) } else { String::new() };
            let counts = [part.frame, part.drawn, part.read];
            let cells = counts.into_iter().zip(totals).map(|(count, total)| cell(count, total, style));
            table.row([name, value(one, part, style)].into_iter().chain(cells));
        }
    }
    table.note(style.says([
        "Udtrukket: erstatninger medregnet; skjult, hvor så få af dem ikke blev læst. Hvor et tal i en kolonne er skjult, har kolonnen ingen procent.",
        "Drawn: replacements included; hidden where so few of them were not read. Where a number of a column is hidden, the column has no per cent.",
    ]));
    table.note(style.says([
        "Uvægtet: stratas forskellige udtrækningsandele ses her. Procent af dem, hvor oplysningen kendes; forløb uden oplysningen er ikke med.",
        "Unweighted: the strata's different sampling fractions show here. Per cent of those with a known value; courses without one are left out.",
    ]));
    table
}

/// The sum of a column, if all of it is shown.
fn total(one: &Baseline, of: impl Fn(&BaselinePart) -> Option<u64>) -> Option<u64> {
    one.parts.iter().map(of).sum()
}

fn cell(count: Option<u64>, total: Option<u64>, style: Style) -> String {
    match (count, total) {
        (None, _) => HIDDEN.to_owned(),
        (Some(count), Some(total)) if total > 0 => {
            format!("{} ({})", style.count(count), style.percent(count as f64 / total as f64))
        }
        (Some(count), _) => style.count(count),
    }
}

fn name(one: &Baseline, protocol: &Protocol) -> String {
    let style = Style::from(protocol.report);
    match &one.characteristic {
        Characteristic::Stratum => grouping_word(Grouping::Stratum, protocol).to_owned(),
        Characteristic::Age => grouping_word(Grouping::Age, protocol).to_owned(),
        Characteristic::Sex => grouping_word(Grouping::Sex, protocol).to_owned(),
        Characteristic::Year => grouping_word(Grouping::Year, protocol).to_owned(),
        Characteristic::Register(id) => {
            let name = protocol.indicator(id).map_or(id.as_str(), |indicator| style.of(&indicator.name));
            format!("{name}, register")
        }
    }
}

fn value(one: &Baseline, part: &BaselinePart, style: Style) -> String {
    let status = || RegisterStatus::ALL.into_iter().find(|status| status.name() == part.value);
    match (&one.characteristic, part.value.as_str()) {
        (Characteristic::Register(_), _) => {
            status().map_or_else(|| part.value.clone(), |status| status_word(status, style).to_owned())
        }
        (Characteristic::Age, ages) => AgeGroups::label(ages),
        (Characteristic::Sex, "male") => style.says(["mand", "male"]).to_owned(),
        (Characteristic::Sex, "female") => style.says(["kvinde", "female"]).to_owned(),
        (_, value) => value.to_owned(),
    }
}
