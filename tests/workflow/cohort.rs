//! `hkm cohort`: who is in the frame, and who is not.

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

#[test]
fn every_row_is_counted_once() {
    let mut rows = courses(200);
    rows[0][0] = String::new();
    rows[1][4] = "Samsø".to_owned();
    rows[2][4] = "Kolding".to_owned();
    rows[3][3] = "DI48".to_owned();
    rows[4][1] = "05-03-1948".to_owned();
    rows[5] = rows[6].clone();
    let flow = SmallStudy::with(PROTOCOL, &csv(&rows)).json(&["cohort"])["flow"].clone();
    let count = |step: &str| flow[step].as_u64().unwrap();
    assert_eq!(count("rows_read"), 200);
    assert_eq!(count("broken_key"), 1);
    assert_eq!(count("unlisted_stratum"), 2);
    assert_eq!(count("diagnosis"), 1);
    assert_eq!(count("age"), 1);
    assert_eq!(count("duplicate"), 1);
    assert_eq!(count("frame"), 194);
}

#[test]
fn the_frame_is_counted_by_municipality_and_by_value() {
    let json = SmallStudy::new().json(&["cohort"]);
    let strata: Vec<(&str, u64)> = json["strata"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), one["courses"].as_u64().unwrap()))
        .collect();
    assert_eq!(strata, [("615", 50), ("727", 10), ("746", 30), ("751", 110)]);
    let indicators = json["indicators"].as_array().unwrap();
    assert_eq!(indicators.len(), 3, "one is not assessable");
    for indicator in indicators {
        let values = indicator["values"].as_array().unwrap();
        assert_eq!(values.iter().map(|value| value["courses"].as_u64().unwrap()).sum::<u64>(), 200);
    }
}

#[test]
fn spellings_of_a_municipality_are_the_same_one() {
    let mut rows = courses(60);
    for (row, spelling) in rows.iter_mut().zip(["751", "0751", "AARHUS", "Århus Kommune", " aarhus "]) {
        row[4] = spelling.to_owned();
    }
    let json = SmallStudy::with(PROTOCOL, &csv(&rows)).json(&["cohort"]);
    assert_eq!(json["flow"]["unlisted_stratum"], 0);
}

#[test]
fn the_order_of_rows_and_the_encoding_do_not_matter() {
    let study = SmallStudy::new();
    let before = study.json(&["cohort"]);
    let mut rows = courses(200);
    rows.reverse();
    rows.iter_mut().filter(|row| row[4] == "Aarhus").for_each(|row| row[4] = "Århus".to_owned());
    let text = csv(&rows);
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    std::fs::write(study.path("register.csv"), bytes).unwrap();
    let after = study.json(&["cohort"]);
    assert_eq!((&before["flow"], &before["strata"]), (&after["flow"], &after["strata"]));
}

#[test]
fn the_first_and_the_last_first_attendance_are_shown() {
    let mut rows = courses(200);
    rows[0][1] = "01-02-1975".to_owned();
    rows[1][1] = "01-02-2099".to_owned();
    rows[2][1] = "01-02-1974".to_owned();
    rows[2][4] = "Kolding".to_owned();
    let study = SmallStudy::with(&PROTOCOL.replace("age = \"> 18\"\n", ""), &csv(&rows));
    let span = serde_json::json!({"from": "1975-02-01", "until": "2099-02-01"});
    for command in ["check", "cohort"] {
        assert_eq!(study.json(&[command])["first_attendance"], span, "{command}");
        let out = study.done(&[command]).out;
        assert!(out.contains("irst attendances in the frame: 1975-02-01 to 2099-02-01"), "{out}");
    }
}

#[test]
fn a_register_without_dates_has_no_first_attendance() {
    let protocol = PROTOCOL
        .replace("first_attendance = \"foerste_fremmoede\"\n", "")
        .replace("\"first_attendance\", ", "")
        .replace("age = \"> 18\"\n", "");
    let study = SmallStudy::with(&protocol, &csv(&courses(200)));
    assert_eq!(study.json(&["cohort"])["first_attendance"], serde_json::Value::Null);
}
