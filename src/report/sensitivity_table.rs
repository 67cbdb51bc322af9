//! The sensitivity analyses side by side, and for whom an indicator is relevant by register and by record.

use super::result_tables::{HIDDEN, INDICATOR, MAIN, main_headers, measured, whole};
use super::review_tables::status_word;
use super::wording::digits;
use super::{IndicatorResults, Results, Style, Table, in_percent, limits_text, reason_text, weighted_text};
use crate::accuracy::{Assessed, Eligibility, OtherReading};
use crate::protocol::{Indicator, Protocol, RegisterStatus, Undocumented, Unregistered};
use crate::review::Answer;
use crate::stats::{Measure, Reason};

/// What hangs on the declared rules; without rows where nothing does.
pub(super) fn sensitivity_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let title = style.says([
        "Følsomhedsanalyser: andre regler for det, der mangler, værste og bedste tilfælde, i procent",
        "Sensitivity analyses: other rules for what is missing, worst and best case, in per cent",
    ]);
    let [sensitivity, specificity] = main_headers(style);
    let reading = style.says(["regel", "rule"]);
    let headers = [style.says(INDICATOR), reading, ">n", sensitivity, specificity, ">PPV", ">NPV"];
    let mut table = Table::new(title, &headers).named("sensitivity-analyses");
    for indicator in &results.indicators {
        if let Some(assessed) = whole(indicator) {
            let rows = rows(indicator, assessed, protocol);
            // The declared reading alone stands in the first table already.
            for (place, row) in rows.filter(|rows| rows.len() > 1).into_iter().flatten().enumerate() {
                let name = if place == 0 { style.of(&indicator.name) } else { "" };
                table.row(std::iter::once(name.to_owned()).chain(row));
            }
        }
    }
    notes(protocol, style).into_iter().for_each(|note| table.note(note));
    notes_of_rows(results, style).into_iter().for_each(|note| table.note(note));
    table
}

/// The rows of an indicator, the declared reading first.
fn rows(indicator: &IndicatorResults, assessed: &Assessed, protocol: &Protocol) -> Option<Vec<Vec<String>>> {
    let style = Style::from(protocol.report);
    let declared = style.says(["som i protokollen", "as in the protocol"]);
    let mut rows = vec![of_table(declared.to_owned(), Some(assessed), style)];
    let rules = protocol.indicator(&indicator.id)?;
    for (reading, table) in &indicator.sensitivity.readings {
        rows.push(of_table(reading_words(*reading, rules, style).to_owned(), table.as_deref(), style));
    }
    if indicator
        .groups
        .first()
        .is_some_and(|group| group.beside.as_ref().is_some_and(super::Beside::some_not_found))
    {
        rows.push(unadjusted(assessed, style));
    }
    rows.extend(worst_and_best(indicator, style));
    rows.extend(imperfect(indicator, style));
    Some(rows)
}

fn of_table(words: String, assessed: Option<&Assessed>, style: Style) -> Vec<String> {
    let Some(assessed) = assessed else {
        return std::iter::once(words).chain(std::iter::repeat_n(HIDDEN.to_owned(), 5)).collect();
    };
    let cells = MAIN.map(|measure| measured(assessed, measure, true, style));
    [words, style.count(assessed.table.total())].into_iter().chain(cells).collect()
}

/// What a rule says when it is read the other way.
fn reading_words(reading: OtherReading, declared: &Indicator, style: Style) -> &'static str {
    let rules = declared.missing;
    style.says(match reading {
        OtherReading::NotDocumented => match rules.not_documented {
            Undocumented::Missing => ["ikke dokumenteret som nej", "not documented as no"],
            Undocumented::No => ["ikke dokumenteret som manglende", "not documented as missing"],
        },
        OtherReading::RegisterMissing => match rules.register_missing {
            Unregistered::Exclude => ["mangler i registret som nej", "register missing as no"],
            Unregistered::No => {
                ["mangler i registret uden for tabellen", "register missing outside the table"]
            }
        },
        OtherReading::RegisterNotRelevant => match rules.register_not_relevant {
            Unregistered::Exclude => ["ikke relevant i registret som nej", "register not relevant as no"],
            Unregistered::No => {
                ["ikke relevant i registret uden for tabellen", "register not relevant outside the table"]
            }
        },
    })
}

fn unadjusted(assessed: &Assessed, style: Style) -> Vec<String> {
    let words = style.says(["ikke fundne uden for alle tabeller", "the unfound outside every table"]);
    let cell = |measure: Measure| {
        let found = assessed.unadjusted.iter().find(|(of, _)| *of == measure);
        found.map_or_else(String::new, |(_, estimate)| match (estimate.estimate, estimate.interval) {
            // The note says why there is no interval.
            (Ok(share), Err(Reason::Suppressed)) => style.no_finer(estimate.coarse).percent(share),
            _ => weighted_text(estimate, style),
        })
    };
    [words.to_owned(), String::new()].into_iter().chain(MAIN.map(cell)).collect()
}

fn worst_and_best(indicator: &IndicatorResults, style: Style) -> Option<Vec<String>> {
    let style = style.no_finer(indicator.sensitivity.coarse);
    let bounds = &indicator.sensitivity.worst_and_best;
    let words = style.says(["værste og bedste tilfælde", "worst and best case"]);
    let cell = |measure: Measure| {
        let found = bounds.iter().find(|(of, _)| *of == measure);
        found.map_or_else(String::new, |(_, bounds)| bounds_text(*bounds, style))
    };
    let row = || [words.to_owned(), String::new()].into_iter().chain(MAIN.map(cell)).collect();
    (!bounds.is_empty()).then(row)
}

fn bounds_text(bounds: Result<[f64; 2], Reason>, style: Style) -> String {
    match bounds {
        Ok([least, greatest]) => limits_text(style.percent(least), style.percent(greatest), style),
        Err(reason) => reason_text(reason, style).to_owned(),
    }
}

/// If the record is sometimes wrong: under independent errors, and whatever their dependence.
fn imperfect(indicator: &IndicatorResults, style: Style) -> Vec<Vec<String>> {
    let Some(imperfect) = &indicator.sensitivity.imperfect else { return Vec::new() };
    let [independent, dependent] = style.says([
        ["journal med uafhængige fejl", "journal med fejl, uanset afhængighed"],
        ["record with independent errors", "record with errors, whatever their dependence"],
    ]);
    let measure = |measure: Measure| imperfect.measures.iter().find(|one| one.measure == measure);
    let value = |one: Measure| {
        let value = measure(one).map_or(Err(Reason::NotEstimable), |one| one.independent);
        value.map_or_else(
            |reason| reason_text(reason, style).to_owned(),
            |value| digits(value, in_percent(one), style),
        )
    };
    let bounds =
        |one: Measure| bounds_text(measure(one).map_or(Err(Reason::NotEstimable), |one| one.bounds), style);
    let row = |words: &str, cells: [String; 4]| {
        [words.to_owned(), String::new()].into_iter().chain(cells).collect()
    };
    vec![row(independent, MAIN.map(value)), row(dependent, MAIN.map(bounds))]
}

/// What must be said of rows that some indicators have.
fn notes_of_rows(results: &Results, style: Style) -> Vec<&'static str> {
    let shown = || results.indicators.iter().filter(|one| whole(one).is_some());
    let has_not_found = |one: &IndicatorResults| {
        one.groups
            .first()
            .is_some_and(|group| group.beside.as_ref().is_some_and(super::Beside::some_not_found))
    };
    let mut notes = Vec::new();
    if shown().any(has_not_found) {
        notes.push(style.says(UNFOUND));
    }
    if shown().any(in_whole_per_cent) {
        notes.push(style.says(WHOLE_PER_CENT));
    }
    notes
}

/// Whether a figure of the sensitivity analyses is in whole per cent for the sake of hidden counts.
pub(super) fn in_whole_per_cent(one: &IndicatorResults) -> bool {
    let mut readings = one.sensitivity.readings.iter().filter_map(|(_, assessed)| assessed.as_deref());
    let mut bounds = one.sensitivity.worst_and_best.iter();
    one.sensitivity.coarse == Some(0) && bounds.any(|(_, bounds)| bounds.is_ok())
        || readings.any(|reading| reading.measures.iter().any(|one| one.weighted.coarse == Some(0)))
}

/// What the weights N / a do.
const UNFOUND: [&str; 2] = [
    "Ikke fundne uden for alle tabeller: vægte ramme / afsluttede i stedet for ramme / læst, som om de journaler, der ikke blev fundet, \
     ikke hørte til nogen tabel. Uden interval, hvor skjulte antal kunne følge af det.",
    "The unfound outside every table: weights frame / settled instead of frame / read, as if the charts that were not found belonged to \
     no table. Without an interval where hidden counts could follow from it.",
];

const WHOLE_PER_CENT: [&str; 2] = [
    "I hele procent, hvor skjulte antal i strata kunne følge af finere tal.",
    "In whole per cent where hidden counts of strata could follow from finer figures.",
];

fn notes(protocol: &Protocol, style: Style) -> Vec<String> {
    let notes = [
        style.says([
            "Vægtet, med intervaller som i hovedtabellen. Hver af de andre regler er ændret for sig.",
            "Weighted, with the intervals of the main table. Each other rule is changed by itself.",
        ]),
        style.says([
            "Værste og bedste tilfælde: mindste og største værdi, hvis alt om de afsluttede forløb var kendt (ikke fundne journaler, \
             manglende svar og registerværdier); vægte ramme / afsluttede, uden intervaller. Grænserne nås ikke for alle mål på én gang.",
            "Worst and best case: the least and the greatest value if everything were known of the settled courses (charts not found, \
             missing answers and register values); weights frame / settled, without intervals. Not jointly attainable for all measures.",
        ]),
    ];
    let assumed = protocol.analysis.reference.map(|assumed| {
        let [se, sp] = [assumed.sensitivity(), assumed.specificity()].map(|one| style.percent(one));
        style.says([
            format!(
                "Journal med fejl: hvis journalens sensitivitet er {se} % og dens specificitet {sp} %, antaget, ikke målt; uvægtet. \
                 Grænserne er ikke konfidensgrænser."
            ),
            format!(
                "Record with errors: if the record's sensitivity is {se} % and its specificity {sp} %, assumed, not measured; plain. \
                 The bounds are no confidence limits."
            ),
        ])
    });
    notes.into_iter().map(str::to_owned).chain(assumed).collect()
}

/// For whom each indicator is relevant, by register and by record.
pub(super) fn eligibility_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let title = style.says([
        "Registrets værdi mod journalens, alle læste journaler",
        "The register's value against the record's, all charts that were read",
    ]);
    let record = style.says([
        [">journal ja", ">journal nej", ">journal ikke relevant", ">journal ikke dokumenteret", ">i alt"],
        [">record yes", ">record no", ">record not relevant", ">record not documented", ">total"],
    ]);
    let headers: Vec<&str> = [style.says(INDICATOR), "register"].into_iter().chain(record).collect();
    let mut table = Table::new(title, &headers).named("eligibility");
    for indicator in results.indicators.iter().filter(|indicator| whole(indicator).is_some()) {
        let name = style.of(&indicator.name);
        match &indicator.eligibility {
            Some(counted) => add_eligibility(&mut table, name, counted, style),
            None => {
                table.row(std::iter::once(name).chain([""]).chain(std::iter::repeat_n(HIDDEN, record.len())))
            }
        }
    }
    table.note(style.says([
        "Uafklarede svar og forløb fra før eller efter, at indikatoren gjaldt, er ikke med.",
        "Without answers that are not settled, and without courses for which the indicator was not in force.",
    ]));
    table
}

fn add_eligibility(table: &mut Table, name: &str, counted: &Eligibility, style: Style) {
    let total = |cells: &[u64; Answer::ALL.len()]| cells.iter().sum::<u64>();
    for (place, (status, cells)) in RegisterStatus::ALL.iter().zip(&counted.cells).enumerate() {
        let name = if place == 0 { name } else { "" };
        let counts = cells.iter().copied().chain([total(cells)]).map(|count| style.count(count));
        table.row([name.to_owned(), status_word(*status, style).to_owned()].into_iter().chain(counts));
    }
}
