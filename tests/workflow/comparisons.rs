//! `hkm analyse`: groups against each other, item weights, design-weighted agreement.

use std::fs;

use hjertekommidt::report::Style;
use hjertekommidt::stats::{Proportion, TableDraws, homogeneity};
use serde_json::Value;

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// Relative, of sums that are taken in another order.
const NEAR: f64 = 1e-12;

fn list<'j>(json: &'j Value, key: &str) -> &'j [Value] {
    json[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn indicator<'j>(json: &'j Value, id: &str) -> &'j Value {
    list(json, "indicators").iter().find(|one| one["indicator"] == id).unwrap()
}

fn group<'j>(indicator: &'j Value, grouping: &str, value: &Value) -> &'j Value {
    let is_it = |one: &&Value| one["grouping"] == grouping && one["group"] == *value;
    list(indicator, "groups").iter().find(is_it).unwrap()
}

fn measure<'j>(list: &'j [Value], name: &Value) -> &'j Value {
    list.iter().find(|one| one["measure"] == *name).unwrap()
}

/// The tables that the last analysis wrote.
fn tables(study: &SmallStudy) -> String {
    fs::read_to_string(study.path("results/tables.md")).unwrap()
}

/// A reviewed study with these groupings and limit, of 240 charts.
fn study(by: &str, min_cell: u64) -> SmallStudy {
    let protocol = PROTOCOL
        .replace("total = 60", "total = 240")
        .replace("by = []", &format!("by = {by}"))
        .replace("min_cell = 3", &format!("min_cell = {min_cell}"));
    SmallStudy::reviewed_with(&protocol, 800)
}

#[test]
fn each_group_is_compared_with_the_first_of_its_grouping() {
    let study = study(r#"["sex", "cluster", "year"]"#, 1);
    let json = study.json(&["analyse"]);
    let mut compared = 0;
    for one in list(&json, "indicators") {
        for difference in list(one, "differences") {
            let grouping = difference["grouping"].as_str().unwrap();
            let estimate = |value: &Value| {
                let weighted = list(group(one, grouping, value), "weighted");
                measure(weighted, &difference["measure"])["estimate"].as_f64().unwrap()
            };
            let expected = estimate(&difference["group"]) - estimate(&difference["reference"]);
            let found = difference["estimate"].as_f64().unwrap();
            assert!((found - expected).abs() < NEAR, "{difference}");
            if let Some(p) = difference["p_value"].as_f64() {
                assert!(difference["p_value_holm"].as_f64().unwrap() >= p, "{difference}");
                let within =
                    difference["lower"].as_f64() < Some(found) && difference["upper"].as_f64() > Some(found);
                assert!(within && difference["df"].as_u64() > Some(0), "{difference}");
                let excludes_0 =
                    difference["lower"].as_f64() > Some(0.0) || difference["upper"].as_f64() < Some(0.0);
                assert_eq!(excludes_0, p < 0.05, "{difference}");
                compared += 1;
            } else {
                assert!(difference["reason"].is_string(), "{difference}");
            }
        }
    }
    assert!(compared >= 20, "{compared}");
    let out = tables(&study);
    for title in ["Differences by sex", "Differences by cluster", "Differences by year"] {
        assert!(out.contains(title), "{title}: {out}");
    }
    let rows = fs::read_to_string(study.path("results/comparisons.csv")).unwrap();
    assert_eq!(rows.lines().filter(|row| row.contains(",difference,")).count(), 3 * 4 * 3);
    study.done(&["verify"]);
}

#[test]
fn the_file_of_comparisons_goes_with_the_last_grouping() {
    let study = study(r#"["sex"]"#, 3);
    study.done(&["analyse"]);
    assert!(study.path("results/comparisons.csv").exists());
    study.edit(r#"by = ["sex"]"#, "by = []");
    study.done(&["analyse"]);
    assert!(!study.path("results/comparisons.csv").exists());
}

/// A difference says no more than its two groups, and no finer.
#[test]
fn a_difference_is_hidden_where_either_group_is_and_else_no_finer_than_printed() {
    let study = study(r#"["sex", "cluster", "stratum"]"#, 3);
    let json = study.json(&["analyse"]);
    let (written, mut hidden, mut shown) = (tables(&study), 0, 0);
    for one in list(&json, "indicators") {
        for difference in list(one, "differences") {
            let grouping = difference["grouping"].as_str().unwrap();
            let is_hidden = |key: &str| {
                let group = group(one, grouping, &difference[key]);
                let weighted = list(group, "weighted");
                group["reason"] == "suppressed" || weighted.iter().all(|one| one["reason"] == "suppressed")
            };
            if is_hidden("group") || is_hidden("reference") {
                for key in ["estimate", "se", "df", "lower", "upper", "p_value", "p_value_holm"] {
                    assert!(difference[key].is_null(), "{difference}");
                }
                assert_eq!(difference["reason"], "suppressed");
                hidden += 1;
            } else if let Some(p) = difference["p_value"].as_f64() {
                let estimate = difference["estimate"].as_f64().unwrap() * 1000.0;
                assert!((estimate - estimate.round()).abs() < 1e-9, "{difference}");
                assert_eq!(format!("{p:.1e}").parse(), Ok(p), "two digits: {difference}");
                let cell = format!("| {} |", Style::ENGLISH.coarse_p_value(p)).replace('<', "\\<");
                assert!(written.contains(&cell), "{cell}: {difference}");
                shown += 1;
            }
        }
        for shrunken in list(one, "shrunken") {
            let is_hidden = group(one, "stratum", &shrunken["stratum"])["reason"] == "suppressed";
            let strata = list(one, "groups").iter().filter(|group| group["grouping"] == "stratum");
            let is_alone = strata.filter(|group| group["reason"] != "suppressed").count() < 2;
            assert_eq!(shrunken["estimate"].is_null(), is_hidden || is_alone, "{shrunken}");
            assert_eq!(shrunken["reason"] == "suppressed", is_hidden, "{shrunken}");
            hidden += usize::from(is_hidden);
        }
    }
    assert!(hidden > 0 && shown > 0, "{hidden} {shown}");
    for grouping in ["sex", "cluster"] {
        let all = list(&json, "indicators").iter().flat_map(|one| list(one, "differences"));
        let tests = all.filter(|one| one["grouping"] == grouping && one["p_value"].is_f64()).count();
        let table = written.split("\n**").find(|one| one.contains(&format!("Differences by {grouping}")));
        let told = format!("whose p value this table shows (number of tests: {tests}).");
        assert!(table.is_none_or(|table| table.contains(&told)), "{tests}: {table:?}");
        assert_eq!(table.is_some(), tests > 0, "{grouping}");
    }
    assert!(!written.contains("1 to 0"), "the sample is hidden by `min_cell`: {written}");
    let rows = fs::read_to_string(study.path("results/comparisons.csv")).unwrap();
    let data = &json["data_digest"].as_str().unwrap()[..16];
    assert!(rows.lines().skip(1).all(|row| row.ends_with(&format!(",{data}"))), "{rows}");
    assert!(rows.lines().any(|row| row.ends_with(&format!(",true,{data}"))), "{rows}");
    let ending = format!(",suppressed,,{data}");
    assert!(rows.lines().any(|row| row.ends_with(&ending)), "{rows}");
    for row in rows.lines().filter(|row| row.ends_with(&ending)) {
        let cells: Vec<&str> = row.split(',').collect();
        assert!([7, 8, 9, 12, 13, 15, 16].iter().all(|place| cells[*place].is_empty()), "{row}");
    }
}

/// The probability can be had from what is shown: the shown municipalities, and the whole less these.
#[test]
fn the_test_of_homogeneity_rests_on_what_is_shown_alone() {
    for min_cell in [1, 3] {
        let study = study(r#"["stratum"]"#, min_cell);
        let json = study.json(&["analyse"]);
        let (mut pooled, mut tested) = (0, 0);
        for one in list(&json, "indicators") {
            for test in list(one, "homogeneity") {
                let cells = match test["measure"].as_str().unwrap() {
                    "sensitivity" => ["tp", "fn"],
                    "specificity" => ["tn", "fp"],
                    "ppv" => ["tp", "fp"],
                    _ => ["tn", "fn"],
                };
                let count = |group: &Value| cells.map(|cell| group[cell].as_u64().unwrap());
                let groups = list(one, "groups").iter().filter(|group| group["grouping"] == "stratum");
                let (shown, hidden): (Vec<_>, Vec<_>) = groups.partition(|group| group["tp"].is_u64());
                let mut tables: Vec<[u64; 2]> = shown.into_iter().map(count).collect();
                if !hidden.is_empty() {
                    let whole = count(group(one, "all", &"".into()));
                    let sum = |place: usize| tables.iter().map(|table| table[place]).sum::<u64>();
                    tables.push([whole[0] - sum(0), whole[1] - sum(1)]);
                }
                assert_eq!(test["pooled"], hidden.len() as u64);
                pooled += hidden.len();
                let counts: Vec<Proportion> =
                    tables.iter().map(|[x, y]| Proportion::new(*x, x + y).unwrap()).collect();
                let Ok(expected) = homogeneity(&counts, TableDraws { seed: "", tables: 0 }) else {
                    // What only the hidden tables could tell is hidden; what nobody could tell is not estimable.
                    let whole = count(group(one, "all", &"".into()));
                    let is_hidden = !hidden.is_empty() && whole[0] + whole[1] > 0;
                    let reason = if is_hidden { "suppressed" } else { "not_estimable" };
                    assert!(test["p_value"].is_null() && test["reason"] == reason, "{test}");
                    continue;
                };
                assert!((test["p_value"].as_f64().unwrap() - expected.p_value).abs() < NEAR, "{test}");
                assert_eq!(test["method"], "exact");
                tested += 1;
            }
        }
        assert!(tested > 0 && (pooled > 0) == (min_cell == 3), "{tested} {pooled}");
        let out = tables(&study);
        assert!(
            out.contains("Is the accuracy the same in each") && out.contains("in the light of the others")
        );
    }
}

/// Courses whose register says yes or no of everything.
fn plain_register() -> String {
    let mut rows = courses(200);
    let only = |value: &String| if value == "1" { "1" } else { "0" }.to_owned();
    rows.iter_mut().for_each(|row| row[5] = only(&row[5]));
    csv(&rows)
}

/// A municipality: its code, N, the charts read, and those that document the diet.
type Documented = (String, f64, f64, f64);

/// Each municipality.
fn documented(study: &SmallStudy, drawn: &Value) -> Vec<Documented> {
    let of = |name: &String| {
        let code = name.split('-').next().unwrap().to_owned();
        let form = study.form(name);
        let number = |row| form.id(row).chars().filter(char::is_ascii_digit).collect::<String>();
        let tells = (0..form.rows()).filter(|row| number(*row).parse::<usize>().unwrap() % 7 != 6).count();
        let stratum = list(drawn, "strata").iter().find(|one| one["stratum"].to_string().contains(&code));
        let frame = stratum.unwrap()["frame"].as_f64().unwrap();
        (code, frame, form.rows() as f64, tells as f64)
    };
    study.forms("review").iter().map(of).collect()
}

#[test]
fn item_weights_let_the_documented_charts_stand_for_their_municipality() {
    let protocol = PROTOCOL.replace("min_cell = 3", "min_cell = 1").replace("by = []", r#"by = ["stratum"]"#);
    let study = SmallStudy::with(&protocol, &plain_register());
    let drawn = study.json(&["draw"]);
    study.done(&["forms"]);
    study.record_all();
    let strata = documented(&study, &drawn);
    assert!(strata.iter().any(|(_, _, read, tells)| tells < read));
    let sensitivity = |weight: &dyn Fn(&Documented) -> f64| {
        let json = study.json(&["analyse"]);
        let diet = indicator(&json, "diet");
        let (mut events, mut all) = (0.0, 0.0);
        for stratum in &strata {
            let table = group(diet, "stratum", &stratum.0.as_str().into());
            let [tp, fn_] = ["tp", "fn"].map(|cell| table[cell].as_f64().unwrap());
            events += weight(stratum) * tp;
            all += weight(stratum) * (tp + fn_);
        }
        let weighted = list(group(diet, "all", &"".into()), "weighted");
        let found = measure(weighted, &"sensitivity".into())["estimate"].as_f64().unwrap();
        assert!((found - events / all).abs() < NEAR, "{found} {}", events / all);
        (found, json)
    };
    let (by_read, plain) = sensitivity(&|(_, frame, read, _)| frame / read);
    assert_eq!(plain["settings"]["item_weights"], false);
    assert!(tables(&study).contains("that documents half counts half"));
    study.edit("[analysis]", "[analysis]\nitem_weights = true");
    let (by_answer, weighted) = sensitivity(&|(_, frame, _, tells)| frame / tells);
    assert!((by_read - by_answer).abs() > 1e-6, "{by_read} {by_answer}");
    assert_eq!(weighted["settings"]["item_weights"], true);
    assert_eq!(plain["post_hoc"], serde_json::json!([]));
    assert!(
        weighted["post_hoc"][0].as_str().unwrap().contains("item weights: before none, now yes"),
        "{}",
        weighted["post_hoc"]
    );
    assert!(tables(&study).contains("Item weights: for each indicator frame / answered"));
    // Declared missing nowhere: there is nothing to weigh.
    let smoking = |json: &Value| {
        measure(list(group(indicator(json, "depression"), "all", &"".into()), "weighted"), &"ppv".into())
            .clone()
    };
    assert_eq!(smoking(&plain), smoking(&weighted));
}

#[test]
fn agreement_is_weighted_by_the_design_where_the_protocol_says_so() {
    let protocol = PROTOCOL
        .replace("min_cell = 3", "min_cell = 1")
        .replace("[analysis]", "[analysis]\nweighted_agreement = true");
    let study = SmallStudy::with(&protocol, &csv(&courses(200)));
    let drawn = study.json(&["draw"]);
    study.done(&["forms"]);
    study.record_all();
    let (mut frames, mut lost) = (0.0, 0.0);
    for name in study.forms("second") {
        let code = name.split('-').next().unwrap().to_owned();
        let stratum = list(&drawn, "strata").iter().find(|one| one["stratum"].to_string().contains(&code));
        let frame = stratum.unwrap()["frame"].as_f64().unwrap();
        let second = study.returned(&name, |form| {
            form.fill("XYZ");
            frames += frame;
            // One answer of Aarhus differs.
            if code == "751" {
                let column = form.column("diet");
                let other = if form.rows[0][column] == "Ja" { "Nej" } else { "Ja" };
                form.set(0, "diet", other);
                lost = frame / form.rows() as f64;
            }
        });
        study.done(&["record", "--second", &second]);
    }
    let json = study.json(&["analyse"]);
    let of = |id: &str| {
        let row = list(&json, "agreement").iter().find(|one| one["indicator"] == id).unwrap();
        row["all_answers"]["design_weighted"].as_array().unwrap().clone()
    };
    let diet = of("diet");
    assert_eq!(
        ["agreement", "kappa", "ac1"].map(Value::from),
        [0, 1, 2].map(|place: usize| diet[place]["coefficient"].clone())
    );
    let raw = diet[0]["estimate"].as_f64().unwrap();
    assert!((raw - (1.0 - lost / frames)).abs() < NEAR, "{raw}");
    assert!(diet[1]["se"].as_f64() > Some(0.0) && diet[1]["estimate"].as_f64() < Some(1.0), "{}", diet[1]);
    let full = &of("depression")[1];
    assert_eq!((full["estimate"].as_f64(), full["se"].as_f64()), (Some(1.0), Some(0.0)));
    assert!(full["lower"].is_null() && full["reason"] == "not_defined", "{full}");
    let out = tables(&study);
    assert!(out.contains("design-weighted kappa") && out.contains("kappa and AC1 Wald with t"), "{out}");
    // Over four categories and over two: the coefficients differ, and both are shown.
    assert!(out.contains("Four categories: yes, no, not relevant and not documented"), "{out}");
    let row = list(&json, "agreement").iter().find(|one| one["indicator"] == "diet").unwrap();
    let pabak = |answers: &str| {
        let all = row[answers]["coefficients"].as_array().unwrap_or_else(|| panic!("{row:#}"));
        all.iter().find(|one| one["coefficient"] == "pabak").unwrap()["estimate"].as_f64().unwrap()
    };
    assert!((pabak("all_answers") - pabak("yes_no")).abs() > 0.01, "{row}");
    let shown = out
        .lines()
        .find(|line| {
            line.starts_with("| Diet treatment | 8") || line.contains(" of ") && line.starts_with("| Diet")
        })
        .unwrap();
    for answers in ["all_answers", "yes_no"] {
        assert!(shown.contains(&Style::ENGLISH.ratio(pabak(answers))), "{answers}: {shown}");
    }
    // Where anything is hidden, the few double readings of a stratum could follow.
    study.edit("min_cell = 1", "min_cell = 3");
    for (word, is_shown) in [("printed", true), ("protected", false)] {
        study.edit("weighted_figures = \"printed\"", &format!("weighted_figures = \"{word}\""));
        let json = study.json(&["analyse", "--replace"]);
        for row in list(&json, "agreement") {
            for one in list(&row["all_answers"], "design_weighted") {
                assert_eq!(one["estimate"].is_f64(), is_shown, "{one}");
            }
        }
        let words = fs::read_to_string(study.path("results/text.md")).unwrap();
        let said = "Kappa and AC1 are given weighted by the design as well";
        assert_eq!(words.contains(said), is_shown, "{words}");
        assert_eq!(words.contains("could follow from them: design-weighted agreement"), !is_shown, "{words}");
        assert_eq!(tables(&study).contains("design-weighted kappa"), is_shown);
    }
    study.edit("weighted_figures = \"protected\"", "weighted_figures = \"printed\"");
    study.edit("min_cell = 3", "min_cell = 1");
    study.edit("weighted_agreement = true\n", "");
    let without = study.json(&["analyse"]);
    assert!(!without["agreement"].to_string().contains("design_weighted"));
    assert!(
        without["post_hoc"][0].as_str().unwrap().contains("design-weighted agreement: before yes, now none")
    );
}

#[test]
fn an_indicator_of_which_all_parts_are_hidden_has_one_row() {
    let study = study(r#"["sex", "stratum"]"#, 200);
    let json = study.json(&["analyse"]);
    for test in list(&json, "indicators").iter().flat_map(|one| list(one, "homogeneity")) {
        assert_eq!(
            test["reason"], "suppressed",
            "one group of hidden tables is not for want of a denominator: {test}"
        );
    }
    let written = tables(&study);
    assert!(!written.contains("Differences by sex"), "signs alone: {written}");
    for title in ["Accuracy by sex", "Accuracy by municipality", "in the light of the others"] {
        let table = written
            .split("\n**")
            .find(|one| one.contains(title))
            .unwrap_or_else(|| panic!("{title}: {written}"));
        let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
        assert_eq!(rows.len(), 3, "{table}");
        assert!(rows.iter().all(|row| row.contains("| all |") && row.contains("\\#")), "{table}");
    }
}

#[test]
fn tables_of_parts_name_their_weights_level_and_intervals() {
    let study = study(r#"["sex"]"#, 1);
    study.done(&["analyse"]);
    let written = tables(&study);
    let by_sex = written.split("\n**").find(|one| one.contains("Accuracy by sex")).unwrap();
    assert!(
        by_sex.contains("First line: weighted by the design, stratified by municipality, with the finite population correction; in parentheses 95 % Korn–Graubard intervals"),
        "{by_sex}"
    );
    assert!(
        by_sex.contains("Second line, plain: without weights, Clopper–Pearson (exact) intervals"),
        "{by_sex}"
    );
    let differences = written.split("\n**").find(|one| one.contains("Differences by sex")).unwrap();
    assert!(
        differences.contains("with the finite population correction; 95 % interval and test with t"),
        "{differences}"
    );
}
