//! Why there are no results, and what `verify` says.

use insta::assert_snapshot;

use super::{told, without_place_and_day};
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

#[test]
fn what_keeps_results_from_being_written() {
    assert_snapshot!(told(&SmallStudy::new(), &["analyse"]), @"
    error: no sample is drawn in this study yet
      --> study.sqlite

    help: run `hkm draw`
    ");
    let study = SmallStudy::with_forms();
    assert_snapshot!(told(&study, &["analyse", "--final"]), @"
    error: the study is not final: 60 courses not reviewed yet; 8 second readings still to come
      = why: final results rest on all reviews, settled

    help: `hkm status` tells what is open; without --final the results are interim
    ");
    study.done(&["analyse"]);
    study.write("results/tables.md", "edited");
    assert_snapshot!(told(&study, &["analyse"]), @"
    error: `tables.md` was edited, or is not of `hkm analyse`
      --> results/tables.md
      = why: it would be lost

    help: save a copy elsewhere first, then write it anew with `hkm analyse --replace`
    ");
    study.write("results/manifest.json", "edited");
    assert_snapshot!(told(&study, &["analyse"]), @"
    error: `results/manifest.json` cannot be read
      --> results/manifest.json

    help: move the folder away, and run `hkm analyse` again
    ");
}

#[test]
fn values_without_a_meaning() {
    let mut rows = courses(200);
    rows[7][5] = "maybe".to_owned();
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    assert_snapshot!(told(&study, &["draw"]), @"
    error: `diet` is `maybe` in 1 row, expected one of `1`, `0`, `8`, `9`, an empty cell
      --> register.csv, row 9, column `diaet`
      = why: every record needs a register value to be placed in the two-by-two table

    help: correct the rows, or map the value under [indicator.diet.register] in study.toml

    error: study.toml does not say what some values of the indicators mean
      = why: `hkm analyse` needs to know it, and what is mapped after the draw is printed as post hoc

    help: map them now; or draw, and map them before the analysis, with --accept-exclusions

    2 errors; nothing was done
    ");
    study.done(&["draw", "--accept-exclusions"]);
    assert_snapshot!(told(&study, &["analyse"]), @"
    error: `diet` is `maybe` in 1 course of the frame, expected one of `1`, `0`, `8`, `9`, an empty cell
      --> study.toml, `indicator.diet.register`
      = why: every record needs a register value to be placed in the two-by-two table

    help: say what the value means under that key; the change is noted in the results
    ");
}

#[test]
fn what_verify_says() {
    let study = SmallStudy::with_forms();
    study.done(&["analyse"]);
    let ran = study.done(&["verify"]);
    assert_snapshot!(without_place_and_day(&study, &ran.out), @"
    equal       the frozen sections of study.toml are as at the draw
    equal       the audit trail is unbroken: 3 entries
    equal       what 3 entries of the audit trail stored is as it was entered
    equal       the register holds the same frame as at the draw
    equal       the register holds the same values of the indicators as at the draw
    equal       the register holds the same ages, sexes and years as at the draw
    equal       key.sqlite gives every study id the place that it has in the sample
    equal       the draw repeated: the same 73 courses in the same order
    equal       forms/: 12 found, with the bytes that went out
    equal       results/accuracy.csv: reproduced byte for byte
    equal       results/tables.md: reproduced byte for byte
    equal       results/tables.docx: reproduced byte for byte
    equal       results/tables.tex: reproduced byte for byte
    equal       results/tables.xlsx: reproduced byte for byte
    equal       results/results.json: reproduced byte for byte
    equal       results/report.html: reproduced byte for byte
    equal       results/text.md: reproduced byte for byte
    equal       results/checklists.md: reproduced byte for byte
    equal       results/figures/flow.svg: reproduced byte for byte
    equal       results/figures/flow.png: reproduced byte for byte
    equal       results/manifest.json: reproduced byte for byte

    Nothing differs.
    ");
    study.done(&["record", &study.returned("727-Odder-review.xlsx", |_| {})]);
    study.write("results/tables.md", "edited");
    study.write("register.csv", &csv(&courses(199)));
    study.edit("total = 60", "total = 61");
    let ran = study.run(&["verify"]);
    assert_snapshot!(without_place_and_day(&study, &ran.out), @"
    error: `sampling.total` is 61, and was 60 when the sample was drawn
      --> study.toml, `sampling.total`
      = why: the sample was drawn by the old rule, and its results would not be what the protocol says

    help: bring the old text back; a larger sample is `hkm draw --enlarge TOTAL`, another one is a new study

    error: the register holds another frame than at the draw

    help: bring back the extract that the sample was drawn from: its SHA-256 is in results/manifest.json and in `hkm status --log`

    error: the register holds other values of the indicators than at the draw

    help: bring back the extract that the sample was drawn from: its SHA-256 is in results/manifest.json and in `hkm status --log`

    error: the register holds other ages, sexes or years than at the draw

    help: bring back the extract that the sample was drawn from: its SHA-256 is in results/manifest.json and in `hkm status --log`

    error: results/tables.md: differs from what the data give

    help: set study.toml back to what it was at the draw, as told above, and run `hkm verify` again

    error: results/report.html: differs from what the data give

    help: set study.toml back to what it was at the draw, as told above, and run `hkm verify` again

    error: results/text.md: differs from what the data give

    help: set study.toml back to what it was at the draw, as told above, and run `hkm verify` again

    error: results/checklists.md: differs from what the data give

    help: set study.toml back to what it was at the draw, as told above, and run `hkm verify` again

    error: results/manifest.json: differs from what the data give

    help: set study.toml back to what it was at the draw, as told above, and run `hkm verify` again

    equal       the audit trail is unbroken: 4 entries
    equal       what 4 entries of the audit trail stored is as it was entered
    equal       key.sqlite gives every study id the place that it has in the sample
    equal       the draw repeated: the same 73 courses in the same order
    equal       recorded files: 1 found, with the bytes that were recorded
    equal       results/accuracy.csv: reproduced byte for byte
    equal       results/tables.docx: reproduced byte for byte
    equal       results/tables.tex: reproduced byte for byte
    equal       results/tables.xlsx: reproduced byte for byte
    equal       results/results.json: reproduced byte for byte
    equal       results/figures/flow.svg: reproduced byte for byte
    equal       results/figures/flow.png: reproduced byte for byte
    not checked the register's file has other bytes than at a draw; what counts is whether it holds the same courses
    not checked forms/: study.toml is not as at the draw
    not checked results/ rests on entry 1 of the audit trail; the data have changed since (1 entry): run `hkm analyse`

    9 differences above.
    ");
    std::fs::remove_file(study.path("key.sqlite")).unwrap();
    std::fs::remove_dir_all(study.path("results")).unwrap();
    std::fs::remove_file(study.path("register.csv")).unwrap();
    let ran = study.run(&["verify"]);
    assert_snapshot!(without_place_and_day(&study, &ran.out), @"
    error: `sampling.total` is 61, and was 60 when the sample was drawn
      --> study.toml, `sampling.total`
      = why: the sample was drawn by the old rule, and its results would not be what the protocol says

    help: bring the old text back; a larger sample is `hkm draw --enlarge TOTAL`, another one is a new study

    equal       the audit trail is unbroken: 4 entries
    equal       what 4 entries of the audit trail stored is as it was entered
    equal       recorded files: 1 found, with the bytes that were recorded
    not checked the draw: `register.csv` is not here
    not checked forms/: study.toml is not as at the draw
    not checked the results: there is no results/manifest.json

    1 difference above.
    ");
}
