//! True prevalences against epiR, a numerical derivative, and a public copy of Lang and Reiczigel's program.

use hjertekommidt::stats::{
    BorrowedAccuracy, ConfidenceLevel, IntervalMethod, PrevalenceMethod, Proportion, true_prevalence,
};

use crate::oracle::{Row, rows};

/// Absolute: estimates and limits lie between 0 and 1, and R's derivatives are differences.
const PREVALENCE: f64 = 1e-9;

fn method(row: &Row) -> PrevalenceMethod {
    match row.text("method") {
        "c-p" => PrevalenceMethod::Transformed(IntervalMethod::ClopperPearson),
        "wilson" => PrevalenceMethod::Transformed(IntervalMethod::Wilson),
        "delta" => PrevalenceMethod::RoganGladen,
        _ => PrevalenceMethod::LangReiczigel,
    }
}

fn accuracy(row: &Row) -> BorrowedAccuracy {
    let counted = |x: &str, n: &str| Proportion::new(row.count(x), row.count(n)).unwrap();
    let made = match row.number("n_se") {
        Some(_) => BorrowedAccuracy::counted(counted("se", "n_se"), counted("sp", "n_sp"), "an oracle"),
        None => BorrowedAccuracy::stated(row.value("se"), row.value("sp"), "an oracle"),
    };
    made.unwrap()
}

#[test]
fn true_prevalences_agree_with_other_programs() {
    for row in rows("rogan_gladen") {
        let apparent = Proportion::new(row.count("x"), row.count("n")).unwrap();
        let level: ConfidenceLevel = row.text("level").parse().unwrap();
        let found = true_prevalence(apparent, &accuracy(&row), method(&row), level).unwrap();
        let (uncut, interval) = (found.uncut.unwrap(), found.interval);
        assert!((uncut - row.value("estimate")).abs() <= PREVALENCE, "{row}: {uncut}");
        let [lower, upper] = ["lower", "upper"].map(|column| row.value(column));
        let Ok(interval) = interval else {
            assert!(lower >= 1.0 || upper <= 0.0, "{row}: {interval:?}");
            continue;
        };
        for (found, expected) in [(interval.lower(), lower), (interval.upper(), upper)] {
            assert!((found - expected.clamp(0.0, 1.0)).abs() <= PREVALENCE, "{row}: {found} for {expected}");
        }
    }
}
