//! `repeat.do` as a text: what would break it in Stata and can be seen without Stata.

use std::collections::BTreeSet;
use std::fs;

use crate::small_study::SmallStudy;

fn exported() -> SmallStudy {
    let study = SmallStudy::reviewed();
    study.edit("by = []", "by = []\npost_stratify = \"frame\"\nitem_weights = true");
    study.done(&["export"]);
    study
}

fn text(study: &SmallStudy) -> String {
    fs::read_to_string(study.path("export/repeat.do")).unwrap()
}

/// The lines that are no comments.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.starts_with('*') && !line.is_empty())
}

fn variables(study: &SmallStudy, data: &str) -> BTreeSet<String> {
    let csv = fs::read_to_string(study.path(&format!("export/{data}.csv"))).unwrap();
    csv.lines().next().unwrap().split(',').map(str::to_owned).collect()
}

#[test]
fn every_line_is_short_and_its_quotes_and_parentheses_are_pairs() {
    let text = text(&exported());
    for line in lines(&text) {
        assert!(line.is_ascii() && line.len() <= 240, "{line}");
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
        assert_eq!(line.matches('`').count(), line.matches('\'').count(), "macros: {line}");
        for [open, close] in [['(', ')'], ['[', ']']] {
            assert_eq!(line.matches(open).count(), line.matches(close).count(), "{line}");
        }
        assert!(!line.contains("//") && !line.contains("/*"), "Stata begins a comment here: {line}");
    }
}

#[test]
fn blocks_open_and_close_and_the_program_ends() {
    let text = text(&exported());
    let mut depth = 0_i32;
    for line in lines(&text) {
        // `${method}` is a macro and no block.
        let line = line.replace("${method}", "");
        assert!(!line.contains('}') || line == "}", "a closing brace stands on a line of its own: {line}");
        assert!(!line.contains('{') || line.ends_with('{'), "an opening brace ends its line: {line}");
        depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
        assert!(depth >= 0, "{line}");
    }
    assert_eq!(depth, 0);
    assert_eq!(lines(&text).filter(|line| *line == "end").count(), 1);
    let globals = ["level", "method", "fpc", "lonely", "refuse"];
    for name in globals {
        assert_eq!(
            lines(&text).filter(|line| line.starts_with(&format!("global {name} "))).count(),
            1,
            "{name}"
        );
    }
}

/// In Stata `///` goes on in the next line and `/*` to the next `*/`, in a comment that begins with `*` as well.
#[test]
fn a_title_ends_with_its_line_and_the_version_is_the_first_command() {
    let study = exported();
    study.edit("title = \"", "title = \"A `b' $c /* d ///");
    study.done(&["export", "--replace"]);
    let text = text(&study);
    let title = text.lines().next().unwrap();
    assert!(title.starts_with("* A 'b' c / * d / / /"), "{title}");
    assert!(!["`", "$", "//", "/*"].iter().any(|mark| title.contains(mark)), "{title}");
    assert_eq!(lines(&text).next(), Some("version 15"));
}

/// `svyset` refuses rates and sizes of strata in one variable, and takes the size 1 for a rate.
#[test]
fn the_finite_population_is_given_in_rates_alone() {
    let text = text(&exported());
    let made: Vec<&str> = lines(&text).filter(|line| line.contains("double rate = ")).collect();
    assert_eq!(made, ["generate double rate = cond($fpc, n / N_frame, cond(N_frame == 1, 1, 1e-15))"]);
    let svyset = lines(&text).find(|line| line.starts_with("svyset")).unwrap();
    assert!(svyset.contains("strata(stratum_number) fpc(rate) "), "{svyset}");
}

#[test]
fn every_variable_of_a_call_is_in_the_file_that_it_is_taken_from() {
    let study = exported();
    let text = text(&study);
    let (courses, strata) =
        (variables(&study, "confidential-courses"), variables(&study, "confidential-strata"));
    let calls: Vec<Vec<&str>> = lines(&text)
        .filter(|line| line.starts_with("repeat_one "))
        .map(|line| line.split_whitespace().skip(1).map(|word| word.trim_matches('"')).collect())
        .collect();
    assert_eq!(calls.len(), 3 * 8, "three indicators, eight measures");
    // id cell weight measure tp fp fn tn yes no post postframe
    for call in &calls {
        assert_eq!(call.len(), 12, "{call:?}");
        for place in [1, 2, 10, 11] {
            assert!(courses.contains(call[place]), "{} is not among the courses' variables", call[place]);
        }
        for place in [8, 9] {
            assert!(strata.contains(call[place]), "{} is not among the strata's variables", call[place]);
        }
    }
    for name in ["stratum", "N_frame"] {
        assert!(courses.contains(name) && strata.contains(name), "{name}");
    }
}

/// A variable that the program makes must be new, and no longer than 32 letters.
#[test]
fn no_variable_of_the_program_is_one_of_the_data() {
    let study = exported();
    let text = text(&study);
    let courses = variables(&study, "confidential-courses");
    let mut made = BTreeSet::new();
    for line in lines(&text) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let from = words.iter().position(|word| ["generate", "egen"].contains(word));
        if let Some(from) = from {
            let types = ["byte", "int", "long", "float", "double"];
            let name = words[from + 1..].iter().find(|word| !types.contains(word)).unwrap();
            assert!(!courses.contains(*name), "{name} is there already");
            made.insert((*name).to_owned());
        }
    }
    assert!(made.len() > 10, "{made:?}");
    for name in made.iter().chain(&courses) {
        let is_name = name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_')
            && !name.starts_with(|one: char| one.is_ascii_digit());
        assert!(is_name && name.len() <= 32, "{name}");
    }
}
