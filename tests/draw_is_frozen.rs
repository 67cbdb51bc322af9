//! The draw may never change: numbers against a fixed table, and the demo's sample against a script in another language.

use std::path::Path;
use std::process::Command;

use hjertekommidt::demo;
use hjertekommidt::digest;
use hjertekommidt::draw::{Number, Selection, StudyId, deal_study_ids};
use hjertekommidt::protocol::Seed;
use hjertekommidt::store::{KeyAccess, Store};

/// Seed, record key and the number that belongs to them, computed with `hashlib`.
const NUMBERS: [(&str, &str, &str); 3] = [
    ("Lotto 2026-12-05 4 11 17", "a", "32d489a52784c8f0d3c2cfb0e1f68d756428dcff2ea54fde6e6d6d7ef4f11814"),
    (
        "Lotto 2026-12-05 4 11 17",
        "0203801235|2021-03-05|6620",
        "1275db0aec997c27bc1d01775f666e900a6ac9c7b64693e6f9e5b95047ee105b",
    ),
    ("an ae-free seed", "RECORD 17|ÆØÅ", "2ffac6daa3ca73402890d868d67a5d86b1bae8f5417a2cf236e0b6b5b65871c9"),
];

#[test]
fn a_key_keeps_its_number() {
    for (seed, key, number) in NUMBERS {
        let found = Number::of(&Seed::new(seed).unwrap(), key);
        assert_eq!(digest::hexadecimal(found.bytes()), number, "{key}");
    }
}

#[test]
fn a_frame_keeps_its_sample() {
    let seed = Seed::new("a frame of a thousand").unwrap();
    let mut selection = Selection::of_at_most(10);
    for key in 0..1000 {
        selection.offer(Number::of(&seed, &key.to_string()), || key);
    }
    let sample: Vec<i32> = selection.into_ordered().map(|(_, key)| key).collect();
    assert_eq!(sample, SAMPLE);
}

/// `sorted(range(1000), key=lambda k: sha256(f"a frame of a thousand|{k}".encode()).digest())[:10]`
const SAMPLE: [i32; 10] = [350, 403, 321, 48, 189, 168, 924, 897, 43, 154];

#[test]
fn study_ids_are_dealt_as_ever() {
    let ids = deal_study_ids(&Seed::new("a frame of a thousand").unwrap(), 0, 6);
    let ids: Vec<String> = ids.iter().map(StudyId::to_string).collect();
    assert_eq!(ids, ["HKM-0002C", "HKM-0003D", "HKM-0001B", "HKM-0004E", "HKM-0006G", "HKM-0005F"]);
}

#[test]
fn the_demo_keeps_its_sample_and_another_language_draws_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let study = folder.path().join("demo");
    demo::tour(&study).unwrap();
    let key = Store::open(&study, KeyAccess::Needed).unwrap().key().unwrap();
    let lines: Vec<String> = key
        .iter()
        .map(|entry| format!("{}|{}|{}|{}", entry.study_id, entry.stratum, entry.rank, entry.record_key))
        .collect();
    assert_eq!(digest::of_text(&lines.join("\n")), DEMO_KEY);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/repeat_draw.py");
    let Ok(output) = Command::new("python3").arg(script).arg(&study).output() else {
        assert!(std::env::var_os("HKM_REQUIRE_TOOLS").is_none(), "python3 is needed here");
        eprintln!("skipped: python3 is not installed");
        return;
    };
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(printed.lines().count(), 18);
    assert!(printed.lines().all(|line| line.ends_with("the same")), "{printed}");
}

/// The digest of the demo's key: study id, stratum, rank and record key, a line for each course.
const DEMO_KEY: &str = "99353df5b8c4a00f6a6b608b2c34f1045673eb365b3bc0f1a9b7f139db95ae71";
