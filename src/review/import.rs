//! A returned form against what is stored: new, unchanged, changed or emptied.

use jiff::civil::Date;

use super::{Answer, ChartStatus, FormColumns, FormEntry, ItemAnswer, Messages, Review, Reviews};
use crate::draw::StudyId;
use crate::error::{Finding, Rows};
use crate::protocol::Language;

/// What a form would change, and what stands against it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// Reviews to store, each with what changed in an older one (nothing for a new one).
    pub to_store: Vec<(Review, Vec<Difference>)>,
    /// Reviews that are stored already, word for word.
    pub unchanged: usize,
    /// Reviews of a file that was recorded before, which have been corrected since: the correction stays.
    pub superseded: Vec<StudyId>,
    /// Errors: cells that were emptied. Warnings: comments that were, and reviews that fall back behind a correction.
    pub findings: Vec<Finding>,
}

impl Import {
    /// Adds what another table of the same file would change.
    pub fn append(&mut self, other: Import) {
        self.to_store.extend(other.to_store);
        self.unchanged += other.unchanged;
        self.superseded.extend(other.superseded);
        self.findings.extend(other.findings);
    }
}

/// One cell that differs from the stored review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which course.
    pub study_id: StudyId,
    /// `chart`, `reviewer`, `date`, `comment` or the id of an indicator.
    pub cell: String,
    /// The stored word.
    pub before: String,
    /// The word in the file.
    pub after: String,
}

/// Compares the entries of a form with the stored reviews of the same reading. A file that was recorded before, byte for byte, cannot
/// undo a correction that came after it; another one can, and says so.
pub fn compare(
    entries: Vec<FormEntry>,
    stored: &Reviews,
    recorded_before: bool,
    columns: &FormColumns,
    language: Language,
) -> Import {
    let (table, messages) = (columns.table(), Messages { language, form: columns.language() });
    let mut import = Import::default();
    let mut falls_back = Rows::none();
    for FormEntry { row, review } in entries {
        let Some(before) = stored.latest(review.study_id, review.reading) else {
            import.to_store.push((review, Vec::new()));
            continue;
        };
        if stored.was_corrected(&review) {
            if recorded_before {
                import.superseded.push(review.study_id);
                continue;
            }
            falls_back.add(row);
        }
        let differences = differences(before, &review);
        // A chart that was not read after all has no answers: entering so withdraws them.
        let withdrawn = review.status != ChartStatus::Found;
        let emptied = differences.iter().filter(|one| {
            one.after.is_empty() && one.cell != "comment" && !withdrawn && stored.is_asked(&review, &one.cell)
        });
        import.findings.extend(emptied.map(|one| emptied_cell(one, row, columns, messages)));
        let is_taken_back = |one: &Difference| one.cell == "comment" && one.after.is_empty();
        if differences.iter().any(is_taken_back) {
            import.findings.push(messages.emptied_comment().at(table.cell(row, columns.comment())));
        }
        match differences.is_empty() {
            true => import.unchanged += 1,
            false => import.to_store.push((review, differences)),
        }
    }
    if falls_back.total() > 0 {
        import.findings.push(messages.falls_back(&falls_back).at(table.place().rows(falls_back)));
    }
    if !import.superseded.is_empty() {
        import.findings.push(messages.superseded(&import.superseded).at(table.place()));
    }
    import
}

/// New reviews dated before the day of the draw: the year of a date is easily mistyped in January.
pub fn before_draw(
    entries: &[FormEntry],
    stored: &Reviews,
    drawn: Date,
    columns: &FormColumns,
    language: Language,
) -> Option<Finding> {
    let is_new = |review: &Review| {
        stored.latest(review.study_id, review.reading) != Some(review) && !stored.was_corrected(review)
    };
    let early = entries.iter().filter(|entry| entry.review.date < drawn && is_new(&entry.review));
    let rows: Rows = early.map(|entry| entry.row).collect();
    let told = || Messages { language, form: language }.before_draw(&rows, drawn);
    (rows.total() > 0)
        .then(told)
        .map(|finding| finding.at(columns.table().cell(0, columns.date()).rows(rows)))
}

fn emptied_cell(one: &Difference, row: u64, columns: &FormColumns, messages: Messages) -> Finding {
    let table = columns.table();
    let place = columns.column_of_cell(&one.cell).map_or(table.row(row), |column| table.cell(row, column));
    let header = columns.column_of_cell(&one.cell).map_or(one.cell.as_str(), |column| columns.header(column));
    let kind = columns.kind_of_cell(&one.cell);
    let before = (one.before != A_TEXT).then(|| messages.answer(&one.cell, kind, &one.before));
    messages.emptied_cell(header, one.study_id, before.as_deref()).at(place)
}

/// What differs between two versions of a review, cell by cell.
pub fn differences(before: &Review, after: &Review) -> Vec<Difference> {
    let mut all = Vec::new();
    let study_id = after.study_id;
    let mut compare = |cell: &str, before: &str, after: &str| {
        if before != after {
            let (before, after) = (before.to_owned(), after.to_owned());
            all.push(Difference { study_id, cell: cell.to_owned(), before, after });
        }
    };
    compare("chart", before.status.name(), after.status.name());
    compare("reviewer", &before.reviewer, &after.reviewer);
    compare("date", &before.date.to_string(), &after.date.to_string());
    let word = |review: &Review, id: &str| {
        review.answers.get(id).map_or("", |answer| Answer::name(*answer)).to_owned()
    };
    let ids: std::collections::BTreeSet<&String> =
        before.answers.keys().chain(after.answers.keys()).collect();
    for id in ids {
        compare(id, &word(before, id), &word(after, id));
    }
    let ids: std::collections::BTreeSet<&String> = before.items.keys().chain(after.items.keys()).collect();
    for id in ids {
        let (one, other) = shown_items(before.items.get(id), after.items.get(id));
        compare(id, &one, &other);
    }
    compare("comment", &before.comment, &after.comment);
    all
}

/// What stands for a text that was stored.
const A_TEXT: &str = "a text";

/// An item before and after; a text may be about a patient, and is only said to be there.
fn shown_items(before: Option<&ItemAnswer>, after: Option<&ItemAnswer>) -> (String, String) {
    let shown = |answer: Option<&ItemAnswer>, text: &str| match answer {
        Some(ItemAnswer::Text(_)) => text.to_owned(),
        answer => answer.map(ItemAnswer::told).unwrap_or_default(),
    };
    if before == after {
        return (String::new(), String::new());
    }
    (shown(before, A_TEXT), shown(after, "another text"))
}
