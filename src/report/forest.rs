//! Forest plots: the measures of all indicators, and of each indicator in the parts of a grouping.

use super::accuracy_notes::coarse_note;
use super::descriptive::{mark_note, part_label};
use super::figure::{Axis, Figure, Forest, ForestCell, ForestRow, Mark, Panel, Picture};
use super::flow_figure::capital;
use super::result_tables::{
    HIDDEN, INDICATOR, MAIN, grouping_word, hidden_legend, hidden_part_legend, whole,
};
use super::two_by_two::{CI, share_label};
use super::wording::NOT_ESTIMABLE;
use super::{IndicatorResults, Results, Style, page_line, weighted_text};
use crate::accuracy::Assessed;
use crate::protocol::{Grouping, Protocol};
use crate::stats::{ConfidenceInterval, Measure, Reason};

/// The four measures of every indicator in the whole study; `None` where no indicator has an estimate to mark.
pub(super) fn accuracy_forest(results: &Results, protocol: &Protocol) -> Option<Figure> {
    let style = Style::from(protocol.report);
    let shown: Vec<&IndicatorResults> =
        results.indicators.iter().filter(|one| one.not_assessable.is_none()).collect();
    let row = |one: &&IndicatorResults| ForestRow { label: style.of(&one.name).to_owned(), is_whole: false };
    let panels = MAIN.map(|measure| {
        let cells = shown.iter().map(|one| cell(whole(one), measure, style)).collect();
        panel(measure, cells, protocol)
    });
    let name = &results.head.register_name;
    let forest = Forest {
        header: capital(style.says(INDICATOR)),
        rows: shown.iter().map(row).collect(),
        panels: on_one_scale(panels.to_vec()),
    };
    let title = style.says([
        format!("Nøjagtigheden af {name}, vægtet efter designet"),
        format!("Accuracy of {name}, weighted by the design"),
    ]);
    let mut figure = figure("accuracy", title, forest, results, protocol);
    figure.notes.extend(results.indicators.iter().filter_map(|one| coarse_note(one, style)));
    let legend = hidden_legend(protocol.disclosure.min_cell_overall, style);
    figure.is_drawn().then(|| with_legend(figure, legend))
}

/// The four measures of one indicator in every part of a grouping, and in the whole study at the foot; `None` where no part has an
/// estimate to mark.
pub(super) fn group_forest(
    indicator: &IndicatorResults,
    grouping: Grouping,
    results: &Results,
    protocol: &Protocol,
) -> Option<Figure> {
    let style = Style::from(protocol.report);
    let parts = indicator.groups.iter().filter(|part| part.group.grouping() == grouping.name());
    let (mut rows, mut shown) = (Vec::new(), Vec::new());
    for part in parts {
        rows.push(ForestRow { label: part_label(part, protocol), is_whole: false });
        shown.push(part.assessed.as_deref());
    }
    let all = style.says(["Hele studiet", "Whole study"]).to_owned();
    rows.push(ForestRow { label: all, is_whole: true });
    shown.push(whole(indicator));
    let panels = MAIN.map(|measure| {
        let cells = shown.iter().map(|assessed| cell(*assessed, measure, style)).collect();
        panel(measure, cells, protocol)
    });
    let has_mark = |panel: &Panel| panel.cells.iter().rev().skip(1).any(|cell| cell.mark.is_some());
    let is_shown = panels.iter().any(has_mark);
    let word = grouping_word(grouping, protocol);
    let title = style.says([
        format!("{}: nøjagtighed efter {word}, vægtet efter designet", style.of(&indicator.name)),
        format!("{}: accuracy by {word}, weighted by the design", style.of(&indicator.name)),
    ]);
    let forest = Forest { header: capital(word), rows, panels: on_one_scale(panels.to_vec()) };
    let marked = mark_note(forest.rows.iter().map(|row| &row.label), protocol);
    let name = format!("by-{}-{}", grouping.name(), indicator.id);
    let mut figure = figure(&name, title, forest, results, protocol);
    figure.notes.push(
        style
            .says(["Rombe og stiplet linje: hele studiet.", "Diamond and dashed line: the whole study."])
            .to_owned(),
    );
    figure.notes.extend(marked);
    figure.notes.extend(coarse_note(indicator, style));
    let legend = hidden_part_legend(protocol.disclosure.min_cell, style);
    is_shown.then(|| with_legend(figure, legend))
}

/// The legend of hidden numbers, where there are any.
pub(super) fn with_legend(mut figure: Figure, legend: String) -> Figure {
    let Picture::Forest(forest) = &figure.picture else { return figure };
    if forest.panels.iter().flat_map(|panel| &panel.cells).any(|cell| cell.text == HIDDEN) {
        figure.notes.push(legend);
    }
    figure
}

fn figure(name: &str, title: String, forest: Forest, results: &Results, protocol: &Protocol) -> Figure {
    let style = Style::from(protocol.report);
    let level = style.written(&protocol.analysis.level);
    let note = style.says([
        format!("Firkant: estimat; streg: {level} konfidensinterval; n: journaler i nævneren."),
        format!("Square: estimate; line: {level} confidence interval; n: records in the denominator."),
    ]);
    Figure {
        name: name.to_owned(),
        title,
        picture: Picture::Forest(forest),
        notes: vec![note],
        page_line: page_line(results, protocol),
    }
}

fn panel(measure: Measure, cells: Vec<ForestCell>, protocol: &Protocol) -> Panel {
    let style = Style::from(protocol.report);
    Panel {
        title: share_label(measure, style),
        n_header: "n".to_owned(),
        text_header: estimate_header(protocol),
        axis: per_cent(lowest(&cells)),
        cells,
    }
}

/// `Estimate (95 % CI)`
pub(super) fn estimate_header(protocol: &Protocol) -> String {
    let style = Style::from(protocol.report);
    let level = style.written(&protocol.analysis.level);
    format!("{} ({level} {})", style.says(["Estimat", "Estimate"]), style.says(CI))
}

/// To 100 per cent from the last fifth below everything shown.
pub(super) fn per_cent(lowest: f64) -> Axis {
    let first = fifths_below(lowest);
    let ticks = (first..=5).map(|fifth| (f64::from(fifth) / 5.0, (20 * fifth).to_string()));
    Axis { low: f64::from(first) / 5.0, high: 1.0, ticks: ticks.collect() }
}

/// How many fifths of the way from 0 to 1 nothing lies on; a scale has two at least.
pub(super) fn fifths_below(lowest: f64) -> u8 {
    (0..=3).rev().find(|fifth| f64::from(*fifth) / 5.0 <= lowest).unwrap_or_default()
}

/// The lowest estimate or limit; 0 where there is none.
pub(super) fn lowest<'c>(cells: impl IntoIterator<Item = &'c ForestCell>) -> f64 {
    let lowest = |mark: Mark| mark.limits.map_or(mark.value, |[lower, _]| lower.min(mark.value));
    cells.into_iter().filter_map(|cell| cell.mark).map(lowest).reduce(f64::min).unwrap_or_default()
}

/// The same scale for all panels of a figure, so that they can be compared.
fn on_one_scale(mut panels: Vec<Panel>) -> Vec<Panel> {
    let axis = per_cent(lowest(panels.iter().flat_map(|panel| &panel.cells)));
    panels.iter_mut().for_each(|panel| panel.axis = axis.clone());
    panels
}

fn cell(assessed: Option<&Assessed>, measure: Measure, style: Style) -> ForestCell {
    let Some(assessed) = assessed else { return hidden_cell() };
    let Some(measured) = assessed.measures.iter().find(|one| one.measure == measure) else {
        let text = style.says(NOT_ESTIMABLE).to_owned();
        return ForestCell { n: String::new(), text, mark: None };
    };
    let weighted = &measured.weighted;
    ForestCell {
        n: style.count(weighted.domain),
        text: weighted_text(weighted, style),
        mark: mark(weighted.estimate, weighted.interval),
    }
}

/// A row of which nothing but its name is shown.
pub(super) fn hidden_cell() -> ForestCell {
    ForestCell { n: HIDDEN.to_owned(), text: HIDDEN.to_owned(), mark: None }
}

pub(super) fn mark(value: Result<f64, Reason>, interval: Result<ConfidenceInterval, Reason>) -> Option<Mark> {
    let limits = interval.ok().map(|interval| [interval.lower(), interval.upper()]);
    value.ok().filter(|value| value.is_finite()).map(|value| Mark { value, limits })
}
