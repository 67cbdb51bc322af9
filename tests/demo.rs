//! The invented register through the commands it was invented for, and the small one that is kept as a fixture.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hjertekommidt::cohort::{Exclusion, Flow, Outcome, RepeatFinder, RepeatedKeys, Scanner};
use hjertekommidt::demo::{InventedRegister, Visit, protocol_text, read_look_up_list};
use hjertekommidt::draw::{Numbering, StudyId};
use hjertekommidt::error::Severity;
use hjertekommidt::io::{Extract, ReadOptions};
use hjertekommidt::protocol::preset::Preset;
use hjertekommidt::protocol::{Language, Protocol};
use hjertekommidt::register::Row;
use hjertekommidt::review::Reading;
use hjertekommidt::store::Actor;
use hjertekommidt::study::{
    FormFormat, PROTOCOL_FILE, RecordOptions, Session, Study, adjudicate_out, adjudicate_return, check, draw,
    record, replace, status, write_forms,
};
use jiff::civil::date;

/// Set to rewrite the fixture after a change of the generator that is meant.
const REWRITE: &str = "HKM_WRITE_FIXTURES";

#[test]
fn the_small_register_is_the_one_that_is_kept() {
    let register = InventedRegister::new("demo-small", 400);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo-small");
    for (name, bytes) in [("register.csv", register.register_csv()), ("truth.csv", register.truth_csv())] {
        if std::env::var_os(REWRITE).is_some() {
            fs::write(folder.join(name), &bytes).unwrap();
        }
        let kept = fs::read(folder.join(name)).unwrap();
        assert!(kept == bytes, "{name} is no longer what the generator writes; {REWRITE}=1 rewrites it");
    }
}

/// What the rules of a protocol make of the register's file: the flow, and the keys of the frame.
fn scanned(register: &InventedRegister, protocol: &Protocol) -> (Flow, BTreeMap<String, String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.csv");
    fs::write(&path, register.register_csv()).unwrap();
    let mut extract = Extract::open(&path, &ReadOptions::default()).unwrap();
    let mut scanner =
        Scanner::new(protocol, extract.header(), "register.csv", jiff::civil::date(2026, 1, 1)).unwrap();
    let codes: Vec<&str> = protocol.strata.in_study().map(|stratum| stratum.code.as_str()).collect();
    let (mut flow, mut keys) = (Flow::default(), BTreeMap::new());
    let (mut finder, mut repeated) = (RepeatFinder::default(), RepeatedKeys::default());
    let mut row = Row::default();
    while extract.next_row(&mut row).unwrap() {
        flow.rows += 1;
        match scanner.read(&row) {
            Outcome::Excluded(reason) => flow.exclude(reason, 1),
            Outcome::Frame(course) => {
                finder.add(Numbering::without_seed().number(course.key).prefix());
                repeated.is_duplicate(course.key, course.compared_cells(), course.row_number());
                keys.insert(course.key.to_owned(), codes[course.stratum].to_owned());
            }
        }
    }
    assert_eq!(finder.suspects().len() as u64, repeated.duplicates());
    assert!(!repeated.has_conflicts());
    flow.exclude(Exclusion::Duplicate, repeated.duplicates());
    (flow, keys)
}

#[test]
fn the_rules_of_the_protocol_find_the_frame_that_was_invented() {
    let protocol = Protocol::read(&protocol_text(), PROTOCOL_FILE).unwrap();
    for label in ["frame", "another frame"] {
        let register = InventedRegister::new(label, 2500);
        let (flow, keys) = scanned(&register, &protocol);
        assert_eq!(flow, register.flow());
        assert_eq!(flow.frame(), 2500);
        let invented: BTreeMap<String, String> = register
            .frame()
            .map(|course| (course.record_key().to_owned(), course.municipality().unwrap().to_owned()))
            .collect();
        assert_eq!(keys, invented);
    }
}

#[test]
fn without_a_period_the_earlier_courses_belong_to_the_frame_too() {
    let protocol = Protocol::read(Preset::Hjertekommidt.text(), PROTOCOL_FILE).unwrap();
    let register = InventedRegister::new("no period", 1000);
    let (flow, _) = scanned(&register, &protocol);
    assert_eq!(flow.excluded(Exclusion::Period), 0);
    assert_eq!(flow.frame(), 1000 + register.flow().excluded(Exclusion::Period));
}

/// A study of an invented register, and everything that its municipalities do.
struct Rehearsal {
    folder: tempfile::TempDir,
    study: Study,
    register: InventedRegister,
}

impl Rehearsal {
    fn new(courses: u64, total: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let register = InventedRegister::new("rehearsal", courses);
        let protocol = protocol_text().replace("total = 600", &format!("total = {total}"));
        fs::write(folder.path().join(PROTOCOL_FILE), protocol).unwrap();
        fs::write(folder.path().join("register.csv"), register.register_csv()).unwrap();
        let study = Study::open(folder.path()).unwrap();
        Rehearsal { folder, study, register }
    }

    fn session(&self) -> Session<'static> {
        // The draw was long ago: the reviews are dated after it.
        let actor = Actor { at: "2024-01-22T12:00:00Z".to_owned(), who: "test".to_owned() };
        Session { actor, today: date(2025, 2, 1), progress: &|_| {} }
    }

    fn forms(&self, kind: &str) -> Vec<PathBuf> {
        let files = fs::read_dir(self.folder.path().join("forms")).unwrap().map(|file| file.unwrap().path());
        let mut files: Vec<PathBuf> = files.filter(|path| path.to_string_lossy().contains(kind)).collect();
        files.sort();
        files
    }

    fn keys(&self) -> BTreeMap<StudyId, String> {
        let lists = self.forms("-lookup");
        lists.iter().flat_map(|path| read_look_up_list(path).unwrap()).collect()
    }

    /// Fills all forms of a reading and stores them.
    fn returned(&self, reading: Reading, reviewed_percent: u64) -> usize {
        let kind = if reading == Reading::First { "-review" } else { "-second" };
        let visit = Visit { reading, reviewed_percent };
        let folder = self.folder.path().join("returned");
        fs::create_dir_all(&folder).unwrap();
        let fill = |path: &PathBuf| {
            let filled = self.register.fill(path, &self.keys(), visit).unwrap();
            let path = folder.join(path.file_name().unwrap()).with_extension(filled.ending);
            fs::write(&path, filled.bytes).unwrap();
            path
        };
        let files: Vec<PathBuf> = self.forms(kind).iter().map(fill).collect();
        let options = RecordOptions { reading: Some(reading), ..RecordOptions::default() };
        let report = record(&self.study, &files, options, &self.session()).unwrap();
        assert!(report.changed.is_empty() && report.findings.is_empty());
        report.new
    }
}

#[test]
fn the_reviewers_of_the_demo_bring_a_study_to_its_end() {
    let rehearsal = Rehearsal::new(1200, 240);
    let (study, session) = (&rehearsal.study, rehearsal.session());
    draw(study, true, &session).unwrap();
    write_forms(study, None, FormFormat::Workbook, &session).unwrap();
    let early = rehearsal.returned(Reading::First, 60);
    let late = rehearsal.returned(Reading::First, 100);
    assert!(early > 100 && late > 50 && early + late == 240, "{early} {late}");
    assert!(rehearsal.returned(Reading::Second, 100) >= 24);

    let replaced = replace(study, &[], None, &session).unwrap();
    assert!(!replaced.replaced.is_empty());
    write_forms(study, None, FormFormat::Workbook, &session).unwrap();
    rehearsal.returned(Reading::First, 100);
    rehearsal.returned(Reading::Second, 100);

    let out = adjudicate_out(study, None, FormFormat::Workbook, &session).unwrap();
    let form = rehearsal.folder.path().join("forms").join(out.written.unwrap());
    let returned = rehearsal.register.settle(&form, &rehearsal.keys()).unwrap();
    let settled = rehearsal.folder.path().join("settled").with_extension(returned.ending);
    fs::write(&settled, returned.bytes).unwrap();
    let outcome = adjudicate_return(study, &settled, Language::En, &session).unwrap();
    assert_eq!((outcome.settled, outcome.unsettled), (out.unsettled, 0));
    assert!(out.unsettled > 0);
    assert!(status(study).unwrap().pending.is_empty());
}

#[test]
fn check_tells_of_the_numbers_in_one_line_and_finds_only_what_was_put_in() {
    let rehearsal = Rehearsal::new(2000, 240);
    let report = check(&rehearsal.study, &rehearsal.session()).unwrap();
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let codes: Vec<&str> = errors.map(|finding| finding.code).collect();
    assert_eq!(
        codes,
        [
            "cpr_empty",
            "cpr_impossible_date",
            "date_impossible",
            "diagnosis_empty",
            "key_empty",
            "stratum_empty"
        ]
    );
    let modulus = report.findings.iter().find(|finding| finding.code == "cpr_modulus").unwrap();
    assert_eq!(modulus.place.rows.total(), 0, "{modulus:?}");
}
