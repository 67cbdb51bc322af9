//! What `hkm record` and `hkm adjudicate` say of what came in and what is to be settled, in Danish and in English.

use super::bilingual::{danish, pick};
use crate::draw::StudyId;
use crate::protocol::{Language, Protocol};
use crate::report::{Table, counted};
use crate::review::{Difference, Messages, cell_header};
use crate::study::{AdjudicationOutcome, RecordReport, Waiting};

/// How much was stored, and what waits.
pub(super) fn record_lines(report: &RecordReport, protocol: &Protocol, language: Language) -> Vec<String> {
    let mut courses: Vec<StudyId> = report.changed.iter().map(|one| one.study_id).collect();
    courses.dedup();
    let mut lines = vec![match language {
        Language::Da => format!(
            "{} gemt, {} rettet, {} som gemt før, {} endnu ikke gennemgået",
            danish(report.new, ["ny gennemgang", "nye gennemgange"]),
            courses.len(),
            report.unchanged,
            danish(report.not_reviewed, ["række", "rækker"])
        ),
        Language::En => format!(
            "{} stored, {} changed, {} as stored before, {} not reviewed yet",
            counted(report.new as u64, "new review"),
            courses.len(),
            report.unchanged,
            counted(report.not_reviewed as u64, "row")
        ),
    }];
    lines.extend((report.superseded > 0).then(|| superseded(report.superseded, language)));
    lines.extend(waiting_lines(&report.waiting, protocol, language));
    lines
}

/// So many cells are named of what a review lacks.
const CELLS_NAMED: usize = 3;

/// Which reviews wait, and for what; those that lack the same together.
fn waiting_lines(waiting: &[Waiting], protocol: &Protocol, language: Language) -> Vec<String> {
    let mut by_lack: Vec<(&[String], Vec<String>)> = Vec::new();
    for Waiting { study_id, lacks } in waiting {
        match by_lack.iter_mut().find(|(of, _)| of == lacks) {
            Some((_, ids)) => ids.push(study_id.to_string()),
            None => by_lack.push((lacks, vec![study_id.to_string()])),
        }
    }
    let line = |(lacks, ids): (&[String], Vec<String>)| {
        let named = lacks.iter().take(CELLS_NAMED);
        let named: Vec<String> =
            named.map(|cell| format!("`{}`", cell_header(cell, protocol, language))).collect();
        let more = match lacks.len().saturating_sub(CELLS_NAMED) {
            0 => String::new(),
            more => pick(language, [format!(" og {more} til"), format!(" and {more} more")]),
        };
        let begun = pick(language, ["påbegyndt og venter på", "begun and waiting for"]);
        format!("{begun} {}{more}: {}", named.join(", "), ids.join(", "))
    };
    by_lack.into_iter().map(line).collect()
}

fn superseded(reviews: usize, language: Language) -> String {
    match language {
        Language::Da => {
            let counted = danish(reviews, ["gennemgang", "gennemgange"]);
            format!("{counted} rettet siden; rettelserne gælder fortsat")
        }
        Language::En => {
            format!("{} corrected since and left as they are", counted(reviews as u64, "review"))
        }
    }
}

/// How many disagreements were settled.
pub(super) fn settled_line(outcome: &AdjudicationOutcome, language: Language) -> String {
    let (changed, open) = (outcome.changed.len(), outcome.unsettled);
    match language {
        Language::Da => {
            let settled = danish(outcome.settled, ["uenighed", "uenigheder"]);
            format!("{settled} afgjort, {changed} rettet, {open} endnu ikke afgjort")
        }
        Language::En => {
            let settled = counted(outcome.settled as u64, "disagreement");
            format!("{settled} settled, {changed} changed, {open} unsettled")
        }
    }
}

/// What is to be settled, and on which form.
pub(super) fn unsettled_line(outcome: &AdjudicationOutcome, language: Language) -> String {
    let Some(file) = &outcome.written else {
        return pick(language, ["Der er ingen uafgjorte uenigheder.", "No disagreement is unsettled."])
            .to_owned();
    };
    match language {
        Language::Da => {
            let unsettled = danish(outcome.unsettled, ["uenighed", "uenigheder"]);
            format!("{unsettled} skrevet til forms/{file}")
        }
        Language::En => {
            format!("{} written to forms/{file}", counted(outcome.unsettled as u64, "disagreement"))
        }
    }
}

/// The forms of disagreements that went out before.
pub(super) fn earlier_forms(outcome: &AdjudicationOutcome, language: Language) -> Option<String> {
    let files = outcome.earlier.join(", ");
    let told = match language {
        Language::Da => format!(
            "Sendt ud tidligere: {files}. Også det, der afgøres dér, indlæses, så længe skemaet viser det, der er gemt."
        ),
        Language::En => format!(
            "Out since before: {files}. What is settled there is read as well, as long as it shows what is stored."
        ),
    };
    (!files.is_empty()).then_some(told)
}

/// What was recorded otherwise than before.
pub(super) fn changes(changed: &[Difference], protocol: &Protocol, language: Language) -> Table {
    let title = [
        "Rettet siden sidst, gemt som nye gennemgange",
        "Changed since the last time, stored as new entries",
    ];
    changes_under(pick(language, title), changed, protocol, language)
}

/// What was settled otherwise than before.
pub(super) fn settled_again(changed: &[Difference], protocol: &Protocol, language: Language) -> Table {
    let title = ["Afgjort anderledes end før", "Settled otherwise than before"];
    changes_under(pick(language, title), changed, protocol, language)
}

/// What changed, cell by cell, as it stands on the forms of the study.
fn changes_under(title: &str, changed: &[Difference], protocol: &Protocol, language: Language) -> Table {
    let form = protocol.review.language;
    let messages = Messages { language, form };
    let mut table = Table::new(
        title,
        &pick(language, [["studie-id", "celle", "før", "nu"], ["study id", "cell", "before", "now"]]),
    );
    for one in changed {
        let kind = protocol.item(&one.cell).map(|item| &item.kind);
        let shown = |stored: &str| match one.cell.as_str() {
            // A comment may be about a patient: that it changed is enough.
            "comment" if !stored.is_empty() => "…".to_owned(),
            cell => messages.answer(cell, kind, stored),
        };
        let header = cell_header(&one.cell, protocol, form);
        table.row([one.study_id.to_string(), header, shown(&one.before), shown(&one.after)]);
    }
    table
}
