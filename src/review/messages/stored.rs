//! About a form against what is stored already.

use jiff::civil::Date;

use super::Messages;
use crate::draw::StudyId;
use crate::error::{Finding, Rows};
use crate::protocol::{ItemKind, Language};
use crate::review::{Answer, ChartStatus};

impl Messages {
    /// A stored answer as it stands on the form; `kind` is that of the item, where the cell is one.
    pub fn answer(self, cell: &str, kind: Option<&ItemKind>, stored: &str) -> String {
        let day = || stored.parse().ok().map(|day| self.day(day));
        let untold = || Answer::ALL.into_iter().find(|answer| answer.name() == stored);
        let word = match (cell, kind) {
            ("reviewer" | "comment", _) => None,
            ("chart", _) => ChartStatus::read(stored).map(|status| status.word(self.form).to_owned()),
            ("date", _) | (_, Some(ItemKind::Date)) => day(),
            (_, Some(ItemKind::Choice(choices))) => {
                let chosen = choices.iter().find(|choice| choice.id == stored);
                chosen.map(|choice| match self.form {
                    Language::Da => choice.name.da.clone(),
                    Language::En => choice.name.en.clone(),
                })
            }
            (_, Some(ItemKind::Whole(_) | ItemKind::Decimal(_))) => {
                stored.parse().ok().map(|number| self.number(number))
            }
            (_, Some(ItemKind::Text)) => self.text_told(stored),
            _ => None,
        };
        let fixed = || (cell != "reviewer").then(untold).flatten();
        word.or_else(|| Some(fixed()?.word(self.form).to_owned())).unwrap_or_else(|| stored.to_owned())
    }

    /// A text is only said to be there.
    fn text_told(self, stored: &str) -> Option<String> {
        let danish = match stored {
            "a text" => "en tekst",
            "another text" => "en anden tekst",
            _ => return None,
        };
        Some(self.says([danish, stored]).to_owned())
    }

    /// A row that was stored and is empty now.
    pub fn emptied_row(self, id: StudyId) -> Finding {
        let what = [
            format!("gennemgangen af `{id}` er gemt, men rækken er nu tom"),
            format!("the review of `{id}` is stored, but its row is now empty"),
        ];
        self.error_of("emptied_row", what).because(self.never_lost()).remedy(self.says([
            "skriv svarene igen; skal gennemgangen trækkes tilbage, så skriv, hvad der gælder for journalen",
            "put the answers back; to withdraw a review, enter what is true of the chart",
        ]))
    }

    /// Courses of a form that went out, whose rows did not come back.
    pub fn rows_absent(self, ids: &[StudyId]) -> Finding {
        const NAMED: usize = 6;
        let named = ids.iter().take(NAMED).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        let more = |word: &str| match ids.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" {word} {more} {}", self.says(["flere", "more"])),
        };
        let [danish, english] = match ids.len() {
            1 => ["1 række".to_owned(), "1 row".to_owned()],
            rows => [format!("{rows} rækker"), format!("{rows} rows")],
        };
        let what = [
            format!("{danish} fra det skema, der blev sendt ud, står ikke i filen: {named}{}", more("og")),
            format!("{english} of the form that was sent out did not come back: {named}{}", more("and")),
        ];
        self.warning("rows_absent", what)
            .because(self.says([
                "en slettet række ændrer intet: det, der er gemt, gælder fortsat, og resten venter på en gennemgang",
                "a deleted row changes nothing: what is stored stays, and the rest waits for its review",
            ]))
            .remedy(self.says([
                "er skemaet delt mellem flere, så indlæs også deres filer; ellers sæt rækkerne tilbage",
                "if several people share the form, record their files too; otherwise put the rows back",
            ]))
    }

    /// A chart that was found when a reserve had taken its place.
    pub fn found_after_all(self, id: StudyId, reserve: StudyId) -> Finding {
        let what = [
            format!("journalen til `{id}` er nu fundet, men forløbet er erstattet af `{reserve}`"),
            format!("the chart of `{id}` is found now, but the course was replaced by `{reserve}`"),
        ];
        self.warning("replaced_chart_found", what)
            .because(self.says([
                "en erstatning står ved magt, så begge forløb tæller med; det gemmes, som det står",
                "a replacement stays, so that both courses count; it is stored as it stands",
            ]))
            .remedy(self.says([
                "er det en fejl, så ret cellen, og indlæs skemaet igen; ellers skal der intet gøres",
                "if it is a slip, correct the cell and record the form again; otherwise nothing is to be done",
            ]))
    }

    /// A cell that may be left empty, and was not when it was stored: its item is optional, or its indicator was not in force. `before` is
    /// the word of the form; none for a text, which may be about a patient.
    pub(in crate::review) fn emptied_cell(self, cell: &str, id: StudyId, before: Option<&str>) -> Finding {
        let [danish, english] = match before {
            Some(word) => [format!("var `{word}`"), format!("was `{word}`")],
            None => ["havde en tekst".to_owned(), "held a text".to_owned()],
        };
        let what = [
            format!("`{cell}` for `{id}` {danish}, men cellen er nu tom"),
            format!("`{cell}` of `{id}` {english} and is now empty"),
        ];
        let untold = Answer::NotDocumented.word(self.form);
        self.error_of("emptied_cell", what).because(self.never_lost()).remedy(self.says([
            format!("skriv svaret igen; er der intet svar i journalen, så skriv `{untold}`"),
            format!("put the answer back; if the chart holds none, enter `{untold}`"),
        ]))
    }

    /// A comment may be taken back: it may say too much of a patient.
    pub(in crate::review) fn emptied_comment(self) -> Finding {
        let what = ["kommentaren var udfyldt og er nu slettet", "there was a comment, and it is empty now"];
        self.warning("emptied_comment", what.map(str::to_owned))
            .because(self.says([
                "sletningen gemmes; den tidligere kommentar bliver stående i den ældre udgave af gennemgangen",
                "this is stored; the former comment stays in the older version of the review",
            ]))
            .remedy(self.says([
                "er det en fejl, så skriv kommentaren igen, og indlæs skemaet igen",
                "if it is a slip, put the comment back and record the form again",
            ]))
    }

    /// Cells that must be filled, of a review that is stored.
    pub fn emptied_cells(self, id: StudyId, emptied: &[&str]) -> Finding {
        let emptied = emptied.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let what = [
            format!("gennemgangen af `{id}` er gemt, men skemaet mangler nu {emptied}"),
            format!("the review of `{id}` is stored, but the form now lacks {emptied}"),
        ];
        self.error_of("incomplete_review", what).because(self.never_lost()).remedy(self.put_back())
    }

    fn never_lost(self) -> &'static str {
        self.says([
            "det, der er gemt, slettes aldrig af en tom celle",
            "what was recorded is never lost by an empty cell",
        ])
    }

    pub(in crate::review) fn falls_back(self, rows: &Rows) -> Finding {
        let what = match rows.total() {
            1 => ["en gennemgang svarer".to_owned(), "a review says".to_owned()],
            total => [format!("{total} gennemgange svarer"), format!("{total} reviews say")],
        };
        let [danish, english] = what;
        let what = [
            format!("{danish} igen til det, der var gemt før en rettelse"),
            format!("{english} again what was stored before a correction"),
        ];
        self.warning("correction_undone", what)
            .because(self.says([
                "skemaet kan være ældre end rettelsen; det gemmes, som det står",
                "the form may be older than the correction; it is stored as it stands",
            ]))
            .remedy(self.says([
                "var rettelsen rigtig, så indlæs det rettede skema igen",
                "if the correction was right, record the corrected form once more",
            ]))
    }

    pub(in crate::review) fn superseded(self, ids: &[StudyId]) -> Finding {
        let named = ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        let [danish, english] = match ids.len() {
            1 => ["1 af gennemgangene".to_owned(), "1 of its reviews has".to_owned()],
            number => [format!("{number} af gennemgangene"), format!("{number} of its reviews have")],
        };
        let what = [
            format!("filen er indlæst før, og {danish} er rettet siden: {named}"),
            format!("the file was recorded before, and {english} been corrected since: {named}"),
        ];
        self.warning("superseded", what)
            .because(self.says(["rettelserne gælder fortsat", "the corrections stay"]))
            .remedy(self.says([
                "skal en rettelse trækkes tilbage, så skriv svarene i et skema med dags dato",
                "to take a correction back, enter the answers in a form with the date of today",
            ]))
    }

    pub(in crate::review) fn before_draw(self, rows: &Rows, drawn: Date) -> Finding {
        let [danish, english] = match rows.total() {
            1 => ["en gennemgang er".to_owned(), "a review is".to_owned()],
            total => [format!("{total} gennemgange er"), format!("{total} reviews are")],
        };
        let drawn = self.day(drawn);
        let what = [
            format!("{danish} dateret før {drawn}, dagen for udtrækningen"),
            format!("{english} dated before {drawn}, the day of the draw"),
        ];
        self.warning("review_before_draw", what)
            .because(self.says([
                "før udtrækningen vidste ingen, hvilke journaler der skulle læses; det gemmes, som det står",
                "before the draw nobody knew whose chart to read; it is stored as it stands",
            ]))
            .remedy(self.says([
                "er datoen en tastefejl, så ret den, og indlæs skemaet igen",
                "if the date is a slip, correct it and record the form again",
            ]))
    }
}
