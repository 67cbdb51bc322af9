//! About study ids and readers.

use super::Messages;
use crate::draw::StudyId;
use crate::error::Finding;
use crate::register::cpr::holds_cpr;

impl Messages {
    /// What is written where a study id should be.
    pub fn not_an_id(self, written: &str) -> Finding {
        let finding = if written.is_empty() {
            self.error(
                "no_study_id",
                ["rækken har svar, men intet studie-id", "the row has answers, but no study id"],
            )
        } else if holds_cpr(written) {
            self.error(
                "cpr_as_study_id",
                [
                    "der står måske et CPR-nummer i stedet for studie-id'et",
                    "a number that may be a CPR number stands where the study id should be",
                ],
            )
        } else {
            let shown = self.shortened(written);
            let what = [
                format!("{shown} er ikke et studie-id som `HKM-0417D`"),
                format!("{shown} is not a study id such as `HKM-0417D`"),
            ];
            self.error_of("not_a_study_id", what).because(self.says([
                "det sidste bogstav hører til tallet, så en tastefejl bliver opdaget",
                "the letter at the end belongs to the number, so that a slip of the pen is found",
            ]))
        };
        finding.remedy(self.says([
            "tag id'et fra det skema, der blev sendt ud",
            "take the id from the form that was sent out",
        ]))
    }

    /// An id that was never given.
    pub fn unknown_study_id(self, id: StudyId) -> Finding {
        let what = [
            format!("`{id}` er ikke et studie-id i dette studie"),
            format!("`{id}` is not a study id of this study"),
        ];
        self.error_of("unknown_study_id", what).remedy(self.says([
            "er det et skema fra et andet studie? Tag id'et fra det skema, der blev sendt ud",
            "is it a form of another study? Take the id from the form that was sent out",
        ]))
    }

    pub(in crate::review) fn reserve_not_in_use(self, id: StudyId) -> Finding {
        let what = [
            format!("`{id}` er et reserveforløb, som ikke er taget i brug"),
            format!("`{id}` is a reserve that is not in use"),
        ];
        self.error_of("reserve_not_in_use", what).because(self.says([
            "reserveforløb tages i brug i en fast rækkefølge med `hkm replace`",
            "reserves are taken strictly in order, by `hkm replace`",
        ]))
    }

    pub(in crate::review) fn no_second_review(self, id: StudyId) -> Finding {
        let what = [
            format!("`{id}` er ikke udtrukket til anden læsning"),
            format!("`{id}` was not chosen for a second review"),
        ];
        self.error_of("no_second_review", what).because(self.says([
            "de forløb, der læses to gange, er udtrukket tilfældigt, så de kan stå for alle forløb",
            "the courses that are read twice are drawn, so that they stand for all",
        ]))
    }

    /// `stratum` is that of the course, `form` that of the form, both as people call them.
    pub(in crate::review) fn other_stratum(self, id: StudyId, stratum: &str, form: &str) -> Finding {
        let what = [
            format!("`{id}` er et forløb fra {stratum}, men skemaet er fra {form}"),
            format!("`{id}` is a course of {stratum}, and the form is that of {form}"),
        ];
        self.error_of("other_stratum", what)
            .because(self.says([
                "en række er kopieret fra et andet skema, eller id'et er forvekslet med et andet",
                "a row was copied from another form, or the study id is mistaken for another",
            ]))
            .remedy(self.says([
                "skriv gennemgangen i det skema, som forløbet står i",
                "enter the review on the form that the course stands on",
            ]))
    }

    /// A record that others could see and fill than those who were to read the chart; `own` is the group it belongs to.
    pub(in crate::review) fn other_group(self, id: StudyId, group: &str, own: &str) -> Finding {
        let group = self.shortened(group);
        let what = [
            format!("posten for `{id}` står i gruppen {group}, men hører til i `{own}`"),
            format!("the record of `{id}` is in the group {group}, and belongs to `{own}`"),
        ];
        self.error_of("other_group", what)
            .because(self.says([
                "gruppen bestemmer, hvem der kan se og udfylde posten: andre kan have svaret, eller anden læser kan have set de første svar",
                "the group decides who sees and fills the record: others may have answered, or the second reader may have seen the first answers",
            ]))
            .remedy(self.says([
                "find ud af, hvem der har svaret, flyt posten tilbage i REDCap, og indlæs en ny eksport",
                "find out who answered, move the record back in REDCap, and record a new export",
            ]))
    }

    /// The same course twice would let the order of rows decide.
    pub fn repeated_study_id(self, id: StudyId, row: u64) -> Finding {
        let what = [
            format!("`{id}` står der to gange: her og i række {row}"),
            format!("`{id}` stands twice: here and in row {row}"),
        ];
        self.error_of("repeated_study_id", what).remedy(self.says([
            "behold den rigtige række, og slet den anden",
            "leave the row that is right, and take the other one away",
        ]))
    }

    /// The same course in two files would let their order decide.
    pub fn study_id_in_other_file(self, id: StudyId, row: u64, file: &str) -> Finding {
        let what = [
            format!("`{id}` står også i række {row} i {file}"),
            format!("`{id}` stands in row {row} of {file} as well"),
        ];
        self.error_of("repeated_study_id", what)
            .because(self.says([
                "begge filer er nye, og det fremgår ikke, hvilken af dem der gælder",
                "both files are new, and nothing says which of them counts",
            ]))
            .remedy(self.says([
                "ret intet i filerne: indlæs den ældste udgave først og den rettede bagefter, eller kun den rigtige af dem",
                "change nothing in them: record the older version first and the corrected one after it, or only the right one",
            ]))
    }

    /// The second reader must be another person.
    pub fn same_reviewer(self, reviewer: &str, id: StudyId) -> Finding {
        let what = [
            format!("`{reviewer}` har begge læsninger af `{id}`"),
            format!("`{reviewer}` has both readings of `{id}`"),
        ];
        self.error_of("same_reviewer", what).because(self.says([
            "overensstemmelse kan kun måles mellem to personer, der ikke kender hinandens svar",
            "agreement needs two people who do not know each other's answers",
        ])).remedy(self.says([
            "er initialerne forkerte, så ret dem; ellers skal en anden læse journalen uden at kende svarene og udfylde det ene af de to skemaer",
            "if the initials are wrong, correct them; otherwise let somebody else, who does not know the answers, read the chart and fill one of the two forms",
        ]))
    }
}
