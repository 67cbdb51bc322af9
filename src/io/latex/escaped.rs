//! Text that LaTeX prints as it stands.

use std::fmt::Write as _;

/// Letters beyond Latin-1 that the encoding T1 has.
const LETTERS: &str = "ĂăĄąĆćČčĎďĐđĘęĚěĞğİıĹĺĽľŁłŃńŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž‘’“”„…";

/// A text in which nothing is a command. What the type does not have is told by its number: a question mark would hide it.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => safe.extend(['\\', c]),
            '[' | ']' | '*' => safe.extend(['{', c, '}']),
            c if sign(c).is_some() => safe.push_str(sign(c).unwrap_or_default()),
            ' '..='~' | '¡'..='ÿ' => safe.push(c),
            c if LETTERS.contains(c) => safe.push(c),
            c if c.is_whitespace() => safe.push(' '),
            c if c.is_control() => {}
            c => drop(write!(safe, "U+{:04X}", c as u32)),
        }
    }
    safe
}

/// What LaTeX has a command for.
fn sign(c: char) -> Option<&'static str> {
    Some(match c {
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '"' => "\\textquotedbl{}",
        '<' => "$<$",
        '>' => "$>$",
        '×' => "$\\times$",
        '±' => "$\\pm$",
        '·' => "$\\cdot$",
        'µ' | 'μ' => "$\\mu$",
        '−' => "$-$",
        '≥' => "$\\geq$",
        '≤' => "$\\leq$",
        '≈' => "$\\approx$",
        '≠' => "$\\neq$",
        '→' => "$\\rightarrow$",
        '∞' => "$\\infty$",
        'α' => "$\\alpha$",
        'β' => "$\\beta$",
        'δ' => "$\\delta$",
        'κ' => "$\\kappa$",
        'σ' => "$\\sigma$",
        'χ' => "$\\chi$",
        'Δ' => "$\\Delta$",
        '–' => "--",
        '—' => "---",
        '†' => "\\textdagger{}",
        '€' => "\\texteuro{}",
        '\u{a0}' => "~",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_stay_and_signs_are_commands() {
        assert_eq!(escaped("Ærø åØ −3,2 ≥ ∞ [1] 5*"), "Ærø åØ $-$3,2 $\\geq$ $\\infty$ {[}1{]} 5{*}");
        assert_eq!(escaped("#1 a_b 50 % \\x"), "\\#1 a\\_b 50 \\% \\textbackslash{}x");
    }

    #[test]
    fn what_the_type_does_not_have_is_told_by_its_number() {
        assert_eq!(escaped("a\n\u{7}😀ŠЖ"), "a U+1F600ŠU+0416");
    }
}
