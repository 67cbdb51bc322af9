//! About a form against what is stored already.

use jiff::civil::Date;

use super::Messages;
use crate::draw::StudyId;
use crate::error::{Finding, Rows};
use crate::review::Answer;

impl Messages {
    /// A row that was stored and is empty now.
    pub fn emptied_row(self, id: StudyId) -> Finding {
        let what = [
            format!("gennemgangen af `{id}` er gemt, men rækken er nu tom"),
            format!("the review of `{id}` is stored, but its row is now empty"),
        ];
        self.error_of("emptied_row", what).because(self.never_lost()).remedy(self.says([
            "sæt svarene tilbage; skal gennemgangen trækkes tilbage, så skriv, hvad der gælder for journalen",
            "put the answers back; to withdraw a review, enter what is true of the chart",
        ]))
    }

    /// A cell that may be left empty, and was not when it was stored: its item is optional, or its indicator was not in force. `before` is
    /// the stable word; none for a text, which may be about a patient.
    pub(in crate::review) fn emptied_cell(self, cell: &str, id: StudyId, before: Option<&str>) -> Finding {
        let in_form = |stable: &str| Answer::read(stable).map(|answer| answer.word(self.form).to_owned());
        let [danish, english] = match before {
            Some(stable) => {
                let word = in_form(stable).unwrap_or_else(|| stable.to_owned());
                [format!("var `{word}`"), format!("was `{word}`")]
            }
            None => ["havde en tekst".to_owned(), "held a text".to_owned()],
        };
        let what = [
            format!("`{cell}` for `{id}` {danish} og er nu tom"),
            format!("`{cell}` of `{id}` {english} and is now empty"),
        ];
        let untold = Answer::NotDocumented.word(self.form);
        self.error_of("emptied_cell", what).because(self.never_lost()).remedy(self.says([
            format!("sæt svaret tilbage; er der intet svar i journalen, så skriv `{untold}`"),
            format!("put the answer back; if the chart holds none, enter `{untold}`"),
        ]))
    }

    /// Cells that must be filled, of a review that is stored.
    pub fn emptied_cells(self, id: StudyId, emptied: &[String]) -> Finding {
        let emptied = emptied.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let what = [
            format!("gennemgangen af `{id}` er gemt, men skemaet mangler nu {emptied}"),
            format!("the review of `{id}` is stored, but the form now lacks {emptied}"),
        ];
        self.error_of("incomplete_review", what).because(self.never_lost()).remedy(self.put_back())
    }

    fn never_lost(self) -> &'static str {
        self.says([
            "det, der er gemt, går aldrig tabt ved en tom celle",
            "what was recorded is never lost by an empty cell",
        ])
    }

    pub(in crate::review) fn falls_back(self, rows: &Rows) -> Finding {
        let what = match rows.total() {
            1 => ["en gennemgang siger".to_owned(), "a review says".to_owned()],
            total => [format!("{total} gennemgange siger"), format!("{total} reviews say")],
        };
        let [danish, english] = what;
        let what = [
            format!("{danish} igen det, der var gemt før en rettelse"),
            format!("{english} again what was stored before a correction"),
        ];
        self.warning("correction_undone", what)
            .because(self.says([
                "skemaet kan være ældre end rettelsen; det gemmes, som det er",
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
            1 => ["1 af dets gennemgange".to_owned(), "1 of its reviews has".to_owned()],
            number => [format!("{number} af dets gennemgange"), format!("{number} of its reviews have")],
        };
        let what = [
            format!("skemaet er indlæst før, og {danish} er rettet siden: {named}"),
            format!("the file was recorded before, and {english} been corrected since: {named}"),
        ];
        self.warning("superseded", what)
            .because(self.says(["rettelserne bliver stående", "the corrections stay"]))
            .remedy(self.says([
                "skal en rettelse trækkes tilbage, så skriv svarene i et skema med dagens dato",
                "to take a correction back, enter the answers in a form with the date of today",
            ]))
    }

    pub(in crate::review) fn before_draw(self, rows: &Rows, drawn: Date) -> Finding {
        let [danish, english] = match rows.total() {
            1 => ["en gennemgang er".to_owned(), "a review is".to_owned()],
            total => [format!("{total} gennemgange er"), format!("{total} reviews are")],
        };
        let what = [
            format!("{danish} dateret før {drawn}, dagen for udtrækningen"),
            format!("{english} dated before {drawn}, the day of the draw"),
        ];
        self.warning("review_before_draw", what)
            .because(self.says([
                "før udtrækningen vidste ingen, hvis journal der skulle læses; det gemmes, som det er",
                "before the draw nobody knew whose chart to read; it is stored as it stands",
            ]))
            .remedy(self.says([
                "er datoen en tastefejl, så ret den og indlæs skemaet igen",
                "if the date is a slip, correct it and record the form again",
            ]))
    }
}
