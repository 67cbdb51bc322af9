use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn read(text: &str) -> CprReading {
    Cpr::read(text).unwrap()
}

#[test]
fn every_spelling_of_a_number_has_the_same_canonical_form() {
    for text in ["020380-0000", "0203800000", " 0203800000\t", "203800000"] {
        assert_eq!(read(text).cpr.as_str(), "0203800000", "{text}");
    }
}

#[test]
fn the_seventh_digit_and_the_year_give_the_century() {
    let rows = [
        ("0203360000", 1936),
        ("0203370000", 1937),
        ("0203990000", 1999),
        ("0203363000", 1936),
        ("0203364000", 2036),
        ("0203374000", 1937),
        ("0203994000", 1999),
        ("0203369000", 2036),
        ("0203379000", 1937),
        ("0203365000", 2036),
        ("0203375000", 2037),
        ("0203575000", 2057),
        ("0203585000", 1858),
        ("0203998000", 1899),
        ("0203368000", 2036),
    ];
    for (text, year) in rows {
        assert_eq!(read(text).cpr.birth_date().year(), year, "{text}");
    }
}

#[test]
fn the_tenth_digit_gives_the_sex() {
    assert_eq!(read("0203800001").cpr.sex(), Sex::Male);
    assert_eq!(read("0203800000").cpr.sex(), Sex::Female);
    assert_eq!(read("0203800008").cpr.sex(), Sex::Female);
}

#[test]
fn nine_digits_get_their_zero_back_with_a_warning() {
    let reading = read("203800000");
    assert!(reading.notices.contains(CprNotice::Padded));
    assert_eq!(reading.cpr.birth_date(), date(1980, 3, 2));
}

/// The number is made here and belongs to somebody born in 2057, because it must pass.
#[test]
fn a_number_that_passes_modulus_11_has_no_notice() {
    let plain = (5000..5011).filter(|serial| read(&format!("020357-{serial}")).notices.is_empty());
    assert!((1..=2).contains(&plain.count()));
    assert!(passes_modulus_11(b"0000000051") && !passes_modulus_11(b"0000000052"));
}

#[test]
fn failing_modulus_11_is_a_note_on_new_years_day_and_a_warning_otherwise() {
    let notices = |text| read(text).notices.iter().collect::<Vec<_>>();
    assert_eq!(notices("020380-0000"), [CprNotice::Modulus]);
    assert_eq!(notices("010157-5000"), [CprNotice::ModulusNewYear]);
    assert_eq!(notices("203800000"), [CprNotice::Padded, CprNotice::Modulus]);
}

#[test]
fn replacement_numbers_are_noted_and_keep_their_birthday() {
    for text in ["620380-0001", "020380-0AB1", "020380-0ab1", "0203800A11"] {
        let reading = read(text);
        assert_eq!(reading.notices.iter().collect::<Vec<_>>(), [CprNotice::Replacement], "{text}");
        assert_eq!(reading.cpr.birth_date(), date(1980, 3, 2));
    }
    assert_eq!(read("020380-0ab1").cpr.as_str(), "0203800AB1");
}

#[test]
fn what_is_no_number_is_named() {
    let rows = [
        ("", CprFault::Empty),
        ("  ", CprFault::Empty),
        ("310280-0001", CprFault::ImpossibleDate),
        ("021380-0001", CprFault::ImpossibleDate),
        ("000380-0000", CprFault::ImpossibleDate),
        ("920380-0000", CprFault::ImpossibleDate),
        ("02038000", CprFault::NotACpr),
        ("020380-00000", CprFault::NotACpr),
        ("020380-A000", CprFault::NotACpr),
        ("020380-000A", CprFault::NotACpr),
        ("02038O-0000", CprFault::NotACpr),
        ("020380-0Æ1", CprFault::NotACpr),
        ("#N/A", CprFault::NotACpr),
        ("2.03E+08", CprFault::Scientific),
        ("2,0E+08", CprFault::Scientific),
        ("2E8", CprFault::Scientific),
        ("1980-03-02", CprFault::DateInColumn),
        ("02-03-1980", CprFault::DateInColumn),
        ("02/03/1980 00:00:00", CprFault::DateInColumn),
    ];
    for (text, fault) in rows {
        assert_eq!(Cpr::read(text).unwrap_err(), fault, "{text}");
    }
}

#[test]
fn the_debug_text_hides_the_number() {
    let text = format!("{:?}", read("020380-0000"));
    assert!(!text.contains("0203") && !text.contains("1980"), "{text}");
}

#[test]
fn a_year_of_life_is_completed_on_the_birthday() {
    let born = date(1980, 3, 2);
    assert_eq!(completed_years(born, date(1998, 3, 1)), 17);
    assert_eq!(completed_years(born, date(1998, 3, 2)), 18);
    assert_eq!(completed_years(born, date(1980, 3, 1)), -1);
}

#[test]
fn somebody_born_on_29_february_completes_a_year_on_1_march_in_other_years() {
    let born = date(1980, 2, 29);
    assert_eq!(completed_years(born, date(1998, 2, 28)), 17);
    assert_eq!(completed_years(born, date(1998, 3, 1)), 18);
    assert_eq!(completed_years(born, date(2000, 2, 28)), 19);
    assert_eq!(completed_years(born, date(2000, 2, 29)), 20);
}

proptest! {
    #[test]
    fn no_text_makes_the_reading_panic(text in ".{0,14}") {
        let _ = Cpr::read(&text);
    }

    #[test]
    fn the_canonical_form_reads_as_itself(text in "[0-6][0-9][01][0-9]{4}[0-9A-Fa-f]{2}[0-9]") {
        if let Ok(first) = Cpr::read(&text) {
            prop_assert_eq!(Cpr::read(first.cpr.as_str()).map(|reading| reading.cpr), Ok(first.cpr));
        }
    }
}
