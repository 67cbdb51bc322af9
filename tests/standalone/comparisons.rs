//! `hkm accuracy --by`: each value against the first; `hkm kappa` by design and by bootstrap.

use hjertekommidt::stats::{
    AgreementStratum, AgreementTable, ConfidenceLevel, Proportion, WeightedOptions, independent_difference,
    weighted_agreement,
};
use serde_json::Value;

use super::{call, call_in, done, folder, json, keys, number};
use crate::oracle::rows;

/// Relative to what is subtracted.
const SURVEY: f64 = 1e-12;

/// The charts of one design of the oracle, as a file.
fn charts(case: &str) -> String {
    let mut text = "reg,chart,stratum,N,group\n".to_owned();
    for row in rows("contrasts_records").iter().filter(|row| row.text("case") == case) {
        let answers = match row.text("first") {
            "tp" => "1,1",
            "fp" => "1,0",
            "fn" => "0,1",
            "tn" => "0,0",
            _ => "1,not relevant",
        };
        let [stratum, frame, group] = ["stratum", "N", "group"].map(|column| row.text(column));
        text += &format!("{answers},{stratum},{frame},{group}\n");
    }
    text
}

fn differences(json: &Value) -> &[Value] {
    json["differences"].as_array().map(Vec::as_slice).unwrap_or_default()
}

#[test]
fn differences_of_a_stratified_file_are_surveys() {
    let folder = folder("charts.csv", charts("six"));
    for (fpc, correction) in [("TRUE", "on"), ("FALSE", "off")] {
        let json = json(call_in(
            folder.path(),
            &format!(
                "accuracy charts.csv --register reg --reference chart --stratum stratum --population N --fpc {correction} --by group --format json"
            ),
        ));
        assert_eq!(differences(&json).len(), 4);
        for one in differences(&json) {
            let is_it = |row: &&crate::oracle::Row| {
                let key = ["case", "fpc", "kind", "measure"].map(|column| row.text(column));
                key == ["six", fpc, "group", one["measure"].as_str().unwrap()]
            };
            let expected = rows("contrasts");
            let expected = expected.iter().find(is_it).unwrap();
            // The oracle has a less b, a file the second value less the first.
            assert!((number(&one["estimate"]) + expected.value("estimate")).abs() < SURVEY, "{one}");
            assert!((number(&one["se"]) / expected.value("se") - 1.0).abs() < SURVEY, "{one}");
            assert_eq!(
                (&one["value"], &one["against"], &one["test"]),
                (&"b".into(), &"a".into(), &"t".into())
            );
            assert!(number(&one["p_value_holm"]) >= number(&one["p_value"]));
        }
    }
}

#[test]
fn differences_without_strata_are_of_independent_proportions() {
    let folder = folder("charts.csv", charts("six"));
    let json = json(call_in(
        folder.path(),
        "accuracy charts.csv --register reg --reference chart --by group --format json",
    ));
    let table = |place: usize| &json["indicators"][place];
    for one in differences(&json) {
        let of = |place: usize| {
            let measures = table(place)["measures"].as_array().unwrap();
            let found = measures.iter().find(|known| known["measure"] == one["measure"]).unwrap();
            Proportion::new(found["x"].as_u64().unwrap(), found["n"].as_u64().unwrap()).unwrap()
        };
        let expected = independent_difference(of(1), of(0), ConfidenceLevel::NINETY_FIVE);
        assert_eq!(number(&one["estimate"]), expected.estimate.unwrap());
        assert_eq!(number(&one["lower"]), expected.interval.unwrap().lower());
        assert_eq!(number(&one["p_value"]), expected.p_value.unwrap());
        assert_eq!((&one["method"], &one["test"]), (&"square_and_add".into(), &"fisher".into()));
    }
    assert_eq!(differences(&json).len(), 4);
    let alone = call_in(folder.path(), "accuracy charts.csv --register reg --reference chart --format json");
    assert!(super::json(alone).get("differences").is_none());
}

#[test]
fn people_see_each_value_less_the_first() {
    let folder = folder("charts.csv", charts("six"));
    let design = "--stratum stratum --population N";
    let call_it = |design: &str| {
        let words = format!("accuracy charts.csv --register reg --reference chart --by group{design}");
        let out = done(call_in(folder.path(), &words));
        let from = out.find("ifferences").unwrap();
        out[from..].to_owned()
    };
    let weighted = call_it(&format!(" {design}"));
    assert!(
        weighted.contains("b less a") && weighted.contains("linearised with the covariance"),
        "{weighted}"
    );
    let plain = call_it("");
    assert!(plain.contains("b less a") && plain.contains("Newcombe's score interval"), "{plain}");
    assert!(plain.contains("Fisher's exact test") && plain.contains("Holm"), "{plain}");
}

/// Two municipalities with their double readings: the file and the tables.
fn double_read() -> (String, [AgreementStratum; 2]) {
    let strata = [("Aarhus", 1000, [14, 2, 1, 3]), ("Odder", 100, [4, 3, 2, 11])];
    let mut text = "a,b,kommune,N\n".to_owned();
    for (name, population, counts) in &strata {
        let rows = counts.iter().zip(["yes,yes", "yes,no", "no,yes", "no,no"]);
        rows.for_each(|(count, answers)| {
            text += &format!("{answers},{name},{population}\n").repeat(*count as usize)
        });
        text += &format!("yes,,{name},{population}\n");
    }
    let of = |(_, population, [a, b, c, d]): (&str, u64, [u64; 4])| AgreementStratum {
        population,
        double_read: a + b + c + d,
        table: AgreementTable::yes_no(a, b, c, d),
    };
    (text, strata.map(of))
}

#[test]
fn kappa_of_a_stratified_file_is_weighted_by_the_design() {
    let (text, strata) = double_read();
    let folder = folder("read.csv", text);
    let call_it = |more: &str| {
        call_in(folder.path(), &format!("kappa read.csv a b --stratum kommune --population N{more}"))
    };
    let json = json(call_it(" --format json"));
    let expected = weighted_agreement(&strata, &WeightedOptions::default()).unwrap();
    let found = json["design_weighted"].as_array().unwrap();
    let numbers = |place: usize| ["estimate", "se", "lower"].map(|key| number(&found[place][key]));
    let kappa = expected.kappa;
    assert_eq!(
        numbers(1),
        [kappa.value.unwrap(), kappa.standard_error.unwrap(), kappa.interval.unwrap().lower()]
    );
    assert_eq!(numbers(0)[0], expected.raw.estimate.unwrap());
    assert_eq!(number(&found[1]["df"]), 38.0);
    assert_eq!(keys(&json["strata"][0]).join(" "), "stratum population double_read");
    assert_eq!(json["strata"][1]["double_read"], 20);
    assert_ne!(number(&json["kappa"]), numbers(1)[0], "the plain one stands beside");
    let out = done(call_it(""));
    assert!(out.contains("Design-weighted kappa") && out.contains("population / read by both"), "{out}");
    let rows = done(call_it(" --format csv"));
    assert!(rows.contains("design_weighted_kappa,"), "{rows}");
}

#[test]
fn strata_that_do_not_fit_are_refused() {
    let (text, _) = double_read();
    let folder = folder("read.csv", text.replace(",Odder,100", ",Odder,19"));
    let printed = call_in(folder.path(), "kappa read.csv a b --stratum kommune --population N");
    assert_eq!(printed.code, 1);
    assert!(printed.stderr.contains("the stratum `Odder` has 20 reviewed charts, but a population of 19"));
    let counts = call("kappa 1 2 3 4 --stratum kommune --population N");
    assert!(counts.code == 2 && counts.stderr.contains("four counts have no strata"), "{}", counts.stderr);
    let missing = call_in(folder.path(), "kappa read.csv a b --stratum komune --population N");
    assert!(missing.stderr.contains("did you mean `kommune`?"), "{}", missing.stderr);
}

#[test]
fn bootstrap_limits_follow_from_the_seed_alone() {
    let call_it = |seed: &str| {
        json(call(&format!("kappa 22 4 3 17 --bootstrap 999 --seed {seed} --format json")))["bootstrap"]
            .clone()
    };
    let one = call_it("first");
    assert_eq!(one, call_it("first"));
    assert_ne!(one["coefficients"], call_it("second")["coefficients"]);
    let expected = AgreementTable::yes_no(22, 4, 3, 17).bootstrap("first", 999, ConfidenceLevel::NINETY_FIVE);
    assert_eq!(number(&one["coefficients"][0]["bca"]["lower"]), expected.kappa.bca.unwrap().lower());
    assert_eq!(
        number(&one["coefficients"][1]["percentile"]["upper"]),
        expected.ac1.percentile.unwrap().upper()
    );
    let out = done(call("kappa 22 0 0 17 --bootstrap 999 --seed first"));
    assert!(out.contains("No interval where all resamples are equal"), "{out}");
    let usual = json(call("kappa 22 4 3 17 --bootstrap 999 --format json"));
    assert_eq!(usual["bootstrap"]["seed"], "hkm");
    assert_eq!(call("kappa 22 4 3 17 --bootstrap 99").code, 2);
}

#[test]
fn csv_has_what_json_has() {
    let folder = folder("charts.csv", charts("six"));
    let arguments =
        "accuracy charts.csv --register reg --reference chart --stratum stratum --population N --by group";
    let csv = done(call_in(folder.path(), &format!("{arguments} --format csv")));
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: &csv::StringRecord, column: &str| {
        row.get(header.iter().position(|name| name == column).unwrap()).unwrap().to_owned()
    };
    let json = json(call_in(folder.path(), &format!("{arguments} --format json")));
    let compared: Vec<_> =
        read.iter().filter(|row| cell(row, "estimator") == "weighted_difference").collect();
    assert_eq!(compared.len(), differences(&json).len());
    for (row, one) in compared.into_iter().zip(differences(&json)) {
        assert_eq!(cell(row, "measure"), one["measure"]);
        assert_eq!(cell(row, "against"), "a");
        for column in ["estimate", "se", "df", "lower", "upper", "p_value", "p_value_holm"] {
            assert_eq!(cell(row, column), one[column].to_string(), "{column}");
        }
    }
    let agreement = done(call("kappa 22 4 3 17 --bootstrap 999 --format csv"));
    let named = |row: &&str| row.starts_with("bootstrap_kappa,") || row.starts_with("bootstrap_ac1,");
    assert_eq!(agreement.lines().filter(named).count(), 4, "{agreement}");
}

#[test]
fn differences_say_that_they_are_not_post_stratified() {
    let text = charts("six");
    let with_yes: String = text
        .lines()
        .enumerate()
        .map(|(row, line)| format!("{line},{}\n", if row == 0 { "yes".to_owned() } else { half(line) }))
        .collect();
    let folder = folder("charts.csv", with_yes);
    let arguments =
        "accuracy charts.csv --register reg --reference chart --stratum stratum --population N --by group";
    let plain = done(call_in(folder.path(), arguments));
    let calibrated =
        done(call_in(folder.path(), &format!("{arguments} --post-stratify frame --population-yes yes")));
    let said = "by the design's weights alone, not post-stratified";
    assert!(!plain.contains(said) && calibrated.contains(said), "{calibrated}");
    assert!(plain.contains("Weighted by population") && calibrated.contains("Starting weights: population"));
}

/// Half of the stratum's frame.
fn half(line: &str) -> String {
    let population: u64 = line.split(',').nth(3).unwrap().parse().unwrap();
    (population / 2).to_string()
}
