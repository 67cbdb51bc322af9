//! A small study with an invented register, in a temporary folder, and the program that works on it.
//!
//! The CPR numbers fail modulus 11 on a birthday other than 1 January, so that they can belong to nobody.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::review_forms::Form;

/// Four municipalities of the study in two clusters, and one outside it; three indicators and one that is not assessable.
pub(crate) const PROTOCOL: &str = include_str!("small_study.toml");

/// The columns of the register.
pub(crate) const COLUMNS: [&str; 8] =
    ["cpr", "foerste_fremmoede", "sygehus", "diagnose", "kommune", "diaet", "depression", "rygestop"];

/// How many courses each municipality has, in every 20 of the register.
const MUNICIPALITIES: [(&str, usize); 4] = [("Aarhus", 11), ("Horsens", 5), ("Skanderborg", 3), ("Odder", 1)];

/// A row of the register.
pub(crate) type Course = [String; 8];

/// An invented CPR number, a different one for each place.
pub(crate) fn cpr(place: usize) -> String {
    let (day, month, year) = (2 + place % 27, 1 + place / 27 % 12, 30 + place / 324 % 40);
    let number = |last: usize| format!("{day:02}{month:02}{year:02}{:04}", place % 300 * 10 + last);
    let last = place % 8;
    let passes = |text: &str| {
        let weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
        let sum: u32 =
            text.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        sum.is_multiple_of(11)
    };
    // Two more keep the sex and change the sum.
    if passes(&number(last)) { number(last + 2) } else { number(last) }
}

/// So many invented courses, all of them eligible.
pub(crate) fn courses(count: usize) -> Vec<Course> {
    let places = MUNICIPALITIES.iter().flat_map(|(name, share)| vec![*name; *share]);
    let names: Vec<&str> = places.collect();
    let course = |place: usize| {
        let value =
            |of: usize| ["1", "0", "1", "1", "8", "0", "1", "9", "1", "1", "0"][(place * of + of) % 11];
        [
            cpr(place),
            format!("{:02}-{:02}-{}", 1 + place % 28, 1 + place % 12, 2021 + place % 2),
            ["6620", "6006", "7005"][place % 3].to_owned(),
            ["DI219", "DI209", "I251"][place % 3].to_owned(),
            names[place * 7 % names.len()].to_owned(),
            value(1).to_owned(),
            value(2).to_owned(),
            value(3).to_owned(),
        ]
    };
    (0..count).map(course).collect()
}

/// Rows as a CSV file of Danish Excel.
pub(crate) fn csv(rows: &[Course]) -> String {
    let lines = rows.iter().map(|row| row.join(";"));
    std::iter::once(COLUMNS.join(";")).chain(lines).map(|line| line + "\n").collect()
}

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; `None` when it was killed.
    pub(crate) code: Option<i32>,
    /// What it printed.
    pub(crate) out: String,
    /// What it told.
    pub(crate) err: String,
}

impl Ran {
    /// What it printed, as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|fault| panic!("{fault}: {self:?}"))
    }

    /// The codes of all findings in its JSON, in order.
    pub(crate) fn codes(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The program, in a folder, as a user whose name is known.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("hkm"));
    command.current_dir(folder).env("USER", "tester").env_remove("COLUMNS").env("NO_COLOR", "1");
    command
}

/// A study in a temporary folder.
pub(crate) struct SmallStudy {
    root: TempDir,
}

impl SmallStudy {
    /// Two hundred courses and a protocol; nothing is drawn.
    pub(crate) fn new() -> Self {
        SmallStudy::with(PROTOCOL, &csv(&courses(200)))
    }

    /// A study with this protocol and register.
    pub(crate) fn with(protocol: &str, register: &str) -> Self {
        let study = SmallStudy { root: tempfile::tempdir().unwrap() };
        fs::create_dir_all(study.path("returned")).unwrap();
        study.write("study.toml", protocol);
        study.write("register.csv", register);
        study
    }

    /// The same, drawn.
    pub(crate) fn drawn() -> Self {
        let study = SmallStudy::new();
        study.done(&["draw"]);
        study
    }

    /// The same, drawn and with forms out.
    pub(crate) fn with_forms() -> Self {
        let study = SmallStudy::drawn();
        study.done(&["forms"]);
        study
    }

    /// The same, with every first reading stored.
    pub(crate) fn reviewed() -> Self {
        let study = SmallStudy::with_forms();
        study.record_all();
        study
    }

    /// A study of so many courses with this protocol, drawn, and with every first reading stored.
    pub(crate) fn reviewed_with(protocol: &str, count: usize) -> Self {
        let study = SmallStudy::with(protocol, &csv(&courses(count)));
        study.done(&["draw"]);
        study.done(&["forms"]);
        study.record_all();
        study
    }

    /// Six thousand courses, of which many are drawn: commands take long enough to be stopped on their way.
    pub(crate) fn large() -> Self {
        SmallStudy::with(&PROTOCOL.replace("total = 60", "total = 1500"), &csv(&courses(6000)))
    }

    /// The same study in another folder.
    pub(crate) fn copy(&self) -> Self {
        let copy = SmallStudy { root: tempfile::tempdir().unwrap() };
        copy_folder(self.folder(), copy.folder());
        copy
    }

    /// The study folder.
    pub(crate) fn folder(&self) -> &Path {
        self.root.path()
    }

    /// A file of the study.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Writes a file of the study.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Replaces a piece of the protocol that stands in it once.
    pub(crate) fn edit(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.path("study.toml")).unwrap();
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in the protocol");
        self.write("study.toml", &text.replace(from, to));
    }

    /// Runs a command.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        program(self.folder()).args(arguments).output().unwrap().into()
    }

    /// Runs a command that must end well; what it printed.
    pub(crate) fn done(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "hkm {arguments:?}: {}{}", ran.out, ran.err);
        ran
    }

    /// Runs a command that must be refused with an exit code; what it told.
    pub(crate) fn refused(&self, arguments: &[&str], code: i32) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(code), "hkm {arguments:?}: {}{}", ran.out, ran.err);
        assert_eq!(ran.out, "", "a refused command prints nothing");
        ran.err
    }

    /// Runs a command that must end well, and gives its JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        self.done(&[arguments, &["--format", "json"]].concat()).json()
    }

    /// The names of the files in a folder of the study, in order; those of a folder within it after its name and a slash. Of the
    /// study's own folder (`""`) the names of its folders alone.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let mut names = Vec::new();
        for entry in entries.map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            match entry.path().is_dir() && !folder.is_empty() {
                true => names.extend(
                    self.files(&format!("{folder}/{name}")).iter().map(|inner| format!("{name}/{inner}")),
                ),
                false => names.push(name),
            }
        }
        names.sort();
        names
    }

    /// The bytes of the files in a folder of the study, by their names.
    pub(crate) fn bytes(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let read = |name: String| {
            let bytes = fs::read(self.path(&format!("{folder}/{name}"))).unwrap();
            (name, bytes)
        };
        self.files(folder).into_iter().map(read).collect()
    }

    /// The forms whose names hold a word: `review`, `second`, `lookup`, `adjudication`.
    pub(crate) fn forms(&self, word: &str) -> Vec<String> {
        self.files("forms").into_iter().filter(|name| name.contains(word)).collect()
    }

    /// A form that went out.
    pub(crate) fn form(&self, name: &str) -> Form {
        Form::read(&self.path(&format!("forms/{name}")))
    }

    /// Fills every review form, saves it under `returned/`, and stores it.
    pub(crate) fn record_all(&self) {
        let names = self.forms("review");
        let returned: Vec<String> = names.iter().map(|name| self.returned(name, |_| {})).collect();
        let files: Vec<&str> = returned.iter().map(String::as_str).collect();
        self.done(&[&["record"], files.as_slice()].concat());
    }

    /// Fills a form, changes it, and saves it as text under `returned/`; its name within the study.
    pub(crate) fn returned(&self, name: &str, change: impl FnOnce(&mut Form)) -> String {
        let mut form = self.form(name);
        form.fill("ABC");
        change(&mut form);
        let returned = format!("returned/{}.csv", name.trim_end_matches(".xlsx"));
        form.save(&self.path(&returned));
        returned
    }

    /// Changes the last digit of a file of the study; the bytes that it had.
    pub(crate) fn change_a_digit(&self, name: &str) -> Vec<u8> {
        let path = self.path(name);
        let original = fs::read(&path).unwrap();
        let mut bytes = original.clone();
        let place = bytes.iter().rposition(u8::is_ascii_digit).unwrap();
        bytes[place] = if bytes[place] == b'1' { b'2' } else { b'1' };
        fs::write(path, bytes).unwrap();
        original
    }

    /// The bytes of the study's database and its key.
    pub(crate) fn stored(&self) -> [Option<Vec<u8>>; 2] {
        ["study.sqlite", "key.sqlite"].map(|name| fs::read(self.path(name)).ok())
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() => copy_folder(&path, &to.join(entry.file_name())),
            path => drop(fs::copy(&path, to.join(entry.file_name())).unwrap()),
        }
    }
}
