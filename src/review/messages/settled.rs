//! About settled disagreements.

use super::Messages;
use crate::draw::StudyId;
use crate::error::Finding;

impl Messages {
    /// A file that is no form of disagreements, or has lost one of its columns.
    pub fn no_settled_column(self, danish: &str, english: &str) -> Finding {
        let what = [
            format!("skemaet har ingen kolonne `{danish}` eller `{english}`"),
            format!("the form has no column `{danish}` or `{english}`"),
        ];
        self.error_of("missing_column", what).remedy(self.adjudication_wanted())
    }

    /// A workbook of this study, but of another kind.
    pub fn no_adjudication_form(self) -> Finding {
        let what = ["filen er ikke et skema over uenigheder", "this is no form of disagreements"];
        self.error("other_kind", what).remedy(self.says([
            "indlæs det skema, som `hkm adjudicate` skrev; gennemgange indlæses med `hkm record`",
            "take the form that `hkm adjudicate` wrote; reviews are read by `hkm record`",
        ]))
    }

    fn adjudication_wanted(self) -> &'static str {
        self.says([
            "indlæs det skema, som `hkm adjudicate` skrev",
            "take the form that `hkm adjudicate` wrote",
        ])
    }

    /// The same disagreement twice would let the order of rows decide. `subject` is told as the form tells it.
    pub fn repeated_disagreement(self, subject: &str, id: StudyId, row: u64) -> Finding {
        let what = [
            format!("`{subject}` for `{id}` er afgjort to gange: her og i række {row}"),
            format!("`{subject}` of `{id}` is settled twice: here and in row {row}"),
        ];
        self.error_of("repeated_disagreement", what).remedy(self.says([
            "behold den rigtige række, og slet den anden",
            "leave the row that is right, and take the other one away",
        ]))
    }

    /// An answer without somebody who settled it.
    pub fn no_adjudicator(self) -> Finding {
        let what = [
            "det fremgår ikke, hvem der har afgjort uenigheden",
            "it does not say who settled the disagreement",
        ];
        self.error("no_adjudicator", what).remedy(self.adjudicator_wanted())
    }

    /// A text that cannot stand for a person.
    pub fn not_an_adjudicator(self, written: &str) -> Finding {
        let other = || self.no_initials("adjudicator").remedy(self.adjudicator_wanted());
        self.cpr_in_cell(written).unwrap_or_else(other)
    }

    fn adjudicator_wanted(self) -> &'static str {
        self.says([
            "skriv initialerne på den, der har afgjort uenigheden",
            "write the initials of who settled it",
        ])
    }

    /// A row about something that no reading answers; `known` as the form names it.
    pub fn unknown_subject(self, written: &str, known: &[String]) -> Finding {
        if let Some(finding) = self.cpr_in_cell(written) {
            return finding;
        }
        let known = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let shown = self.shortened(written);
        let what = match written.is_empty() {
            true => [
                format!("rækken har en afgørelse, men intet emne; emnerne er {known}"),
                format!("the row has a settled answer, but no subject; the subjects are {known}"),
            ],
            false => [
                format!("{shown} er ikke et af emnerne: {known}"),
                format!("{shown} is not a subject, expected one of {known}"),
            ],
        };
        self.error_of("unknown_subject", what).remedy(self.says([
            "tag emnet fra det skema, som `hkm adjudicate` skrev",
            "take the subject from the form that `hkm adjudicate` wrote",
        ]))
    }

    /// A course whose readings agree on everything, or that was not read twice.
    pub fn no_disagreement_about(self, id: StudyId) -> Finding {
        let what = [
            format!("der er ingen uenighed om `{id}`: de to læsninger er enige, eller der er kun én"),
            format!("there is no disagreement about `{id}`: its two readings agree, or there is only one"),
        ];
        self.error_of("no_disagreement", what).remedy(self.row_wanted())
    }

    fn row_wanted(self) -> &'static str {
        self.says([
            "tag rækken fra det skema, som `hkm adjudicate` skrev; en gennemgang kan være rettet siden",
            "take the row from the form that `hkm adjudicate` wrote; a review may have been corrected since",
        ])
    }

    /// A row about what the readings of its course agree on.
    pub fn no_disagreement(self) -> Finding {
        let what = [
            "der er ingen uenighed mellem de to læsninger af forløbet på dette punkt",
            "the two readings of this course do not differ here",
        ];
        self.error("no_disagreement", what).remedy(self.row_wanted())
    }

    /// A form that shows another answer than is stored: `shown` on the form, `stored` as the form would write it.
    pub fn shows_other_answers(self, shown: &str, stored: &str) -> Finding {
        let none = self.says(["intet svar", "no answer"]);
        let quoted = |text: &str| if text.is_empty() { none.to_owned() } else { format!("`{text}`") };
        let seen = if shown.is_empty() { none.to_owned() } else { self.shortened(shown) };
        let stored = quoted(stored);
        let what = [
            format!("skemaet viser {seen}, men der er gemt {stored}"),
            format!("the form shows {seen}, and {stored} is stored"),
        ];
        self.error_of("other_answers_shown", what)
            .because(self.says([
                "en gennemgang er rettet, siden skemaet blev skrevet, eller cellen er ændret; afgørelsen ville gælde en uenighed, som ingen har set",
                "a review was corrected since the form was written, or the cell was changed; the answer would settle a disagreement that nobody has seen",
            ]))
            .remedy(self.says([
                "skriv et nyt skema med `hkm adjudicate`, og afgør uenigheden dér",
                "write a new form with `hkm adjudicate`, and settle the disagreement there",
            ]))
    }

    /// A file that was read before takes back nothing that came after it.
    pub fn settled_otherwise_since(self, ids: &[StudyId]) -> Finding {
        let named = listed(ids);
        let what = [
            format!("filen er indlæst før, og følgende er afgjort anderledes siden: {named}"),
            format!("the file was read before, and was settled otherwise since: {named}"),
        ];
        self.warning("superseded", what)
            .because(self.says(["de senere afgørelser gælder fortsat", "the later answers stay"]))
            .remedy(self.says([
                "skal en afgørelse trækkes tilbage, så skriv den igen med dags dato",
                "to take one back, enter it with the date of today",
            ]))
    }

    /// A settled answer that is older than one of the readings.
    pub fn settled_before_reading(self, ids: &[StudyId]) -> Finding {
        let named = listed(ids);
        let what = [
            format!("afgørelsen er dateret før en af de to læsninger: {named}"),
            format!("settled on a day before one of the two readings: {named}"),
        ];
        self.warning("settled_before_reading", what)
            .because(self.says([
                "en uenighed findes først, når begge har læst journalen; det gemmes, som det står",
                "there is no disagreement before both have read the chart; it is stored as it stands",
            ]))
            .remedy(self.says([
                "er datoen en tastefejl, så ret den, og indlæs skemaet igen",
                "if the date is a slip, correct it and read the form again",
            ]))
    }

    /// A reader who settles the own disagreement is no third opinion. Where the two agreed on it together, the readers of the paper
    /// should know.
    pub fn adjudicator_is_reader(self, ids: &[StudyId]) -> Finding {
        let named = listed(ids);
        let what = [
            format!("en af de to læsere har selv afgjort uenigheden om {named}"),
            format!("one of the two readers settled the disagreement about {named}"),
        ];
        self.warning("adjudicator_is_reader", what)
            .because(self.says([
                "normalt afgøres en uenighed af en tredje person, der ikke selv har læst journalen; det gemmes, som det står",
                "a third person, who knows neither reader's answers as the own, is the usual rule; it is stored as it stands",
            ]))
            .remedy(self.says([
                "skriv i artiklen, hvordan uenigheder blev afgjort, eller lad en tredje person afgøre disse igen",
                "say in the paper how disagreements were settled; or let a third person settle these again",
            ]))
    }
}

fn listed(ids: &[StudyId]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}
