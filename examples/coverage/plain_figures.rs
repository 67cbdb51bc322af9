//! The figures of plain intervals.

use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod};

use crate::panel::{Axis, Panel, legend, series};
use crate::plain::PlainIntervals;
use crate::plain_tables::{SIZES, grid};
use crate::records::Records;
use crate::svg::{Anchor, STYLES, Style, Svg};

/// n of the first figure.
const SHOWN: u64 = 50;

/// Coverage against the truth, one panel a method.
pub(crate) fn coverage() -> String {
    let mut svg = Svg::new(900.0, 700.0);
    for (place, method) in IntervalMethod::ALL.into_iter().enumerate() {
        let (column, row) = ((place % 3) as f64, (place / 3) as f64);
        let panel = Panel {
            left: 62.0 + column * 290.0,
            top: 30.0 + row * 218.0,
            width: 242.0,
            height: 165.0,
            x: Axis::linear(0.5, 1.0, &[0.5, 0.6, 0.7, 0.8, 0.9, 1.0], 1),
            y: Axis::linear(0.86, 1.0, &[0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98, 1.0], 2),
        };
        panel.draw(&mut svg, method.title());
        panel.across(&mut svg, 0.95);
        let intervals = PlainIntervals::new(method, SHOWN, ConfidenceLevel::NINETY_FIVE);
        let places: Vec<[f64; 2]> = grid(0.5, 0.999).map(|p| panel.at(p, intervals.at(p).coverage)).collect();
        svg.path(&places, Style { dash: "", ..STYLES[0] }, 1.0);
    }
    svg.text([472.0, 685.0], Anchor::Middle, 13, "true proportion");
    svg.upward([16.0, 330.0], 13, "coverage");
    svg.finish("Exact coverage of nine 95 % intervals for x of 50, against the true proportion")
}

/// The least coverage and the width by n.
pub(crate) fn least_and_width(summary: &Records) -> String {
    let mut svg = Svg::new(1000.0, 440.0);
    let ticks = [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
    let x = Axis {
        from: 8.5,
        to: 1180.0,
        is_log: true,
        ticks: ticks.iter().map(|tick| (*tick, format!("{tick}"))).collect(),
    };
    let panel = |left: f64, y: Axis| Panel { left, top: 30.0, width: 335.0, height: 350.0, x: x.clone(), y };
    let least = panel(52.0, Axis::linear(0.7, 1.0, &[0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0], 2));
    let width =
        panel(442.0, Axis::linear(0.75, 1.15, &[0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15], 2));
    least.draw(&mut svg, "least coverage, p from 0.80 to 0.99");
    least.across(&mut svg, 0.95);
    width.draw(&mut svg, "mean width relative to Clopper–Pearson");
    for (method, style) in IntervalMethod::ALL.into_iter().zip(STYLES) {
        let of = |method: IntervalMethod, column: &str| {
            let value = |n: u64| {
                let n = n.to_string();
                let wanted = [("method", method.name()), ("n", &n), ("level", "0.95"), ("from", "0.8")];
                summary.number(&wanted, column)
            };
            SIZES.map(value)
        };
        let points = |values: [Option<f64>; 9]| -> Vec<[f64; 2]> {
            SIZES.into_iter().zip(values).filter_map(|(n, value)| Some([n as f64, value?])).collect()
        };
        series(&mut svg, &least, &points(of(method, "least_coverage")), style);
        let exact = of(IntervalMethod::ClopperPearson, "mean_width");
        let own = of(method, "mean_width");
        let ratio = std::array::from_fn(|place| Some(own[place]? / exact[place]?));
        series(&mut svg, &width, &points(ratio), style);
    }
    let titles = IntervalMethod::ALL.map(|method| match method {
        IntervalMethod::WilsonCc => "Wilson, corrected",
        other => other.title(),
    });
    legend(&mut svg, [795.0, 60.0], &titles, true);
    for left in [220.0, 610.0] {
        svg.text([left, 420.0], Anchor::Middle, 13, "n");
    }
    svg.finish("Least coverage and mean width of nine 95 % intervals by number of records")
}
