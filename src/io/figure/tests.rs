use proptest::prelude::*;
use resvg::usvg::{Group, Node, Options, Tree};

use super::drawing::{Anchor, Area, Drawing, Point, Shape, Text};
use super::letters::Type;
use super::sheet::{BLACK, RIGHT, WIDTH};
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

#[test]
fn a_png_is_180_mm_wide_at_300_dpi_and_white_at_its_edges() {
    let bytes = figure_png(&forest(&eighteen(), &cells(), &TITLES)).unwrap();
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let dots = reader.info().pixel_dims.unwrap();
    assert_eq!((dots.xppu, dots.yppu, dots.unit), (11_811, 11_811, ::png::Unit::Meter));
    assert_eq!(width, (180.0f64 / 25.4 * 300.0).round() as usize);
    let drawing = laid_out(&forest(&eighteen(), &cells(), &TITLES));
    assert_eq!(height, (drawing.height / 72.0 * 300.0).round() as usize);
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    let is_edge = |place: usize| {
        let (x, y) = (place % width, place / width);
        x < 20 || y < 20 || x >= width - 20 || y >= height - 20
    };
    assert!(pixels.iter().enumerate().all(|(place, grey)| !is_edge(place) || *grey == 255));
    let dark = pixels.iter().filter(|grey| **grey < 64).count() as f64 / pixels.len() as f64;
    assert!((0.01..0.2).contains(&dark), "{dark}");
}

#[test]
fn the_same_figure_has_the_same_bytes() {
    for figure in [forest(&eighteen(), &cells(), &TITLES), flow("Rækker i registret", 3)] {
        assert_eq!(figure_svg(&figure), figure_svg(&figure));
        assert!(figure_png(&figure).unwrap() == figure_png(&figure).unwrap());
    }
}

#[test]
fn a_file_of_its_own_carries_its_font_and_a_part_of_a_page_does_not() {
    let figure = flow("Rækker", 1);
    let (alone, inline) = (figure_svg(&figure), figure_svg_inline(&figure));
    assert!(alone.starts_with("<?xml") && alone.contains(figure_faces()));
    assert!(inline.starts_with("<svg") && !inline.contains("@font-face"));
    assert!(alone.contains("width=\"180mm\"") && WIDTH > 510.0);
    assert_eq!(figure_faces().matches("font/woff2;base64,").count(), 2);
}

#[test]
fn a_forest_plot_as_svg() {
    let labels = ["Diæt".to_owned(), "Hele studiet".to_owned()];
    let cells = [cell("87,1 (83,7–90,0)", Some((0.871, [0.837, 0.9]))), cell("#", None)];
    insta::assert_snapshot!(figure_svg_inline(&forest(&labels, &cells, &TITLES[..1])), @r##"
    <svg xmlns="http://www.w3.org/2000/svg" width="180mm" height="35.63mm" viewBox="0 0 510.24 101" role="img" font-family="'Noto Sans', 'Open Sans', 'DejaVu Sans', Arial, sans-serif">
    <title>Nøjagtighed &amp; mere</title>
    <desc>Studiet. Registret. Resultater: endelige. hkm. Data 0123.</desc>
    <rect width="100%" height="100%" fill="#fff"/>
    <text x="6" y="14.78" font-size="9" font-weight="bold">Nøjagtighed &amp; mere</text>
    <text x="6" y="30.07" font-size="7" font-weight="bold">Kommune</text>
    <text x="55.44" y="30.07" font-size="7" font-weight="bold">Sensitivitet, %</text>
    <text x="218.15" y="30.07" font-size="7" font-weight="bold" text-anchor="end">n</text>
    <text x="225.15" y="30.07" font-size="7" font-weight="bold">95 % KI</text>
    <line x1="6" y1="33.5" x2="504.24" y2="33.5" stroke="#000000" stroke-width="0.6"/>
    <line x1="6" y1="46.45" x2="504.24" y2="46.45" stroke="#000000" stroke-width="0.4"/>
    <line x1="60.44" y1="34.5" x2="60.44" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="60.44" y1="58.4" x2="60.44" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="60.44" y="67.25" font-size="6" text-anchor="middle">0</text>
    <line x1="85.98" y1="34.5" x2="85.98" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="85.98" y1="58.4" x2="85.98" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="85.98" y="67.25" font-size="6" text-anchor="middle">20</text>
    <line x1="111.52" y1="34.5" x2="111.52" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="111.52" y1="58.4" x2="111.52" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="111.52" y="67.25" font-size="6" text-anchor="middle">40</text>
    <line x1="137.06" y1="34.5" x2="137.06" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="137.06" y1="58.4" x2="137.06" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="137.06" y="67.25" font-size="6" text-anchor="middle">60</text>
    <line x1="162.6" y1="34.5" x2="162.6" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="162.6" y1="58.4" x2="162.6" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="162.6" y="67.25" font-size="6" text-anchor="middle">80</text>
    <line x1="188.14" y1="34.5" x2="188.14" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="188.14" y1="58.4" x2="188.14" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="188.14" y="67.25" font-size="6" text-anchor="middle">100</text>
    <line x1="60.44" y1="58.4" x2="188.14" y2="58.4" stroke="#000000" stroke-width="0.6"/>
    <text x="6" y="42.93" font-size="7">Diæt</text>
    <text x="218.15" y="42.93" font-size="7" text-anchor="end">1.234</text>
    <text x="225.15" y="42.93" font-size="7">87,1 (83,7–90,0)</text>
    <line x1="167.33" y1="40.48" x2="175.37" y2="40.48" stroke="#000000" stroke-width="0.8"/>
    <line x1="167.33" y1="38.68" x2="167.33" y2="42.27" stroke="#000000" stroke-width="0.8"/>
    <line x1="175.37" y1="38.68" x2="175.37" y2="42.27" stroke="#000000" stroke-width="0.8"/>
    <polygon points="169.87,38.68 173.47,38.68 173.47,42.27 169.87,42.27" fill="#000000"/>
    <text x="6" y="54.88" font-size="7" font-weight="bold">Hele studiet</text>
    <text x="218.15" y="54.88" font-size="7" text-anchor="end">#</text>
    <text x="225.15" y="54.88" font-size="7">#</text>
    <text x="6" y="81.75" font-size="6">#: skjult.</text>
    <line x1="6" y1="85.4" x2="504.24" y2="85.4" stroke="#000000" stroke-width="0.4"/>
    <text x="6" y="93.25" font-size="6">Studiet. Registret. Resultater: endelige. hkm. Data 0123.</text>
    </svg>
    "##);
}

#[test]
fn a_flow_diagram_as_svg() {
    insta::assert_snapshot!(figure_svg_inline(&flow("Rækker", 1)), @r##"
    <svg xmlns="http://www.w3.org/2000/svg" width="180mm" height="93.84mm" viewBox="0 0 510.24 266" role="img" font-family="'Noto Sans', 'Open Sans', 'DejaVu Sans', Arial, sans-serif">
    <title>Nøjagtighed &amp; mere</title>
    <desc>Studiet. Registret. Resultater: endelige. hkm. Data 0123.</desc>
    <rect width="100%" height="100%" fill="#fff"/>
    <text x="6" y="14.78" font-size="9" font-weight="bold">Nøjagtighed &amp; mere</text>
    <polygon points="46,23.25 226,23.25 226,50.75 46,50.75" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="136" y="35.08" font-size="7" text-anchor="middle">Rækker</text>
    <text x="136" y="43.83" font-size="7" text-anchor="middle">n = 1.326.913</text>
    <line x1="136" y1="50.75" x2="136" y2="97" stroke="#000000" stroke-width="0.8"/>
    <polygon points="136,101 134,97 138,97" fill="#000000"/>
    <polygon points="256,57.75 484.24,57.75 484.24,94 256,94" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="261" y="69.58" font-size="7">Udelukket:</text>
    <text x="261" y="78.33" font-size="7">Rækker</text>
    <text x="261" y="87.08" font-size="7">uden for perioden (n = #)</text>
    <line x1="136" y1="75.88" x2="252" y2="75.88" stroke="#000000" stroke-width="0.8"/>
    <polygon points="256,75.88 252,73.88 252,77.88" fill="#000000"/>
    <polygon points="46,101 226,101 226,128.5 46,128.5" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="136" y="112.83" font-size="7" text-anchor="middle">Rækker</text>
    <text x="136" y="121.58" font-size="7" text-anchor="middle">n = 1.326.913</text>
    <line x1="136" y1="128.5" x2="136" y2="138.5" stroke="#000000" stroke-width="0.8"/>
    <polygon points="136,142.5 134,138.5 138,138.5" fill="#000000"/>
    <polygon points="46,142.5 226,142.5 226,170 46,170" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="136" y="154.32" font-size="7" text-anchor="middle">Rækker</text>
    <text x="136" y="163.07" font-size="7" text-anchor="middle">n = 1.326.913</text>
    <line x1="136" y1="170" x2="136" y2="198.75" stroke="#000000" stroke-width="0.8"/>
    <polygon points="136,202.75 134,198.75 138,198.75" fill="#000000"/>
    <polygon points="256,177 484.24,177 484.24,195.75 256,195.75" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="261" y="188.82" font-size="7">Rækker</text>
    <line x1="136" y1="186.38" x2="252" y2="186.38" stroke="#000000" stroke-width="0.8"/>
    <polygon points="256,186.38 252,184.38 252,188.38" fill="#000000"/>
    <line x1="6" y1="202.75" x2="504.24" y2="202.75" stroke="#000000" stroke-width="0.8"/>
    <text x="6" y="219.82" font-size="7" font-weight="bold">Indicator</text>
    <text x="46.26" y="219.82" font-size="7" font-weight="bold">Ikke i tabellen</text>
    <text x="400.24" y="219.82" font-size="7" font-weight="bold" text-anchor="end">I tabellen</text>
    <text x="452.24" y="211.07" font-size="7" font-weight="bold" text-anchor="end">Register ja,</text>
    <text x="452.24" y="219.82" font-size="7" font-weight="bold" text-anchor="end">journal ja</text>
    <text x="504.24" y="211.07" font-size="7" font-weight="bold" text-anchor="end">Register ja,</text>
    <text x="504.24" y="219.82" font-size="7" font-weight="bold" text-anchor="end">journal nej</text>
    <line x1="6" y1="223.25" x2="504.24" y2="223.25" stroke="#000000" stroke-width="0.6"/>
    <text x="6" y="231.57" font-size="7">Rækker</text>
    <text x="46.26" y="231.57" font-size="7">mangler i registret 16; ikke dokumenteret #</text>
    <text x="400.24" y="231.57" font-size="7" text-anchor="end">1.326.913</text>
    <text x="452.24" y="231.57" font-size="7" text-anchor="end">1.326.913</text>
    <text x="504.24" y="231.57" font-size="7" text-anchor="end">#</text>
    <line x1="6" y1="235" x2="504.24" y2="235" stroke="#000000" stroke-width="0.8"/>
    <text x="6" y="246.85" font-size="6">#: skjult.</text>
    <line x1="6" y1="250.5" x2="504.24" y2="250.5" stroke="#000000" stroke-width="0.4"/>
    <text x="6" y="258.35" font-size="6">Studiet. Registret. Resultater: endelige. hkm. Data 0123.</text>
    </svg>
    "##);
}
