//! What a figure is made of: texts, lines and shapes with their places, in points from the upper left corner.

use super::letters::Type;

/// A figure with the place of everything.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    /// What is further on lies above.
    pub(super) shapes: Vec<Shape>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Text(Text),
    Line {
        from: Point,
        to: Point,
        width: f64,
        grey: u8,
        dashed: bool,
    },
    /// A closed polygon; what has no outline is filled.
    Polygon {
        corners: Vec<Point>,
        fill: Option<u8>,
        outline: Option<f64>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// One line of text; `at` is on the line that its letters stand on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) at: Point,
    pub(super) anchor: Anchor,
    pub(super) letters: Type,
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A rectangle with sides along the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn corners(self) -> Vec<Point> {
        let Area { left, top, right, bottom } = self;
        [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| Point { x, y }).to_vec()
    }
}

#[cfg(test)]
impl Text {
    /// The place that its letters may take.
    pub(super) fn area(&self) -> Area {
        let width = self.letters.width(&self.text);
        let left = match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - width / 2.0,
            Anchor::End => self.at.x - width,
        };
        let Type { size, .. } = self.letters;
        Area {
            left,
            top: self.at.y - super::letters::ABOVE * size,
            right: left + width,
            bottom: self.at.y + super::letters::BELOW * size,
        }
    }
}
