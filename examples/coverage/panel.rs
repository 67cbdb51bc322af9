//! A frame with axes, and points in it.

use crate::svg::{Anchor, STYLES, Style, Svg};

/// One axis: what it reaches over, and where it is marked.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) is_log: bool,
    pub(crate) ticks: Vec<(f64, String)>,
}

impl Axis {
    pub(crate) fn linear(from: f64, to: f64, ticks: &[f64], decimals: usize) -> Self {
        let ticks = ticks.iter().map(|tick| (*tick, format!("{tick:.decimals$}"))).collect();
        Axis { from, to, is_log: false, ticks }
    }

    /// From 0 to 1 along the axis; what lies beyond it is put at its end.
    fn place(&self, value: f64) -> f64 {
        let share = |value: f64, from: f64, to: f64| ((value - from) / (to - from)).clamp(0.0, 1.0);
        match self.is_log {
            true => share(value.ln(), self.from.ln(), self.to.ln()),
            false => share(value, self.from, self.to),
        }
    }
}

/// A frame on the page.
pub(crate) struct Panel {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
}

const GRID: &str = "#d9d9d9";
const FRAME: &str = "#555555";

impl Panel {
    pub(crate) fn at(&self, x: f64, y: f64) -> [f64; 2] {
        [self.left + self.x.place(x) * self.width, self.top + (1.0 - self.y.place(y)) * self.height]
    }

    /// Frame, grid, numbers and title.
    pub(crate) fn draw(&self, svg: &mut Svg, title: &str) {
        let (right, bottom) = (self.left + self.width, self.top + self.height);
        for (tick, label) in &self.x.ticks {
            let [x, _] = self.at(*tick, self.y.from);
            svg.line([x, self.top], [x, bottom], GRID, "");
            svg.text([x, bottom + 14.0], Anchor::Middle, 11, label);
        }
        for (tick, label) in &self.y.ticks {
            let [_, y] = self.at(self.x.from, *tick);
            svg.line([self.left, y], [right, y], GRID, "");
            svg.text([self.left - 5.0, y + 4.0], Anchor::End, 11, label);
        }
        let corners = [[self.left, self.top], [right, self.top], [right, bottom], [self.left, bottom]];
        for (place, corner) in corners.iter().enumerate() {
            svg.line(*corner, corners[(place + 1) % 4], FRAME, "");
        }
        svg.text([self.left, self.top - 6.0], Anchor::Start, 12, title);
    }

    /// A horizontal line across, the nominal level.
    pub(crate) fn across(&self, svg: &mut Svg, y: f64) {
        svg.line(self.at(self.x.from, y), self.at(self.x.to, y), FRAME, "4 3");
    }

    /// A vertical line, the nominal level.
    pub(crate) fn upright(&self, svg: &mut Svg, x: f64) {
        svg.line(self.at(x, self.y.from), self.at(x, self.y.to), "#000000", "4 3");
    }
}

/// Marks with their names, one line each from a point downwards.
pub(crate) fn legend(svg: &mut Svg, [left, top]: [f64; 2], names: &[&str], has_lines: bool) {
    for (place, name) in names.iter().enumerate() {
        let y = top + 20.0 * place as f64;
        let style = STYLES[place];
        if has_lines {
            svg.path(&[[left, y], [left + 34.0, y]], style, 1.5);
        }
        svg.mark([left + 17.0, y], style);
        svg.text([left + 42.0, y + 4.0], Anchor::Start, 12, name);
    }
}

/// Marks with their names side by side.
pub(crate) fn legend_row(svg: &mut Svg, [mut left, top]: [f64; 2], names: &[&str]) {
    for (name, style) in names.iter().zip(STYLES) {
        svg.mark([left, top], style);
        svg.text([left + 10.0, top + 4.0], Anchor::Start, 12, name);
        left += 36.0 + 6.6 * name.chars().count() as f64;
    }
}

/// A line with a mark at each point.
pub(crate) fn series(svg: &mut Svg, panel: &Panel, points: &[[f64; 2]], style: Style) {
    let places: Vec<[f64; 2]> = points.iter().map(|[x, y]| panel.at(*x, *y)).collect();
    svg.path(&places, style, 1.5);
    places.iter().for_each(|place| svg.mark(*place, style));
}
