//! What is told about a returned form, in Danish for those who filled it and in English, side by side.

mod cells;
mod dates;
mod files;
mod ids;
mod numbers;
mod opened;
mod settled;
mod stored;
mod whole_file;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Answer, ChartStatus};
use crate::error::{Finding, Tongue};
use crate::protocol::{Choice, Language, RuleWords};
use crate::register::cpr::holds_cpr;

/// A text in Danish and in English.
type Both<'t> = [&'t str; 2];

/// The messages about a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Messages {
    /// The language of the sentences.
    pub language: Language,
    /// The language of the form, whose words are quoted.
    pub form: Language,
}

impl Messages {
    fn says<T>(self, [danish, english]: [T; 2]) -> T {
        if self.language == Language::Da { danish } else { english }
    }

    fn told(self, finding: Finding) -> Finding {
        finding.in_tongue(self.says([Tongue::Danish, Tongue::English]))
    }

    fn error(self, code: &'static str, what: Both<'_>) -> Finding {
        self.told(Finding::error(code, self.says(what)))
    }

    fn error_of(self, code: &'static str, what: [String; 2]) -> Finding {
        self.told(Finding::error(code, self.says(what)))
    }

    fn warning(self, code: &'static str, what: [String; 2]) -> Finding {
        self.told(Finding::warning(code, self.says(what)))
    }

    fn note(self, code: &'static str, what: Both<'_>) -> Finding {
        self.told(Finding::note(code, self.says(what)))
    }

    /// The words of the answers that a cell may hold, quoted.
    pub(super) fn answers(self) -> Vec<String> {
        Answer::ALL.iter().map(|answer| format!("`{}`", answer.word(self.form))).collect()
    }

    /// The words of the chart's status, quoted.
    pub(super) fn statuses(self) -> Vec<String> {
        ChartStatus::ALL.iter().map(|status| format!("`{}`", status.word(self.form))).collect()
    }

    /// The words of a choice, quoted, with the two that every item has.
    pub(super) fn choices(self, choices: &[Choice]) -> Vec<String> {
        let untold = [Answer::NotRelevant, Answer::NotDocumented].map(|answer| answer.word(self.form));
        let name = |choice: &'_ Choice| match self.form {
            Language::Da => choice.name.da.clone(),
            Language::En => choice.name.en.clone(),
        };
        let own = choices.iter().map(name);
        own.chain(untold.map(str::to_owned)).map(|word| format!("`{word}`")).collect()
    }

    /// A wrong cell is shown when it is short and cannot be a CPR number or a remark about a patient.
    pub fn shortened(self, written: &str) -> String {
        if holds_cpr(written) {
            return self.says(["et muligt CPR-nummer", "a possible CPR number"]).to_owned();
        }
        if written.chars().count() > 20 {
            return self.says(["en længere tekst", "a longer text"]).to_owned();
        }
        format!("`{written}`")
    }

    /// A day as the sentence writes it: `05-03-2021` in Danish, as on the form, `2021-03-05` in English.
    fn day(self, day: Date) -> String {
        self.says([day.strftime("%d-%m-%Y").to_string(), day.to_string()])
    }

    /// A number with the decimal mark of the sentence.
    pub(super) fn number(self, number: Decimal) -> String {
        let number = number.normalize().to_string();
        self.says([number.replace('.', ","), number])
    }

    /// How a day is written into the form.
    fn example_day(self) -> &'static str {
        if self.form == Language::Da { "05-03-2021" } else { "2021-03-05" }
    }

    /// The words of the form for what cannot be told: *not relevant* and *not documented*.
    fn untold(self) -> [&'static str; 2] {
        [Answer::NotRelevant, Answer::NotDocumented].map(|answer| answer.word(self.form))
    }

    fn empty_means(self) -> &'static str {
        self.says([
            "en tom celle betyder, at spørgsmålet ikke er besvaret endnu, aldrig nej",
            "an empty cell means not reviewed yet, never no",
        ])
    }
}
