//! About single cells.

use super::{Both, Messages, RuleWords};
use crate::draw::StudyId;
use crate::error::{Finding, Rows};
use crate::protocol::{Item, Rule};
use crate::register::cpr::holds_cpr;

/// How many columns a finding about a whole row names.
const COLUMNS_NAMED: usize = 3;

impl Messages {
    /// No word of the list.
    pub fn not_an_answer(self, written: &str, words: &[String]) -> Finding {
        if let Some(finding) = self.cpr_in_cell(written) {
            return finding;
        }
        let (shown, words) = (self.shortened(written), words.join(", "));
        let what = [
            format!("{shown} er ikke et af svarene her: {words}"),
            format!("{shown} is not an answer here, expected one of {words}"),
        ];
        self.error_of("not_an_answer", what).remedy(self.says([
            "vælg svaret fra cellens liste, eller skriv et af ordene",
            "choose it from the list of the cell, or write one of these words",
        ]))
    }

    pub(in crate::review) fn not_initials(self, written: &str) -> Finding {
        self.cpr_in_cell(written).unwrap_or_else(|| {
            self.no_initials("reviewer").remedy(self.says([
                "skriv initialerne på den, der har læst journalen",
                "write the initials of who read the chart",
            ]))
        })
    }

    /// What initials are made of, as [`crate::review::is_name`] reads them.
    pub(super) fn no_initials(self, code: &'static str) -> Finding {
        let what =
            ["teksten kan ikke bruges som initialer", "the text cannot be read as somebody's initials"];
        self.error(code, what).because(self.says([
            "initialer har højst 40 tegn, begynder med et bogstav eller et tal og består af bogstaver, tal, mellemrum og . , - ' / & + _",
            "initials have at most 40 characters, begin with a letter or a digit, and are made of letters, digits, blanks and . , - ' / & + _",
        ]))
    }

    /// A cell for something else that may hold a CPR number, which is said plainly and not repeated.
    pub(super) fn cpr_in_cell(self, written: &str) -> Option<Finding> {
        let what = ["cellen indeholder måske et CPR-nummer", "the cell holds what may be a CPR number"];
        holds_cpr(written).then(|| self.no_cpr("cpr_in_cell", what))
    }

    pub(in crate::review) fn cpr_in_comment(self) -> Finding {
        let what =
            ["kommentaren indeholder måske et CPR-nummer", "the comment holds what may be a CPR number"];
        self.no_cpr("cpr_in_comment", what)
    }

    pub(in crate::review) fn cpr_in_text(self) -> Finding {
        self.no_cpr(
            "cpr_in_text",
            ["teksten indeholder måske et CPR-nummer", "the text holds what may be a CPR number"],
        )
    }

    fn no_cpr(self, code: &'static str, what: Both<'_>) -> Finding {
        self.error(code, what)
            .because(self.says([
                "studiets database må ikke indeholde CPR-numre",
                "the study's database must hold none",
            ]))
            .remedy(
                self.says([
                    "fjern nummeret; studie-id'et er nok",
                    "take the number out; the study id is enough",
                ]),
            )
    }

    pub(in crate::review) fn text_too_long(self, longest: usize) -> Finding {
        let what = [
            format!("teksten er længere end {longest} tegn"),
            format!("the text is longer than {longest} characters"),
        ];
        self.error_of("text_too_long", what).remedy(
            self.says(["forkort den til det, studiet spørger om", "shorten it to what the study asks for"]),
        )
    }

    pub(in crate::review) fn answer_without_chart(self) -> Finding {
        let what = [
            "der er et svar, men ifølge skemaet er journalen ikke læst",
            "there is an answer, but the chart is said not to have been read",
        ];
        self.error("answer_without_chart", what).remedy(self.says([
            "slet svaret, eller ret journalens status",
            "empty the answer, or correct the status of the chart",
        ]))
    }

    /// The same of a row with several answers, told once.
    pub(in crate::review) fn answers_without_chart(self, columns: &[&str]) -> Finding {
        let named: Vec<String> = columns.iter().take(COLUMNS_NAMED).map(|name| format!("`{name}`")).collect();
        let named = named.join(", ");
        let [danish, english] = match columns.len().saturating_sub(COLUMNS_NAMED) {
            0 => [named.clone(), named],
            1 => [format!("{named} og 1 anden kolonne"), format!("{named} and 1 other column")],
            more => {
                [format!("{named} og {more} andre kolonner"), format!("{named} and {more} other columns")]
            }
        };
        let what = [
            format!("der er svar i {danish}, men journalen er angivet som ikke læst"),
            format!("there are answers in {english}, but the chart is said not to have been read"),
        ];
        self.error_of("answer_without_chart", what).remedy(self.says([
            "tøm svarene, eller ret journalens status",
            "empty the answers, or correct the status of the chart",
        ]))
    }

    pub(in crate::review) fn answer_and_reason(self) -> Finding {
        let what = [
            "der er både et svar og en begrundelse for, at der ikke er noget svar",
            "there is an answer, and a reason why there is none",
        ];
        self.error("answer_and_reason", what)
            .remedy(self.says(["tøm det ene af de to felter", "empty one of the two fields"]))
    }

    /// REDCap has a mark of its own for a record that is done.
    pub(in crate::review) fn unfinished_records(self, rows: &Rows) -> Finding {
        let what = match rows.total() {
            1 => [
                "en post er ikke markeret som færdig i REDCap".to_owned(),
                "a record is not marked as complete in REDCap".to_owned(),
            ],
            all => [
                format!("{all} poster er ikke markeret som færdige i REDCap"),
                format!("{all} records are not marked as complete in REDCap"),
            ],
        };
        self.warning("unfinished_record", what)
            .because(self.says([
                "den, der læser journalen, er måske ikke færdig; poster, der har alle svar, gemmes, som de står",
                "their readers may not be done; records with all answers are stored as they stand",
            ]))
            .remedy(self.says([
                "er en post ikke færdig, så indlæs en ny eksport, når den er det",
                "if one is not done, record a new export when it is",
            ]))
    }

    fn rule(self, rule: &Rule, items: &[Item]) -> String {
        RuleWords { items, language: self.language, form: self.form }.told(rule)
    }

    pub(in crate::review) fn answer_not_asked(self, rule: &Rule, items: &[Item]) -> Finding {
        let rule = self.rule(rule, items);
        let what = [
            format!("cellen er besvaret, men der spørges kun, hvis {rule}"),
            format!("there is an answer, which is asked for only if {rule}"),
        ];
        self.error_of("answer_not_asked", what).remedy(self.says([
            "slet svaret, eller ret det svar, som spørgsmålet afhænger af",
            "empty the cell, or correct the answer that it depends on",
        ]))
    }

    pub(in crate::review) fn implausible(self, rule: &Rule, items: &[Item]) -> Finding {
        let rule = self.rule(rule, items);
        let what = [
            format!("svarene strider mod kodebogen, som kræver, at {rule}"),
            format!("the answers contradict the codebook, which requires that {rule}"),
        ];
        self.error_of("implausible", what).remedy(self.says([
            "ret svaret eller det svar, som det sammenlignes med",
            "correct the answer, or the one that it is compared with",
        ]))
    }

    /// A row that is begun.
    pub fn incomplete(self, id: StudyId, absent: &[&str]) -> Finding {
        let absent = absent.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let what = [
            format!("gennemgangen af `{id}` er påbegyndt, men der mangler {absent}"),
            format!("the review of `{id}` is begun, but lacks {absent}"),
        ];
        self.error_of("incomplete_review", what).because(self.empty_means()).remedy(self.says([
            "udfyld cellerne; den, der indlæser skemaet, kan gemme de færdige rækker alene med --accept-incomplete",
            "fill the cells; who records the form can store the complete rows alone with --accept-incomplete",
        ]))
    }

    /// The remedy where the review of a begun row is stored already.
    pub(super) fn put_back(self) -> &'static str {
        self.says([
            "skriv det manglende igen, eller skriv, hvad der gælder for journalen",
            "put back what is missing, or enter what is true of the chart",
        ])
    }
}
