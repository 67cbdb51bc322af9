//! The house rules that a compiler does not know: the one direction of the data, pure stages, short files, and no number
//! that could be a living person's CPR number.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module uses only what stands before it. The first three may be used by all.
const ORDER: [&str; 17] = [
    "error", "digest", "random", "stats", "protocol", "register", "cohort", "plan", "draw", "review",
    "accuracy", "report", "io", "store", "study", "demo", "cli",
];

/// Numbers in, numbers out: these open no file.
const PURE: [&str; 12] = [
    "error", "digest", "random", "stats", "protocol", "register", "cohort", "plan", "draw", "review",
    "accuracy", "report",
];

/// Names that explain nothing.
const EMPTY_WORDS: [&str; 7] = ["util", "utils", "helper", "helpers", "common", "types", "manager"];

/// Look twice at 300 lines, stop at 400.
const LONGEST_FILE: usize = 400;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with one of these endings, in order.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.insert(path);
            }
        }
    }
    found.into_iter().collect()
}

/// The module at the top that a source file belongs to.
fn module(path: &Path) -> String {
    let within = path.strip_prefix(root().join("src")).unwrap();
    let first = within.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The source without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Every `crate::name` that a text mentions, nested `use crate::{a, b}` included.
fn used_modules(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        used.extend(names.into_iter().map(|name| {
            name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned()
        }));
    }
    used
}

#[test]
fn data_flow_one_way() {
    let place = |name: &str| ORDER.iter().position(|module| *module == name);
    for path in files("src", &["rs"]) {
        let own = module(&path);
        let Some(here) = place(&own) else {
            assert!(["lib", "main"].contains(&own.as_str()), "{} has no place in the order", path.display());
            continue;
        };
        for used in used_modules(&code(&path)) {
            let there = place(&used);
            assert!(
                there.is_none_or(|there| there <= here),
                "{} uses `{used}`, which comes after it",
                path.display()
            );
        }
    }
}

#[test]
fn every_module_of_the_crate_has_its_place() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: BTreeSet<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(declared, ORDER.into_iter().collect());
}

#[test]
fn stages_open_no_file() {
    for path in files("src", &["rs"]).iter().filter(|path| PURE.contains(&module(path).as_str())) {
        for forbidden in [
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "SystemTime",
            "Timestamp::now",
            "Zoned::now",
            "rusqlite",
        ] {
            assert!(!code(path).contains(forbidden), "{} uses {forbidden}", path.display());
        }
    }
}

#[test]
fn files_are_short_and_named_for_what_they_hold() {
    for path in files("src", &["rs"]) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!EMPTY_WORDS.contains(&name.as_str()), "{} explains nothing", path.display());
    }
}

#[test]
fn every_test_file_is_part_of_the_binary() {
    let main = fs::read_to_string(root().join("tests/main.rs")).unwrap();
    for entry in fs::read_dir(root().join("tests")).unwrap().flatten() {
        let path = entry.path();
        let is_module =
            path.join("mod.rs").is_file() || path.extension().is_some_and(|ending| ending == "rs");
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            !is_module || name == "main" || main.contains(&format!("mod {name};")),
            "{name} is forgotten"
        );
    }
}

/// Whether ten characters in a row could be the CPR number of somebody alive or dead: a possible date, and either modulus 11
/// holds or the birthday is 1 January, when it need not. Who is born in 2038 or later is nobody yet.
fn could_be_somebody(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 10] = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let two = |at: usize| u32::from(digits[at]) * 10 + u32::from(digits[at + 1]);
    let (day, month) = (two(0), two(2));
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let not_yet_born = (5..=8).contains(&digits[6]) && (38..=57).contains(&two(4));
    let possible = (1..=31).contains(&day) && (1..=12).contains(&month) && !not_yet_born;
    possible && (sum.is_multiple_of(11) || (day, month) == (1, 1))
}

/// All runs of exactly ten digits, with or without a hyphen before the last four.
fn ten_digit_runs(text: &str) -> Vec<Vec<u8>> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let after = bytes.get(end) == Some(&b'-');
        let tail = bytes.get(end + 1..).unwrap_or_default();
        let tail_digits = tail.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let preceded = at > 0 && matches!(bytes[at - 1], b'.' | b'-');
        if end - at == 10 && !preceded {
            runs.push(bytes[at..end].iter().map(|digit| digit - b'0').collect());
        } else if end - at == 6 && after && tail_digits == 4 && !preceded {
            let all = bytes[at..end].iter().chain(&tail[..4]);
            runs.push(all.map(|digit| digit - b'0').collect());
        }
        at = end.max(at + 1);
    }
    runs
}

#[test]
fn no_number_in_the_project_could_be_a_living_persons() {
    let endings = ["rs", "md", "toml", "csv", "py", "txt", "snap", "json"];
    for folder in ["src", "tests", "benches", "docs", "fixtures"] {
        for path in files(folder, &endings) {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            let somebody = ten_digit_runs(&text).into_iter().filter(|run| could_be_somebody(run)).count();
            assert_eq!(somebody, 0, "{} holds what could be somebody's CPR number", path.display());
        }
    }
}

#[test]
fn the_rules_see_what_they_should() {
    assert_eq!(
        used_modules("use crate::{io, store};\ncrate::stats::x()"),
        ["io", "store", "stats"].map(str::to_owned).into()
    );
    assert_eq!(ten_digit_runs("1234567890 123456-7890 12345678901 0.1234567890").len(), 2);
}
