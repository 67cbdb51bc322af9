//! Reading on several threads finds what reading in one piece finds.

use std::fs;

use jiff::civil::date;

use super::*;
use crate::protocol::Seed;
use crate::protocol::preset::Preset;
use crate::random::Generator;
use crate::store::Actor;

const HEADER: &str = "cpr;foerste_fremmoede;sygehus;diagnose;kommune;vedholdenhed;traening_80;diaet;depression;rygestop;kapacitet\n";

/// Rows of people born before 1900, with something odd in every hundredth of them.
fn rows(count: u64, odd: impl Fn(u64) -> Option<&'static str>) -> String {
    let codes = ["615", "657", "0661", "Lemvig", "Struer Kommune", "706", "751", "Ringkoebing-Skjern"];
    let mut generator = Generator::of("rows for several threads");
    let mut text = HEADER.to_owned();
    for row in 0..count {
        let (day, month, year) = (1 + row % 28, 1 + row / 28 % 12, 58 + row / 336 % 42);
        let (code, number) = (codes[generator.below(8) as usize], 5000 + row / 14_112);
        let value = generator.below(2);
        text += &format!(
            "{day:02}{month:02}{year:02}-{number};2022-{:02}-0{};6620;DI219;{code};{value};1;0;1;{};0\n",
            1 + row % 12,
            1 + row % 9,
            1 - value
        );
        text += odd(row).unwrap_or_default();
    }
    text
}

/// A pass over a register by so many threads.
fn scanned(register: &[u8], threads: usize) -> Scan {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("study.toml"), Preset::Hjertekommidt.text()).unwrap();
    fs::write(folder.path().join("register.csv"), register).unwrap();
    let study = Study::open(folder.path()).unwrap();
    let numbering = Numbering::new(&Seed::new("several threads").unwrap());
    let actor = Actor { at: "2026-01-01T00:00:00Z".to_owned(), who: "test".to_owned() };
    let session = Session { actor, today: date(2026, 1, 1), progress: &|_| {} };
    let most = vec![40; study.protocol.strata.count()];
    scan_on(threads, &study, &numbering, &most, &session, 0).unwrap()
}

fn assert_same(register: &[u8]) -> Scan {
    let whole = scanned(register, 1);
    for threads in [2, 5] {
        let shared = scanned(register, threads);
        assert_eq!(shared.flow, whole.flow);
        assert_eq!(shared.frame, whole.frame);
        assert_eq!(shared.digest, whole.digest);
        assert_eq!(shared.layout, whole.layout);
        assert_eq!((&shared.findings, &shared.refusals), (&whole.findings, &whole.refusals));
        assert_eq!(shared.has_conflicts, whole.has_conflicts);
        let courses = |scan: &Scan| -> Vec<Vec<String>> {
            let keys =
                |selection: Selection<Candidate>| selection.into_ordered().map(|(_, one)| one.key).collect();
            scan.selections.iter().cloned().map(keys).collect()
        };
        assert_eq!(courses(&shared), courses(&whole));
    }
    whole
}

#[test]
fn several_threads_find_what_one_finds() {
    let scan = assert_same(rows(4_000, |_| None).as_bytes());
    assert_eq!(scan.frame.total(), 4_000);
    assert!(scan.refusals.is_empty());
}

#[test]
fn oddities_and_repeated_rows_are_told_the_same() {
    let odd = |row: u64| match row % 400 {
        100 => Some("\n \n"),
        200 => Some("610158-5000;2022-01-01;1301;DI219;751;1;1;0;1;0;0\n"),
        300 => Some("610158-5000;2022-02-31;6620;DI219;751;1;1;0;1;0;0\n"),
        400 => Some("020259-5000;2022-01-01;6620;DI219;Samsø;perhaps;1;0;1;0;0\n"),
        500 => Some("030359-5000;2022-01-01;6620;\"DI2\n19\";\"751\";9;1;0;1;0;0\n"),
        600 => Some("not a number;2022-01-01;6620;DI219;751;1;1;0;1;0;0\n"),
        _ => None,
    };
    let scan = assert_same(rows(4_000, odd).as_bytes());
    assert_eq!(scan.flow.excluded(Exclusion::Duplicate), 9);
    assert!(scan.findings.len() > 5);
}

#[test]
fn what_cannot_be_shared_is_read_in_one_piece() {
    for (at, odd) in [
        (3_000, "too;few\n"),
        (3_000, "1;\"never closed\n"),
        (1, "more than the others;;;;;;;;;;;;;;;;;;;x\n"),
    ] {
        let scan = assert_same(rows(3_100, |row| (row == at).then_some(odd)).as_bytes());
        assert_eq!(scan.refusals.len(), 1, "{odd}");
    }
    let mixed = rows(3_100, |row| match row {
        5 => Some("020259-5000;2022-01-01;6620;DI219;Samsø;1;1;0;1;0;0\n"),
        _ => None,
    });
    let mixed = [mixed.as_bytes(), b"020259-5000;2022-01-01;6620;DI219;Sams\xF8;1;1;0;1;0;0\n"].concat();
    assert_eq!(assert_same(&mixed).refusals[0].code, "encoding_not_utf8");
}

#[test]
fn a_row_is_known_again_wherever_its_double_was_read() {
    let text = rows(4_000, |_| None);
    let again: Vec<&str> = text.lines().skip(1).step_by(199).collect();
    let scan = assert_same(format!("{text}{}\n", again.join("\n")).as_bytes());
    assert_eq!(scan.flow.excluded(Exclusion::Duplicate), again.len() as u64);
}

#[test]
fn more_texts_than_are_told_apart_are_told_as_they_come() {
    let text = rows(4_000, |_| None);
    // In every 78th row each text stands once, so that no thread meets too many of them.
    for (texts, step, told) in [(50, 20, 50), (51, 20, 51), (51, 78, 51), (80, 20, 51)] {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (place, line) in lines.iter_mut().enumerate().skip(1).step_by(step) {
            *line = line.replace(";6620;", &format!(";9{:03};", place / step % texts));
        }
        let scan = assert_same((lines.join("\n")).as_bytes());
        let unknown = scan.findings.iter().filter(|finding| finding.code == "hospital_unknown");
        assert_eq!(unknown.count(), told, "{texts}, {step}");
    }
}

#[test]
fn blanks_around_cells_make_neither_another_course_nor_another_value() {
    let plain = "020259-5000;2022-01-01;6620;DI219;751;1;1;0;1;0;0";
    let blanks = [
        (";6620;", "; 6620;"),
        (";DI219;", "; DI219 ;"),
        (";751;", ";751 ;"),
        ("2022-01-01", " 01-01-2022 "),
        (";0;1;0;0", "; 0;1 ; 0 ;0 "),
    ];
    let rows = blanks.map(|(cell, with_blanks)| format!("{plain}\n{}\n", plain.replace(cell, with_blanks)));
    let scan = assert_same(format!("{HEADER}{}", rows.concat().repeat(3)).as_bytes());
    assert_eq!((scan.frame.total(), scan.flow.excluded(Exclusion::Duplicate)), (1, 29));
    assert!(scan.frame.indicators.iter().all(|indicator| indicator.values.len() == 1));
    assert!(!scan.has_conflicts && scan.refusals.is_empty());
}
