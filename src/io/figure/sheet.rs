//! The sheet that a figure is drawn on: as wide as the text of an A4 page, as high as what is on it.

use super::drawing::{Anchor, Area, Drawing, Point, Shape, Text};
use super::letters::{ABOVE, Type};

/// 180 mm, in points: the width of two columns of a journal, and of A4 between its margins.
pub(super) const WIDTH: f64 = 180.0 * 72.0 / 25.4;
const MARGIN: f64 = 6.0;
/// From where things are drawn.
pub(super) const LEFT: f64 = MARGIN;
/// To where things are drawn.
pub(super) const RIGHT: f64 = WIDTH - MARGIN;

const TITLE: Type = Type::bold(9.0);
/// Words and numbers.
pub(super) const BODY: Type = Type::regular(7.0);
/// Headers.
pub(super) const HEADER: Type = Type::bold(7.0);
/// Notes, scales and the line of every page.
pub(super) const SMALL: Type = Type::regular(6.0);

/// Black, and the greys of what stands behind.
pub(super) const BLACK: u8 = 0;
pub(super) const DARK: u8 = 90;
pub(super) const PALE: u8 = 205;
pub(super) const BAND: u8 = 243;

/// A drawing that grows downwards.
pub(super) struct Sheet {
    /// Where the next thing may begin.
    pub(super) y: f64,
    shapes: Vec<Shape>,
}

impl Sheet {
    pub(super) fn titled(title: &str) -> Self {
        let mut sheet = Sheet { y: MARGIN, shapes: Vec::new() };
        sheet.paragraph(title, TITLE);
        sheet.y += 6.0;
        sheet
    }

    /// Notes and the line of every page; the finished drawing.
    pub(super) fn finish(mut self, notes: &[String], page_line: &str) -> Drawing {
        self.y += 6.0;
        for note in notes {
            self.paragraph(note, SMALL);
        }
        self.y += 2.0;
        self.rule(LEFT, RIGHT, self.y, 0.4, BLACK);
        self.y += 2.0;
        self.paragraph(page_line, SMALL);
        Drawing { width: WIDTH, height: (self.y + MARGIN).ceil(), shapes: self.shapes }
    }

    /// Lines over the whole width.
    fn paragraph(&mut self, text: &str, letters: Type) {
        let lines = letters.lines(text, RIGHT - LEFT);
        self.block(&lines, LEFT, Anchor::Start, letters, self.y);
        self.y += lines.len() as f64 * letters.leading();
    }

    /// Lines below each other, the first at `top`.
    pub(super) fn block(&mut self, lines: &[String], x: f64, anchor: Anchor, letters: Type, top: f64) {
        for (place, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            // The leading is spread above and below.
            let y = top + letters.leading() * place as f64 + (ABOVE + 0.025) * letters.size;
            self.shapes.push(Shape::Text(Text { text: line.clone(), at: Point { x, y }, anchor, letters }));
        }
    }

    /// A line from left to right.
    pub(super) fn rule(&mut self, left: f64, right: f64, y: f64, width: f64, grey: u8) {
        let [from, to] = [left, right].map(|x| Point { x, y });
        self.shapes.push(Shape::Line { from, to, width, grey, dashed: false });
    }

    /// A line from above to below.
    pub(super) fn upright(&mut self, x: f64, [top, bottom]: [f64; 2], width: f64, grey: u8, dashed: bool) {
        let [from, to] = [top, bottom].map(|y| Point { x, y });
        self.shapes.push(Shape::Line { from, to, width, grey, dashed });
    }

    /// A filled area.
    pub(super) fn filled(&mut self, corners: Vec<Point>, grey: u8) {
        self.shapes.push(Shape::Polygon { corners, fill: Some(grey), outline: None });
    }

    /// A box.
    pub(super) fn outlined(&mut self, area: Area) {
        self.shapes.push(Shape::Polygon { corners: area.corners(), fill: None, outline: Some(0.8) });
    }
}
