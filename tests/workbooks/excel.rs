//! What Excel refuses and other programs let pass: every part of every workbook of a study that goes to the limits is held against Excel's.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::review_forms::parts;
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// Functions that a formula may call, as files name them in every language.
const FUNCTIONS: [&str; 16] = [
    "AND",
    "OR",
    "NOT",
    "IF",
    "COUNT",
    "COUNTA",
    "COUNTBLANK",
    "ABS",
    "INT",
    "ISNUMBER",
    "DATE",
    "TODAY",
    "LEN",
    "TRIM",
    "VALUE",
    "IFERROR",
];

/// A label that goes on for so many characters, with everything that has a meaning in XML, in formulas or in the head of a page.
fn long(begins: &str, length: usize) -> String {
    let text = format!("{begins} Æblegrød, \"rød\" & 'blå' <ål> 100 % [x] {{y}} &P; ");
    text.chars().cycle().take(length).collect::<String>().replace('"', "\\\"")
}

/// 200 items of all kinds with awkward labels, and rules over them.
fn extreme() -> String {
    let mut items = String::new();
    for number in 0..200 {
        let name = long(&format!("=Spørgsmål {number}"), 300);
        let definition = long("@Hvad", if number == 7 { 6000 } else { 900 });
        let kind = match number % 6 {
            0 => "kind = \"yes_no\"".to_owned(),
            1 => "kind = \"whole\"\nmin = 0\nmax = 500".to_owned(),
            2 => "kind = \"decimal\"".to_owned(),
            3 => "kind = \"date\"".to_owned(),
            4 => format!(
                "kind = \"choice\"\nchoices = {{ a = \"=1+1, og\", b = \"1-2\", c = \"{}\", d = \"ja, \\\"nej\\\"\" }}",
                long("-Langt", if number == 4 { 400 } else { 90 })
            ),
            _ => "kind = \"text\"".to_owned(),
        };
        let ask = match number % 8 {
            3 => {
                "ask_if = { all = [{ equals = { item = \"i0\", value = \"yes\" } }, { not = { equals = { item = \"i4\", value = \"c\" } } }, { equals = { item = \"i10\", value = \"d\" } }] }\n"
            }
            _ => "",
        };
        let must = match number % 6 {
            1 if number > 1 => "must = { at_most = { item = \"ID\", percent = 99.5, of = \"i1\" } }\n",
            3 if number > 3 => {
                "must = { any = [{ after = { item = \"ID\", of = \"i3\" } }, { within_days = { item = \"ID\", days = 30, of = \"i3\" } }, { not = { equals = { item = \"i4\", value = \"d\" } } }, { not = { before = { item = \"ID\", of = \"first_attendance\" } } }] }\n"
            }
            4 => {
                "must = { not = { all = [{ equals = { item = \"ID\", value = \"c\" } }, { equals = { item = \"i6\", value = \"no\" } }] } }\n"
            }
            _ => "",
        };
        let must = must.replace("ID", &format!("i{number}"));
        write!(
            items,
            "\n[item.i{number}]\nname = \"{name}\"\ndefinition = \"{definition}\"\n{kind}\n{ask}{must}"
        )
        .unwrap();
    }
    let derived = "[indicator.smoking.derived]\nalso_ask = true\nyes_if = { equals = { item = \"i6\", value = \"yes\" } }\n";
    let text = PROTOCOL.replace("\n[sampling]\n", &format!("\n{derived}{items}\n[sampling]\n"));
    text.replace("register_name = \"The register\"", &format!("register_name = \"{}\"", long("&=", 280)))
        .replace(
            "name = \"Odder\"",
            &format!("name = \"{}\"\nspellings = [\"Odder\"]", long("Odder/*?:", 150)),
        )
}

/// The text between two marks, each time they occur.
fn between<'t>(text: &'t str, from: &'t str, to: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(from).skip(1).filter_map(move |rest| rest.split(to).next())
}

fn plain(xml: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    named.iter().fold(xml.to_owned(), |text, (code, sign)| text.replace(code, sign))
}

fn attribute(element: &str, name: &str) -> Option<String> {
    between(element, &format!(" {name}=\""), "\"").next().map(plain)
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A formula as Excel reads a file: English functions, commas, texts of at most 255, no more than 64 levels.
fn assert_formula(formula: &str, longest: usize) {
    assert!(units(formula) <= longest && !formula.starts_with('='), "{} {formula}", units(formula));
    let mut bare = String::new();
    for (place, part) in formula.split('"').enumerate() {
        // Doubled quotes only make more and shorter parts.
        if place.is_multiple_of(2) { bare += part } else { assert!(units(part) <= 255, "{formula}") }
    }
    assert_eq!(formula.matches('"').count() % 2, 0, "{formula}");
    for (longest_text, _) in formula.match_indices('"').map(|(at, _)| (text_at(formula, at), at)) {
        assert!(longest_text <= 255, "{formula}");
    }
    assert!(!bare.contains([';', '{', '\'', '#', '[']), "{formula}");
    let calls = bare.match_indices('(').map(|(at, _)| {
        let name: String = bare[..at].chars().rev().take_while(char::is_ascii_alphabetic).collect();
        name.chars().rev().collect::<String>()
    });
    for name in calls.filter(|name| !name.is_empty()) {
        assert!(FUNCTIONS.contains(&name.as_str()), "{name} in {formula}");
    }
    let (mut depth, mut deepest) = (0, 0);
    for sign in bare.chars() {
        depth += i32::from(sign == '(') - i32::from(sign == ')');
        deepest = deepest.max(depth);
        assert!(depth >= 0, "{formula}");
    }
    assert!(depth == 0 && deepest <= 64, "{formula}");
}

/// How long the text is that begins with this quote, doubled ones counted once.
fn text_at(formula: &str, at: usize) -> usize {
    let opens = formula[..at].matches('"').count().is_multiple_of(2);
    if !opens {
        return 0;
    }
    let rest = formula[at + 1..].replace("\"\"", "\u{1}");
    units(rest.split('"').next().unwrap_or_default())
}

/// The cells of a reference, first and last.
fn cells(reference: &str) -> [(u32, u32); 2] {
    let cell = |name: &str| {
        let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
        let column = letters.fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
        (column, name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().unwrap())
    };
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    [cell(first), cell(last)]
}

fn assert_sheet(xml: &str) {
    let mut taken: Vec<[(u32, u32); 2]> = Vec::new();
    let checks: Vec<&str> = between(xml, "<dataValidation ", "</dataValidation>").collect();
    assert!(checks.len() <= 65_534);
    for check in checks {
        let check = format!(" {check}");
        for (name, longest) in [("promptTitle", 32), ("prompt", 255), ("errorTitle", 32), ("error", 225)] {
            let text = attribute(&check, name).unwrap_or_default();
            assert!(units(&text) <= longest && !text.is_empty(), "{name}: {text}");
        }
        let formula = plain(between(&check, "<formula1>", "</formula1>").next().unwrap());
        assert_formula(&formula, 257);
        if attribute(&check, "type").as_deref() == Some("list") && formula.starts_with('"') {
            assert!(units(&formula) <= 257 && formula.matches('"').count() == 2, "{formula}");
            let words = formula.trim_matches('"').split(',');
            assert!(words.into_iter().all(|word| word.starts_with(char::is_alphabetic)), "{formula}");
        } else {
            assert!(units(&formula) <= 255, "{formula}");
        }
        let here = cells(&attribute(&check, "sqref").unwrap());
        let meets = |there: &[(u32, u32); 2]| {
            here[0].0 <= there[1].0
                && there[0].0 <= here[1].0
                && here[0].1 <= there[1].1
                && there[0].1 <= here[1].1
        };
        assert!(!taken.iter().any(meets), "two checks on {here:?}");
        taken.push(here);
    }
    for formula in
        between(xml, "<cfRule ", "</cfRule>").flat_map(|rule| between(rule, "<formula>", "</formula>"))
    {
        assert_formula(&plain(formula), 8192);
    }
    for height in between(xml, "<row ", ">").filter_map(|row| attribute(&format!(" {row}"), "ht")) {
        assert!(height.parse::<f64>().unwrap() <= 409.0, "{height}");
    }
    for width in between(xml, "<col ", ">").filter_map(|col| attribute(&format!(" {col}"), "width")) {
        assert!(width.parse::<f64>().unwrap() <= 255.0, "{width}");
    }
    for (from, to) in [("<oddHeader>", "</oddHeader>"), ("<oddFooter>", "</oddFooter>")] {
        let heads: Vec<String> = between(xml, from, to).map(plain).collect();
        assert!(heads.iter().all(|head| units(head) <= 255), "{heads:?}");
        assert!(
            heads.len() == 1 || xml.contains("state=\"veryHidden\"") || !xml.contains("<pageSetup"),
            "a head is missing"
        );
    }
}

fn assert_book(xml: &str) {
    let named = between(xml, "<sheet ", "/>").map(|sheet| attribute(&format!(" {sheet}"), "name").unwrap());
    let names: Vec<String> = named.collect();
    let folded: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), names.len(), "{names:?}");
    for name in &names {
        assert!(
            (1..=31).contains(&units(name)) && !name.contains(['[', ']', ':', '*', '?', '/', '\\']),
            "{name}"
        );
        assert!(!name.starts_with('\'') && !name.ends_with('\''), "{name}");
    }
    let defined: Vec<(Option<String>, Option<String>)> = between(xml, "<definedName ", ">")
        .map(|one| format!(" {one}"))
        .map(|one| (attribute(&one, "name"), attribute(&one, "localSheetId")))
        .collect();
    assert_eq!(defined.iter().collect::<BTreeSet<_>>().len(), defined.len(), "{defined:?}");
}

fn assert_excel_takes(study: &SmallStudy, name: &str) {
    for (part, xml) in parts(&study.path(&format!("forms/{name}"))) {
        let is_control = |sign: char| sign.is_control() && !['\n', '\r', '\t'].contains(&sign);
        assert!(!xml.contains(is_control) && !xml.contains("&#"), "{part} of {name}");
        match part.as_str() {
            "xl/workbook.xml" => assert_book(&xml),
            "xl/sharedStrings.xml" => {
                let longest = between(&xml, "<si>", "</si>").map(|text| units(&plain(text))).max();
                assert!(longest.is_some_and(|longest| longest <= 32_767), "{longest:?}");
            }
            sheet if sheet.starts_with("xl/worksheets/sheet") => assert_sheet(&xml),
            _ => {}
        }
    }
}

#[test]
fn excel_takes_every_workbook_of_a_study_that_goes_to_its_limits() {
    let study = SmallStudy::with(&extreme(), &csv(&courses(200)));
    study.done(&["draw"]);
    study.done(&["forms"]);
    std::fs::create_dir(study.path("danish")).unwrap();
    let danish = study.files("forms");
    danish.iter().for_each(|name| assert_excel_takes(&study, name));
    for name in &danish {
        std::fs::rename(study.path(&format!("forms/{name}")), study.path(&format!("danish/{name}"))).unwrap();
    }
    study.done(&["forms", "--again", "--language", "en"]);
    let english = study.files("forms");
    assert_eq!((english.len(), danish.len()), (12, 12));
    english.iter().for_each(|name| assert_excel_takes(&study, name));
}

#[test]
fn excel_takes_the_workbook_of_disagreements() {
    let study = SmallStudy::with_forms();
    study.record_all();
    let second = study.returned("727-Odder-second.xlsx", |form| {
        form.fill("XYZ");
        let other = if form.rows[0][form.column("diet")] == "Ja" { "Nej" } else { "Ja" };
        form.set(0, "diet", other);
    });
    study.done(&["record", &second]);
    study.done(&["adjudicate"]);
    let names = study.forms("adjudication");
    assert_eq!(names.len(), 1);
    assert_excel_takes(&study, &names[0]);
}
