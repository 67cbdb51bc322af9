//! About dates.

use jiff::civil::Date;

use super::{Both, Messages};
use crate::error::Finding;
use crate::register::date::DateFault;

impl Messages {
    pub(in crate::review) fn not_a_date(self, written: &str, fault: DateFault) -> Finding {
        self.cpr_in_cell(written).unwrap_or_else(|| self.date_fault(fault))
    }

    fn date_fault(self, fault: DateFault) -> Finding {
        let (code, what, why): (_, Both<'_>, Option<Both<'_>>) = match fault {
            DateFault::Empty => ("date_empty", ["datoen mangler", "the date is empty"], None),
            DateFault::NotADate => {
                ("date_not_a_date", ["cellen indeholder ikke en dato", "this is not a date"], None)
            }
            DateFault::Impossible => {
                ("date_impossible", ["datoen findes ikke", "there is no such day"], None)
            }
            DateFault::Year => (
                "date_year",
                ["datoens årstal ligger for langt væk", "the year of the date is too far away"],
                Some([
                    "et ciffer er forkert, eller to cifre er byttet om",
                    "a digit is wrong, or two are swapped",
                ]),
            ),
            DateFault::TwoDigitYear => (
                "date_two_digit_year",
                ["datoens årstal har kun to cifre", "the date has a year of two digits"],
                Some([
                    "det ville være et gæt, hvilket århundrede der menes, og om året står først eller sidst",
                    "the century, and whether the year stands first or last, would be a guess",
                ]),
            ),
            DateFault::MonthFirst => (
                "date_month_first",
                ["måneden står før dagen i datoen", "the date has the month before the day"],
                Some([
                    "05/03/2021 ville så betyde 3. maj i nogle rækker og 5. marts i andre",
                    "05/03/2021 would then be 3 May in some rows and 5 March in others",
                ]),
            ),
            DateFault::SerialNumber => (
                "date_serial_number",
                ["datoen er et løbenummer fra et regneark", "the date is the serial number of a spreadsheet"],
                Some([
                    "44260 er 5. marts 2021, men i et regneark, der tæller fra 1904, er det 6. marts 2025",
                    "`44260` is 5 March 2021 or, in a workbook that counts from 1904, 6 March 2025",
                ]),
            ),
        };
        let example = self.example_day();
        let finding = self.error(code, what).remedy(self.says([
            format!("ret datoen i skemaet; skriv den som {example}"),
            format!("correct the date on the form; write it as {example}"),
        ]));
        match why {
            Some(why) => finding.because(self.says(why)),
            None => finding,
        }
    }

    /// Of an item: the cell can also say why there is no date.
    pub(in crate::review) fn or_untold(self, fault: Finding) -> Finding {
        if fault.code != "date_not_a_date" {
            return fault;
        }
        let (example, [not_relevant, not_documented]) = (self.example_day(), self.untold());
        fault.remedy(self.says([
            format!("skriv en dato som {example}, `{not_relevant}` eller `{not_documented}`"),
            format!("enter a date such as {example}, `{not_relevant}` or `{not_documented}`"),
        ]))
    }

    pub(in crate::review) fn date_in_future(self, day: Date, today: Date) -> Finding {
        let [day, today] = [day, today].map(|day| self.day(day));
        let what = [
            format!("datoen er {day}, men i dag er det {today}"),
            format!("the date is {day}, which is after today, {today}"),
        ];
        self.error_of("date_in_future", what).remedy(self.correct_date())
    }

    pub(in crate::review) fn date_before_attendance(self, day: Date) -> Finding {
        let day = self.day(day);
        let what = [
            format!("gennemgangen er dateret {day}, før forløbets første fremmøde"),
            format!("the review is dated {day}, before the first attendance of the course"),
        ];
        self.error_of("date_before_attendance", what).remedy(self.correct_date())
    }

    fn correct_date(self) -> &'static str {
        self.says(["ret datoen i skemaet", "correct the date on the form"])
    }

    pub(in crate::review) fn date_as_number(self) -> Finding {
        self.note(
            "date_as_number",
            [
                "en dato er gemt som et tal og læses som den dag, tallet står for",
                "a date is stored as a number, and is read as that day",
            ],
        )
    }

    /// How it was read is told as it was: `2026-11-10` has no day before its month.
    pub(in crate::review) fn date_as_text(self, year_first: bool) -> Finding {
        let what = match year_first {
            true => [
                "en dato er gemt som tekst og læses med året først, så måneden og dagen",
                "a date is stored as text, and is read with the year first, then the month and the day",
            ],
            false => [
                "en dato er gemt som tekst og læses med dagen før måneden",
                "a date is stored as text, and is read with the day before the month",
            ],
        };
        self.note("date_as_text", what)
    }

    /// A date such as `10/11/2026`, where another row of the column can only have the month first.
    pub(in crate::review) fn date_may_be_month_first(self, row: u64) -> Finding {
        let what = [
            "datoen kan læses med dagen først og med måneden først",
            "the date can be read with the day first and with the month first",
        ];
        self.error("date_ambiguous", what)
            .because(self.says([
                format!("kolonnen har i række {row} en dato med måneden før dagen"),
                format!("the column has a date with the month before the day in row {row}"),
            ]))
            .remedy(self.says([
                "se datoen efter, og skriv den som 2026-11-10, eller ret hele kolonnen til dagen før måneden",
                "look the date up and write it as 2026-11-10, or put the day before the month in the whole column",
            ]))
    }
}
