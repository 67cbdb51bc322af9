//! `hkm check`: everything that is wrong or odd in the protocol and the register, all at once.

mod unasked;

use jiff::civil::Date;
use serde_json::Value;

use super::difference::{Change, changes, in_one_line};
use super::draw::allocated;
use super::scan::scan;
use super::{PROTOCOL_FILE, Session, Study};
use crate::cohort::Flow;
use crate::digest;
use crate::draw::Numbering;
use crate::error::{Error, ErrorKind, Finding, Place, Result, Severity};
use crate::protocol::preset::Preset;
use crate::protocol::{Frozen, Grouping, Protocol, WeightedFigures};
use crate::store::{FrozenRecord, KeyAccess, STUDY_FILE, Store};

/// What `hkm check` found.
pub struct CheckReport {
    /// What the register's file turned out to be.
    pub layout: String,
    /// The flow from rows to frame.
    pub flow: Flow,
    /// The earliest and the latest first attendance of the frame.
    pub first_attendance: Option<(Date, Date)>,
    /// Everything wrong or odd, errors first.
    pub findings: Vec<Finding>,
}

impl CheckReport {
    /// Whether anything is wrong, and not only odd.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Reads protocol and register.
///
/// # Errors
/// When the register's structure is wrong (columns, encoding), all of it at once with what the protocol alone shows; or
/// it cannot be read.
pub fn check(study: &Study, session: &Session<'_>) -> Result<CheckReport> {
    let numbering = match &study.protocol.sampling.seed {
        Some(seed) => Numbering::new(seed),
        None => Numbering::without_seed(),
    };
    let scan = match scan(study, &numbering, &[], session) {
        Err(error) if error.kind() == ErrorKind::Data => return Err(with_protocols_own(study, &error)?),
        scan => scan?,
    };
    let unreadable = scan.refusals.iter().filter(|refusal| !scan.findings.contains(refusal)).cloned();
    let mut findings: Vec<Finding> = unreadable.chain(scan.findings.iter().cloned()).collect();
    findings.extend(empty_strata(&study.protocol, &scan.frame.strata));
    if scan.refusals.is_empty() {
        let allocated = allocated(&study.protocol, &scan.frame.strata);
        findings.extend(allocated.err().iter().flat_map(|error| error.findings().to_vec()));
    }
    findings.extend(reminders(&study.protocol));
    findings.extend(changed_sections(study)?);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let first_attendance = scan.frame.first_attendance;
    Ok(CheckReport { layout: scan.layout, flow: scan.flow, first_attendance, findings })
}

/// What is wrong with the register's structure, and beside it what the protocol alone shows.
fn with_protocols_own(study: &Study, error: &Error) -> Result<Error> {
    let mut findings = error.findings().to_vec();
    findings.extend(reminders(&study.protocol));
    findings.extend(changed_sections(study)?);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(Error::data(findings))
}

/// Strata of the study without a course, in one finding.
pub(super) fn empty_strata(protocol: &Protocol, counts: &[u64]) -> Vec<Finding> {
    let empty = protocol.strata.in_study().zip(counts).filter(|(_, courses)| **courses == 0);
    let labels: Vec<String> = empty.map(|(stratum, _)| format!("`{}`", stratum.label())).collect();
    let what = match labels.as_slice() {
        [] => return Vec::new(),
        [label] => format!("the {} {label} has no course in the frame", protocol.strata.name.en),
        labels => format!(
            "{} {} have no course in the frame: {}",
            labels.len(),
            protocol.strata.plural(),
            labels.join(", ")
        ),
    };
    let finding = Finding::warning("empty_stratum", what)
        .because("the sample should cover every one of them")
        .remedy("check its spelling in the register, or write `in_study = false` at its [[stratum]]");
    vec![finding]
}

fn reminders(protocol: &Protocol) -> Vec<Finding> {
    let at = |key: &str| Place::file(PROTOCOL_FILE).key(key, None);
    let mut notes = Vec::new();
    if protocol.sampling.seed.is_none() {
        notes.push(
            Finding::note("no_seed", "the seed of the draw is not chosen yet")
                .at(at("sampling.seed"))
                .remedy(
                    "choose it before the draw, in a way that nobody can suspect of having been tried out",
                ),
        );
    }
    if protocol.disclosure.min_cell_overall <= 1 {
        let smallest = protocol.disclosure.min_cell;
        notes.push(
            Finding::note(
                "disclosure_overall",
                format!("counts below {smallest} are hidden in tables of parts, and shown in tables of the whole study"),
            )
            .at(at("disclosure.min_cell_overall"))
            .remedy("ask the data owner whether the tables of the whole study need a limit as well"),
        );
    }
    notes.extend(few_strata(protocol));
    notes.extend(hidden_beside(protocol));
    notes.extend(printed_by_leave(protocol));
    notes.extend(untouched(protocol));
    notes.extend(unasked::untold_indicators(protocol));
    notes
}

/// Fewer strata than these, and the weighted figures of most studies tell hidden counts.
const MANY_STRATA: usize = 10;

const ASK_FOR_LEAVE: &str =
    "ask the data owner whether they may be printed all the same, and write `weighted_figures = \"printed\"`";

/// Weighted figures that may have to be taken out: better known before the draw than with the results.
fn few_strata(protocol: &Protocol) -> Option<Finding> {
    let disclosure = protocol.disclosure;
    let number = protocol.strata.in_study().count();
    let is_protected = disclosure.weighted_figures == WeightedFigures::Protected && disclosure.min_cell > 1;
    let what = format!(
        "there are {number} {}, and hidden counts of few strata follow from the weighted figures of the whole study",
        protocol.strata.plural()
    );
    let finding = Finding::note("few_strata", what)
        .because("such figures are shown in whole per cent, or not at all")
        .at(Place::file(PROTOCOL_FILE).key("disclosure.weighted_figures", None))
        .remedy(ASK_FOR_LEAVE);
    (is_protected && (2..MANY_STRATA).contains(&number)).then_some(finding)
}

/// Figures that are declared and will most likely not be shown.
fn hidden_beside(protocol: &Protocol) -> Option<Finding> {
    let Protocol { analysis, disclosure, .. } = protocol;
    let is_protected = disclosure.weighted_figures == WeightedFigures::Protected && disclosure.min_cell > 1;
    let by: Vec<&str> =
        analysis.by.iter().filter(|by| **by != Grouping::Stratum).map(|by| by.name()).collect();
    let mut things = Vec::new();
    things.extend((!by.is_empty()).then(|| format!("weighted figures by {}", listed(&by))));
    things.extend(analysis.bootstrap.as_ref().map(|_| "the bootstrap".to_owned()));
    things.extend(analysis.weighted_agreement.then(|| "design-weighted agreement".to_owned()));
    let things: Vec<&str> = things.iter().map(String::as_str).collect();
    let what = format!("where a stratum has a hidden count, {} will not be shown", listed(&things));
    let finding = Finding::note("hidden_weighted", what)
        .because("the hidden counts could follow from them and the figures of the whole study together; the plain ones are shown")
        .at(Place::file(PROTOCOL_FILE).key("disclosure.weighted_figures", None))
        .remedy(ASK_FOR_LEAVE);
    (is_protected && !things.is_empty()).then_some(finding)
}

/// `a, b and c`
fn listed(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => words.concat(),
    }
}

/// Whoever prints what tells hidden counts must have been allowed to.
fn printed_by_leave(protocol: &Protocol) -> Option<Finding> {
    let disclosure = protocol.disclosure;
    let finding = Finding::note(
        "weighted_printed",
        "weighted figures are printed though hidden counts may follow from them",
    )
    .at(Place::file(PROTOCOL_FILE).key("disclosure.weighted_figures", None))
    .remedy("have the data owner's leave in writing, or write `weighted_figures = \"protected\"`");
    (disclosure.weighted_figures == WeightedFigures::Printed && disclosure.min_cell > 1).then_some(finding)
}

/// Definitions that still are the blank protocol's: the reviewers would read them.
fn untouched(protocol: &Protocol) -> Option<Finding> {
    let blank = Protocol::read(Preset::Blank.text(), PROTOCOL_FILE).ok()?;
    let definition = &blank.indicators.first()?.definition;
    let same = protocol.indicators.iter().filter(|one| one.definition == *definition);
    let ids: Vec<String> = same.map(|one| format!("`{}`", one.id)).collect();
    if ids.is_empty() {
        return None;
    }
    let what = format!("the definition of {} is still that of the blank protocol", ids.join(", "));
    let finding =
        Finding::warning("no_definition", what).at(Place::file(PROTOCOL_FILE).key("indicator", None));
    Some(
        finding
            .because("the reviewers decide by it")
            .remedy("write what must be true of a patient for the answer to be yes"),
    )
}

/// Sections of the protocol that were frozen by the draw and differ now.
pub(super) fn changed_sections(study: &Study) -> Result<Vec<Finding>> {
    if !study.folder.join(STUDY_FILE).exists() {
        return Ok(Vec::new());
    }
    let store = Store::open(&study.folder, KeyAccess::Closed)?;
    if !store.is_drawn()? {
        return Ok(Vec::new());
    }
    let stored = store.frozen()?;
    let frozen = Frozen::of(&study.protocol);
    let changed = frozen.sections().filter_map(|(section, now)| {
        let then = stored.get(section);
        let is_same = then.is_some_and(|then| then.digest == digest::of_text(&now.to_string()));
        (!is_same).then(|| frozen_section(section, &changes(&as_stored(then), now, section)))
    });
    let names: Vec<&str> = frozen.sections().map(|(section, _)| section).collect();
    let gone = stored.iter().filter(|(section, _)| !names.contains(&section.as_str()));
    let gone = gone.map(|(section, then)| {
        frozen_section(section, &changes(&as_stored(Some(then)), &Value::default(), section))
    });
    Ok(changed.chain(gone).collect())
}

fn as_stored(section: Option<&FrozenRecord>) -> Value {
    section.and_then(|section| serde_json::from_str(&section.text).ok()).unwrap_or_default()
}

/// A changed rule stops every command that would go by it.
pub(super) fn refuse_changed_sections(study: &Study) -> Result<()> {
    let changed = changed_sections(study)?;
    if changed.is_empty() { Ok(()) } else { Err(Error::data(changed)) }
}

fn frozen_section(section: &str, changes: &[Change]) -> Finding {
    let what = match changes {
        [] => format!("`{section}` was changed after the sample was drawn"),
        changes => in_one_line(changes, |one| {
            format!("`{}` is {}, and was {} when the sample was drawn", one.path, one.new, one.old)
        }),
    };
    let key = if let [one] = changes { one.path.as_str() } else { section };
    let finding = Finding::error("frozen", what).at(Place::file(PROTOCOL_FILE).key(key, None));
    if key == "sampling.seed_source" {
        return finding
            .because("readers judge by it that the seed was not tried out")
            .remedy("bring the old text back; what is to be added belongs in the paper");
    }
    finding
        .because("the sample was drawn by the old rule, and its results would not be what the protocol says")
        .remedy("bring the old text back; a larger sample is `hkm draw --enlarge TOTAL`, another one is a new study")
}
