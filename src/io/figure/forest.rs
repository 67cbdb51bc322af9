//! A forest plot: the labels at the left, two panels beside them, and the next two below.

use super::drawing::{Anchor, Area, Point};
use super::sheet::{BAND, BLACK, BODY, DARK, HEADER, LEFT, PALE, RIGHT, SMALL, Sheet};
use crate::report::{Forest, ForestCell, ForestRow, Mark, Panel};

/// Panels side by side.
const ABREAST: usize = 2;
/// Labels wider than this are broken.
const WIDEST_LABEL: f64 = 112.0;
/// So are estimates in words; `100,00 (99,25–100,00)` fits on a line.
const WIDEST_TEXT: f64 = 76.0;
/// Between columns.
const GAP: f64 = 7.0;
/// Texts keep so far from the ends of the bands.
const EDGE: f64 = 4.0;
const FIRST: f64 = LEFT + EDGE;
const LAST: f64 = RIGHT - EDGE;
/// Between panels that are below each other.
const BETWEEN: f64 = 10.0;
/// Above and below the lines of a row.
const PADDING: f64 = 1.6;
/// Half a square, half a cap and half the height of a diamond.
const SQUARE: f64 = 1.8;
const CAP: f64 = 1.8;
const DIAMOND: f64 = 3.4;
/// So far does a scale lie within its column, so that marks at its ends stay within.
const INSET: f64 = 5.0;

/// The columns of one panel.
#[derive(Clone, Copy)]
struct Columns {
    plot: [f64; 2],
    /// Where numbers end.
    n: f64,
    /// Where estimates begin, and how wide they may be.
    text: f64,
    text_width: f64,
}

impl Columns {
    fn place(&self, panel: &Panel, value: f64) -> f64 {
        let [left, right] = self.plot;
        left + INSET + panel.axis.place(value) * (right - left - 2.0 * INSET)
    }
}

pub(super) fn draw(forest: &Forest, sheet: &mut Sheet) {
    let labels = forest.rows.iter().map(|row| row.label.as_str()).chain([forest.header.as_str()]);
    let label_width = HEADER.widest(labels).min(WIDEST_LABEL);
    for panels in forest.panels.chunks(ABREAST) {
        draw_abreast(forest, panels, label_width, sheet);
        sheet.y += BETWEEN;
    }
    sheet.y -= BETWEEN;
}

fn draw_abreast(forest: &Forest, panels: &[Panel], label_width: f64, sheet: &mut Sheet) {
    let columns: Vec<(&Panel, Columns)> = panels
        .iter()
        .enumerate()
        .map(|(place, panel)| (panel, columns(forest, place, FIRST + label_width)))
        .collect();
    draw_headers(forest, &columns, sheet);
    let top = sheet.y;
    let heights: Vec<f64> =
        (0..forest.rows.len()).map(|row| height(forest, row, &columns, label_width)).collect();
    let bottom = top + heights.iter().sum::<f64>();
    draw_bands(&forest.rows, &heights, sheet);
    columns.iter().for_each(|(panel, columns)| draw_scale(forest, panel, columns, [top, bottom], sheet));
    for (place, row) in forest.rows.iter().enumerate() {
        draw_row(row, place, &columns, (label_width, heights[place]), sheet);
        sheet.y += heights[place];
    }
    sheet.y += 4.0 + SMALL.leading();
}

/// The plot takes what labels, numbers and estimates leave; all plots are as wide, so that equal scales are of equal length.
fn columns(forest: &Forest, place: usize, labels_end: f64) -> Columns {
    let whole = (LAST - labels_end) / ABREAST as f64;
    let left = labels_end + whole * place as f64 + GAP;
    let right = left + whole - GAP;
    let cells = || forest.panels.iter().flat_map(|panel| &panel.cells);
    let headers = forest.panels.iter().map(|panel| panel.text_header.as_str());
    let texts = cells().map(|cell| cell.text.as_str());
    let text_width = BODY.widest(texts).min(WIDEST_TEXT).max(HEADER.widest(headers));
    let numbers = cells().map(|cell| cell.n.as_str());
    let headers = forest.panels.iter().map(|panel| panel.n_header.as_str());
    let n_width = HEADER.widest(numbers.chain(headers));
    let text = right - text_width;
    let n = text - GAP;
    Columns { plot: [left, n - n_width - GAP], n, text, text_width }
}

fn height(forest: &Forest, row: usize, columns: &[(&Panel, Columns)], label_width: f64) -> f64 {
    let label = HEADER.lines(&forest.rows[row].label, label_width).len();
    let texts = columns.iter().map(|(panel, columns)| text_lines(&panel.cells[row], columns).len());
    texts.fold(label, usize::max) as f64 * BODY.leading() + 2.0 * PADDING
}

fn text_lines(cell: &ForestCell, columns: &Columns) -> Vec<String> {
    BODY.lines(&cell.text, columns.text_width)
}

fn draw_headers(forest: &Forest, columns: &[(&Panel, Columns)], sheet: &mut Sheet) {
    let title_lines = |(panel, columns): &(&Panel, Columns)| {
        HEADER.lines(&panel.title, columns.n - columns.plot[0] - HEADER.width(&panel.n_header) - GAP)
    };
    let lines = columns.iter().map(|one| title_lines(one).len()).fold(1, usize::max) as f64;
    let last = sheet.y + (lines - 1.0) * HEADER.leading();
    let one = |text: &str| [text.to_owned()];
    sheet.block(&one(&forest.header), FIRST, Anchor::Start, HEADER, last);
    for pair in columns {
        let (panel, columns) = pair;
        let title = title_lines(pair);
        let top = last - (title.len() as f64 - 1.0) * HEADER.leading();
        sheet.block(&title, columns.plot[0], Anchor::Start, HEADER, top);
        sheet.block(&one(&panel.n_header), columns.n, Anchor::End, HEADER, last);
        sheet.block(&one(&panel.text_header), columns.text, Anchor::Start, HEADER, last);
    }
    sheet.y = last + HEADER.leading() + 1.5;
    sheet.rule(LEFT, RIGHT, sheet.y, 0.6, BLACK);
    sheet.y += 1.0;
}

/// Every second row is pale, and the whole is set apart from its parts.
fn draw_bands(rows: &[ForestRow], heights: &[f64], sheet: &mut Sheet) {
    let mut top = sheet.y;
    for (place, (row, height)) in rows.iter().zip(heights).enumerate() {
        if row.is_whole {
            sheet.rule(LEFT, RIGHT, top, 0.4, BLACK);
        } else if place % 2 == 1 {
            let area = Area { left: LEFT, top, right: RIGHT, bottom: top + height };
            sheet.filled(area.corners(), BAND);
        }
        top += height;
    }
}

fn draw_scale(forest: &Forest, panel: &Panel, columns: &Columns, [top, bottom]: [f64; 2], sheet: &mut Sheet) {
    for (value, text) in &panel.axis.ticks {
        let x = columns.place(panel, *value);
        sheet.upright(x, [top, bottom], 0.4, PALE, false);
        sheet.upright(x, [bottom, bottom + 2.5], 0.6, BLACK, false);
        sheet.block(std::slice::from_ref(text), x, Anchor::Middle, SMALL, bottom + 3.0);
    }
    let [low, high] = [panel.axis.low, panel.axis.high].map(|value| columns.place(panel, value));
    sheet.rule(low, high, bottom, 0.6, BLACK);
    let whole = forest.rows.iter().zip(&panel.cells).find(|(row, _)| row.is_whole);
    if let Some(mark) = whole.and_then(|(_, cell)| cell.mark) {
        sheet.upright(columns.place(panel, mark.value), [top, bottom], 0.6, DARK, true);
    }
}

fn draw_row(
    row: &ForestRow,
    place: usize,
    columns: &[(&Panel, Columns)],
    (label_width, height): (f64, f64),
    sheet: &mut Sheet,
) {
    let letters = if row.is_whole { HEADER } else { BODY };
    let middle = sheet.y + height / 2.0;
    let top = |lines: &[String]| middle - lines.len() as f64 * BODY.leading() / 2.0;
    let label = HEADER.lines(&row.label, label_width);
    sheet.block(&label, FIRST, Anchor::Start, letters, top(&label));
    for (panel, columns) in columns {
        let cell = &panel.cells[place];
        let (n, text) = ([cell.n.clone()], text_lines(cell, columns));
        sheet.block(&n, columns.n, Anchor::End, BODY, top(&n));
        sheet.block(&text, columns.text, Anchor::Start, BODY, top(&text));
        if let Some(mark) = cell.mark {
            draw_mark(mark, row.is_whole, (panel, columns), middle, sheet);
        }
    }
}

/// A square with its interval; for the whole a diamond as wide as the interval.
fn draw_mark(mark: Mark, is_whole: bool, (panel, columns): (&Panel, &Columns), y: f64, sheet: &mut Sheet) {
    let x = columns.place(panel, mark.value);
    let limits = mark.limits.map(|limits| limits.map(|limit| columns.place(panel, limit)));
    if is_whole {
        let [left, right] = limits.unwrap_or([x - DIAMOND / 2.0, x + DIAMOND / 2.0]);
        let corners = [(left, y), (x, y - DIAMOND), (right, y), (x, y + DIAMOND)];
        sheet.filled(corners.map(|(x, y)| Point { x, y }).to_vec(), BLACK);
        return;
    }
    if let Some([left, right]) = limits {
        sheet.rule(left, right, y, 0.8, BLACK);
        for (end, limit) in [left, right].into_iter().zip(mark.limits.into_iter().flatten()) {
            // A line that goes on beyond the scale has no end there.
            if (panel.axis.low..=panel.axis.high).contains(&limit) {
                sheet.upright(end, [y - CAP, y + CAP], 0.8, BLACK, false);
            }
        }
    }
    let area = Area { left: x - SQUARE, top: y - SQUARE, right: x + SQUARE, bottom: y + SQUARE };
    sheet.filled(area.corners(), BLACK);
}
