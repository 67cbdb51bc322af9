//! Rows of marks: one row a scenario, one mark a method, panels side by side.

use crate::panel::{Axis, Panel, legend_row};
use crate::svg::{Anchor, STYLES, Svg};

const ROW: f64 = 17.0;
const LABELS: f64 = 250.0;
const TOP: f64 = 60.0;

/// A figure of rows.
pub(crate) struct DotPlot<'a> {
    pub(crate) title: &'a str,
    pub(crate) series: Vec<&'a str>,
    /// The names of the rows; an empty one leaves a gap.
    pub(crate) rows: Vec<String>,
    pub(crate) panels: Vec<DotPanel>,
}

/// One of the panels.
pub(crate) struct DotPanel {
    pub(crate) title: String,
    pub(crate) x: Axis,
    pub(crate) x_title: &'static str,
    /// Where the nominal value is.
    pub(crate) line: f64,
    /// For each row, the value of each series.
    pub(crate) values: Vec<Vec<Option<f64>>>,
}

impl DotPlot<'_> {
    /// The figure as SVG.
    pub(crate) fn draw(&self) -> String {
        let height = ROW * self.rows.len() as f64;
        let gap = 24.0;
        let room = 1000.0 - LABELS - 20.0;
        let width = room / self.panels.len() as f64 - gap;
        let mut svg = Svg::new(1000.0, TOP + height + 48.0);
        legend_row(&mut svg, [LABELS, 18.0], &self.series);
        for (row, name) in self.rows.iter().enumerate() {
            svg.text([LABELS - 10.0, TOP + ROW * (row as f64 + 0.5) + 4.0], Anchor::End, 11, name);
        }
        for (place, panel) in self.panels.iter().enumerate() {
            let frame = Panel {
                left: LABELS + place as f64 * (width + gap),
                top: TOP,
                width,
                height,
                x: panel.x.clone(),
                y: Axis { from: self.rows.len() as f64, to: 0.0, is_log: false, ticks: self.lines() },
            };
            frame.draw(&mut svg, &panel.title);
            frame.upright(&mut svg, panel.line);
            let below = [frame.left + width / 2.0, TOP + height + 36.0];
            svg.text(below, Anchor::Middle, 13, panel.x_title);
            marks(&mut svg, &frame, panel);
        }
        svg.finish(self.title)
    }

    /// A thin line under every row.
    fn lines(&self) -> Vec<(f64, String)> {
        let is_row = |row: &usize| !self.rows[*row].is_empty();
        (0..self.rows.len()).filter(is_row).map(|row| (row as f64 + 0.5, String::new())).collect()
    }
}

fn marks(svg: &mut Svg, frame: &Panel, panel: &DotPanel) {
    for (row, values) in panel.values.iter().enumerate() {
        let mut beyond = [0.0; 2];
        for (value, style) in values.iter().zip(STYLES).rev() {
            let Some(value) = value else { continue };
            let [x, y] = frame.at(*value, row as f64 + 0.5);
            let (side, anchor, sign) =
                if *value < panel.x.from { (0, Anchor::Start, 1.0) } else { (1, Anchor::End, -1.0) };
            if (panel.x.from..=panel.x.to).contains(value) {
                svg.mark([x, y], style);
                continue;
            }
            // Beyond the axis: side by side at its end, each with its number.
            let x = x + sign * beyond[side];
            svg.mark([x, y], style);
            svg.text([x + 6.0 * sign, y + 3.5], anchor, 9, &format!("{value:.2}"));
            beyond[side] += 36.0;
        }
    }
}
