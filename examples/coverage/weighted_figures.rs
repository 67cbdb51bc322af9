//! The figures of weighted intervals.

use crate::dot_plot::{DotPanel, DotPlot};
use crate::effective::CANDIDATES;
use crate::panel::{Axis, Panel, legend, series};
use crate::records::Records;
use crate::svg::{Anchor, STYLES, Svg};
use crate::truth::Truth;

const DESIGNS: [&str; 4] = ["proportional_300", "proportional_600", "equal_300", "difficult_153"];

/// A design and a truth, with a gap before each new design.
fn rows(designs: &[&'static str]) -> Vec<Option<(&'static str, String)>> {
    let mut rows = Vec::new();
    for (place, design) in designs.iter().copied().enumerate() {
        if place > 0 {
            rows.push(None);
        }
        rows.extend(Truth::ALL.map(|truth| Some((design, truth.name()))));
    }
    rows
}

fn labels(rows: &[Option<(&'static str, String)>]) -> Vec<String> {
    let words = |text: &str| text.replace('_', " ");
    rows.iter()
        .map(|row| row.as_ref().map_or(String::new(), |(design, truth)| words(&format!("{design}: {truth}"))))
        .collect()
}

/// For each row the column of each method.
fn values(
    records: &Records,
    rows: &[Option<(&'static str, String)>],
    (measure, prevalence): (&str, &str),
    methods: &[&str],
    column: &str,
) -> Vec<Vec<Option<f64>>> {
    let of_row = |row: &Option<(&'static str, String)>| {
        let (design, truth) = row.as_ref()?;
        let value = |method: &&str| {
            let wanted = [
                ("design", *design),
                ("truth", truth.as_str()),
                ("measure", measure),
                ("prevalence", prevalence),
                ("target", "frame"),
                ("method", *method),
            ];
            records.number(&wanted, column)
        };
        Some(methods.iter().map(value).collect())
    };
    rows.iter().map(|row| of_row(row).unwrap_or_default()).collect()
}

/// Coverage of the library's methods in all designs.
pub(crate) fn coverage(weighted: &Records) -> String {
    let methods = ["korn_graubard", "wilson", "logit", "unweighted_clopper_pearson"];
    let rows = rows(&DESIGNS);
    let panel = |title: &str, measure: &str| DotPanel {
        title: title.to_owned(),
        x: Axis::linear(0.84, 1.0, &[0.85, 0.9, 0.95, 1.0], 2),
        x_title: "coverage",
        line: 0.95,
        values: values(weighted, &rows, (measure, "0.9"), &methods, "coverage"),
    };
    let plot = DotPlot {
        title: "Coverage of weighted 95 % intervals in four designs, sensitivity and specificity at prevalence 0.9",
        series: vec!["Korn–Graubard", "Wilson", "logit", "unweighted Clopper–Pearson"],
        rows: labels(&rows),
        panels: vec![
            panel("sensitivity (9 of 10 records)", "sensitivity"),
            panel("specificity (1 of 10)", "specificity"),
        ],
    };
    plot.draw()
}

/// The bootstrap beside Korn–Graubard.
pub(crate) fn bootstrap(records: &Records) -> String {
    let all = rows(&DESIGNS);
    let has_rows = |row: &Option<(&'static str, String)>| {
        row.as_ref().is_some_and(|(design, truth)| {
            records.number(&[("design", *design), ("truth", truth.as_str())], "coverage").is_some()
        })
    };
    let rows: Vec<_> = all.into_iter().filter(has_rows).collect();
    let methods = ["korn_graubard", "percentile", "bca"];
    let panel = |title: &str, measure: &str| DotPanel {
        title: title.to_owned(),
        x: Axis::linear(0.6, 1.0, &[0.6, 0.7, 0.8, 0.9, 1.0], 1),
        x_title: "coverage (no interval: not covered)",
        line: 0.95,
        values: values(records, &rows, (measure, "0.9"), &methods, "coverage"),
    };
    let plot = DotPlot {
        title: "Coverage of Rao–Wu bootstrap intervals beside Korn–Graubard",
        series: vec!["Korn–Graubard", "bootstrap percentile", "bootstrap BCa"],
        rows: labels(&rows),
        panels: vec![
            panel("sensitivity (9 of 10 records)", "sensitivity"),
            panel("specificity (1 of 10)", "specificity"),
        ],
    };
    plot.draw()
}

/// The variance that post-stratification leaves.
pub(crate) fn post_stratification(weighted: &Records) -> String {
    let rows = rows(&["proportional_300", "equal_300"]);
    let measures = ["sensitivity", "specificity", "ppv", "npv"];
    let panel = |prevalence: &str| {
        let of = |measure: &&str| {
            let sd = |method| values(weighted, &rows, (measure, prevalence), &[method], "sd");
            let ratio = |(post, plain): (Vec<Option<f64>>, Vec<Option<f64>>)| -> Option<f64> {
                let (post, plain) = (post.first().copied()??, plain.first().copied()??);
                (plain > 0.0).then(|| (post / plain).powi(2))
            };
            let both = sd("post_frame_korn_graubard").into_iter().zip(sd("korn_graubard"));
            both.map(ratio).collect::<Vec<_>>()
        };
        let columns: Vec<Vec<Option<f64>>> = measures.iter().map(of).collect();
        let row = |place: usize| columns.iter().map(|column| column[place]).collect();
        DotPanel {
            title: format!("prevalence {prevalence}"),
            x: Axis::linear(0.0, 1.2, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2], 1),
            x_title: "variance, post-stratified / weighted",
            line: 1.0,
            values: (0..rows.len()).map(row).collect(),
        }
    };
    let plot = DotPlot {
        title: "Variance of the post-stratified estimate relative to the weighted one",
        series: measures.to_vec(),
        rows: labels(&rows),
        panels: vec![panel("0.9"), panel("0.5")],
    };
    plot.draw()
}

/// Candidates: the least coverage and the mean width in each design.
pub(crate) fn candidates(records: &Records) -> String {
    let trades: Vec<Vec<Option<(f64, f64)>>> = CANDIDATES
        .iter()
        .map(|candidate| DESIGNS.iter().map(|design| trade(records, design, candidate.name)).collect())
        .collect();
    let column = |of: fn((f64, f64)) -> f64| -> Vec<Vec<Option<f64>>> {
        trades.iter().map(|row| row.iter().map(|trade| trade.map(of)).collect()).collect()
    };
    let least = DotPanel {
        title: "least coverage over all scenarios and measures".to_owned(),
        x: Axis::linear(0.75, 1.0, &[0.75, 0.8, 0.85, 0.9, 0.95, 1.0], 2),
        x_title: "coverage",
        line: 0.95,
        values: column(|(_, least)| least),
    };
    let width = DotPanel {
        title: "mean width".to_owned(),
        x: Axis::linear(0.7, 1.8, &[0.8, 1.0, 1.2, 1.4, 1.6, 1.8], 1),
        x_title: "width relative to Korn–Graubard as specified",
        line: 1.0,
        values: column(|(width, _)| width),
    };
    let plot = DotPlot {
        title: "Least coverage and mean width of ways to put the weighted interval together",
        series: vec!["proportional 300", "proportional 600", "equal 300", "difficult 153"],
        rows: CANDIDATES.map(|candidate| candidate.name.to_owned()).to_vec(),
        panels: vec![least, width],
    };
    plot.draw()
}

/// Mean width relative to the specified one, and the least coverage, over all truths, prevalences and measures.
fn trade(records: &Records, design: &str, name: &str) -> Option<(f64, f64)> {
    let of = |method, column| records.numbers(&[("design", design), ("method", method)], column);
    let (own, specified) = (of(name, "width"), of(CANDIDATES[0].name, "width"));
    let ratios: Vec<f64> = own.iter().zip(&specified).map(|(own, specified)| own / specified).collect();
    let least = of(name, "coverage").into_iter().reduce(f64::min)?;
    Some((ratios.iter().sum::<f64>() / ratios.len() as f64, least))
}

/// The large municipality with few records and all the errors: coverage against how accurate it is, and the least coverage against
/// how many of its records are read.
pub(crate) fn heavy(records: &Records) -> String {
    let methods = ["korn_graubard", "wilson", "logit", "heaviest at V = 0", "all three"];
    let mut svg = Svg::new(1000.0, 420.0);
    let panel = |left: f64, x: Axis| Panel {
        left,
        top: 30.0,
        width: 355.0,
        height: 330.0,
        x,
        y: Axis::linear(0.75, 1.0, &[0.75, 0.8, 0.85, 0.9, 0.95, 1.0], 2),
    };
    let truths = panel(60.0, Axis::linear(0.6, 1.0, &[0.6, 0.7, 0.8, 0.9, 1.0], 1));
    let sizes = panel(460.0, Axis::linear(0.0, 0.3, &[0.0, 0.1, 0.2, 0.3], 1));
    truths.draw(&mut svg, "17 of 300 records from the large municipality");
    sizes.draw(&mut svg, "the least over its sensitivity from 0.6 to 1");
    for panel in [&truths, &sizes] {
        panel.across(&mut svg, 0.95);
    }
    for (method, style) in methods.iter().zip(STYLES) {
        let of = |reviewed: &str, column: &str| {
            records.numbers(&[("large_reviewed", reviewed), ("method", method)], column)
        };
        let against_truth: Vec<[f64; 2]> =
            of("17", "large").into_iter().zip(of("17", "coverage")).map(|(x, y)| [x, y]).collect();
        series(&mut svg, &truths, &against_truth, style);
        let least = |reviewed: &str| {
            let share = reviewed.parse::<f64>().ok()? / 300.0;
            Some([share, of(reviewed, "coverage").into_iter().reduce(f64::min)?])
        };
        let against_size: Vec<[f64; 2]> =
            ["8", "12", "17", "25", "32", "50", "86"].into_iter().filter_map(least).collect();
        series(&mut svg, &sizes, &against_size, style);
    }
    legend(
        &mut svg,
        [835.0, 60.0],
        &["Korn–Graubard", "Wilson", "logit", "heaviest at V = 0", "all three"],
        true,
    );
    svg.text([237.0, 400.0], Anchor::Middle, 13, "sensitivity in the large municipality (1 elsewhere)");
    svg.text([637.0, 400.0], Anchor::Middle, 13, "its share of the records (26 % of the weight)");
    svg.upward([16.0, 195.0], 13, "coverage of sensitivity");
    svg.finish("Coverage when one municipality holds 26 % of the weight and all the errors")
}
