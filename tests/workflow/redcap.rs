//! REDCap in the place of workbooks: a project out, its export back.

use std::collections::BTreeMap;
use std::fs;

use crate::small_study::{SmallStudy, courses, csv as csv_of};

/// A file of `forms/`, as rows of cells.
fn rows(study: &SmallStudy, name: &str) -> Vec<Vec<String>> {
    let text = fs::read(study.path(&format!("forms/{name}"))).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_slice());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn with_project() -> SmallStudy {
    let study = SmallStudy::drawn();
    study.done(&["forms", "--redcap"]);
    study
}

/// An export of all records, filled by two reviewers: codes, or labels in headers and cells as REDCap offers them too.
fn export(study: &SmallStudy, labels: bool) -> String {
    let fields: Vec<Vec<String>> = rows(study, "redcap-dictionary.csv").split_off(1);
    let group = if labels { "Data Access Group" } else { "redcap_data_access_group" };
    let complete = if labels { "Complete?" } else { "review_complete" };
    let name = |field: &Vec<String>| if labels { field[4].clone() } else { field[0].clone() };
    let mut header: Vec<String> = fields.iter().map(name).collect();
    header.insert(1, group.to_owned());
    header.push(complete.to_owned());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    let records = [("redcap-review.csv", "ABC"), ("redcap-second.csv", "XYZ")];
    for (file, reviewer) in records {
        for record in rows(study, file).split_off(1) {
            let cell = |field: &Vec<String>| match field[0].as_str() {
                "study_id" => record[0].clone(),
                "chart" if labels => "Fundet".to_owned(),
                "chart" => "found".to_owned(),
                "reviewer" => reviewer.to_owned(),
                "review_date" => jiff::Zoned::now().date().to_string(),
                "comment" => String::new(),
                _ if labels => "Ja".to_owned(),
                _ => "yes".to_owned(),
            };
            let mut cells: Vec<String> = fields.iter().map(cell).collect();
            cells.insert(1, record[1].clone());
            cells.push(if labels { "Complete" } else { "2" }.to_owned());
            writer.write_record(&cells).unwrap();
        }
    }
    let name = "returned/export.csv";
    fs::write(study.path(name), writer.into_inner().unwrap()).unwrap();
    name.to_owned()
}

#[test]
fn the_project_has_a_record_for_each_reading_in_the_group_of_its_stratum() {
    let study = with_project();
    let first = rows(&study, "redcap-review.csv");
    assert_eq!(first[0], ["study_id", "redcap_data_access_group"]);
    assert_eq!(first.len(), 61);
    let mut groups: BTreeMap<&str, u64> = BTreeMap::new();
    first[1..].iter().for_each(|row| *groups.entry(&row[1]).or_default() += 1);
    assert_eq!(
        groups.keys().copied().collect::<Vec<_>>(),
        ["615_horsens", "727_odder", "746_skanderborg", "751_aarhus"]
    );
    let second = rows(&study, "redcap-second.csv");
    assert!(
        second.len() > 4 && second[1..].iter().all(|row| row[0].ends_with("-2") && row[1].ends_with("_2"))
    );
    assert_eq!(study.forms("lookup").len(), 4, "whoever enters in REDCap looks up in a workbook");
    assert_eq!(study.json(&["forms"])["written"].as_array().unwrap().len(), 0, "nothing goes out twice");
}

#[test]
fn no_register_value_and_no_key_goes_to_redcap() {
    let study = with_project();
    let register = fs::read_to_string(study.path("register.csv")).unwrap();
    let numbers: Vec<&str> = register.lines().skip(1).map(|line| line.split(';').next().unwrap()).collect();
    for name in ["redcap-review.csv", "redcap-second.csv", "redcap-dictionary.csv"] {
        let text = fs::read_to_string(study.path(&format!("forms/{name}"))).unwrap();
        assert!(numbers.iter().all(|number| !text.contains(number)), "{name}");
        assert!(rows(&study, name).iter().all(|row| row.len() == if name.contains("dict") { 18 } else { 2 }));
    }
}

#[test]
fn an_export_with_codes_and_one_with_labels_are_stored_alike() {
    let stored = |labels: bool| {
        let study = with_project();
        let told = study.json(&["record", &export(&study, labels)]);
        assert_eq!(told["findings"], serde_json::json!([]), "{told}");
        let again = study.json(&["record", &export(&study, !labels)]);
        (told["new"].as_u64().unwrap(), again["new"].as_u64().unwrap(), again["unchanged"].as_u64().unwrap())
    };
    let all = (60 + rows(&with_project(), "redcap-second.csv").len() - 1) as u64;
    assert_eq!(stored(false), (all, 0, all));
    assert_eq!(stored(true), (all, 0, all));
}

#[test]
fn records_that_are_not_marked_as_complete_are_told() {
    for (labels, marks) in [(false, ["2\n", "0\n"]), (true, ["Complete\n", "Incomplete\n"])] {
        let study = with_project();
        let file = export(&study, labels);
        let text = fs::read_to_string(study.path(&file)).unwrap();
        let mut lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
        for row in [2, 3] {
            lines[row] = lines[row].strip_suffix(marks[0]).unwrap().to_owned() + marks[1];
        }
        // An imported record that nobody has opened is no unfinished one.
        let id = lines[4].split(',').next().unwrap();
        let commas = lines[4].matches(',').count();
        lines[4] = format!("{id},{}{}", ",".repeat(commas - 1), marks[1]);
        study.write(&file, &lines.concat());
        let findings = study.json(&["record", &file])["findings"].clone();
        assert_eq!(findings[0]["code"], "unfinished_record", "{findings}");
        assert_eq!(findings[0]["rows"], serde_json::json!([3, 4]));
        let told = study.done(&["record", "--language", "da", &file]).err;
        assert!(told.contains("2 poster er ikke markeret som færdige i REDCap"), "{told}");
    }
}

#[test]
fn a_record_in_the_group_of_other_readers_is_told_at_its_cell() {
    for labels in [false, true] {
        let study = with_project();
        let file = export(&study, labels);
        let mut text = fs::read_to_string(study.path(&file)).unwrap();
        if labels {
            // The names that people see.
            for (name, label) in
                [("751_aarhus_2", "751 Aarhus 2"), ("751_aarhus", "751 Aarhus"), ("727_odder", "727 Odder")]
            {
                text = text.replace(&format!(",{name},"), &format!(",{label},"));
            }
            study.write(&file, &text);
        }
        let [odder, aarhus, second] = match labels {
            true => ["727 Odder", "751 Aarhus", "751 Aarhus 2"],
            false => ["727_odder", "751_aarhus", "751_aarhus_2"],
        };
        assert!(text.contains(&format!(",{second},")));
        study.copy().done(&["record", &file]);
        // Another stratum, the other reading, a group that is not the study's own, and none.
        let groups = [(aarhus, odder), (aarhus, second), (second, aarhus), (aarhus, "staff"), (aarhus, "")];
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for (from, to) in groups {
            let from = format!(",{from},");
            let free =
                |(row, line): (usize, &String)| (line.contains(&from) && !rows.contains(&row)).then_some(row);
            let row = lines.iter().enumerate().find_map(free).unwrap();
            lines[row] = lines[row].replacen(&from, &format!(",{to},"), 1);
            rows.push(row);
        }
        study.write(&file, &lines.join("\n"));
        let before = study.stored();
        let ran = study.run(&["record", &file, "--format", "json"]);
        let told = ran.json()["findings"].clone();
        let mut moved: Vec<u64> = rows[..3].iter().map(|row| *row as u64 + 1).collect();
        moved.sort_unstable();
        let found: Vec<u64> =
            told.as_array().unwrap().iter().map(|one| one["rows"][0].as_u64().unwrap()).collect();
        assert_eq!((ran.code, ran.codes()), (Some(1), vec!["other_group".to_owned(); 3]), "{told}");
        assert_eq!(found, moved);
        let column = if labels { "Data Access Group" } else { "redcap_data_access_group" };
        assert_eq!(told[0]["column"], column);
        assert_eq!(study.stored(), before);
        let told = study.refused(&["record", "--language", "da", &file], 1);
        assert!(told.contains(&format!("står i gruppen `{odder}`, men hører til i `751_aarhus`")), "{told}");
    }
}

#[test]
fn every_finding_of_an_export_is_told_with_the_columns_of_the_file() {
    let study = SmallStudy::with(&super::items::protocol(), &csv_of(&courses(200)));
    study.done(&["draw"]);
    study.done(&["forms", "--redcap"]);
    let ids: Vec<String> = rows(&study, "redcap-review.csv")[1..].iter().map(|row| row[0].clone()).collect();
    let mut text = "study_id,redcap_data_access_group,chart,reviewer,review_date,diet,planned,planned_untold,attended,attended_untold,smoking_start,smoking_end,smoking,end_date,end_date_untold,remark,remark_untold,comment,review_complete\n".to_owned();
    for (id, [date, planned, untold]) in ids.iter().zip([
        ["2199-01-01", "15", ""],
        ["2025-01-15", "15", "not_relevant"],
        ["2025-01-15", "many", ""],
    ]) {
        text += &format!("{id},g,found,AB,{date},yes,{planned},{untold},12,,smoker,ex_smoker,yes,,,,,,2\n");
    }
    study.write("returned/export.csv", &text);
    let findings =
        study.run(&["record", "returned/export.csv", "--format", "json"]).json()["findings"].clone();
    let told: Vec<(&str, &str, u64)> = findings
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or_default();
            (text("code"), text("column"), one["rows"][0].as_u64().unwrap())
        })
        .collect();
    let expected = [
        ("answer_and_reason", "planned", 3),
        ("date_in_future", "review_date", 2),
        ("not_a_number", "planned", 4),
    ];
    assert_eq!(told, expected);
    study.write("returned/export.csv", &text.replacen("review_date", "reviewed", 1));
    let told = study.refused(&["record", "returned/export.csv"], 1);
    assert!(told.contains("no column `review_date`"), "{told}");
}

#[test]
fn an_export_with_codes_is_told_of_in_the_words_of_the_study() {
    let protocol = super::items::protocol();
    let study = SmallStudy::with(&protocol, &csv_of(&courses(200)));
    study.done(&["draw"]);
    study.done(&["forms", "--redcap"]);
    let ids: Vec<String> = rows(&study, "redcap-review.csv")[1..].iter().map(|row| row[0].clone()).collect();
    let mut text = "study_id,redcap_data_access_group,chart,reviewer,review_date,diet,planned,attended,smoking_start,smoking_end,smoking,end_date,remark,comment,review_complete\n".to_owned();
    text += &format!("{},g,found,AB,2025-01-15,yes,15,16,7,,yes,,,,2\n", ids[0]);
    study.write("returned/export.csv", &text);
    let told = study.refused(&["record", "--language", "da", "returned/export.csv"], 1);
    assert!(told.contains("»Træninger mødt til« er højst 100 % af »Planlagte træninger«"), "{told}");
    assert!(told.contains("`7` er ikke et af svarene her: `Ryger`, `Aldrig røget`"), "{told}");
    study.write("returned/export.csv", &text.replacen(",planned", ",planned_of", 1));
    let told = study.refused(&["record", "--language", "da", "returned/export.csv"], 1);
    assert!(told.contains("ingen kolonne `planned`"), "{told}");
}

#[test]
fn what_is_odd_about_the_header_of_both_readings_is_told_once() {
    let study = with_project();
    let file = export(&study, false);
    let text = fs::read_to_string(study.path(&file)).unwrap();
    study.write(&file, &text.replacen("comment", "remarks", 1));
    let told = study.run(&["record", &file, "--format", "json"]).json()["findings"].clone();
    let codes: Vec<&str> = told.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!((codes, &told[0]["rows"]), (vec!["missing_column"], &serde_json::json!([1])));
    let added: String = text
        .lines()
        .enumerate()
        .map(|(row, line)| format!("{line},{}\n", if row == 0 { "extra" } else { "" }))
        .collect();
    study.write(&file, &added);
    let told = study.json(&["record", &file])["findings"].clone();
    assert_eq!((told.as_array().unwrap().len(), &told[0]["code"]), (1, &serde_json::json!("unknown_column")));
}

#[test]
fn lost_files_are_written_once_more() {
    let study = with_project();
    let before = fs::read(study.path("forms/redcap-review.csv")).unwrap();
    fs::remove_file(study.path("forms/redcap-review.csv")).unwrap();
    study.done(&["forms", "--again"]);
    assert_eq!(fs::read(study.path("forms/redcap-review.csv")).unwrap(), before);
}
