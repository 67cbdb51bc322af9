//! What cells take. A list that is too long for a cell, or has a comma within a word, stands on a hidden sheet.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, Worksheet, XlsxError};

use super::place;
use crate::error::column_letters;
use crate::review::{Check, Takes};

/// The hidden sheet of the longer lists.
const LISTS_SHEET: &str = "_lists";
/// A list within a cell has room for so many UTF-16 units, commas included.
const LONGEST_LIST: usize = 255;

/// The lists of a workbook that stand on the hidden sheet, each in a column.
#[derive(Default)]
pub(super) struct Lists(Vec<Vec<String>>);

impl Lists {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a list stands: `_lists!$A$1:$A$9`. The same words stand there once.
    fn range(&mut self, words: &[String]) -> String {
        let known = self.0.iter().position(|list| list == words);
        let column = known.unwrap_or_else(|| {
            self.0.push(words.to_vec());
            self.0.len() - 1
        });
        let letters = column_letters(column);
        format!("{LISTS_SHEET}!${letters}$1:${letters}${}", words.len())
    }

    pub(super) fn write(&self, to: &mut Worksheet) -> Result<(), XlsxError> {
        to.set_name(LISTS_SHEET)?;
        for (column, words) in self.0.iter().enumerate() {
            for (row, word) in (0..).zip(words) {
                to.write_string(row, place(column), word)?;
            }
        }
        to.set_very_hidden(true);
        Ok(())
    }
}

/// Puts a check on its cells.
pub(super) fn check(to: &mut Worksheet, check: &Check, lists: &mut Lists) -> Result<(), XlsxError> {
    if check.rows.is_empty() {
        return Ok(());
    }
    let validation = taking(&check.takes, lists)?
        .set_input_title(&check.hint.title)?
        .set_input_message(&check.hint.text)?
        .set_error_title(&check.fault.title)?
        .set_error_message(&check.fault.text)?;
    let (first, last) = (check.rows.start as u32, check.rows.end as u32 - 1);
    let column = place(check.column);
    to.add_data_validation(first, column, last, column, &validation)?;
    Ok(())
}

fn taking(takes: &Takes, lists: &mut Lists) -> Result<DataValidation, XlsxError> {
    let new = DataValidation::new();
    Ok(match takes {
        Takes::OneOf(words) if fits(words) => new.allow_list_strings(words)?,
        Takes::OneOf(words) => new.allow_list_formula(Formula::new(lists.range(words))),
        Takes::Formula(formula) => new.allow_custom(Formula::new(formula)),
        Takes::Text(longest) => new.allow_text_length(DataValidationRule::LessThanOrEqualTo(*longest)),
    })
}

/// Whether a list can stand within a cell, where a comma begins the next word and `1-2` would be compared as a day.
fn fits(words: &[String]) -> bool {
    let length: usize = words.iter().map(|word| word.encode_utf16().count() + 1).sum();
    let is_plain = |word: &String| {
        !word.contains([',', '"']) && word.trim() == word && word.starts_with(char::is_alphabetic)
    };
    length <= LONGEST_LIST && words.iter().all(is_plain)
}
