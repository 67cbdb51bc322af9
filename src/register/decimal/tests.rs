use proptest::prelude::*;

use super::*;

fn exact(text: &str, mark: DecimalMark) -> Result<String, DecimalFault> {
    Decimal::read(text, mark).map(|decimal| decimal.as_str().to_owned())
}

#[test]
fn comma_and_point_both_mark_decimals_where_only_one_reading_is_possible() {
    let rows = [
        ("12", "12"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        (" 70 ", "70"),
        ("-3,25", "-3.25"),
        ("−3", "-3"),
        ("+4", "4"),
        ("1.299,99", "1299.99"),
        ("1,299.99", "1299.99"),
        ("1 299,99", "1299.99"),
        ("1\u{a0}299", "1299"),
        ("1.299.000", "1299000"),
        ("0.299", "0.299"),
        ("0,125", "0.125"),
        ("1,2345", "1.2345"),
        ("12345.678", "12345.678"),
    ];
    for (text, value) in rows {
        assert_eq!(exact(text, DecimalMark::Unknown).as_deref(), Ok(value), "{text}");
    }
}

#[test]
fn a_number_with_two_readings_is_refused_unless_the_mark_is_known() {
    for (text, comma, point) in
        [("1.299", "1299", "1.299"), ("1,299", "1.299", "1299"), ("110,000", "110.000", "110000")]
    {
        assert_eq!(exact(text, DecimalMark::Unknown), Err(DecimalFault::Ambiguous), "{text}");
        assert_eq!(exact(text, DecimalMark::Comma).as_deref(), Ok(comma));
        assert_eq!(exact(text, DecimalMark::Point).as_deref(), Ok(point));
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "ja",
        "1,5 km",
        "170,5 m",
        "1.5 m",
        "a,123",
        "1.2.3",
        "12.34,5",
        "1,",
        ",5",
        "1e5",
        "--1",
        "1,,5",
        "1.29,99.9",
        "NaN",
        "1234 567",
    ] {
        assert_eq!(exact(text, DecimalMark::Unknown), Err(DecimalFault::NotANumber), "{text}");
    }
    assert_eq!(exact(" ", DecimalMark::Unknown), Err(DecimalFault::Empty));
    assert_eq!(exact(&"1".repeat(40), DecimalMark::Unknown), Err(DecimalFault::NotANumber));
}

#[test]
fn the_nearest_double_is_that_of_the_exact_text() {
    assert_eq!(Decimal::read("0,1", DecimalMark::Unknown).unwrap().to_f64(), 0.1);
    assert_eq!(Decimal::read("-1.299,99", DecimalMark::Unknown).unwrap().to_f64(), -1299.99);
}

#[test]
fn a_fault_says_what_where_and_what_to_do() {
    let place = || Place::file("register.csv").row(14).column("kapacitet");
    insta::assert_snapshot!(DecimalFault::Empty.finding(place()), @"
    error: the number is empty in 1 row
      --> register.csv, row 14, column `kapacitet`
    ");
    insta::assert_snapshot!(DecimalFault::NotANumber.finding(place()), @"
    error: a number column holds something else in 1 row, expected a number as `12`, `1,5` or `1.5`
      --> register.csv, row 14, column `kapacitet`

    help: correct it at the source
    ");
    insta::assert_snapshot!(DecimalFault::Ambiguous.finding(place()), @"
    error: a number can be read in two ways in 1 row: in `1.299` the point marks decimals or thousands
      --> register.csv, row 14, column `kapacitet`

    help: export the register again without separators between thousands, or as a workbook
    ");
}

proptest! {
    #[test]
    fn no_text_makes_the_reading_panic(text in ".{0,40}") {
        let _ = Decimal::read(&text, DecimalMark::Unknown);
    }

    #[test]
    fn the_canonical_text_reads_as_itself(text in "-?[0-9]{1,4}([.,][0-9]{1,5})?") {
        if let Ok(first) = Decimal::read(&text, DecimalMark::Unknown) {
            prop_assert_eq!(exact(first.as_str(), DecimalMark::Point).unwrap(), first.as_str());
        }
    }
}
