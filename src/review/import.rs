//! A returned form against what is stored: new, unchanged, changed or emptied.

use jiff::civil::Date;

use super::{Answer, ChartStatus, EntryTable, FormColumns, FormEntry, ItemAnswer, Review, Reviews};
use crate::draw::StudyId;
use crate::error::{Finding, Rows};

/// What a form would change, and what stands against it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// Reviews to store, each with what changed in an older one (nothing for a new one).
    pub to_store: Vec<(Review, Vec<Difference>)>,
    /// Reviews that are stored already, word for word.
    pub unchanged: usize,
    /// Reviews of a file that was recorded before, which have been corrected since: the correction stays.
    pub superseded: Vec<StudyId>,
    /// Errors: cells that were emptied. Warnings: reviews that fall back behind a correction.
    pub findings: Vec<Finding>,
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
) -> Import {
    let table = columns.table();
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
        let emptied =
            differences.iter().filter(|one| one.after.is_empty() && one.cell != "comment" && !withdrawn);
        import.findings.extend(emptied.map(|one| emptied_cell(one, row, columns)));
        match differences.is_empty() {
            true => import.unchanged += 1,
            false => import.to_store.push((review, differences)),
        }
    }
    import.findings.extend(fallen_back(falls_back, table));
    import.findings.extend(superseded(&import.superseded, table));
    import
}

fn fallen_back(rows: Rows, table: &EntryTable) -> Option<Finding> {
    let reviews = match rows.total() {
        0 => return None,
        1 => "a review says".to_owned(),
        total => format!("{total} reviews say"),
    };
    let what = format!("{reviews} again what was stored before a correction");
    let finding = Finding::warning("correction_undone", what)
        .at(table.place().rows(rows))
        .because("the form may be older than the correction; it is stored as it stands");
    Some(finding.remedy("if the correction was right, record the corrected form once more"))
}

fn superseded(ids: &[StudyId], table: &EntryTable) -> Option<Finding> {
    let named: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    let reviews = match ids.len() {
        0 => return None,
        1 => "1 of its reviews has".to_owned(),
        number => format!("{number} of its reviews have"),
    };
    let what =
        format!("the file was recorded before, and {reviews} been corrected since: {}", named.join(", "));
    let finding = Finding::warning("superseded", what).at(table.place()).because("the corrections stay");
    Some(finding.remedy("to take a correction back, enter the answers in a form with the date of today"))
}

/// New reviews dated before the day of the draw: the year of a date is easily mistyped in January.
pub fn before_draw(
    entries: &[FormEntry],
    stored: &Reviews,
    drawn: Date,
    columns: &FormColumns,
) -> Option<Finding> {
    let is_new = |review: &Review| {
        stored.latest(review.study_id, review.reading) != Some(review) && !stored.was_corrected(review)
    };
    let early = entries.iter().filter(|entry| entry.review.date < drawn && is_new(&entry.review));
    let rows: Rows = early.map(|entry| entry.row).collect();
    let reviews = match rows.total() {
        0 => return None,
        1 => "a review is".to_owned(),
        total => format!("{total} reviews are"),
    };
    let what = format!("{reviews} dated before {drawn}, the day of the draw");
    let finding = Finding::warning("review_before_draw", what)
        .at(columns.table().cell(0, columns.date()).rows(rows))
        .because("before the draw nobody knew whose chart to read; it is stored as it stands")
        .remedy("if the date is a slip, correct it and record the form again");
    Some(finding)
}

/// Finds rows that were stored and are now empty: a study id without a review.
pub fn emptied_row(study_id: StudyId, row: u64, table: &EntryTable) -> Finding {
    Finding::error("emptied_row", format!("the review of `{study_id}` is stored, but its row is now empty"))
        .at(table.row(row))
        .because("what was recorded is never lost by an empty cell")
        .remedy("put the answers back; to withdraw a review, enter what is true of the chart")
}

fn emptied_cell(difference: &Difference, row: u64, columns: &FormColumns) -> Finding {
    let what = format!(
        "`{}` of `{}` was `{}` and is now empty",
        difference.cell, difference.study_id, difference.before
    );
    let table = columns.table();
    let place =
        columns.column_of_cell(&difference.cell).map_or(table.row(row), |column| table.cell(row, column));
    Finding::error("emptied_cell", what)
        .at(place)
        .because("an empty cell means not reviewed yet, never no")
        .remedy("put the answer back, or enter the one that is true")
}

fn differences(before: &Review, after: &Review) -> Vec<Difference> {
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

/// An item before and after; a text may be about a patient, and is only said to be there.
fn shown_items(before: Option<&ItemAnswer>, after: Option<&ItemAnswer>) -> (String, String) {
    let shown = |answer: Option<&ItemAnswer>, text: &str| match answer {
        Some(ItemAnswer::Text(_)) => text.to_owned(),
        answer => answer.map(ItemAnswer::told).unwrap_or_default(),
    };
    if before == after {
        return (String::new(), String::new());
    }
    (shown(before, "a text"), shown(after, "another text"))
}
