//! The flow of courses as STARD 2015 asks for it: from the register to the table of each indicator, with what was left out and why.
//!
//! Cohen JF, et al. STARD 2015 guidelines for reporting diagnostic accuracy studies. BMJ Open 2016;6:e012799.
//! doi:10.1136/bmjopen-2016-012799. Items 19 and 25.

use super::figure::{Figure, FlowDiagram, FlowEnds, FlowStep, Picture};
use super::result_tables::{HIDDEN, hidden_legend, whole};
use super::review_tables::flow_words;
use super::{Beside, IndicatorResults, Results, ReviewFlow, Style, page_line};
use crate::accuracy::Outside;
use crate::protocol::Protocol;

/// The flow diagram.
pub(super) fn flow_figure(results: &Results, protocol: &Protocol) -> Figure {
    let style = Style::from(protocol.report);
    let diagram = FlowDiagram { steps: steps(results, protocol), ends: ends(results, style) };
    let title = style
        .says(["Fra registret til tabellerne (STARD 2015)", "From the register to the tables (STARD 2015)"]);
    let note = style.says([
        "Ja og nej: registret mod journalen; antal forløb, uvægtet. Grunde uden forløb er udeladt.",
        "Yes and no: register against record; numbers of courses, unweighted. Reasons without courses are left out.",
    ]);
    let mut notes = vec![note.to_owned()];
    if is_hidden(&diagram) {
        notes.push(hidden_legend(protocol.disclosure.min_cell_overall, style));
    }
    let name = "flow".to_owned();
    let picture = Picture::Flow(diagram);
    Figure { name, title: title.to_owned(), picture, notes, page_line: page_line(results, protocol) }
}

fn is_hidden(diagram: &FlowDiagram) -> bool {
    let steps = diagram.steps.iter().flat_map(|step| step.lines.iter().chain(&step.leaving));
    steps.chain(diagram.ends.rows.iter().flatten()).any(|text| text.contains(HIDDEN))
}

fn steps(results: &Results, protocol: &Protocol) -> Vec<FlowStep> {
    let style = Style::from(protocol.report);
    let review = &results.review;
    let count_of =
        |wanted: &str| results.flow.iter().find(|(step, _)| step == wanted).map(|(_, count)| *count);
    let mut register = step(&flow_words("rows_read", protocol), count_of("rows_read").flatten(), style);
    // Where the number of rows is hidden, the sum of the exclusions would give one of them away.
    let excluded_in_all = count_of("rows_read").flatten().zip(count_of("frame").flatten());
    let excluded_in_all = excluded_in_all.map(|(rows, frame)| rows.saturating_sub(frame));
    let exclusions = results.flow.iter().filter(|(step, _)| !matches!(step.as_str(), "rows_read" | "frame"));
    let excluded = exclusions.map(|(step, count)| (flow_words(step, protocol), *count));
    register.leaving = leaving(["Udelukket", "Excluded"], excluded_in_all, excluded, style);
    let frame = step(&flow_words("frame", protocol), count_of("frame").flatten(), style);
    let mut drawn = step(&drawn_words(review, style), Some(review.in_use), style);
    let not_read =
        review.not_read.iter().map(|(status, count)| (status.word(style.language).to_lowercase(), *count));
    let pending = style.says(["endnu ikke gennemgået", "not reviewed yet"]).to_owned();
    let not_read = not_read.chain([(pending, Some(review.pending))]);
    // Both ends are shown: the reasons are hidden as of a known sum.
    let not_read_in_all = review.in_use.saturating_sub(review.read);
    drawn.leaving = leaving(["Ikke læst", "Not read"], Some(not_read_in_all), not_read, style);
    let read = step(style.says(["fundet og læst", "found and read"]), Some(review.read), style);
    vec![register, frame, drawn, read]
}

fn step(words: &str, count: Option<u64>, style: Style) -> FlowStep {
    FlowStep { lines: vec![capital(words), n_text(count, style)], leaving: Vec::new() }
}

/// `drawn`, or `drawn: 600 + 28 replacements`.
fn drawn_words(review: &ReviewFlow, style: Style) -> String {
    let [drawn, replaced] = [review.drawn(), review.replaced].map(|count| style.count(count));
    match review.replaced {
        0 => style.says(["udtrukket", "drawn"]).to_owned(),
        1 => style.says([
            format!("udtrukket: {drawn} + 1\u{a0}erstatning"),
            format!("drawn: {drawn} + 1\u{a0}replacement"),
        ]),
        _ => style.says([
            format!("udtrukket: {drawn} + {replaced}\u{a0}erstatninger"),
            format!("drawn: {drawn} + {replaced}\u{a0}replacements"),
        ]),
    }
}

/// A heading with the number of all, and the reasons that hold for any course; nothing where none holds.
fn leaving(
    heading: [&str; 2],
    in_all: Option<u64>,
    reasons: impl Iterator<Item = (String, Option<u64>)>,
    style: Style,
) -> Vec<String> {
    let line = |(words, count): (String, Option<u64>)| {
        format!("{} ({})", words.trim_start_matches([' ', '−']), n_text(count, style))
    };
    let lines: Vec<String> = reasons.filter(|(_, count)| *count != Some(0)).map(line).collect();
    let heading = format!("{} ({}):", style.says(heading), n_text(in_all, style));
    if lines.is_empty() { lines } else { [vec![heading], lines].concat() }
}

/// `n = 1,234`
fn n_text(count: Option<u64>, style: Style) -> String {
    format!("n\u{a0}=\u{a0}{}", shown(count, style))
}

fn shown(count: Option<u64>, style: Style) -> String {
    count.map_or_else(|| HIDDEN.to_owned(), |count| style.count(count))
}

/// A text that stands by itself begins with a capital.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn ends(results: &Results, style: Style) -> FlowEnds {
    let headers = style.says([
        [
            "Indikator",
            "Ikke i tabellen",
            "I tabellen",
            "Register\u{a0}ja, journal\u{a0}ja",
            "Register\u{a0}ja, journal\u{a0}nej",
            "Register\u{a0}nej, journal\u{a0}ja",
            "Register\u{a0}nej, journal\u{a0}nej",
        ],
        [
            "Indicator",
            "Not in the table",
            "In the table",
            "Register\u{a0}yes, record\u{a0}yes",
            "Register\u{a0}yes, record\u{a0}no",
            "Register\u{a0}no, record\u{a0}yes",
            "Register\u{a0}no, record\u{a0}no",
        ],
    ]);
    let rows = results.indicators.iter().map(|indicator| end(indicator, style)).collect();
    FlowEnds { headers: headers.map(str::to_owned).to_vec(), rows }
}

fn end(indicator: &IndicatorResults, style: Style) -> Vec<String> {
    let name = style.of(&indicator.name).to_owned();
    if indicator.not_assessable.is_some() {
        let words = style.says(["kan ikke vurderes", "not assessable"]).to_owned();
        return [vec![name, words], vec![String::new(); 5]].concat();
    }
    let beside = indicator.groups.first().and_then(|group| group.beside.as_ref());
    let Some((assessed, beside)) = whole(indicator).zip(beside) else {
        return [vec![name], vec![HIDDEN.to_owned(); 6]].concat();
    };
    let table = assessed.table;
    let counts = [table.total(), table.tp, table.fp, table.fn_, table.tn];
    [vec![name, outside(beside, style)], counts.map(|count| style.count(count)).to_vec()].concat()
}

/// `not documented 12; unsettled #`: a reason stays on one line with its number.
fn outside(beside: &Beside, style: Style) -> String {
    let any = beside.outside.iter().filter(|(_, count)| *count != Some(0));
    let reason = |(outside, count): &(_, Option<u64>)| {
        format!("{} {}", outside_word(*outside, style), shown(*count, style)).replace(' ', "\u{a0}")
    };
    let reasons: Vec<String> = any.map(reason).collect();
    if reasons.is_empty() { "0".to_owned() } else { reasons.join("; ") }
}

/// Why a course is in no table, as the tables say it.
fn outside_word(outside: Outside, style: Style) -> &'static str {
    style.says(match outside {
        Outside::NotInForce => ["ikke gældende", "not in force"],
        Outside::RegisterMissing => ["mangler i registret", "register missing"],
        Outside::RegisterNotRelevant => ["ikke relevant i registret", "register not relevant"],
        Outside::RecordNotRelevant => ["ikke relevant i journalen", "record not relevant"],
        Outside::NotDocumented => ["ikke dokumenteret", "not documented"],
        Outside::Unsettled => ["uafklaret", "unsettled"],
    })
}
