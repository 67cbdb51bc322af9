//! Folders, files and options.

use insta::assert_snapshot;

use super::{told, without_place_and_day};
use crate::small_study::{Ran, SmallStudy, cpr, program};

#[test]
fn no_study_here() {
    let study = SmallStudy::new();
    std::fs::remove_file(study.path("study.toml")).unwrap();
    assert_snapshot!(told(&study, &["check"]), @"
    error: there is no study.toml in `FOLDER` or above it

    help: go to a study folder, name it with --study DIR, or make one with `hkm new DIR`
    ");
    assert_snapshot!(told(&study, &["check", "--study", "nowhere"]), @"
    error: there is no study.toml in `nowhere`

    help: name a study folder, or make one with `hkm new DIR`
    ");
}

#[test]
fn a_protocol_that_is_not_utf_8() {
    let study = SmallStudy::new();
    std::fs::write(study.path("study.toml"), b"[study]\ntitle = \"Sams\xf8\"\n").unwrap();
    assert_snapshot!(told(&study, &["check"]), @"
    error: the file `FOLDER/study.toml` is not UTF-8
      --> FOLDER/study.toml
      = why: æ, ø and å would be misread

    help: save it as UTF-8
    ");
}

#[test]
fn a_byte_order_mark_before_the_protocol_is_no_fault() {
    let study = SmallStudy::new();
    study.write("study.toml", &format!("\u{feff}{}", crate::small_study::PROTOCOL));
    study.done(&["check"]);
}

#[test]
fn a_study_that_is_there_already() {
    assert_snapshot!(told(&SmallStudy::new(), &["new", "."]), @"
    error: `./study.toml` exists already
      = why: a protocol is never overwritten

    help: name another folder, or edit the file that is there
    ");
}

#[test]
fn a_register_for_a_new_study() {
    let study = SmallStudy::new();
    assert_snapshot!(told(&study, &["new", "other", "--register", "none.csv"]), @"
    error: there is no file `none.csv`
      --> none.csv

    help: check the name and the folder
    ");
    study.write("file", "");
    assert_snapshot!(told(&study, &["new", "file/study"]), @"
    error: `file/study` was not written: there is no folder `file`
      --> file/study

    help: create the folder first
    ");
}

#[test]
fn a_new_study() {
    let study = SmallStudy::new();
    let ran: Ran = program(study.folder()).args(["new", "other"]).output().unwrap().into();
    assert_snapshot!(without_place_and_day(&study, &ran.out), @"
    other/study.toml written: every key is explained in it.

    Next: put the register's extract into the folder, edit study.toml, and run `hkm check --study other`.
    ");
}

#[test]
fn a_folder_with_blanks_is_quoted_in_commands() {
    let out = SmallStudy::new().done(&["new", "mit studie æ"]).out;
    assert!(out.ends_with("and run `hkm check --study 'mit studie æ'`.\n"), "{out}");
}

#[test]
fn what_a_register_shows() {
    let study = SmallStudy::new();
    let number = cpr(3);
    let sites = ["Aalborg UH", "AALBORG UH", "Aalborg UH", "Vejle", &number, "Vejle"];
    let rows = sites.iter().enumerate().map(|(place, site)| {
        let value = if place == 4 { "ja".to_owned() } else { (place % 2).to_string() };
        format!("{};{site};{};{value};{value}\n", place + 1, ["Ja", "ja", "nej"][place % 3])
    });
    let register =
        format!("Forløb;Sygehus;≥80 % fremmøde træning;Svar fra {number};Svar\n{}", rows.collect::<String>());
    std::fs::create_dir(study.path("other")).unwrap();
    study.write("other/extract.csv", &register);
    let told = study.done(&["new", "other", "--preset", "blank", "--register", "other/extract.csv"]).out;
    assert_snapshot!(without_place_and_day(&study, &told), @"
    other/study.toml written: every key is explained in it.

    Read off the register, to be checked
    ───────────────────────────────────────────────────────────────────────────────────────
     key                                             value
    ───────────────────────────────────────────────────────────────────────────────────────
     register.file                                   extract.csv
     register.columns.record_id                      Forløb                        a guess
     register.columns.stratum                        Sygehus                       a guess
     strata.name                                     Sygehus                       a guess
     stratum                                         2 values: Aalborg UH, Vejle   a guess
     indicator.fremmoede_traening.column             ≥80 % fremmøde træning        a guess
     indicator.fremmoede_traening.register.yes       Ja
     indicator.fremmoede_traening.register.no        nej
     indicator.fremmoede_traening.register.missing   (empty)
     indicator.svar.column                           Svar                          a guess
     indicator.svar.register.yes                     1, ja
     indicator.svar.register.no                      0
     indicator.svar.register.missing                 (empty)
    ───────────────────────────────────────────────────────────────────────────────────────
      Column D is left out: its name may hold a CPR number. Give it another name.
      What may be a CPR number is left out: 1 cell of the column `Sygehus`. Correct it at the source.
      `AALBORG UH` is taken as `Aalborg UH`.

    Next: read study.toml and correct it, and run `hkm check --study other`.
    ");
}

#[test]
fn options_of_the_analysis() {
    let study = SmallStudy::drawn();
    assert_snapshot!(told(&study, &["analyse", "--level", "95"]), @"error: --level: the confidence level is `95`, expected a decimal between 0 and 1 with at most 15 places, such as 0.95, or a percentage with its sign, such as 95 %");
    assert_snapshot!(told(&study, &["analyse", "--method", "walde"]), @"error: --method: the interval method is `walde`, expected one of clopper_pearson, wilson, wilson_cc, agresti_coull, jeffreys, mid_p, logit, arcsine, wald");
    assert_snapshot!(told(&study, &["analyse", "--weighted-method", "wald"]), @"error: --weighted-method: the interval method is `wald`, expected one of korn_graubard, logit, wilson");
    assert_snapshot!(told(&study, &["analyse", "--by", "municipality"]), @"error: --by: there is no grouping `municipality`, expected one of stratum, cluster, age, sex, year");
}
