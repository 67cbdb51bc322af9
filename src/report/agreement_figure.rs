//! The agreement of two reviewers about each indicator: raw agreement beside the coefficients that correct it for chance.

use super::figure::{Axis, Figure, Forest, ForestCell, ForestRow, Panel, Picture};
use super::flow_figure::capital;
use super::forest::{estimate_header, fifths_below, hidden_cell, lowest, mark, per_cent, with_legend};
use super::result_tables::{INDICATOR, hidden_legend};
use super::wording::value_and_interval;
use super::{AgreementResults, Results, Style, coefficient_text, page_line};
use crate::accuracy::Agreement;
use crate::protocol::Protocol;
use crate::stats::{Coefficient, Reason};

/// Which coefficient a panel shows.
type Chosen = fn(&Agreement) -> &Coefficient;

/// `None` where nothing was read twice, or nothing of it can be marked.
pub(super) fn agreement_figure(results: &Results, protocol: &Protocol) -> Option<Figure> {
    let style = Style::from(protocol.report);
    let row = |one: &AgreementResults| {
        let name = protocol.indicator(&one.indicator);
        let label = name.map_or(one.indicator.clone(), |indicator| style.of(&indicator.name).to_owned());
        ForestRow { label, is_whole: false }
    };
    let coefficients: [(&str, Chosen); 3] = [
        ("Cohens kappa", |one| &one.all_answers.kappa),
        ("PABAK", |one| &one.all_answers.pabak),
        ("Gwets AC1", |one| &one.all_answers.ac1),
    ];
    let mut panels = vec![raw_panel(results, protocol)];
    let mut others =
        coefficients.map(|(title, chosen)| coefficient_panel(title, chosen, results, protocol)).to_vec();
    let axis = coefficient_axis(lowest(others.iter().flat_map(|panel| &panel.cells)), style);
    others.iter_mut().for_each(|panel| panel.axis = axis.clone());
    panels.extend(others);
    let header = capital(style.says(INDICATOR));
    let forest = Forest { header, rows: results.agreement.iter().map(row).collect(), panels };
    let title = style.says([
        "Enighed mellem to gennemgange, over alle svar, uvægtet",
        "Agreement of two reviewers, over all answers, unweighted",
    ]);
    let level = style.written(&protocol.analysis.level);
    let note = style.says([
        format!("Firkant: estimat; streg: {level} konfidensinterval; n: journaler, der er læst to gange. De første fuldstændige svar, før rettelser og afklaring."),
        format!("Square: estimate; line: {level} confidence interval; n: records that were read twice. First complete answers, before corrections and adjudication."),
    ]);
    let categories = style.says([
        "Fire kategorier: ja, nej, ikke relevant og ikke dokumenteret; PABAK og AC1 afhænger af antallet.",
        "Four categories: yes, no, not relevant and not documented; PABAK and AC1 depend on their number.",
    ]);
    let figure = Figure {
        name: "agreement".to_owned(),
        title: title.to_owned(),
        picture: Picture::Forest(forest),
        notes: vec![note, categories.to_owned()],
        page_line: page_line(results, protocol),
    };
    let legend = hidden_legend(protocol.disclosure.min_cell_overall, style);
    figure.is_drawn().then(|| with_legend(figure, legend))
}

fn raw_panel(results: &Results, protocol: &Protocol) -> Panel {
    let style = Style::from(protocol.report);
    let cell = |one: &AgreementResults| {
        let Some(agreement) = &one.agreement else { return hidden_cell() };
        let all = &agreement.all_answers;
        let value = all.raw.estimate().ok_or(Reason::NotEstimable);
        let text = value_and_interval(value, all.raw_interval, &|share| style.percent(share), style);
        ForestCell { n: style.count(all.records), text, mark: mark(value, all.raw_interval) }
    };
    let title = style.says(["Enighed, %", "Agreement, %"]);
    let cells: Vec<ForestCell> = results.agreement.iter().map(cell).collect();
    panel(title, per_cent(lowest(&cells)), cells, protocol)
}

fn coefficient_panel(title: &str, chosen: Chosen, results: &Results, protocol: &Protocol) -> Panel {
    let style = Style::from(protocol.report);
    let cell = |one: &AgreementResults| {
        let Some(agreement) = &one.agreement else { return hidden_cell() };
        let Coefficient { value, interval, .. } = *chosen(agreement);
        let text = coefficient_text(value, interval, style);
        ForestCell { n: style.count(agreement.all_answers.records), text, mark: mark(value, interval) }
    };
    let cells: Vec<ForestCell> = results.agreement.iter().map(cell).collect();
    let title = if style.says([true, false]) { title.to_owned() } else { title.replacen("s ", "'s ", 1) };
    panel(&title, coefficient_axis(lowest(&cells), style), cells, protocol)
}

/// To 1 from the last fifth below everything shown, or from −1 where anything lies below 0.
fn coefficient_axis(lowest: f64, style: Style) -> Axis {
    let (first, step, steps) = if lowest < 0.0 { (0, 0.5, 4) } else { (fifths_below(lowest), 0.2, 5) };
    let start = if lowest < 0.0 { -1.0 } else { 0.0 };
    let tick = |place: u8| {
        let value = start + step * f64::from(place);
        (value, style.decimal(value, 1))
    };
    let ticks: Vec<(f64, String)> = (first..=steps).map(tick).collect();
    Axis { low: ticks.first().map_or(start, |(value, _)| *value), high: 1.0, ticks }
}

fn panel(title: &str, axis: Axis, cells: Vec<ForestCell>, protocol: &Protocol) -> Panel {
    Panel {
        title: title.to_owned(),
        n_header: "n".to_owned(),
        text_header: estimate_header(protocol),
        axis,
        cells,
    }
}
