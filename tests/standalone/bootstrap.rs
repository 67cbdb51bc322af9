//! `--bootstrap` of `hkm table` and `hkm accuracy`

use serde_json::Value;

use super::{call, call_in, done, folder, json, number};
use hjertekommidt::stats::{
    BOOTSTRAPPED, BootstrapOptions, ConfidenceLevel, Estimand, ReviewedSample, TwoByTwo,
};

const FILE: &str = "accuracy fixtures/oracles/weighted_d2_synthetic_18strata.csv --register register --reference chart \
                    --stratum stratum --population N_h";

fn measure<'j>(list: &'j Value, name: &str) -> &'j Value {
    list.as_array().unwrap().iter().find(|one| one["measure"] == name).unwrap()
}

/// The library's, number by number.
#[test]
fn a_table_has_the_limits_of_the_library_and_the_usual_seed() {
    let found = json(call("table 231 32 27 54 --bootstrap 199 --format json"));
    let sample = ReviewedSample::of_table(TwoByTwo { tp: 231, fp: 32, fn_: 27, tn: 54 }, 0).unwrap();
    let options = BootstrapOptions {
        replicates: 199,
        finite_population_correction: false,
        ..BootstrapOptions::new("hkm")
    };
    let replicates = sample.bootstrap(&options);
    assert_eq!(found["bootstrap"].as_array().unwrap().len(), BOOTSTRAPPED.len());
    for (measure, one) in BOOTSTRAPPED.into_iter().zip(found["bootstrap"].as_array().unwrap()) {
        let expected = replicates.estimate(Estimand::of(measure, 0), ConfidenceLevel::NINETY_FIVE);
        assert_eq!(one["measure"], measure.name());
        assert_eq!(number(&one["se"]), expected.se.unwrap());
        for (interval, expected) in [(0, expected.percentile.unwrap()), (1, expected.bca.unwrap())] {
            let interval = &one["intervals"][interval];
            assert_eq!(
                (number(&interval["lower"]), number(&interval["upper"])),
                (expected.lower(), expected.upper())
            );
            assert_eq!(interval["method"], expected.method().name());
        }
        assert_eq!((&one["seed"], &one["replicates"]), (&"hkm".into(), &199.into()));
    }
    assert_eq!(found["bootstrap_options"]["finite_population_correction"], false);
}

#[test]
fn the_seed_and_the_method_decide_and_nothing_else() {
    let of = |options: &str| json(call(&format!("table 24 8 17 28 --bootstrap 199{options} --format json")));
    assert_eq!(of(""), of(" --seed hkm --bootstrap-method rao_wu"));
    assert_ne!(of("")["bootstrap"], of(" --seed 1")["bootstrap"]);
    let naive = of(" --bootstrap-method naive");
    assert_ne!(of("")["bootstrap"], naive["bootstrap"]);
    assert_eq!(naive["bootstrap_options"]["warnings"][0], "naive");
    assert_eq!(of(" --bootstrap-method rao-wu"), of(""));
}

/// The estimates are the weighted ones, and the error that of the formula within the chance of 999 replicates.
#[test]
fn a_stratified_file_has_the_weighted_estimates_and_nearly_their_errors() {
    for fpc in ["on", "off"] {
        let found = json(call(&format!("{FILE} --fpc {fpc} --bootstrap 999 --format json")));
        let found = &found["indicators"][0];
        for weighted in found["weighted"].as_array().unwrap() {
            let resampled = measure(&found["bootstrap"], weighted["measure"].as_str().unwrap());
            let [one, other] = [resampled, weighted].map(|of| number(&of["estimate"]));
            assert!((one - other).abs() < 1e-12, "{resampled} {weighted}");
            let ratio = number(&resampled["se"]) / number(&weighted["se"]);
            assert!((0.88..1.14).contains(&ratio), "{ratio}: {resampled} {weighted}");
        }
    }
}

#[test]
fn for_programs_each_interval_is_a_row() {
    let csv = done(call(&format!("{FILE} --bootstrap 100 --format csv")));
    let header = csv.lines().next().unwrap();
    assert!(header.ends_with("reason,warnings,replicates,undefined"), "{header}");
    let rows: Vec<&str> = csv.lines().filter(|line| line.contains(",bootstrap,")).collect();
    assert_eq!(rows.len(), 2 * BOOTSTRAPPED.len());
    assert!(
        rows[0].contains(",percentile,") && rows[1].contains(",bca,") && rows[1].ends_with(",100,0"),
        "{rows:?}"
    );
    let csv = done(call("table 24 8 17 28 --bootstrap 100 --format csv"));
    assert!(
        csv.starts_with("measure,x,n,estimate,level,method,lower,upper,reason,se,replicates,undefined\n")
    );
    assert_eq!(csv.matches(",bca,").count(), BOOTSTRAPPED.len());
}

/// Two columns with the same answers in the same charts differ by nothing in any replicate; if one chart of one is not
/// reviewed, each has its own sample.
#[test]
fn indicators_of_the_same_charts_are_resampled_together() {
    let row = |place: usize| ["1,1", "1,0", "0,1", "0,0"][place * place % 7 % 4];
    let lines: Vec<String> = (0..40).map(|place| format!("{},{}", row(place), row(place))).collect();
    let text = format!("a,b,c,d\n{}\n", lines.join("\n"));
    let call = "accuracy f.csv --register a --reference b --register c --reference d --bootstrap 100";
    let first = folder("f.csv", &text);
    let found = json(call_in(first.path(), &format!("{call} --format json")));
    assert_eq!(found["indicators"][0]["bootstrap"], found["indicators"][1]["bootstrap"]);
    assert!(!done(call_in(first.path(), call)).contains("by itself"));
    let other = folder("f.csv", text.replacen(&format!("{}\n", lines[1]), "1,1,1,\n", 1));
    assert!(done(call_in(other.path(), call)).contains("each is resampled by itself"));
}

#[test]
fn a_table_without_variance_has_no_limits() {
    let found = json(call("table 20 0 0 20 --bootstrap 100 --format json"));
    let sensitivity = measure(&found["bootstrap"], "sensitivity");
    assert_eq!((number(&sensitivity["estimate"]), number(&sensitivity["se"])), (1.0, 0.0));
    let interval = &sensitivity["intervals"][0];
    assert_eq!((&interval["lower"], &interval["reason"]), (&Value::Null, &"not_defined".into()));
    assert_eq!(interval["method"], "percentile");
}

#[test]
fn what_cannot_be_resampled_is_refused() {
    let told = |words: &str| {
        let printed = call(words);
        assert_eq!((printed.code, printed.stdout.as_str()), (2, ""));
        printed.stderr
    };
    assert!(told("table 1 2 3 4 --bootstrap 99").contains("expected a whole number from 100 to 1000000"));
    assert!(told("table 1 2 3 4 --bootstrap x").contains("expected a whole number from 100 to 1000000"));
    assert!(told("table 1 2 3 4 --seed 1").contains("--bootstrap <B>"));
    let large = told("table 2147483648 2 3 4 --bootstrap 100");
    assert!(large.contains("2147483657 reviewed records, expected fewer than 2147483648"), "{large}");
}
