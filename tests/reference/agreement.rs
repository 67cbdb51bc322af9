//! Agreement of two reviewers against forty-digit evaluations, and against irrCAC.

use hjertekommidt::stats::{AgreementTable, ConfidenceLevel, IntervalMethod, Reason};

use crate::oracle::{Row, distance, rows};

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

/// Relative; absolute where the table says 0, and for standard errors that it gives as 6e-22.
const COEFFICIENT: f64 = 1e-13;

/// What irrCAC prints: five decimals.
const PRINTED: f64 = 5.001e-6;

fn table(row: &Row) -> AgreementTable {
    AgreementTable::yes_no(row.count("a"), row.count("b"), row.count("c"), row.count("d"))
}

#[test]
fn kappa_and_its_standard_error_agree_with_forty_digit_evaluations() {
    for row in rows("kappa") {
        let kappa = table(&row).kappa(LEVEL);
        let (value, se) = (kappa.value.unwrap(), kappa.standard_error.unwrap());
        assert!(distance(value, row.value("kappa")) <= COEFFICIENT, "{row}: {value}");
        let expected = row.value("se_fleiss1969");
        let off = if expected < 1e-20 { se } else { distance(se, expected) };
        assert!(off <= COEFFICIENT, "{row}: {se} for {expected}");
    }
}

#[test]
fn kappa_limits_agree_except_where_there_is_no_standard_error() {
    for row in rows("kappa") {
        match table(&row).kappa(LEVEL).interval {
            Ok(interval) => {
                let lower = distance(interval.lower(), row.value("lower95"));
                let upper = distance(interval.upper(), row.value("upper95"));
                assert!(lower <= COEFFICIENT && upper <= COEFFICIENT, "{row}: {interval:?}");
            }
            Err(reason) => {
                assert_eq!(reason, Reason::NotDefined, "{row}");
                assert!(row.value("se_fleiss1969") < 1e-20, "{row}");
            }
        }
    }
}

#[test]
fn raw_agreement_and_pabak_agree_with_forty_digit_evaluations() {
    for row in rows("kappa") {
        let raw = table(&row).raw_agreement().estimate().unwrap();
        assert!(distance(raw, row.value("po")) <= COEFFICIENT, "{row}: {raw}");
        let pabak = table(&row).pabak(IntervalMethod::ClopperPearson, LEVEL).value.unwrap();
        assert!(distance(pabak, row.value("pabak")) <= COEFFICIENT, "{row}: {pabak}");
    }
}

/// The data set cont3x3abstractors of irrCAC: AC1 0.84933 (0.76358 to 0.93508), limits with t(99) = 1.98422.
#[test]
fn ac1_agrees_with_irrcac() {
    let rows = [vec![13, 0, 0], vec![0, 20, 7], vec![0, 4, 56]];
    let ac1 = AgreementTable::new(&rows).unwrap().ac1(LEVEL);
    assert!((ac1.value.unwrap() - 0.84933).abs() <= PRINTED, "{ac1:?}");
    let margin = 1.984_216_951_586_417 * ac1.standard_error.unwrap();
    assert!((ac1.value.unwrap() - margin - 0.76358).abs() <= PRINTED, "{ac1:?}");
    assert!((ac1.value.unwrap() + margin - 0.93508).abs() <= PRINTED, "{ac1:?}");
}
