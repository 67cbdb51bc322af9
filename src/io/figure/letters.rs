//! How wide a text is in the shipped font, and where it is broken into lines.
//!
//! The font has no kerning and no ligatures, so that the width of a text is the sum of its letters' in every program.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// Noto Sans, cut down to Latin and the signs of arithmetic. How: docs/contributing.md.
pub(super) const REGULAR: &[u8] = include_bytes!("../fonts/NotoSans-Regular.ttf");
/// The same, bold.
pub(super) const BOLD: &[u8] = include_bytes!("../fonts/NotoSans-Bold.ttf");
/// Both packed for browsers.
pub(super) const PACKED: [(&[u8], &str); 2] = [
    (include_bytes!("../fonts/NotoSans-Regular.woff2"), "normal"),
    (include_bytes!("../fonts/NotoSans-Bold.woff2"), "bold"),
];

/// Units of the em square of both.
const EM: f64 = 1000.0;
/// How far Å reaches above the line that letters stand on, in sizes.
pub(super) const ABOVE: f64 = 0.95;
/// How far g reaches below it.
#[cfg(test)]
pub(super) const BELOW: f64 = 0.25;
/// From line to line, in sizes.
pub(super) const LEADING: f64 = 1.25;

/// Size and weight of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    /// In points.
    pub(super) size: f64,
    pub(super) bold: bool,
}

impl Type {
    pub(super) const fn regular(size: f64) -> Self {
        Type { size, bold: false }
    }

    pub(super) const fn bold(size: f64) -> Self {
        Type { size, bold: true }
    }

    /// From line to line, in points.
    pub(super) fn leading(self) -> f64 {
        LEADING * self.size
    }

    /// The width of a text, in points.
    pub(super) fn width(self, text: &str) -> f64 {
        let advances = if self.bold { &BOLD_ADVANCES } else { &REGULAR_ADVANCES };
        text.chars().map(|letter| advances.of(letter)).sum::<f64>() * self.size / EM
    }

    /// The width of the widest of several texts.
    pub(super) fn widest<'t>(self, texts: impl IntoIterator<Item = &'t str>) -> f64 {
        texts.into_iter().map(|text| self.width(text)).fold(0.0, f64::max)
    }

    /// Breaks a text between words; only where they are too wide together between those that a blank of the other kind keeps together, and
    /// a word that is too long within it. Never an empty list.
    pub(super) fn lines(self, text: &str, width: f64) -> Vec<String> {
        let mut lines = vec![String::new()];
        let words = text.split([' ', '\n', '\t']).flat_map(|words| self.apart(words, width));
        for word in words.filter(|word| !word.is_empty()) {
            let word = self.fitted(word, width);
            for (place, part) in word.into_iter().enumerate() {
                let last = lines.last().map(String::as_str).unwrap_or_default();
                let joined = if last.is_empty() { part.clone() } else { format!("{last} {part}") };
                match lines.last_mut().filter(|_| place == 0 && self.width(&joined) <= width) {
                    Some(last) => *last = joined,
                    None => lines.push(part),
                }
            }
        }
        if lines.len() > 1 {
            lines.retain(|line| !line.is_empty());
        }
        lines
    }

    /// Words that are to stay together, or each for itself where they are too wide for that.
    fn apart(self, words: &str, width: f64) -> Vec<&str> {
        if self.width(words) <= width { vec![words] } else { words.split('\u{a0}').collect() }
    }

    /// A word in parts that are not too wide, each but the last with a hyphen.
    fn fitted(self, word: &str, width: f64) -> Vec<String> {
        let mut parts = vec![String::new()];
        if self.width(word) <= width {
            return vec![word.to_owned()];
        }
        for letter in word.chars() {
            let last = parts.last().map(String::as_str).unwrap_or_default();
            if !last.is_empty() && self.width(&format!("{last}{letter}-")) > width {
                parts.last_mut().into_iter().for_each(|last| last.push('-'));
                parts.push(String::new());
            }
            parts.last_mut().into_iter().for_each(|last| last.push(letter));
        }
        parts
    }
}

/// The widths of the letters of one face.
struct Advances {
    face: Option<(skrifa::charmap::Charmap<'static>, GlyphMetrics<'static>)>,
}

static REGULAR_ADVANCES: LazyLock<Advances> = LazyLock::new(|| Advances::read(REGULAR));
static BOLD_ADVANCES: LazyLock<Advances> = LazyLock::new(|| Advances::read(BOLD));

impl Advances {
    fn read(font: &'static [u8]) -> Self {
        let face = FontRef::new(font).ok();
        let face =
            face.map(|face| (face.charmap(), face.glyph_metrics(Size::unscaled(), LocationRef::default())));
        Advances { face }
    }

    /// A letter that the font has not is drawn as a box, whose width this is then.
    fn of(&self, letter: char) -> f64 {
        let advance = self.face.as_ref().and_then(|(charmap, metrics)| {
            metrics.advance_width(charmap.map(letter).unwrap_or(GlyphId::NOTDEF))
        });
        advance.map_or(EM, f64::from)
    }

    #[cfg(test)]
    fn has(&self, letter: char) -> bool {
        self.face.as_ref().is_some_and(|(charmap, _)| charmap.map(letter).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_have_every_sign_that_results_are_written_with() {
        let signs = "abcæøåÆØÅéüößñłšž0123456789 \u{a0}.,:;!?#%&()[]/+*=<>'\"−–—≥≤×∞½±→·’“”…κ≈≠§°•";
        for letter in signs.chars() {
            assert!(REGULAR_ADVANCES.has(letter) && BOLD_ADVANCES.has(letter), "{letter}");
        }
    }

    #[test]
    fn widths_are_those_of_the_font() {
        // Advance widths of Noto Sans: digits 572, space 260, `i` 258.
        assert_eq!(Type::regular(10.0).width("10 i"), (572.0 * 2.0 + 260.0 + 258.0) / 100.0);
        assert!(Type::bold(10.0).width("m") > Type::regular(10.0).width("m"));
    }

    #[test]
    fn lines_are_broken_between_words_and_never_too_wide() {
        let text = "Ændring af selvvurderet helbred, målt ved hjerterehabiliteringsforløbets afslutning";
        let letters = Type::regular(7.0);
        for width in [30.0, 60.0, 120.0, 1000.0] {
            let lines = letters.lines(text, width);
            assert!(lines.iter().all(|line| letters.width(line) <= width), "{lines:?}");
        }
        assert_eq!(letters.lines(text, 1000.0), [text]);
        let lines = letters.lines(text, 120.0);
        assert_eq!((lines.join(" "), lines.len() > 1), (text.to_owned(), true));
    }

    #[test]
    fn words_that_belong_together_part_only_where_they_are_too_wide() {
        let (letters, text) = (Type::regular(7.0), "mangler 16; ikke\u{a0}dokumenteret\u{a0}21");
        assert_eq!(letters.lines(text, 90.0), ["mangler 16;", "ikke\u{a0}dokumenteret\u{a0}21"]);
        assert_eq!(letters.lines(text, 50.0), ["mangler 16;", "ikke", "dokumenteret", "21"]);
    }

    #[test]
    fn a_word_that_is_too_long_is_broken_with_hyphens_and_loses_no_letter() {
        let lines = Type::regular(7.0).lines("en Hjerterehabiliteringsenhed", 40.0);
        assert!(
            lines.len() > 2 && lines.iter().skip(1).rev().skip(1).all(|line| line.ends_with('-')),
            "{lines:?}"
        );
        assert_eq!(lines.concat().replace('-', ""), "enHjerterehabiliteringsenhed");
        assert_eq!(Type::regular(7.0).lines("", 40.0), [""]);
    }
}
