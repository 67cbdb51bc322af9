//! About numbers.

use jiff::civil::Date;

use super::Messages;
use crate::error::Finding;
use crate::protocol::Range;

/// A date before this year was a number; what a spreadsheet makes of 5-3 is a day of this time.
const LEAST_YEAR: i16 = 1980;

impl Messages {
    pub(in crate::review) fn date_for_number(self, text: &str) -> Finding {
        let day: Option<Date> = text.parse().ok();
        let text = day.map_or_else(|| text.to_owned(), |day| self.day(day));
        let what = [
            format!("cellen indeholder datoen {text}, men der skal stå et tal"),
            format!("the cell holds the date {text}, expected a number"),
        ];
        let finding = self.error_of("date_for_number", what);
        // Small numbers are days of the time around 1900 where a cell is shown as a day.
        if day.is_some_and(|day| day.year() < LEAST_YEAR) {
            return finding
                .because(self.says([
                    "cellen har datoformat, så et tal vises og gemmes som en dato",
                    "the cell has the format of a date, which turns a number into a day",
                ]))
                .remedy(self.says([
                    "giv cellen formatet Standard, og skriv tallet igen",
                    "give the cell the format General, and enter the number once more",
                ]));
        }
        finding
            .because(self.says([
                "et regneark laver 5-3 og 5.3 om til en dato",
                "a spreadsheet turns 5-3 and 5.3 into a date",
            ]))
            .remedy(self.says([
                "giv cellen formatet Standard, og skriv tallet igen med decimalkomma",
                "give the cell the format General, and enter the number once more, with a decimal comma",
            ]))
    }

    pub(in crate::review) fn not_whole(self, text: &str) -> Finding {
        let shown = self.shortened(text);
        let what = [format!("{shown} er ikke et helt tal"), format!("{shown} is not a whole number")];
        self.error_of("not_whole", what).remedy(self.correct_number())
    }

    pub(in crate::review) fn out_of_range(self, text: &str, range: &Range) -> Finding {
        if let Some(finding) = self.cpr_in_cell(text) {
            return finding;
        }
        let shown = self.shortened(text);
        let [min, max] = [range.min, range.max].map(|limit| limit.map(|limit| self.number(limit)));
        let (danish, english) = match (min, max) {
            (Some(min), Some(max)) => {
                (format!("ikke mellem {min} og {max}"), format!("not between {min} and {max}"))
            }
            (Some(min), None) => (format!("under {min}"), format!("below {min}")),
            (None, Some(max)) => (format!("over {max}"), format!("above {max}")),
            (None, None) => ("ikke muligt".to_owned(), "not possible".to_owned()),
        };
        self.error_of("out_of_range", [format!("{shown} er {danish}"), format!("{shown} is {english}")])
            .remedy(self.correct_number())
    }

    pub(in crate::review) fn not_a_number(self, text: &str) -> Finding {
        if let Some(finding) = self.cpr_in_cell(text) {
            return finding;
        }
        let shown = self.shortened(text);
        let what = [format!("{shown} er ikke et tal"), format!("{shown} is not a number")];
        let [not_relevant, not_documented] = self.untold();
        self.error_of("not_a_number", what).remedy(self.says([
            format!("skriv et tal, `{not_relevant}` eller `{not_documented}`"),
            format!("enter a number, `{not_relevant}` or `{not_documented}`"),
        ]))
    }

    pub(in crate::review) fn ambiguous_number(self, text: &str) -> Finding {
        let shown = self.shortened(text);
        let what = [
            format!("i {shown} kan tegnet skille enten tusinder eller decimaler"),
            format!("{shown} may be thousands or decimals"),
        ];
        self.error_of("ambiguous_number", what).remedy(self.says([
            "skriv tallet uden tegn mellem tusinder eller med en decimal mere",
            "write it without a mark between thousands, or with another decimal",
        ]))
    }

    fn correct_number(self) -> &'static str {
        self.says(["ret tallet i skemaet", "correct the number on the form"])
    }

    pub(in crate::review) fn number_as_text(self) -> Finding {
        self.note("number_as_text", ["et tal er gemt som tekst", "a number is stored as text"])
            .because(self.says(["det læses som det tal, der står", "it is read as the number it says"]))
    }
}
