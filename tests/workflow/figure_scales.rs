//! Where the marks of a forest plot stand: each is read off its scale and compared with the number printed beside it.

use super::figures::{by_stratum, figure};

/// The numbers of an attribute: `x`, or the corners of a polygon.
fn numbers(line: &str, attribute: &str) -> Vec<f64> {
    let Some((_, rest)) = line.split_once(&format!(" {attribute}=\"")) else { return Vec::new() };
    rest.split('"').next().unwrap().split([' ', ',']).map(|number| number.parse().unwrap()).collect()
}

fn number(line: &str, attribute: &str) -> f64 {
    numbers(line, attribute)[0]
}

fn text(line: &str) -> &str {
    line.split_once('>').unwrap().1.trim_end_matches("</text>")
}

/// A scale: where it is and what stands at its ticks.
struct Scale {
    y: f64,
    ticks: Vec<(f64, f64)>,
}

impl Scale {
    /// What a place means, if all ticks agree on it.
    fn read(&self, x: f64) -> f64 {
        let [(from, low), .., (to, high)] = self.ticks[..] else { panic!("a scale has two ends") };
        let value = |x: f64| low + (x - from) / (to - from) * (high - low);
        for (at, tick) in &self.ticks {
            assert!((value(*at) - tick).abs() < 0.02 * (high - low) / 5.0, "{tick} stands at {}", value(*at));
        }
        value(x)
    }

    fn end(&self) -> f64 {
        self.ticks.last().unwrap().0
    }
}

/// The scales of a figure, from above and from the left: numbers in the middle of their ticks.
fn scales(svg: &str) -> Vec<Scale> {
    let mut scales: Vec<Scale> = Vec::new();
    for line in svg.lines().filter(|line| line.contains("text-anchor=\"middle\"")) {
        let (x, y, tick) =
            (number(line, "x"), number(line, "y"), text(line).replace('−', "-").parse().unwrap());
        match scales.last_mut() {
            Some(scale)
                if scale.y == y
                    && scale.ticks.last().unwrap().0 < x
                    && scale.ticks.last().unwrap().1 < tick =>
            {
                scale.ticks.push((x, tick));
            }
            _ => scales.push(Scale { y, ticks: vec![(x, tick)] }),
        }
    }
    scales
}

/// A printed estimate with its limits: `87.10 (83.70–90.00)`.
fn printed(text: &str) -> Option<[f64; 3]> {
    let (estimate, limits) = text.strip_suffix(')')?.split_once(" (")?;
    let (lower, upper) = limits.split_once('–').or_else(|| limits.split_once(" to "))?;
    let all = [estimate, lower, upper].map(|number| number.replace('−', "-").parse::<f64>().ok());
    let [Some(estimate), Some(lower), Some(upper)] = all else { return None };
    Some([estimate, lower, upper])
}

/// The mark at a height, left of the text that tells it: its place and its limits.
fn mark(svg: &str, y: f64, from: f64, to: f64) -> [f64; 3] {
    let is_near = |height: f64| (height - (y - 2.45)).abs() < 0.5;
    let within = |x: f64| (from..to).contains(&x);
    let marks = svg.lines().filter(|line| line.starts_with("<polygon") && line.contains("fill=\"#000000\""));
    let corners = marks.map(|line| numbers(line, "points"));
    let mut found = corners.filter(|at| is_near((at[1] + at[5]) / 2.0) && within((at[0] + at[4]) / 2.0));
    let corners = found.next().expect("a mark");
    assert!(found.next().is_none(), "one mark");
    // A diamond begins with its left corner, at half its height; a square with its upper left one.
    if corners[1] == corners[5] {
        return [corners[2], corners[0], corners[4]];
    }
    let lines = svg.lines().filter(|line| line.starts_with("<line") && line.contains("stroke-width=\"0.8\""));
    let mut across = lines.filter(|line| {
        let [start, end] = ["y1", "y2"].map(|height| number(line, height));
        start == end && is_near(start) && within(number(line, "x1"))
    });
    let line = across.next().expect("an interval");
    [(corners[0] + corners[4]) / 2.0, number(line, "x1"), number(line, "x2")]
}

#[test]
fn every_mark_stands_where_its_scale_has_the_number_beside_it() {
    let study = by_stratum("decimals = 2");
    let mut compared = 0;
    for name in ["accuracy", "agreement", "by-stratum-diet", "by-stratum-depression"] {
        let svg = figure(&study, name);
        let scales = scales(&svg);
        assert!(scales.len() >= 3, "{name}: {} scales", scales.len());
        for line in svg.lines().filter(|line| line.starts_with("<text")) {
            let Some(printed) = printed(text(line)) else { continue };
            let (x, y) = (number(line, "x"), number(line, "y"));
            let below = scales.iter().filter(|scale| scale.y > y && scale.end() < x);
            let nearest = |one: &&Scale, other: &&Scale| {
                one.y.total_cmp(&other.y).then(other.end().total_cmp(&one.end()))
            };
            let scale = below.min_by(nearest).expect("a scale");
            let span = scale.ticks.last().unwrap().1 - scale.ticks[0].1;
            let marked = mark(&svg, y, scale.ticks[0].0 - 2.0, scale.end() + 2.0).map(|at| scale.read(at));
            for (marked, printed) in marked.into_iter().zip(printed) {
                assert!(
                    (marked - printed).abs() < 0.003 * span,
                    "{name}: {marked} at {printed} ({})",
                    text(line)
                );
                compared += 1;
            }
        }
    }
    assert!(compared >= 70, "{compared}");
}

/// Where the rows of parts end, the dashed line of the whole study stands at its estimate, in each panel.
#[test]
fn the_dashed_line_stands_at_the_estimate_of_the_whole_study() {
    let svg = figure(&by_stratum("language = \"en\""), "by-stratum-diet");
    let dashed: Vec<f64> =
        svg.lines().filter(|line| line.contains("stroke-dasharray")).map(|line| number(line, "x1")).collect();
    let polygons =
        svg.lines().filter(|line| line.starts_with("<polygon") && line.contains("fill=\"#000000\""));
    let corners = polygons.map(|line| numbers(line, "points"));
    let diamonds: Vec<f64> = corners.filter(|at| at[1] == at[5]).map(|at| at[2]).collect();
    assert_eq!((dashed.len(), &dashed), (4, &diamonds));
}
