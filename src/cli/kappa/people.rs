//! Agreement as people read it.

use super::super::choices::IntervalChoice;
use super::{Compared, Measured};
use crate::accuracy::PairedAnswers;
use crate::report::{
    Style, Table, coefficient_text, count, estimate_header, limits_text, percent, reason_text,
};
use crate::stats::{ConfidenceInterval, Reason};

/// The first reviewer in rows, the second in columns.
pub(super) fn answers_table(compared: &Compared) -> Table {
    let PairedAnswers { categories, table, .. } = &compared.answers;
    let [one, other] = &compared.reviewers;
    let label = |category: &String| if category.is_empty() { "(none)".to_owned() } else { category.clone() };
    let headers: Vec<String> = categories.iter().map(|category| format!(">{}", label(category))).collect();
    let headers: Vec<&str> =
        std::iter::once("").chain(headers.iter().map(String::as_str)).chain([">total"]).collect();
    let mut answers = Table::new(format!("{one} (rows) and {other} (columns)"), &headers);
    let all = 0..categories.len();
    for (i, category) in categories.iter().enumerate() {
        let row: Vec<u64> = all.clone().map(|j| table.count(i, j)).collect();
        let total = row.iter().sum();
        answers.row(std::iter::once(label(category)).chain(row.into_iter().chain([total]).map(count)));
    }
    let column = |j: usize| all.clone().map(|i| table.count(i, j)).sum();
    let totals = all.clone().map(column).chain([table.records()]);
    answers.row(std::iter::once("total".to_owned()).chain(totals.map(count)));
    if let Some((rows, empty)) = compared.file {
        answers.note(left_out_note(rows, empty, [one, other]));
    }
    answers
}

/// An empty answer is no agreement with another empty one.
fn left_out_note(rows: u64, empty: [u64; 3], [one, other]: [&String; 2]) -> String {
    let left_out: u64 = empty.iter().sum();
    if left_out == 0 {
        return format!("{} rows, none left out.", count(rows));
    }
    let [first, second, both] = empty.map(count);
    let [rows, left_out] = [rows, left_out].map(count);
    format!(
        "{rows} rows, {left_out} left out because an answer is empty: \
         {first} in {one} alone, {second} in {other} alone, {both} in both."
    )
}

pub(super) fn coefficients_table(compared: &Compared, measured: &Measured, choice: &IntervalChoice) -> Table {
    let raw = compared.answers.table.raw_agreement();
    let header = estimate_header("estimate", choice.level, Style::ENGLISH);
    let mut table = Table::new("Agreement", &["", ">x of n", &header]);
    let counts = format!("{} of {}", count(raw.events()), count(raw.trials()));
    let value = raw.estimate().ok_or(Reason::NotEstimable);
    table.row(["Raw agreement, %".to_owned(), counts, in_percent(value, measured.agreement)]);
    for (_, title, coefficient) in measured.coefficients(compared.answers.is_yes_no) {
        let text = match title.ends_with('%') {
            true => in_percent(coefficient.value, coefficient.interval),
            false => coefficient_text(coefficient.value, coefficient.interval, Style::ENGLISH),
        };
        table.row([title.to_owned(), String::new(), text]);
    }
    if measured.kappa.value.is_ok() && measured.kappa.interval.is_err() {
        table.note(
            "No interval of kappa where its standard error is 0: full agreement, or one reviewer constant.",
        );
    }
    if measured.kappa.value.is_err() && raw.trials() > 0 {
        table.note("No kappa where both reviewers give the same single answer throughout.");
    }
    let exact = choice.method.title();
    table.note(format!("Intervals: {exact} for shares and PABAK; large-sample (Wald) for kappa and AC1."));
    table
}

fn in_percent(value: Result<f64, Reason>, interval: Result<ConfidenceInterval, Reason>) -> String {
    let shown = |number| percent(number, 1);
    match (value, interval) {
        (Err(reason), _) => reason_text(reason, Style::ENGLISH).to_owned(),
        (Ok(value), Err(reason)) => {
            format!("{} (interval {})", shown(value), reason_text(reason, Style::ENGLISH))
        }
        (Ok(value), Ok(interval)) => {
            format!(
                "{} ({})",
                shown(value),
                limits_text(shown(interval.lower()), shown(interval.upper()), Style::ENGLISH)
            )
        }
    }
}
