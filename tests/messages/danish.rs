//! What a Danish reader of `hkm record` and `hkm adjudicate FILE` meets.

use std::collections::BTreeSet;
use std::fs;

use insta::assert_snapshot;

use super::{told, without_place_and_day};
use crate::review_forms::Form;
use crate::small_study::{SmallStudy, cpr};

const FORM: &str = "727-Odder-review.xlsx";

/// What is told of a form of Odder, in Danish; today's date is taken out.
fn told_of(change: impl FnOnce(&mut Form)) -> String {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, change);
    in_danish(&study, &["record", "--language", "da", &file])
}

fn in_danish(study: &SmallStudy, arguments: &[&str]) -> String {
    let today = jiff::Zoned::now().date().strftime("%d-%m-%Y").to_string();
    told(study, arguments).replace(&today, "IDAG")
}

#[test]
fn the_closing_line_and_what_is_counted_are_danish() {
    let study = SmallStudy::with_forms();
    let names = study.forms("-review");
    let files: Vec<String> = names
        .iter()
        .map(|name| {
            study.returned(name, |form| {
                (0..form.rows()).for_each(|row| form.set(row, "diet", &format!("svar {row}")));
            })
        })
        .collect();
    let arguments: Vec<&str> =
        ["record", "--language", "da"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let told = in_danish(&study, &arguments);
    let (_, closing) = told.split_once("\n\nog ").unwrap();
    assert_snapshot!(closing, @"
    40 flere af samme slags; --format json viser dem alle

    60 fejl; intet er gemt
    ");
}

#[test]
fn files_that_cannot_be_read_are_told_in_danish() {
    let study = SmallStudy::with_forms();
    study.write("returned/empty.csv", "");
    study.write("returned/none.xlsx", "no workbook");
    fs::write(study.path(&format!("returned/{}.csv", cpr(7))), "studie_id;journal\n").unwrap();
    fs::copy(study.path("forms/727-Odder-lookup.xlsx"), study.path("returned/lookup.xlsx")).unwrap();
    study.write("returned/cut.csv", "studie_id;journal;dato\nHKM-0006G;Fundet\n");
    let named = format!("returned/{}.csv", cpr(7));
    let files =
        ["returned/empty.csv", "returned/none.xlsx", &named, "returned/lookup.xlsx", "returned/cut.csv"];
    let arguments: Vec<&str> = ["record", "--language", "da"].into_iter().chain(files).collect();
    let told = in_danish(&study, &arguments).replace(&cpr(7), "CPR");
    assert_snapshot!(told, @"
    fejl: filen er tom (0 byte)
      --> returned/empty.csv
      = hvorfor: den blev ikke kopieret eller hentet færdig

    hjælp: hent skemaet igen fra den, der sendte det

    fejl: filen er ikke en projektmappe, trods sin endelse
      --> returned/none.xlsx

    hjælp: er det tekst, så giv den endelsen `.csv`; ellers gem den igen som `.xlsx`

    fejl: filens navn indeholder måske et CPR-nummer
      = hvorfor: studiets database husker filernes navne og må ikke indeholde CPR-numre

    hjælp: giv filen det navn, som skemaet havde, da det blev sendt ud

    fejl: filen er en opslagsliste, ikke et gennemgangsskema
      --> returned/lookup.xlsx, ark `Opslagsliste`, række 2
      = hvorfor: den viser, hvem forløbene handler om, og indeholder ingen svar

    hjælp: indlæs gennemgangsskemaet i stedet; opslagslisten skal blive dér, hvor kun journallæserne kan se den

    fejl: der er færre celler end kolonner
      --> returned/cut.csv, række 2
      = hvorfor: et linjeskift i en tekst uden anførselstegn deler rækken i to

    hjælp: gem igen med anførselstegn om tekster, eller gem som en projektmappe (`.xlsx`)

    5 fejl; intet er gemt
    ");
    assert_snapshot!(in_danish(&study, &["record", "--language", "da", "returned/gone.xlsx"]), @"
    fejl: filen `returned/gone.xlsx` findes ikke
      --> returned/gone.xlsx

    hjælp: kontrollér filens navn og mappe
    ");
    assert_snapshot!(in_danish(&SmallStudy::new(), &["record", "--language", "da", "returned/gone.xlsx"]), @"
    fejl: der er endnu ikke udtrukket forløb i studiet
      --> study.sqlite

    hjælp: kør `hkm draw`
    ");
}

#[test]
fn days_are_told_as_the_form_shows_them() {
    let change = |form: &mut Form| {
        form.set(0, "dato", "2199-01-01");
        form.set(1, "dato", "2019-11-10");
        form.set(2, "dato", "i morgen");
    };
    assert_snapshot!(told_of(change), @"
    fejl: datoen er 01-01-2199, men i dag er det IDAG
      --> returned/727-Odder-review.csv, række 2, kolonne `dato`

    hjælp: ret datoen i skemaet

    fejl: gennemgangen er dateret 10-11-2019, før forløbets første fremmøde
      --> returned/727-Odder-review.csv, række 3, kolonne `dato`

    hjælp: ret datoen i skemaet

    fejl: cellen indeholder ikke en dato
      --> returned/727-Odder-review.csv, række 4, kolonne `dato`

    hjælp: ret datoen i skemaet; skriv den som 05-03-2021

    3 fejl; intet er gemt
    ");
}

#[test]
fn what_was_stored_is_told_in_danish() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |form| form.rows[2][1..].iter_mut().for_each(String::clear));
    assert_snapshot!(study.done(&["record", "--language", "da", &file]).out, @"3 nye gennemgange gemt, 0 rettet, 0 som gemt før, 1 række endnu ikke gennemgået");
    let ran = study.done(&[
        "record",
        "--accept-incomplete",
        "--language",
        "da",
        &study.returned(FORM, |form| {
            form.set(0, "diet", "Ikke relevant");
            form.set(0, "dato", "10-11-2024");
            form.without_chart(1, "Ikke fundet");
        }),
    ]);
    assert_snapshot!(ran.out, @"
    1 ny gennemgang gemt, 2 rettet, 1 som gemt før, 0 rækker endnu ikke gennemgået

    Rettet siden sidst, gemt som nye gennemgange
    ─────────────────────────────────────────────────────────────────────────
     studie-id   celle                     før                 nu
    ─────────────────────────────────────────────────────────────────────────
     HKM-0006G   dato                      15-01-2024          10-11-2024
     HKM-0006G   Diætbehandling [diet]     Ikke dokumenteret   Ikke relevant
     HKM-0060R   journal                   Fundet              Ikke fundet
     HKM-0060R   Depression [depression]   Ja
     HKM-0060R   Diætbehandling [diet]     Ikke relevant
     HKM-0060R   Rygestop [smoking]        Ja
    ─────────────────────────────────────────────────────────────────────────
    ");
    // With other bytes: a file that was recorded before empties nothing.
    let file = study.returned(FORM, |form| {
        form.set(0, "kommentar", "set igen");
        form.rows[2][1..].iter_mut().for_each(String::clear);
    });
    assert_snapshot!(in_danish(&study, &["record", "--language", "da", &file]).split("\n\n").next().unwrap(), @"
    fejl: gennemgangen af `HKM-0015S` er gemt, men rækken er nu tom
      --> returned/727-Odder-review.csv, række 4, kolonne `journal`
      = hvorfor: det, der er gemt, slettes aldrig af en tom celle
    ");
}

#[test]
fn settled_answers_are_told_in_danish() {
    let (study, form) = disagreeing("da");
    assert_snapshot!(settled(&study, form, &["--language", "da"]), @"
    fejl: `måske` er ikke et af svarene her: `Ja`, `Nej`, `Ikke relevant`, `Ikke dokumenteret`
      --> returned/adjudication.csv, række 2, kolonne `afgoerelse`

    hjælp: vælg svaret fra cellens liste, eller skriv et af ordene

    fejl: datoen er 01-01-2199, men i dag er det IDAG
      --> returned/adjudication.csv, række 2, kolonne `dato`

    hjælp: ret datoen i skemaet

    fejl: teksten kan ikke bruges som initialer
      --> returned/adjudication.csv, række 2, kolonne `afgjort_af`
      = hvorfor: initialer har højst 40 tegn, begynder med et bogstav eller et tal og består af bogstaver, tal, mellemrum og . , - ' / & + _

    hjælp: skriv initialerne på den, der har afgjort uenigheden

    fejl: datoen mangler
      --> returned/adjudication.csv, række 4, kolonne `dato`

    hjælp: ret datoen i skemaet; skriv den som 05-03-2021

    fejl: cellen indeholder måske et CPR-nummer
      --> returned/adjudication.csv, række 4, kolonne `afgjort_af`
      = hvorfor: studiets database må ikke indeholde CPR-numre

    hjælp: fjern nummeret; studie-id'et er nok

    fejl: `Journal [chart]` for `HKM-0032K` er afgjort to gange: her og i række 4
      --> returned/adjudication.csv, række 6, kolonne `studie_id`

    hjælp: behold den rigtige række, og slet den anden

    fejl: cellen indeholder måske et CPR-nummer
      --> returned/adjudication.csv, række 6, kolonne `afgoerelse`
      = hvorfor: studiets database må ikke indeholde CPR-numre

    hjælp: fjern nummeret; studie-id'et er nok

    fejl: det fremgår ikke, hvem der har afgjort uenigheden
      --> returned/adjudication.csv, række 6, kolonne `afgjort_af`

    hjælp: skriv initialerne på den, der har afgjort uenigheden

    fejl: der er ingen uenighed mellem de to læsninger af forløbet på dette punkt
      --> returned/adjudication.csv, række 7, kolonne `emne`

    hjælp: tag rækken fra det skema, som `hkm adjudicate` skrev; en gennemgang kan være rettet siden

    9 fejl; intet er gemt
    ");
    let english = study.run(&["adjudicate", "returned/adjudication.csv"]).err;
    assert!(english.contains("9 errors; nothing was done"), "{english}");
    assert_snapshot!(in_danish(&study, &["adjudicate", "--language", "da", "returned/gone.csv"]), @"
    fejl: filen `returned/gone.csv` findes ikke
      --> returned/gone.csv

    hjælp: kontrollér filens navn og mappe
    ");
    let other = in_danish(&study, &["adjudicate", "--language", "da", "returned/751-Aarhus-second.csv"]);
    assert_snapshot!(other.split("\n\n").next().unwrap(), @"
    fejl: filen er ikke et skema over uenigheder
      --> returned/751-Aarhus-second.csv, række 1
    ");
}

#[test]
fn an_english_form_is_told_of_in_its_own_words() {
    let (study, form) = disagreeing("en");
    let told = settled(&study, form, &["--language", "da"]);
    assert!(told.contains("`Yes`, `No`, `Not relevant`, `Not documented`"), "{told}");
    assert!(told.contains("`Chart [chart]` for"), "{told}");
    assert!(told.contains("skriv den som 2021-03-05"), "{told}");
    assert!(!told.contains("`Ja`, `Nej`"), "{told}");
    let told = settled_as_it_stands(&study, &[]);
    assert!(told.contains("expected one of `Yes`, `No`"), "{told}");
}

#[test]
fn settled_answers_that_come_in_are_counted_in_danish() {
    let (study, mut form) = disagreeing("da");
    settle(&mut form, 0, "Nej");
    form.set(0, "afgjort_af", "xyz");
    form.save(&study.path("returned/adjudication.csv"));
    let ran = study.done(&["adjudicate", "--language", "da", "returned/adjudication.csv"]);
    assert_snapshot!(without_place_and_day(&study, &(ran.out + "\n" + &ran.err)), @"
    1 uenighed afgjort, 0 rettet, 3 endnu ikke afgjort

    advarsel: en af de to læsere har selv afgjort uenigheden om `HKM-0021Y`
      --> returned/adjudication.csv, række 2, kolonne `afgjort_af`
      = hvorfor: normalt afgøres en uenighed af en tredje person, der ikke selv har læst journalen; det gemmes, som det står

    hjælp: skriv i artiklen, hvordan uenigheder blev afgjort, eller lad en tredje person afgøre disse igen
    ");
    settle(&mut form, 0, "Ja");
    form.save(&study.path("returned/adjudication-2.csv"));
    let ran = study.done(&["adjudicate", "--language", "da", "returned/adjudication-2.csv"]);
    assert_snapshot!(ran.out, @"
    0 uenigheder afgjort, 1 rettet, 3 endnu ikke afgjort

    Afgjort anderledes end før
    ──────────────────────────────────────────────
     studie-id   celle                   før   nu
    ──────────────────────────────────────────────
     HKM-0021Y   Diætbehandling [diet]   Nej   Ja
    ──────────────────────────────────────────────
    ");
    let ran = study.done(&["adjudicate", "--language", "da", "returned/adjudication.csv"]);
    assert_snapshot!(without_place_and_day(&study, &ran.err), @"
    advarsel: filen er indlæst før, og følgende er afgjort anderledes siden: `HKM-0021Y`
      --> returned/adjudication.csv
      = hvorfor: de senere afgørelser gælder fortsat

    hjælp: skal en afgørelse trækkes tilbage, så skriv den igen med dags dato
    ");
}

/// A study whose two readings of Aarhus differ in four courses, and the form of disagreements.
pub(super) fn disagreeing(language: &str) -> (SmallStudy, Form) {
    let study = SmallStudy::with_forms();
    study.record_all();
    let second = study.returned("751-Aarhus-second.xlsx", |form| {
        form.fill("XYZ");
        for row in 0..4 {
            let other = if form.rows[row][form.column("diet")] == "Ja" { "Nej" } else { "Ja" };
            form.set(row, "diet", other);
        }
        form.without_chart(3, "Forkert person");
    });
    study.done(&["record", "--second", &second]);
    study.done(&["adjudicate", "--language", language]);
    let form = study.form("adjudication.xlsx");
    (study, form)
}

fn settle(form: &mut Form, row: usize, answer: &str) {
    let end = form.header.len();
    form.rows[row][end - 3..].clone_from_slice(&[answer, "PQR", "01-02-2024"].map(str::to_owned));
}

/// What is told of settled answers of which most are wrong.
fn settled(study: &SmallStudy, mut form: Form, options: &[&str]) -> String {
    let [answer, by, day] = [3, 2, 1].map(|from_end| form.header.len() - from_end);
    let chart = form.rows.iter().position(|row| row[2].ends_with("[chart]")).unwrap();
    let other = (0..form.rows()).find(|row| *row != chart).unwrap();
    (0..form.rows()).for_each(|row| settle(&mut form, row, if row == chart { "found" } else { "yes" }));
    form.rows[other][answer] = "måske".to_owned();
    form.rows[other][by] = "-".to_owned();
    form.rows[other][day] = "2199-01-01".to_owned();
    form.rows[chart][by] = cpr(7);
    form.rows[chart][day] = String::new();
    form.rows.push(form.rows[chart].clone());
    let last = form.rows.len() - 1;
    form.rows[last][by] = String::new();
    form.rows[last][answer] = cpr(8);
    form.rows[last][day] = "01-02-2024".to_owned();
    let mut stranger = form.rows[other].clone();
    stranger[2] = "smoking".to_owned();
    form.rows.push(stranger);
    form.save(&study.path("returned/adjudication.csv"));
    settled_as_it_stands(study, options)
}

fn settled_as_it_stands(study: &SmallStudy, options: &[&str]) -> String {
    let arguments = ["adjudicate", "returned/adjudication.csv"];
    in_danish(study, &arguments.into_iter().chain(options.iter().copied()).collect::<Vec<_>>())
}

/// Where a form is opened. What is told there is told again in Danish, by its code.
const OPENING: [&str; 9] = [
    "form_file",
    "workbook",
    "cannot_run",
    "header",
    "row_faults",
    "extract",
    "delimited",
    "delimited/dialect",
    "source",
];
/// What is told of files that are written, and of Stata files, which are no forms.
const OF_OTHERS: [&str; 7] = [
    "file_exists",
    "file_not_written",
    "file_too_large",
    "folder_not_found",
    "folder_not_writable",
    "stata_value",
    "key_not_utf8",
];

#[test]
fn whatever_is_told_of_a_file_has_danish_words() {
    let source =
        |path: &str| fs::read_to_string(format!("{}/src/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let danish = source("review/messages/whole_file.rs");
    let mut codes = BTreeSet::new();
    for file in OPENING {
        let text = source(&format!("io/{file}.rs"));
        for opener in ["error(", "warning(", "note(", "refused("] {
            let after = text.split(opener).skip(1).map(str::trim_start);
            let quoted = after.filter_map(|after| after.strip_prefix('"')?.split_once('"'));
            let is_code = |code: &&str| {
                !code.is_empty() && code.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'))
            };
            codes.extend(quoted.map(|(code, _)| code).filter(is_code).map(str::to_owned));
        }
    }
    let known = ["workbook_damaged", "row_too_short", "encoding_utf16"];
    assert!(known.iter().all(|code| codes.contains(*code)), "{codes:?}");
    let untold: Vec<&String> = codes
        .iter()
        .filter(|code| !OF_OTHERS.contains(&code.as_str()) && !danish.contains(&format!("\"{code}\"")))
        .collect();
    assert!(untold.is_empty(), "no Danish words in src/review/messages/whole_file.rs for {untold:?}");
}
