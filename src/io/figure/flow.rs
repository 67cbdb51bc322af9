//! A flow diagram: boxes below each other, what leaves beside the way between them, and the table of the indicators.

use super::drawing::{Anchor, Area, Point};
use super::sheet::{BLACK, BODY, HEADER, LEFT, RIGHT, Sheet};
use crate::report::{FlowDiagram, FlowEnds, FlowStep};

/// The boxes of the way, and those beside it.
const WAY: [f64; 2] = [LEFT + 40.0, LEFT + 220.0];
const BESIDE: [f64; 2] = [LEFT + 250.0, RIGHT - 20.0];
/// Around the lines of a box.
const PADDING: f64 = 5.0;
/// The way between two boxes with nothing beside it.
const WAY_DOWN: f64 = 14.0;
/// Above and below a box beside the way.
const CLEARANCE: f64 = 7.0;
const ARROW: f64 = 4.0;
/// Between the columns of the table.
const GAP: f64 = 7.0;
/// The widest that the first column of the table may be.
const WIDEST_NAME: f64 = 130.0;
/// The width of a column of counts: `Register yes,` fits on a line.
const COUNT: f64 = 47.0;

pub(super) fn draw(diagram: &FlowDiagram, sheet: &mut Sheet) {
    diagram.steps.iter().for_each(|step| draw_step(step, sheet));
    draw_ends(&diagram.ends, sheet);
}

/// Lines broken to fit into a box.
fn fitted(lines: &[String], [left, right]: [f64; 2]) -> Vec<String> {
    lines.iter().flat_map(|line| BODY.lines(line, right - left - 2.0 * PADDING)).collect()
}

fn box_height(lines: &[String]) -> f64 {
    lines.len() as f64 * BODY.leading() + 2.0 * PADDING
}

fn draw_step(step: &FlowStep, sheet: &mut Sheet) {
    let middle = (WAY[0] + WAY[1]) / 2.0;
    let lines = fitted(&step.lines, WAY);
    let bottom = sheet.y + box_height(&lines);
    sheet.outlined(Area { left: WAY[0], top: sheet.y, right: WAY[1], bottom });
    sheet.block(&lines, middle, Anchor::Middle, BODY, sheet.y + PADDING);
    let leaving = fitted(&step.leaving, BESIDE);
    let way = if step.leaving.is_empty() { WAY_DOWN } else { box_height(&leaving) + 2.0 * CLEARANCE };
    sheet.y = bottom + way;
    sheet.upright(middle, [bottom, sheet.y - ARROW], 0.8, BLACK, false);
    sheet.filled(arrow_down(middle, sheet.y), BLACK);
    if !step.leaving.is_empty() {
        draw_leaving(&leaving, [bottom + CLEARANCE, sheet.y - CLEARANCE], middle, sheet);
    }
}

fn draw_leaving(lines: &[String], [top, bottom]: [f64; 2], from: f64, sheet: &mut Sheet) {
    let y = (top + bottom) / 2.0;
    sheet.outlined(Area { left: BESIDE[0], top, right: BESIDE[1], bottom });
    sheet.block(lines, BESIDE[0] + PADDING, Anchor::Start, BODY, top + PADDING);
    sheet.rule(from, BESIDE[0] - ARROW, y, 0.8, BLACK);
    let corners =
        [(BESIDE[0], y), (BESIDE[0] - ARROW, y - ARROW / 2.0), (BESIDE[0] - ARROW, y + ARROW / 2.0)];
    sheet.filled(corners.map(|(x, y)| Point { x, y }).to_vec(), BLACK);
}

fn arrow_down(x: f64, y: f64) -> Vec<Point> {
    [(x, y), (x - ARROW / 2.0, y - ARROW), (x + ARROW / 2.0, y - ARROW)].map(|(x, y)| Point { x, y }).to_vec()
}

/// A column of the table: its left and its right end, and how it is set.
type Column = (f64, f64, Anchor);

fn draw_ends(ends: &FlowEnds, sheet: &mut Sheet) {
    let columns = columns(ends);
    sheet.rule(LEFT, RIGHT, sheet.y, 0.8, BLACK);
    draw_row(&ends.headers, &columns, true, sheet);
    sheet.rule(LEFT, RIGHT, sheet.y, 0.6, BLACK);
    for row in &ends.rows {
        draw_row(row, &columns, false, sheet);
    }
    sheet.rule(LEFT, RIGHT, sheet.y, 0.8, BLACK);
}

/// Names and counts as wide as they are, and the reasons what they leave.
fn columns(ends: &FlowEnds) -> Vec<Column> {
    let counts = ends.headers.len().saturating_sub(2) as f64;
    let names = ends.rows.iter().chain([&ends.headers]).filter_map(|row| row.first());
    let name = HEADER.widest(names.map(String::as_str)).min(WIDEST_NAME);
    let first_count = RIGHT - counts * (COUNT + GAP) + GAP;
    let mut columns =
        vec![(LEFT, LEFT + name, Anchor::Start), (LEFT + name + GAP, first_count - GAP, Anchor::Start)];
    columns.extend((0..ends.headers.len().saturating_sub(2)).map(|place| {
        let left = first_count + place as f64 * (COUNT + GAP);
        (left, left + COUNT, Anchor::End)
    }));
    columns
}

fn draw_row(cells: &[String], columns: &[Column], is_header: bool, sheet: &mut Sheet) {
    let letters = if is_header { HEADER } else { BODY };
    let cells = cells.iter().zip(columns);
    let cells: Vec<(Vec<String>, &Column)> =
        cells.map(|(cell, column)| (letters.lines(cell, column.1 - column.0), column)).collect();
    let lines = cells.iter().map(|(lines, _)| lines.len()).fold(1, usize::max) as f64;
    for (lines_of_cell, (left, right, anchor)) in &cells {
        let x = if *anchor == Anchor::End { *right } else { *left };
        // Headers stand on the line below them.
        let above = if is_header { lines - lines_of_cell.len() as f64 } else { 0.0 };
        sheet.block(lines_of_cell, x, *anchor, letters, sheet.y + 1.5 + above * letters.leading());
    }
    sheet.y += lines * letters.leading() + 3.0;
}
