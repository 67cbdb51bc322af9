//! A drawing as SVG: text as text, sizes in millimetres.

use std::fmt::Write;
use std::sync::LazyLock;

use super::drawing::{Anchor, Drawing, Point, Shape, Text};
use super::laid_out;
use super::letters::PACKED;
use crate::io::markup::escaped;
use crate::report::Figure;

/// The shipped font, and what resembles it most where it cannot be had.
const FAMILY: &str = "'Noto Sans', 'Open Sans', 'DejaVu Sans', Arial, sans-serif";

/// Points of a millimetre.
const MILLIMETRE: f64 = 72.0 / 25.4;

/// A file of its own, which carries its font.
pub fn figure_svg(figure: &Figure) -> String {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    format!("{head}{}", written(figure, &laid_out(figure), Some(figure_faces())))
}

/// For a page that has the font already, see [`figure_faces`].
pub fn figure_svg_inline(figure: &Figure) -> String {
    written(figure, &laid_out(figure), None)
}

/// The rules of CSS that bring the font.
pub fn figure_faces() -> &'static str {
    static FACES: LazyLock<String> =
        LazyLock::new(|| PACKED.map(|(font, weight)| face(font, weight)).concat());
    &FACES
}

fn face(font: &[u8], weight: &str) -> String {
    let source = format!("url(data:font/woff2;base64,{})", base64(font));
    format!("@font-face{{font-family:'Noto Sans';font-weight:{weight};src:{source} format('woff2')}}\n")
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = (0..3)
            .fold(0, |bits, place| bits << 8 | u32::from(three.get(place).copied().unwrap_or_default()));
        for place in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * place) & 63) as usize]);
            text.push(if place <= three.len() { letter } else { '=' });
        }
    }
    text
}

fn written(figure: &Figure, drawing: &Drawing, faces: Option<&str>) -> String {
    let Drawing { width, height, shapes } = drawing;
    let [wide, high] = [width, height].map(|points| number(points / MILLIMETRE));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}mm\" height=\"{high}mm\" viewBox=\"0 0 {} {}\" role=\"img\" font-family=\"{FAMILY}\">\n",
        number(*width),
        number(*height)
    );
    let (title, page_line) = (escaped(&figure.title), escaped(&figure.page_line));
    let _ = writeln!(svg, "<title>{title}</title>\n<desc>{page_line}</desc>");
    if let Some(faces) = faces {
        let _ = writeln!(svg, "<style>\n{faces}</style>");
    }
    let _ = writeln!(svg, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    shapes.iter().for_each(|shape| add(&mut svg, shape));
    svg + "</svg>\n"
}

fn add(svg: &mut String, shape: &Shape) {
    // Writing to a text cannot fail.
    let _ = match shape {
        Shape::Text(text) => writeln!(svg, "{}", text_element(text)),
        Shape::Line { from, to, width, grey, dashed } => {
            let [x1, y1, x2, y2] = [from.x, from.y, to.x, to.y].map(number);
            let dashes = if *dashed { " stroke-dasharray=\"3 2\"" } else { "" };
            let (grey, width) = (colour(*grey), number(*width));
            writeln!(
                svg,
                "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{grey}\" stroke-width=\"{width}\"{dashes}/>"
            )
        }
        Shape::Polygon { corners, fill, outline } => {
            let corner = |point: &Point| format!("{},{}", number(point.x), number(point.y));
            let points: Vec<String> = corners.iter().map(corner).collect();
            let fill = fill.map_or_else(|| "none".to_owned(), colour);
            let outline = outline.map(|width| format!(" stroke=\"#000\" stroke-width=\"{}\"", number(width)));
            writeln!(
                svg,
                "<polygon points=\"{}\" fill=\"{fill}\"{}/>",
                points.join(" "),
                outline.unwrap_or_default()
            )
        }
    };
}

fn text_element(text: &Text) -> String {
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if text.letters.bold { " font-weight=\"bold\"" } else { "" };
    let [x, y, size] = [text.at.x, text.at.y, text.letters.size].map(number);
    format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor}>{}</text>", escaped(&text.text))
}

fn colour(grey: u8) -> String {
    format!("#{grey:02x}{grey:02x}{grey:02x}")
}

/// Two decimals are a hundredth of a point.
fn number(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(texts, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    #[test]
    fn numbers_are_short_and_texts_are_safe() {
        assert_eq!([number(10.0), number(0.5), number(-1.234), number(100.0)], ["10", "0.5", "-1.23", "100"]);
        assert_eq!(escaped("a < b & c > d \u{1} æ"), "a &lt; b &amp; c &gt; d   æ");
    }
}
