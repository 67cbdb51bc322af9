//! Where everything stands: nothing is clipped or written over, whatever the words.

mod bytes;

use proptest::prelude::*;
use resvg::usvg::{Group, Node, Options, Tree};

use super::drawing::{Anchor, Area, Drawing, Point, Shape, Text};
use super::letters::Type;
use super::sheet::{BLACK, RIGHT};
use super::*;
use crate::report::{
    Axis, FlowDiagram, FlowEnds, FlowStep, Forest, ForestCell, ForestRow, Mark, Panel, Picture,
};

/// Sixty letters, with those that a font may lack.
const LONG: &str = "Ændring af selvvurderet helbred, målt ved forløbets afslutn.";

fn cell(text: &str, mark: Option<(f64, [f64; 2])>) -> ForestCell {
    let mark = mark.map(|(value, limits)| Mark { value, limits: Some(limits) });
    ForestCell { n: if mark.is_some() { "1.234" } else { "#" }.to_owned(), text: text.to_owned(), mark }
}

fn panel(title: &str, cells: Vec<ForestCell>) -> Panel {
    let ticks = (0..=5).map(|fifth| (f64::from(fifth) / 5.0, (20 * fifth).to_string())).collect();
    let axis = Axis { low: 0.0, high: 1.0, ticks };
    Panel {
        title: title.to_owned(),
        n_header: "n".to_owned(),
        text_header: "95 % KI".to_owned(),
        axis,
        cells,
    }
}

fn figure(picture: Picture) -> Figure {
    Figure {
        name: "small".to_owned(),
        title: "Nøjagtighed & mere".to_owned(),
        picture,
        notes: vec!["#: skjult.".to_owned()],
        page_line: "Studiet. Registret. Resultater: endelige. hkm. Data 0123.".to_owned(),
    }
}

/// Rows with these labels, the last of them the whole, and cells that take turns.
fn forest(labels: &[String], cells: &[ForestCell], titles: &[&str]) -> Figure {
    let last = labels.len() - 1;
    let row = |(place, label): (usize, &String)| ForestRow { label: label.clone(), is_whole: place == last };
    let panel = |title: &&str| panel(title, cells.iter().cycle().take(labels.len()).cloned().collect());
    figure(Picture::Forest(Forest {
        header: "Kommune".to_owned(),
        rows: labels.iter().enumerate().map(row).collect(),
        panels: titles.iter().map(panel).collect(),
    }))
}

const TITLES: [&str; 4] =
    ["Sensitivitet, %", "Specificitet, %", "Positiv prædiktiv værdi, %", "Negativ prædiktiv værdi, %"];

fn cells() -> Vec<ForestCell> {
    vec![
        cell("100,00 (99,25–100,00)", Some((1.0, [0.9925, 1.0]))),
        cell("0,0 (0,0–3,1)", Some((0.0, [0.0, 0.031]))),
        cell("#", None),
        cell("kan ikke estimeres", None),
        cell("−0,12 (−0,55 til 0,31)", Some((-0.12, [-0.55, 0.31]))),
        ForestCell {
            mark: Some(Mark { value: 0.5, limits: None }),
            ..cell("50,0 (interval ikke defineret)", None)
        },
        cell("87,1 (83,7–90,0)", Some((0.871, [0.837, 0.9]))),
    ]
}

fn flow(words: &str, rows: usize) -> Figure {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let step =
        |leaving: &[&str]| FlowStep { lines: texts(&[words, "n = 1.326.913"]), leaving: texts(leaving) };
    let headers =
        ["Indicator", "Ikke i tabellen", "I tabellen", "Register ja, journal ja", "Register ja, journal nej"];
    let row = texts(&[words, "mangler i registret 16; ikke dokumenteret #", "1.326.913", "1.326.913", "#"]);
    figure(Picture::Flow(FlowDiagram {
        steps: vec![step(&["Udelukket:", words, "uden for perioden (n = #)"]), step(&[]), step(&[words])],
        ends: FlowEnds { headers: texts(&headers), rows: vec![row; rows] },
    }))
}

fn overlap(one: Area, other: Area) -> bool {
    const TOUCH: f64 = 0.01;
    one.left + TOUCH < other.right
        && other.left + TOUCH < one.right
        && one.top + TOUCH < other.bottom
        && other.top + TOUCH < one.bottom
}

fn around(points: &[Point], margin: f64) -> Area {
    let [xs, ys] = [|point: &Point| point.x, |point: &Point| point.y]
        .map(|of| points.iter().map(of).collect::<Vec<f64>>());
    let least = |all: &[f64]| all.iter().copied().fold(f64::INFINITY, f64::min) - margin;
    let most = |all: &[f64]| all.iter().copied().fold(f64::NEG_INFINITY, f64::max) + margin;
    Area { left: least(&xs), top: least(&ys), right: most(&xs), bottom: most(&ys) }
}

/// What ink a shape that is no text puts where; pale bands lie behind everything and may be written upon.
fn ink(shape: &Shape) -> Vec<Area> {
    match shape {
        Shape::Text(_) => Vec::new(),
        Shape::Line { from, to, width, .. } => vec![around(&[*from, *to], width / 2.0)],
        Shape::Polygon { corners, outline: Some(width), .. } => {
            let next = corners.iter().cycle().skip(1);
            corners.iter().zip(next).map(|(from, to)| around(&[*from, *to], width / 2.0)).collect()
        }
        Shape::Polygon { corners, fill, .. } if *fill == Some(BLACK) => vec![around(corners, 0.0)],
        Shape::Polygon { .. } => Vec::new(),
    }
}

fn texts(drawing: &Drawing) -> Vec<&Text> {
    let mut texts = Vec::new();
    for shape in &drawing.shapes {
        if let Shape::Text(text) = shape {
            texts.push(text);
        }
    }
    texts
}

/// Nothing is clipped, and nothing is written or drawn over a text.
fn check_places(drawing: &Drawing) {
    let texts = texts(drawing);
    let ink: Vec<Area> = drawing.shapes.iter().flat_map(ink).collect();
    let all = texts.iter().map(|text| text.area()).chain(ink.iter().copied());
    for area in all {
        let within = area.left >= 0.0
            && area.top >= 0.0
            && area.right <= drawing.width
            && area.bottom <= drawing.height;
        assert!(within, "{area:?} of {} × {}", drawing.width, drawing.height);
    }
    for (place, text) in texts.iter().enumerate() {
        for other in &texts[place + 1..] {
            assert!(!overlap(text.area(), other.area()), "{text:?} and {other:?}");
        }
        for area in &ink {
            assert!(!overlap(text.area(), *area), "{text:?} and {area:?}");
        }
    }
}

/// The ends of all scales: black lines from left to right that are not as wide as the sheet.
fn scales(drawing: &Drawing) -> Vec<[f64; 2]> {
    let scale = |shape: &Shape| match shape {
        Shape::Line { from, to, width, grey: BLACK, .. }
            if from.y == to.y && *width == 0.6 && to.x < RIGHT - 1.0 =>
        {
            Some([from.x, to.x])
        }
        _ => None,
    };
    drawing.shapes.iter().filter_map(scale).collect()
}

fn check_marks(drawing: &Drawing) -> usize {
    let scales = scales(drawing);
    let mark = |shape: &Shape| match shape {
        Shape::Polygon { corners, fill: Some(BLACK), .. } => Some(around(corners, -1.8)),
        _ => None,
    };
    let marks: Vec<Area> = drawing.shapes.iter().filter_map(mark).collect();
    for mark in &marks {
        let is_within = |[left, right]: &[f64; 2]| *left <= mark.left + 1e-9 && mark.right <= right + 1e-9;
        assert!(scales.iter().any(is_within), "{mark:?} {scales:?}");
    }
    marks.len()
}

fn eighteen() -> Vec<String> {
    let mut labels: Vec<String> = (0..17).map(|place| format!("7{place:02} Ringkøbing-Skjern")).collect();
    labels.insert(3, LONG.to_owned());
    labels.push("Hele studiet".to_owned());
    labels
}

#[test]
fn long_names_and_eighteen_municipalities_stay_in_their_places() {
    assert_eq!(LONG.chars().count(), 60);
    let drawing = laid_out(&forest(&eighteen(), &cells(), &TITLES));
    check_places(&drawing);
    // Of 19 rows each of 4 panels shows 5 of 7 cells: 2 whole rounds and the first five.
    assert_eq!(check_marks(&drawing), 4 * (2 * 5 + 3));
    let whole: Vec<&str> = texts(&drawing).into_iter().map(|text| text.text.as_str()).collect();
    for word in LONG.split(' ') {
        assert!(whole.iter().any(|text| text.contains(word)), "{word}");
    }
    check_places(&laid_out(&flow(LONG, 12)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_words_nothing_is_clipped_or_written_over(
        labels in prop::collection::vec("[A-ZÆØÅa-zæøå0-9,.-]{1,40}( [a-zæøå]{1,30}){0,6}", 1..20),
        texts in prop::collection::vec("[0-9]{1,3},[0-9]{1,3}( \\([0-9]{1,3},[0-9]{1,3}–[0-9]{1,3},[0-9]\\))?", 1..5),
        title in "[A-ZÆØÅ][a-zæøå ]{0,60}",
        value in -0.5..1.5f64,
        panels in 1..5usize,
    ) {
        let cells: Vec<ForestCell> =
            texts.iter().map(|text| cell(text, Some((value, [value - 0.3, value + 0.2])))).collect();
        let titles = vec![title.as_str(); panels];
        let drawing = laid_out(&forest(&labels, &cells, &titles));
        check_places(&drawing);
        prop_assert_eq!(check_marks(&drawing), labels.len() * panels);
        check_places(&laid_out(&flow(&labels[0], labels.len())));
    }
}

/// Each text as the renderer lays it out, in points.
fn rendered(group: &Group, boxes: &mut Vec<Area>) {
    for node in group.children() {
        match node {
            Node::Group(group) => rendered(group, boxes),
            Node::Text(text) => {
                let area = text.abs_bounding_box();
                let [left, top, right, bottom] = [area.left(), area.top(), area.right(), area.bottom()]
                    .map(|pixels| f64::from(pixels) * 72.0 / 96.0);
                boxes.push(Area { left, top, right, bottom });
            }
            _ => {}
        }
    }
}

#[test]
fn texts_are_rendered_as_wide_as_they_were_measured() {
    let figure = forest(&eighteen(), &cells(), &TITLES);
    let drawing = laid_out(&figure);
    let mut fonts = resvg::usvg::fontdb::Database::new();
    [letters::REGULAR, letters::BOLD].into_iter().for_each(|font| fonts.load_font_data(font.to_vec()));
    let options = Options { fontdb: std::sync::Arc::new(fonts), ..Options::default() };
    let tree = Tree::from_str(&figure_svg_inline(&figure), &options).unwrap();
    let mut boxes = Vec::new();
    rendered(tree.root(), &mut boxes);
    let texts = texts(&drawing);
    assert_eq!(boxes.len(), texts.len());
    for (text, found) in texts.iter().zip(boxes) {
        let area = text.area();
        let near = (area.left - found.left).abs() < 0.1 && (area.right - found.right).abs() < 0.1;
        assert!(near, "{text:?}: {area:?} {found:?}");
    }
}

#[test]
fn an_anchored_text_reaches_from_its_anchor() {
    let text = |anchor| Text {
        text: "10".to_owned(),
        at: Point { x: 100.0, y: 50.0 },
        anchor,
        letters: Type::regular(10.0),
    };
    let ends = |anchor| [text(anchor).area().left, text(anchor).area().right];
    assert_eq!(ends(Anchor::Start), [100.0, 111.44]);
    assert_eq!(ends(Anchor::Middle), [94.28, 105.72]);
    assert_eq!(ends(Anchor::End), [88.56, 100.0]);
}
