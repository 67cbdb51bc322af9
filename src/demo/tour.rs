//! The whole way: every command that a study needs, run on the invented register through the functions of `study`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};

use super::{InventedRegister, Returned, Visit, protocol_text, read_look_up_list};
use crate::accuracy::Group;
use crate::draw::StudyId;
use crate::error::{Error, Finding, Result};
use crate::io::{Access, write_whole};
use crate::protocol::preset::Preset;
use crate::protocol::{Language, Protocol};
use crate::report::{Results, count};
use crate::review::Reading;
use crate::stats::Measure;
use crate::store::Actor;
use crate::study::{self, AnalyseOptions, FormFormat, RecordOptions, RecordReport, Session, Study};

/// The label that everything invented depends on.
const LABEL: &str = "hkm demo 1";
/// Courses in the frame.
const COURSES: u64 = 6000;
/// The four measures of the paper's table.
const MAIN: [Measure; 4] = [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];

/// What the demo did.
pub struct Tour {
    /// The commands, in order, with what came of them.
    pub steps: Vec<Step>,
    /// The results.
    pub results: Results,
    /// The protocol.
    pub protocol: Protocol,
    /// How many of the weighted intervals hold the true value, and how many there are.
    pub covered: (usize, usize),
}

/// A command that a user would type, and what came of it.
pub struct Step {
    /// `hkm draw`
    pub command: String,
    /// A few words.
    pub outcome: String,
}

/// Makes the study in an empty folder and goes the whole way.
pub(super) fn walk(folder: &Path) -> Result<Tour> {
    let invented = InventedRegister::new(LABEL, COURSES);
    let mut walk = Walk { folder: folder.to_owned(), invented, steps: Vec::new() };
    walk.begin()?;
    let study = Study::open(folder)?;
    walk.draw(&study)?;
    walk.review(&study)?;
    walk.second_readings(&study)?;
    walk.replacements(&study)?;
    walk.adjudication(&study)?;
    let results = walk.results(&study)?;
    let covered = covered(&results, &walk.invented);
    Ok(Tour { steps: walk.steps, results, protocol: study.protocol, covered })
}

struct Walk {
    folder: PathBuf,
    invented: InventedRegister,
    steps: Vec<Step>,
}

/// The day of the draw, before the charts were read.
const DRAWN: Date = date(2024, 1, 22);
/// The day when all forms are back.
const RETURNED: Date = date(2025, 2, 3);

/// Somebody on a day of the past: the demo has the same bytes every time.
fn session(day: Date) -> Session<'static> {
    let actor = Actor { at: format!("{day}T09:00:00Z"), who: "demo".to_owned() };
    Session { actor, today: day, progress: &|_| {} }
}

impl Walk {
    fn step(&mut self, command: &str, outcome: String) {
        self.steps.push(Step { command: command.to_owned(), outcome });
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        write_whole(&self.folder.join(name), bytes, Access::Usual)
    }

    /// The study folder, the register, and the truth beside it.
    fn begin(&mut self) -> Result<()> {
        study::create(&self.folder, Preset::Hjertekommidt, None)?;
        self.write(study::PROTOCOL_FILE, protocol_text().as_bytes())?;
        self.write("register.csv", &self.invented.register_csv())?;
        self.write("truth.csv", &self.invented.truth_csv())?;
        self.write("ABOUT.md", super::ABOUT.as_bytes())?;
        let rows = count(self.invented.rows().len() as u64);
        self.step(
            "hkm new demo-study",
            format!("study.toml written; an invented register of {rows} rows put beside it"),
        );
        Ok(())
    }

    fn draw(&mut self, study: &Study) -> Result<()> {
        let check = study::check(study, &session(DRAWN))?;
        let errors =
            check.findings.iter().filter(|finding| finding.severity == crate::error::Severity::Error).count();
        self.step(
            "hkm check",
            format!(
                "{}; {} findings, {errors} of them errors in single rows",
                check.layout,
                check.findings.len()
            ),
        );
        let cohort = study::cohort(study, &session(DRAWN))?;
        let (rows, frame) = (count(cohort.flow.rows), count(cohort.flow.frame()));
        self.step("hkm cohort", format!("{frame} of {rows} rows are in the frame"));
        let drawn = study::draw(study, true, &session(DRAWN))?;
        let sum = |of: fn(&study::StratumDraw) -> u64| count(drawn.strata.iter().map(of).sum());
        let (sample, reserve) = (sum(|one| one.drawn), sum(|one| one.reserve));
        let strata = drawn.strata.len();
        self.step(
            "hkm draw --accept-exclusions",
            format!("{sample} courses from {strata} municipalities, {reserve} in reserve"),
        );
        let forms = study::write_forms(study, None, FormFormat::Workbook, &session(DRAWN))?;
        self.step("hkm forms", format!("{} files in forms/", forms.written.len()));
        Ok(())
    }

    /// The forms come back twice: first half filled, one of them with slips that are refused and corrected, then complete.
    fn review(&mut self, study: &Study) -> Result<()> {
        for reviewed_percent in [60, 100] {
            let visit = Visit { reading: Reading::First, reviewed_percent };
            if reviewed_percent < 100 {
                self.refusal(study, visit)?;
            }
            let files = self.return_forms("review", visit)?;
            let report = self.record(study, &files, Some(Reading::First))?;
            let outcome = format!(
                "{} new reviews, {} as before, {} to come",
                report.new, report.unchanged, report.not_reviewed
            );
            self.step("hkm record returned/*-review.*", outcome);
        }
        Ok(())
    }

    /// The first form comes back with two slips: all is refused, and the corrected form takes its place.
    fn refusal(&mut self, study: &Study, visit: Visit) -> Result<()> {
        let Some(name) = self.forms("-review")?.into_iter().next() else { return Ok(()) };
        let form = self.folder.join("forms").join(&name);
        let slips = self.invented.fill_badly(&form, &self.keys()?, visit)?;
        let returned = self.put_down(&name, &slips)?;
        let Err(refused) = self.record(study, &[returned], Some(Reading::First)) else { return Ok(()) };
        let Some(first) = refused.findings().first() else { return Ok(()) };
        let what = first.what.split(',').next().unwrap_or_default();
        let outcome = format!(
            "refused, nothing stored: {} errors, the first in {}: {what}",
            refused.findings().len(),
            first.place.cells().join(", ")
        );
        self.step(&format!("hkm record returned/{}.*", name.trim_end_matches(".xlsx")), outcome);
        Ok(())
    }

    fn second_readings(&mut self, study: &Study) -> Result<()> {
        let files = self.return_forms("second", Visit { reading: Reading::Second, reviewed_percent: 100 })?;
        let report = self.record(study, &files, Some(Reading::Second))?;
        self.step("hkm record --second returned/*-second.*", format!("{} second readings", report.new));
        Ok(())
    }

    /// A reserve's chart may be missing too, so this goes on until there is nothing to replace.
    fn replacements(&mut self, study: &Study) -> Result<()> {
        loop {
            let replaced = study::replace(study, &[], None, &session(RETURNED))?.replaced.len();
            if replaced == 0 {
                return Ok(());
            }
            self.step(
                "hkm replace --all",
                format!("{replaced} charts could not be read; the next of the reserve take their place"),
            );
            let forms = study::write_forms(study, None, FormFormat::Workbook, &session(RETURNED))?;
            self.step("hkm forms", format!("{} files in forms/ for them", forms.written.len()));
            let visit = |reading| Visit { reading, reviewed_percent: 100 };
            let mut files = self.return_forms("review", visit(Reading::First))?;
            files.extend(self.return_forms("second", visit(Reading::Second))?);
            let report = self.record(study, &files, None)?;
            self.step("hkm record returned/*", format!("{} new reviews", report.new));
        }
    }

    fn adjudication(&mut self, study: &Study) -> Result<()> {
        let out = study::adjudicate_out(study, None, FormFormat::Workbook, &session(RETURNED))?;
        let Some(file) = out.written else { return Ok(()) };
        self.step("hkm adjudicate", format!("{} disagreements in forms/{file}", out.unsettled));
        let settled = self.invented.settle(&self.folder.join("forms").join(&file), &self.keys()?)?;
        let returned = self.put_down(&file, &settled)?;
        let back = study::adjudicate_return(study, &returned, Language::En, &session(RETURNED))?;
        self.step(
            &format!("hkm adjudicate returned/{file}"),
            format!("{} settled, {} left", back.settled, back.unsettled),
        );
        Ok(())
    }

    fn results(&mut self, study: &Study) -> Result<Results> {
        let options = AnalyseOptions { is_final: true, replace: false };
        let outcome = study::analyse(study, &options, &session(RETURNED))?;
        self.step("hkm analyse --final", format!("results/: {}", outcome.listed()));
        let export = study::export(study, false, &session(RETURNED))?;
        let (rows, folder) = (count(export.courses as u64), study::EXPORT_FOLDER);
        self.step(
            "hkm export",
            format!("{folder}/: {rows} rows for R and Stata, with scripts that repeat the table"),
        );
        let verified = study::verify(study, &session(RETURNED))?;
        let (equal, different) = (verified.equal.len(), verified.different.len());
        self.step("hkm verify", format!("{equal} checks agree, {different} differ"));
        Ok(outcome.results)
    }

    /// Fills every form of a kind, as its municipality would return it.
    fn return_forms(&self, kind: &str, visit: Visit) -> Result<Vec<PathBuf>> {
        let keys = self.keys()?;
        let mut returned = Vec::new();
        for name in self.forms(&format!("-{kind}"))? {
            let filled = self.invented.fill(&self.folder.join("forms").join(&name), &keys, visit)?;
            returned.push(self.put_down(&name, &filled)?);
        }
        Ok(returned)
    }

    /// A returned form keeps its name, and has the ending of how it was saved.
    fn put_down(&self, name: &str, returned: &Returned) -> Result<PathBuf> {
        let name = Path::new("returned").join(name).with_extension(returned.ending);
        let path = self.folder.join(name);
        write_whole(&path, &returned.bytes, Access::Usual)?;
        Ok(path)
    }

    /// The names of all forms with this in their name, in order.
    fn forms(&self, part: &str) -> Result<Vec<String>> {
        let folder = self.folder.join("forms");
        let entries = fs::read_dir(&folder).map_err(|fault| unreadable(&folder, &fault))?;
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name.contains(part)).collect();
        names.sort();
        Ok(names)
    }

    /// Study id → record key, from the look-up lists, as the municipalities know them.
    fn keys(&self) -> Result<BTreeMap<StudyId, String>> {
        let mut keys = BTreeMap::new();
        for name in self.forms("-lookup")? {
            keys.extend(read_look_up_list(&self.folder.join("forms").join(name))?);
        }
        Ok(keys)
    }

    fn record(&self, study: &Study, files: &[PathBuf], reading: Option<Reading>) -> Result<RecordReport> {
        study::record(study, files, RecordOptions { reading, ..RecordOptions::default() }, &session(RETURNED))
    }
}

pub(super) fn unreadable(path: &Path, fault: &std::io::Error) -> Error {
    Error::cannot_run(Finding::error(
        "unreadable",
        format!("`{}` cannot be read or written: {fault}", path.display()),
    ))
}

/// How many of the weighted intervals of the main table hold the value over the whole frame.
fn covered(results: &Results, invented: &InventedRegister) -> (usize, usize) {
    let (mut held, mut all) = (0, 0);
    for indicator in &results.indicators {
        let truth = invented.true_table(&indicator.id, None);
        let whole = indicator.groups.iter().find(|group| group.group == Group::All);
        for one in whole
            .and_then(|group| group.assessed.as_ref())
            .into_iter()
            .flat_map(|assessed| &assessed.measures)
        {
            let value = truth.proportion(one.measure).and_then(|proportion| proportion.estimate());
            if let (true, Some(value), Ok(interval)) =
                (MAIN.contains(&one.measure), value, one.weighted.interval)
            {
                all += 1;
                held += usize::from(interval.contains(value));
            }
        }
    }
    (held, all)
}
