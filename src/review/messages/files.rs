//! About files and their headers.

use super::Messages;
use crate::error::Finding;
use crate::review::Reading;

/// So many columns are named.
const COLUMNS_NAMED: usize = 3;

impl Messages {
    /// A column that is not there, with the unknown ones that may be it under another name.
    pub(in crate::review) fn missing_column(self, name: &str, unknown: &[&str]) -> Finding {
        let what =
            [format!("skemaet har ingen kolonne `{name}`"), format!("the form has no column `{name}`")];
        let finding = self.without_column(what);
        if unknown.is_empty() {
            return finding.remedy(self.says([
                "sæt kolonnen tilbage med sin overskrift, eller kopiér svarene til et nyt skema",
                "put the column back with its header, or copy the answers into a new form",
            ]));
        }
        let named = self.named(unknown);
        finding.remedy(self.says([
            format!(
                "skemaet kender ikke {named}: er det kolonnen under et andet navn, så skriv overskriften `{name}` over den; ellers kopiér svarene til et nyt skema"
            ),
            format!(
                "the form does not know {named}: if that is the column under another name, put the header `{name}` above it; else copy the answers into a new form"
            ),
        ]))
    }

    /// Many of them, told once.
    pub(in crate::review) fn missing_columns(self, names: &[&str]) -> Finding {
        let [count, named] = [names.len().to_string(), self.named(names)];
        let what = [
            format!("skemaet mangler {count} kolonner: {named}"),
            format!("the form lacks {count} columns: {named}"),
        ];
        self.without_column(what).remedy(self.says([
            "kopiér svarene til et skema med alle kolonner",
            "copy the answers into a form with all of its columns",
        ]))
    }

    fn without_column(self, what: [String; 2]) -> Finding {
        self.error_of("missing_column", what).because(self.says([
            "et skema, der mangler en kolonne, kan være fra et andet studie eller have mistet svar",
            "a form without one of its columns may be a form of another study, or have lost answers",
        ]))
    }

    /// The first of some columns, and how many more there are.
    fn named(self, names: &[&str]) -> String {
        let first: Vec<String> = names.iter().take(COLUMNS_NAMED).map(|name| format!("`{name}`")).collect();
        let more = names.len().saturating_sub(COLUMNS_NAMED);
        match more {
            0 => first.join(", "),
            _ => format!(
                "{} {}",
                first.join(", "),
                self.says([format!("og {more} til"), format!("and {more} more")])
            ),
        }
    }

    /// A text whose header stands further down than its first row.
    pub fn header_below(self, row: u64) -> Finding {
        let what = [
            format!("overskrifterne står i række {row}; i en tekstfil skal de stå i første række"),
            format!("the headers stand in row {row}; in a text file they must stand in the first"),
        ];
        self.error_of("header_below", what).remedy(self.says([
            "slet rækkerne over overskrifterne, eller gem som en projektmappe (`.xlsx`)",
            "delete the rows above the headers, or save it as a workbook (`.xlsx`)",
        ]))
    }

    /// Cells that belong to no column.
    pub fn outside_the_table(self) -> Finding {
        let what = [
            "der står noget i celler uden overskrift, og det bliver ikke læst",
            "there is something in cells without a header, which is not read",
        ];
        self.warning("outside_the_table", what.map(str::to_owned)).remedy(self.says([
            "hører det til et forløb, så skriv det i rækkens kommentar",
            "if it is about a course, write it into the comment of its row",
        ]))
    }

    /// A column that an older form lacks: it never had it, where the codebook grew since.
    pub fn of_older_form(self, finding: Finding) -> Finding {
        if finding.code != "missing_column" {
            return finding;
        }
        finding
            .because(self.says([
                "skemaet blev sendt ud med en ældre udgave af kodebogen; kolonnen kan være kommet til siden",
                "the form went out with an older codebook; the column may have come since",
            ]))
            .remedy(self.says([
                "flyt skemaet ud af mappen `forms`, skriv det igen med `hkm forms --again`, og kopiér svarene over i det nye",
                "move the form out of the folder `forms`, write it with `hkm forms --again`, and copy the answers into the new one",
            ]))
    }

    /// A file in which no row can be read, told once.
    pub(in crate::review) fn no_review_form(self, has_ids: bool, is_register: bool) -> Finding {
        let what = match (is_register, has_ids) {
            (true, _) => [
                "dette er ikke et gennemgangsskema: dets kolonner er registerudtrækkets",
                "this is no review form: its columns are those of the register",
            ],
            (false, false) => [
                "dette er ikke et gennemgangsskema: det har ingen kolonne `studie_id` eller `study_id`",
                "this is no review form: it has no column `studie_id` or `study_id`",
            ],
            (false, true) => [
                "dette er ikke et gennemgangsskema: det har studie-id'er, men ingen af skemaets andre kolonner",
                "this is no review form: it has study ids, but none of the form's other columns",
            ],
        };
        let remedy = match is_register {
            true => [
                "angiv de skemaer, der kom tilbage; registeret læses af `hkm draw` alene",
                "name the forms that came back; the register is read by `hkm draw` alone",
            ],
            false => [
                "angiv de skemaer, der kom tilbage; er det et af dem, så sæt overskrifterne tilbage",
                "name the forms that came back; if it is one of them, put its headers back",
            ],
        };
        self.error("no_review_form", what).remedy(self.says(remedy))
    }

    pub(in crate::review) fn repeated_column(self, name: &str, times: usize) -> Finding {
        let what = [
            format!("skemaet har kolonnen `{name}` {times} gange"),
            format!("the form has the column `{name}` {times} times"),
        ];
        self.error_of("repeated_column", what).remedy(self.says([
            "slet de kolonner, der ikke indeholder svarene",
            "remove the columns that do not hold the answers",
        ]))
    }

    pub(in crate::review) fn unknown_column(self, header: &str) -> Finding {
        self.warning(
            "unknown_column",
            [
                format!("kolonnen `{header}` hører ikke til skemaet og bliver ikke læst"),
                format!("the column `{header}` is not part of the form and is not read"),
            ],
        )
    }

    /// The form belongs elsewhere.
    pub fn other_study(self) -> Finding {
        let what = [
            "skemaet hører til et andet studie eller en anden udtrækning",
            "the form belongs to another study, or to another draw",
        ];
        self.error("other_study", what)
            .because(self.says([
                "dets studie-id'er ville blive forvekslet med andre forløb i dette studie",
                "its study ids would be taken for those of other courses",
            ]))
            .remedy(
                self.says([
                    "indlæs det i det studie, som det hører til",
                    "record it in the study that wrote it",
                ]),
            )
    }

    /// The reviewers had other definitions; accepted, it is a warning.
    pub fn older_codebook(self, accepted: bool) -> Finding {
        let what = [
            "skemaet blev sendt ud med en ældre udgave af kodebogen",
            "the form went out with an older codebook",
        ];
        if accepted {
            return self.warning("older_codebook", what.map(str::to_owned));
        }
        self.error("older_codebook", what)
            .because(self.says([
                "svarene er givet ud fra andre definitioner",
                "its reviewers decided by other definitions",
            ]))
            .remedy(self.says([
                "har ændringen ingen betydning for svarene, så indlæs skemaet med --accept-older-codebook; ellers flyt det ud af mappen `forms`, og skriv det igen med `hkm forms --again`",
                "if the change does not touch their answers, record it with --accept-older-codebook; otherwise move it out of the folder `forms` and write it with `hkm forms --again`",
            ]))
    }

    /// A form of disagreements among the review forms.
    pub fn adjudication_form(self) -> Finding {
        let what = [
            "filen er et skema over uenigheder og blev ikke indlæst",
            "this is a form of disagreements, and was not read here",
        ];
        self.warning("adjudication_form", what.map(str::to_owned))
            .remedy(self.says(["indlæs den med `hkm adjudicate FIL`", "read it with `hkm adjudicate FILE`"]))
    }

    /// A look-up list among the review forms.
    pub fn look_up_list(self) -> Finding {
        let what = [
            "filen er en opslagsliste, ikke et gennemgangsskema",
            "this is a look-up list, expected a review form",
        ];
        self.error("look_up_list", what)
            .because(self.says([
                "den viser, hvem forløbene handler om, og indeholder ingen svar",
                "it says who the courses are, and holds no answers",
            ]))
            .remedy(self.says([
                "indlæs gennemgangsskemaet i stedet; opslagslisten skal blive dér, hvor kun journallæserne kan se den",
                "name the review form; the look-up list stays where only its readers can see it",
            ]))
    }

    /// A form whose hidden sheet and header name different readings.
    pub fn changed_reading(self, reading: Reading) -> Finding {
        let what = match reading {
            Reading::First => [
                "skemaet er til første læsning, men overskriften over initialerne er den for anden læsning",
                "the form is for the first reading, but the header of its reviewer's column says the second",
            ],
            Reading::Second => [
                "skemaet er til anden læsning, men overskriften over initialerne er den for første læsning",
                "the form is for the second reading, but the header of its reviewer's column says the first",
            ],
        };
        self.error("changed_reading", what)
            .because(self.says([
                "anden læsning ville blive opfattet som en rettelse af første læsning",
                "a second reading would be taken for a correction of the first",
            ]))
            .remedy(self.says([
                "skriv overskriften, som den var, da skemaet blev sendt ud",
                "put the header back as it was when the form was sent out",
            ]))
    }

    /// A form for another reading than was asked for.
    pub fn other_reading(self, reading: Reading) -> Finding {
        let what = match reading {
            Reading::First => ["skemaet er til første læsning", "this is a form for the first reading"],
            Reading::Second => ["skemaet er til anden læsning", "this is a form for the second reading"],
        };
        self.error("other_reading", what)
            .because(self.says([
                "det fremgår af overskriften over initialerne",
                "the header of its reviewer's column says so",
            ]))
            .remedy(self.says([
                "udelad --second: det fremgår af hvert skema, hvilken læsning det er til",
                "leave --second away: each form says itself which reading it holds",
            ]))
    }
}
