//! A figure as values: what is shown in it, not where. Drawing it is for `io`.

/// A finished figure: every text is the text that is shown, every number has its small cells taken out.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// A short name that files can bear: `accuracy`.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// What is drawn.
    pub picture: Picture,
    /// What a reader must know, below it.
    pub notes: Vec<String>,
    /// The line of every page.
    pub page_line: String,
}

impl Figure {
    /// Whether there is anything to see: boxes, or an estimate that has a place on its scale. Signs alone are no picture.
    pub(super) fn is_drawn(&self) -> bool {
        match &self.picture {
            Picture::Forest(forest) => {
                forest.panels.iter().flat_map(|panel| &panel.cells).any(|cell| cell.mark.is_some())
            }
            Picture::Flow(_) => true,
        }
    }
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// Estimates with their intervals, side by side.
    Forest(Forest),
    /// From the register to the tables.
    Flow(FlowDiagram),
}

/// Rows of estimates, the same rows in each panel.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// What the rows are.
    pub header: String,
    /// The rows, from the top.
    pub rows: Vec<ForestRow>,
    /// One for each measure.
    pub panels: Vec<Panel>,
}

/// A row of a forest plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForestRow {
    /// Its name.
    pub label: String,
    /// Whether it is the whole that the other rows are parts of.
    pub is_whole: bool,
}

/// One measure of all rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The measure with its unit.
    pub title: String,
    /// The header of the column of counts.
    pub n_header: String,
    /// The header of the column of estimates with their intervals.
    pub text_header: String,
    /// The scale.
    pub axis: Axis,
    /// One for each row of the forest.
    pub cells: Vec<ForestCell>,
}

/// What a panel shows of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestCell {
    /// Records in the denominator, or the sign of a hidden number.
    pub n: String,
    /// The estimate and its interval as they are printed.
    pub text: String,
    /// Where they lie; `None` where there is no estimate to show.
    pub mark: Option<Mark>,
}

/// An estimate on an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The point estimate.
    pub value: f64,
    /// The limits, where there are any.
    pub limits: Option<[f64; 2]>,
}

/// A scale from its lowest to its highest value.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// Places with their texts, in order.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// Where a value lies, from 0 at the lowest to 1 at the highest; beyond them, at the end.
    pub fn place(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// Boxes from above to below, with what leaves the way between them; and at the end a table of the indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowDiagram {
    /// The boxes.
    pub steps: Vec<FlowStep>,
    /// Where the courses that were read end, for each indicator.
    pub ends: FlowEnds,
}

/// A box, and what leaves the way below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowStep {
    /// Its lines.
    pub lines: Vec<String>,
    /// The lines of the box beside the way to the next; empty where nothing leaves.
    pub leaving: Vec<String>,
}

/// A table of the indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowEnds {
    /// The headers: the indicator, what is outside its table and why, then counts.
    pub headers: Vec<String>,
    /// A row for each indicator, as long as there are headers.
    pub rows: Vec<Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_beyond_a_scale_lie_at_its_ends() {
        let axis = Axis { low: -1.0, high: 1.0, ticks: Vec::new() };
        assert_eq!([-3.0, -1.0, 0.0, 0.5, 7.0].map(|value| axis.place(value)), [0.0, 0.0, 0.5, 0.75, 1.0]);
    }
}
