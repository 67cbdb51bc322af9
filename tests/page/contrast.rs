//! The colours of the page, measured: text that can be read by those who see little contrast.
//!
//! Relative luminance and contrast ratio as in WCAG 2.1; AA asks for 4.5:1.

const STYLE: &str = include_str!("../../src/io/html/style.css");

/// What AA asks for text of any size.
const LEAST: f64 = 4.5;

type Colour = [f64; 3];

/// `#1c2430`, or `#fff`, in shares of one.
fn colour(text: &str) -> Colour {
    let digits =
        text.strip_prefix('#').unwrap_or_else(|| panic!("`{text}` is no colour that can be measured"));
    let wide = if digits.len() == 3 {
        digits.chars().flat_map(|digit| [digit; 2]).collect()
    } else {
        digits.to_owned()
    };
    assert_eq!(wide.len(), 6, "{text}");
    [0, 2, 4].map(|place| f64::from(u8::from_str_radix(&wide[place..place + 2], 16).unwrap()) / 255.0)
}

fn luminance(colour: Colour) -> f64 {
    let linear =
        |share: f64| if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let [one, other] = [one, other].map(luminance);
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The declarations of each rule, innermost braces alone, with the variables of `:root` put in.
fn rules() -> Vec<(String, Vec<(String, String)>)> {
    let mut style = STYLE.to_owned();
    let root = STYLE.split(":root {").nth(1).unwrap().split('}').next().unwrap();
    for variable in root.split(';').filter_map(|line| line.trim().split_once(": ")) {
        style = style.replace(&format!("var({})", variable.0), variable.1);
    }
    assert!(!style.contains("var("), "every variable is one of the root's");
    let rule = |piece: &str| {
        let (selector, body) = piece.rsplit_once('{')?;
        let selector = selector.rsplit(['{', '/']).next().unwrap().trim().to_owned();
        let declaration = |text: &str| {
            let (name, value) = text.split_once(':')?;
            Some((name.trim().to_owned(), value.trim().to_owned()))
        };
        Some((selector, body.split(';').filter_map(declaration).collect()))
    };
    style.split('}').filter_map(rule).collect()
}

fn value<'r>(rule: &'r [(String, String)], name: &str) -> Option<&'r str> {
    let value = rule.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())?;
    (!["inherit", "none"].contains(&value)).then_some(value)
}

#[test]
fn the_measure_is_that_of_wcag() {
    assert!((contrast(colour("#000"), colour("#fff")) - 21.0).abs() < 1e-9);
    // The grey that is known as the palest that AA allows on white.
    let greys = ["#767676", "#777777"].map(|grey| contrast(colour(grey), colour("#fff")) >= LEAST);
    assert_eq!(greys, [true, false]);
}

#[test]
fn every_text_of_the_page_has_the_contrast_that_aa_asks_for() {
    let rules = rules();
    // A rule with both is a pair; what has no ink of its own carries any ink.
    let grounds = rules.iter().filter(|(_, rule)| value(rule, "color").is_none());
    let mut grounds: Vec<&str> = grounds.filter_map(|(_, rule)| value(rule, "background")).collect();
    grounds.push("#fff");
    let mut pairs = 0;
    for (selector, rule) in &rules {
        let Some(ink) = value(rule, "color") else { continue };
        let own = value(rule, "background").filter(|_| selector != "body");
        for ground in own.map_or(grounds.clone(), |own| vec![own]) {
            let ratio = contrast(colour(ink), colour(ground));
            assert!(ratio >= LEAST, "{selector}: {ink} on {ground} is {ratio:.2}:1");
            pairs += 1;
        }
    }
    assert!(pairs >= 30, "{pairs}");
}

/// What shows where the keyboard is needs 3:1 (WCAG 2.1, 1.4.11), and so do the frames of what can be filled in.
#[test]
fn the_focus_and_the_frames_of_fields_can_be_seen() {
    let mut seen = 0;
    for (selector, rule) in rules() {
        for name in ["outline", "border"] {
            let is_shown = name == "outline" || selector.contains("input");
            let Some(line) = value(&rule, name).filter(|_| is_shown) else { continue };
            let ratio = contrast(colour(line.split(' ').next_back().unwrap()), colour("#fff"));
            assert!(ratio >= 3.0, "{selector}: {line} is {ratio:.2}:1");
            seen += 1;
        }
    }
    assert_eq!(seen, 2);
}
