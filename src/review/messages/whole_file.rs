//! About files as a whole: what is found before anything is known of the form is told in English, and told again here in Danish.

use super::Messages;
use crate::error::{Finding, Tongue};
use crate::protocol::Language;

/// What, why and what to do.
type Told = (String, Option<&'static str>, Option<&'static str>);

impl Messages {
    /// A finding about a file that cannot be read, or is odd, in the language of the others. What has no Danish words stays English.
    pub fn of_file(self, finding: Finding) -> Finding {
        let is_to_be_told = self.language == Language::Da && finding.tongue == Tongue::English;
        match danish(&finding).filter(|_| is_to_be_told) {
            Some((what, why, remedy)) => self.told(Finding {
                what,
                why: why.map(str::to_owned),
                remedy: remedy.map(str::to_owned),
                ..finding
            }),
            None => finding,
        }
    }
}

const ENCODINGS: &str = "filen ser ud til at være sat sammen af filer i forskellige tegnsæt, så æ, ø og å ville blive læst forkert";
const SAVE_AGAIN: &str = "åbn filen i Excel eller LibreOffice, og gem den igen som `.xlsx`";
const QUOTES: &str = "gem igen med anførselstegn om tekster, eller gem som en projektmappe (`.xlsx`)";

/// The Danish words for what is wrong with a file, by its code.
fn danish(finding: &Finding) -> Option<Told> {
    of_name(finding)
        .or_else(|| of_workbook(finding))
        .or_else(|| of_rows(finding))
        .or_else(|| of_folder(finding))
}

fn told(what: impl Into<String>, why: Option<&'static str>, remedy: &'static str) -> Option<Told> {
    Some((what.into(), why, Some(remedy)))
}

/// The names that a sentence quotes, as they stand in it.
fn names(finding: &Finding) -> String {
    let quoted = finding.what.split('`').skip(1).step_by(2);
    quoted.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn of_name(finding: &Finding) -> Option<Told> {
    let file = finding.place.file.clone().unwrap_or_default();
    match finding.code {
        "file_not_found" => {
            told(format!("filen `{file}` findes ikke"), None, "kontrollér filens navn og mappe")
        }
        "file_not_allowed" => told(
            format!("filen `{file}` må ikke læses"),
            None,
            "luk den i andre programmer, eller få adgang til at læse den",
        ),
        "file_is_folder" => {
            told(format!("`{file}` er en mappe, ikke en fil"), None, "angiv filerne i mappen")
        }
        "file_not_utf8" => told(
            format!("filen `{file}` er ikke UTF-8"),
            Some("æ, ø og å ville blive læst forkert"),
            "gem filen som UTF-8",
        ),
        "file_not_readable" => {
            told(format!("filen `{file}` kan ikke læses"), None, "kopiér den til en lokal disk, og prøv igen")
        }
        "file_ending_unknown" => told(
            "filtypen kan ikke læses, eller filnavnet mangler sin endelse; et skema er .xlsx, .xlsm, .csv, .txt eller .tsv",
            None,
            SAVE_AGAIN,
        ),
        "file_empty" => told("filen er tom", None, "gem det udfyldte skema igen, og send den nye fil"),
        "cpr_in_file_name" => told(
            "filens navn indeholder måske et CPR-nummer",
            Some("studiets database husker filernes navne og må ikke indeholde CPR-numre"),
            "giv filen det navn, som skemaet havde, da det blev sendt ud",
        ),
        _ => None,
    }
}

fn of_workbook(finding: &Finding) -> Option<Told> {
    match finding.code {
        "workbook_password" => told(
            "projektmappen er beskyttet med en adgangskode",
            None,
            "gem en kopi uden adgangskode på den sikrede server",
        ),
        "workbook_not_a_workbook" => {
            told("filen er ikke en Excel-fil (.xlsx eller .xlsm), selv om den hedder sådan", None, SAVE_AGAIN)
        }
        "workbook_damaged" => told(
            "projektmappen kan ikke læses til ende",
            Some("filen er beskadiget eller gemt af et program, der ikke følger standarden"),
            SAVE_AGAIN,
        ),
        "workbook_error_cell" => told(
            format!("celler viser fejlværdier: {}", names(finding)),
            Some("en formel gik galt"),
            "ret formlen, eller skriv værdien i stedet",
        ),
        "sheet_not_found" => {
            told("projektmappen har intet synligt ark", None, "vis arket med skemaet, og gem filen igen")
        }
        "several_forms" => told(
            format!("flere ark har en kolonne med studie-id'er: {}", names(finding)),
            Some("kun ét af dem kunne læses, og svarene på de andre ville gå tabt"),
            "saml svarene på ét ark, eller gem hvert ark som sin egen fil",
        ),
        "workbook_other_sheets" => {
            Some((format!("kun ét ark læses; arkene er {}", names(finding)), None, None))
        }
        "dates_from_1904" => {
            Some(("projektmappen tæller datoer fra 1904, og de læses sådan".to_owned(), None, None))
        }
        _ => None,
    }
}

fn of_rows(finding: &Finding) -> Option<Told> {
    let cut = Some("et linjeskift i en tekst uden anførselstegn deler rækken i to");
    let split = Some("et skilletegn i en tekst uden anførselstegn deler cellen i to");
    match finding.code {
        "rows_blank" => {
            let what = match finding.place.rows.total() {
                1 => "en række er tom".to_owned(),
                rows => format!("{rows} rækker er tomme"),
            };
            Some((what, Some("tomme rækker springes over"), None))
        }
        "row_too_short" => told("der er færre celler end kolonner", cut, QUOTES),
        "row_too_long" => told("der er flere celler end kolonner", split, QUOTES),
        "row_endless" => told(
            "en række er urimeligt lang",
            None,
            "kontrollér, at filen er en tabel med én række for hvert forløb",
        ),
        "quote_not_closed" => told(
            "et anførselstegn åbner en celle og lukkes aldrig",
            Some("alt efter det ville blive læst som én tekst"),
            "sæt det manglende anførselstegn, eller gem som en projektmappe (`.xlsx`)",
        ),
        "encoding_not_utf8" | "encoding_mixed" => {
            told("tegnsættet skifter midt i filen", Some(ENCODINGS), "gem hele filen igen som UTF-8")
        }
        "encoding_utf16" => told(
            "filens tekst er gemt som UTF-16",
            Some("den læses som UTF-8 eller Windows-1252"),
            "gem filen igen som »CSV UTF-8« eller som en projektmappe (`.xlsx`)",
        ),
        "file_not_text" => {
            told("filen er ikke en tekst med rækker, selv om den hedder sådan", None, SAVE_AGAIN)
        }
        "encoding_unknown" => told(
            "teksten er hverken UTF-8 eller Windows-1252",
            Some("æ, ø og å ville blive læst forkert; gamle DOS- og Macintosh-programmer skriver sådan"),
            "gem filen igen som UTF-8",
        ),
        "header_is_data" => told(
            "første række indeholder et CPR-nummer eller en dato; dér skal kolonnernes overskrifter stå",
            None,
            "indsæt en første række med kolonnernes overskrifter",
        ),
        "header_duplicate" => told(
            format!("flere kolonner har overskriften {}", names(finding)),
            Some("en overskrift skal betyde én kolonne"),
            "giv kolonnerne forskellige overskrifter",
        ),
        "header_unnamed" => {
            Some(("en kolonne har ingen overskrift".to_owned(), Some("den bliver ikke læst"), None))
        }
        "header_single" => told(
            format!("der er kun én kolonne, {}", names(finding)),
            Some("kolonnerne kan være adskilt af noget andet end `;`, `,` eller tabulator"),
            "gem igen med `;` mellem kolonnerne",
        ),
        _ => None,
    }
}

/// What keeps the command from running at all.
fn of_folder(finding: &Finding) -> Option<Told> {
    match finding.code {
        "no_study" => {
            told("der er intet studie (`study.toml`) i mappen", None, "angiv studiets mappe med --study")
        }
        "not_drawn" => told("der er endnu ikke udtrukket forløb i studiet", None, "kør `hkm draw`"),
        "no_key" => told(
            "der er ingen `key.sqlite` i studiets mappe",
            Some("kun den ved, hvilket forløb et studie-id står for"),
            "hent filen, hvor den opbevares",
        ),
        "other_key" => told(
            "`key.sqlite` hører ikke til denne stikprøve",
            Some("dens numre ville være andre patienters"),
            "hent studiets egen nøgle: study.sqlite og key.sqlite opbevares og kopieres sammen",
        ),
        "store_busy" => {
            told("en anden kommando skriver i studiet lige nu", None, "vent, til den er færdig, og prøv igen")
        }
        "disk_full" => told("disken er fuld", None, "skaf plads, og kør kommandoen igen; intet er ændret"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Place;

    fn danish_of(finding: Finding) -> Finding {
        Messages { language: Language::Da, form: Language::En }.of_file(finding)
    }

    #[test]
    fn a_finding_about_a_file_keeps_its_place_and_its_code() {
        let finding = Finding::error("several_forms", "2 sheets have a column of study ids: `A`, `B`");
        let told = danish_of(finding.at(Place::file("x.xlsx")));
        assert_eq!(told.what, "flere ark har en kolonne med studie-id'er: `A`, `B`");
        assert_eq!((told.code, told.tongue), ("several_forms", Tongue::Danish));
        assert_eq!(told.place, Place::file("x.xlsx"));
    }

    #[test]
    fn english_stays_english_and_what_has_no_danish_words_is_told_as_it_is() {
        let damaged = Finding::error("workbook_damaged", "the workbook cannot be read to its end");
        let english = Messages { language: Language::En, form: Language::Da };
        assert_eq!(english.of_file(damaged.clone()), damaged);
        let other = Finding::error("brand_new", "something else");
        assert_eq!(danish_of(other.clone()), other);
    }
}
