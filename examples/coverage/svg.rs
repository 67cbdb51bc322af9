//! Lines, marks and words of a figure as SVG: black or dark colours, told apart by mark and dash as well.

use std::fmt::Write as _;

/// A picture in the making; lengths in pixels, y downwards.
pub(crate) struct Svg {
    width: f64,
    height: f64,
    body: String,
}

/// The shape at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Disc,
    Ring,
    Square,
    SquareRing,
    Triangle,
    TriangleRing,
    Diamond,
    Cross,
    Plus,
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) colour: &'static str,
    /// The lengths of strokes and gaps; empty is an unbroken line.
    pub(crate) dash: &'static str,
    pub(crate) mark: Mark,
}

const fn style(colour: &'static str, dash: &'static str, mark: Mark) -> Style {
    Style { colour, dash, mark }
}

/// Nine styles. The colours are Okabe and Ito's, the light ones left out.
pub(crate) const STYLES: [Style; 9] = [
    style("#000000", "", Mark::Disc),
    style("#0072b2", "7 3", Mark::SquareRing),
    style("#0072b2", "2 2", Mark::Square),
    style("#d55e00", "9 3 2 3", Mark::TriangleRing),
    style("#d55e00", "", Mark::Triangle),
    style("#007a5a", "5 2", Mark::Diamond),
    style("#007a5a", "2 4", Mark::Ring),
    style("#a0447a", "10 4", Mark::Plus),
    style("#a0447a", "3 2", Mark::Cross),
];

/// Where a text stands from its point.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Svg { width, height, body: String::new() }
    }

    pub(crate) fn line(&mut self, [x, y]: [f64; 2], [to_x, to_y]: [f64; 2], colour: &str, dash: &str) {
        self.push(format_args!(
            r#"<line x1="{x:.1}" y1="{y:.1}" x2="{to_x:.1}" y2="{to_y:.1}" stroke="{colour}"{}/>"#,
            dashes(dash)
        ));
    }

    pub(crate) fn path(&mut self, points: &[[f64; 2]], style: Style, width: f64) {
        let points: Vec<String> = points.iter().map(|[x, y]| format!("{x:.1},{y:.1}")).collect();
        let (colour, dash) = (style.colour, dashes(style.dash));
        self.push(format_args!(
            r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="{width}"{dash}/>"#,
            points.join(" ")
        ));
    }

    pub(crate) fn text(&mut self, [x, y]: [f64; 2], anchor: Anchor, size: u32, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        self.push(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" font-size="{size}">{text}</text>"#
        ));
    }

    /// A text that reads upwards, centred at the point.
    pub(crate) fn upward(&mut self, [x, y]: [f64; 2], size: u32, text: &str) {
        self.push(format_args!(
            r#"<text transform="translate({x:.1} {y:.1}) rotate(-90)" text-anchor="middle" font-size="{size}">{text}</text>"#
        ));
    }

    pub(crate) fn mark(&mut self, [x, y]: [f64; 2], style: Style) {
        let colour = style.colour;
        let filled = format!(r#"fill="{colour}" stroke="{colour}""#);
        let open = format!(r#"fill="white" stroke="{colour}" stroke-width="1.3""#);
        let stroke = format!(r#"fill="none" stroke="{colour}" stroke-width="1.6""#);
        let polygon = |corners: &[[f64; 2]], paint: &str| {
            let corners: Vec<String> =
                corners.iter().map(|[right, down]| format!("{:.1},{:.1}", x + right, y + down)).collect();
            format!(r#"<polygon points="{}" {paint}/>"#, corners.join(" "))
        };
        let square = [[-3.2, -3.2], [3.2, -3.2], [3.2, 3.2], [-3.2, 3.2]];
        let triangle = [[0.0, -4.2], [4.0, 3.0], [-4.0, 3.0]];
        let diamond = [[0.0, -4.6], [4.6, 0.0], [0.0, 4.6], [-4.6, 0.0]];
        let shape = match style.mark {
            Mark::Disc => format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="3.4" {filled}/>"#),
            Mark::Ring => format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="3.6" {open}/>"#),
            Mark::Square => polygon(&square, &filled),
            Mark::SquareRing => polygon(&square, &open),
            Mark::Triangle => polygon(&triangle, &filled),
            Mark::TriangleRing => polygon(&triangle, &open),
            Mark::Diamond => polygon(&diamond, &filled),
            Mark::Cross => {
                format!(r#"<path d="M{:.1} {:.1}l7 7m0 -7l-7 7" {stroke}/>"#, x - 3.5, y - 3.5)
            }
            Mark::Plus => format!(r#"<path d="M{:.1} {y:.1}h9m-4.5 -4.5v9" {stroke}/>"#, x - 4.5),
        };
        self.push(format_args!("{shape}"));
    }

    /// The whole file. `title` is what a reader who cannot see it is told.
    pub(crate) fn finish(self, title: &str) -> String {
        let Svg { width, height, body } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" \
             fill=\"#111111\">\n<title>{title}</title>\n<rect width=\"{width}\" height=\"{height}\" \
             fill=\"white\"/>\n{body}</svg>\n"
        )
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        let _ = writeln!(self.body, "{element}");
    }
}

fn dashes(dash: &str) -> String {
    if dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dash}""#) }
}
