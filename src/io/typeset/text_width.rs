//! How wide a line of text is in Helvetica, whose widths Arial and Liberation Sans share; other types are seldom wider.

/// The widths of the characters from the blank to `~`, in thousandths of the size: Adobe's font metrics of Helvetica.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// Letters with accents and signs, where nothing else is known.
const OTHER: u16 = 600;

/// The width of a line, in ems.
pub(super) fn text_width(text: &str) -> f64 {
    text.chars().map(|c| f64::from(width(c)) / 1000.0).sum()
}

fn width(c: char) -> u16 {
    match c {
        ' '..='~' => ASCII[c as usize - ' ' as usize],
        'å' | '–' => 556,
        'æ' => 889,
        'Å' => 667,
        'Æ' | '→' => 1000,
        'Ø' => 778,
        '∞' => 713,
        '\u{a0}' => 278,
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_equally_wide_and_an_em_is_one() {
        assert_eq!([text_width("1"), text_width("8"), text_width("–")], [0.556; 3]);
        assert!((text_width("85.1–93.0") - 4.448).abs() < 1e-9);
        assert_eq!([text_width("~"), text_width("@"), text_width("Æ")], [0.584, 1.015, 1.0]);
    }
}
