use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn every_way_of_writing_5_march_2021_is_the_same_day() {
    let texts = [
        "2021-03-05",
        "2021-3-5",
        "2021/03/05",
        "05-03-2021",
        "5-3-2021",
        "5.3.2021",
        "05.03.2021",
        "05/03/2021",
        " 05-03-2021 ",
        "2021-03-05 00:00:00",
        "2021-03-05T10:30",
        "2021-03-05T10:30:00.000Z",
        "05-03-2021 10:30",
        "20210305",
        "05032021",
        "05mar2021",
        "5MAR2021",
    ];
    for text in texts {
        assert_eq!(read_date(text), Ok(date(2021, 3, 5)), "{text}");
    }
}

#[test]
fn the_day_stands_before_the_month() {
    assert_eq!(read_date("01-12-2021"), Ok(date(2021, 12, 1)));
    assert_eq!(read_date("01122021"), Ok(date(2021, 12, 1)));
    assert_eq!(read_date("20112012"), Ok(date(2012, 11, 20)));
}

#[test]
fn danish_and_english_months_are_read() {
    assert_eq!(read_date("1maj2021"), read_date("1may2021"));
    assert_eq!(read_date("01okt2021"), Ok(date(2021, 10, 1)));
    assert_eq!(read_date("31dec2021"), Ok(date(2021, 12, 31)));
}

#[test]
fn what_is_no_date_is_named() {
    let rows = [
        ("", DateFault::Empty),
        (" ", DateFault::Empty),
        ("ukendt", DateFault::NotADate),
        ("2021", DateFault::NotADate),
        ("2021-03", DateFault::NotADate),
        ("5. marts 2021", DateFault::NotADate),
        ("05-03/2021", DateFault::NotADate),
        ("#N/A", DateFault::NotADate),
        ("2021-03-05 sen", DateFault::NotADate),
        ("020380-0000", DateFault::NotADate),
        ("5032021", DateFault::NotADate),
        ("31-02-2021", DateFault::Impossible),
        ("0021-03-05", DateFault::Year),
        ("14-03-2202", DateFault::Year),
        ("14032202", DateFault::Year),
        ("22020314", DateFault::Year),
        ("31-02-2202", DateFault::Impossible),
        ("00-00-2021", DateFault::Impossible),
        ("05-03-21", DateFault::TwoDigitYear),
        ("050321", DateFault::TwoDigitYear),
        ("03/25/2021", DateFault::MonthFirst),
        ("2021-25-03", DateFault::Impossible),
        ("2021-13-1", DateFault::Impossible),
        ("20211301", DateFault::Impossible),
        ("44260", DateFault::SerialNumber),
        ("44260.5", DateFault::SerialNumber),
    ];
    for (text, fault) in rows {
        assert_eq!(read_date(text), Err(fault), "{text}");
    }
}

#[test]
fn a_fault_says_what_where_why_and_what_to_do() {
    let place = || Place::file("register.csv").rows([14, 220].into_iter().collect()).column("startdato");
    insta::assert_snapshot!(DateFault::Empty.finding(place()), @"
    error: the date is empty in 2 rows
      --> register.csv, rows 14 and 220, column `startdato`

    help: fill it in at the source, or accept that the rows are excluded
    ");
    insta::assert_snapshot!(DateFault::NotADate.finding(place()), @"
    error: the date column holds something else in 2 rows, expected a date as `2021-03-05` or `05-03-2021`
      --> register.csv, rows 14 and 220, column `startdato`

    help: correct it at the source
    ");
    insta::assert_snapshot!(DateFault::Impossible.finding(place()), @"
    error: there is no such day in 2 rows, expected a date as `2021-03-05` or `05-03-2021`
      --> register.csv, rows 14 and 220, column `startdato`

    help: correct it at the source, or accept that the rows are excluded
    ");
    insta::assert_snapshot!(DateFault::Year.finding(place()), @"
    error: the year of a date is not between 1850 and 2199 in 2 rows
      --> register.csv, rows 14 and 220, column `startdato`
      = why: nobody in a register lived so far away: a digit is wrong, or two are swapped

    help: correct it at the source, or accept that the rows are excluded
    ");
    insta::assert_snapshot!(DateFault::TwoDigitYear.finding(place()), @"
    error: a date has a year of two digits in 2 rows, expected a date as `2021-03-05` or `05-03-2021`
      --> register.csv, rows 14 and 220, column `startdato`
      = why: the century, and whether the year stands first or last, would be a guess

    help: export the register again with four-digit years
    ");
    insta::assert_snapshot!(DateFault::MonthFirst.finding(place()), @"
    error: a date has the month before the day in 2 rows, expected a date as `2021-03-05` or `05-03-2021`
      --> register.csv, rows 14 and 220, column `startdato`
      = why: 05/03/2021 would then be 3 May in some rows and 5 March in others

    help: export the register again with dates as `2021-03-05`
    ");
    insta::assert_snapshot!(DateFault::SerialNumber.finding(place()), @"
    error: a date is the serial number of a spreadsheet in 2 rows, expected a date as `2021-03-05` or `05-03-2021`
      --> register.csv, rows 14 and 220, column `startdato`
      = why: `44260` is 5 March 2021 or, in a workbook that counts from 1904, 6 March 2025

    help: format the column as a date in the workbook before it is saved as CSV
    ");
}

#[test]
fn the_usual_ways_are_read_like_the_slow_one() {
    for text in [
        "05-03-2021",
        "2021-03-05",
        "05/03/2021",
        "2021.03.05",
        "31-02-2021",
        "03/25/2021",
        "2221-01-01",
        "05-03.2021",
    ] {
        let parts =
            separated(text, text.as_bytes().iter().copied().find(|byte| !byte.is_ascii_digit()).unwrap());
        assert_eq!(read_date(text), parts, "{text}");
    }
}

proptest! {
    #[test]
    fn a_key_has_the_date_as_it_is_printed(year in 1850_i16..=2199, month in 1_i8..=12, day in 1_i8..=28) {
        let date = Date::new(year, month, day).unwrap();
        prop_assert_eq!(str::from_utf8(&written(date)).map(str::to_owned), Ok(date.to_string()));
    }

    #[test]
    fn no_text_makes_the_reading_panic(text in ".{0,24}") {
        let _ = read_date(&text);
    }

    #[test]
    fn nothing_near_a_date_makes_the_reading_panic(text in "[0-9a-zæ./ :T-]{0,16}") {
        let _ = read_date(&text);
    }

    #[test]
    fn a_day_reads_the_same_however_it_is_written(days in 0i32..100_000) {
        let day = date(1900, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let danish = format!("{:02}-{:02}-{:04}", day.day(), day.month(), day.year());
        prop_assert_eq!(read_date(&day.to_string()), Ok(day));
        prop_assert_eq!(read_date(&danish), Ok(day));
        prop_assert_eq!(read_date(&danish.replace('-', "")), Ok(day));
        prop_assert_eq!(read_date(&day.to_string().replace('-', "")), Ok(day));
    }
}

#[test]
fn which_dates_have_another_reading_with_the_month_first() {
    for text in ["10/11/2026", "1/2/2026", "10-11-2026", " 10.11.2026 ", "10/11/2026 00:00", "10112026"] {
        assert!(may_be_month_first(text), "{text}");
    }
    let one_way = [
        "11/11/2026",
        "25/11/2026",
        "11/25/2026",
        "2026-11-10",
        "20261110",
        "10nov2026",
        "10Oct2026",
        "",
        "x",
    ];
    for text in one_way {
        assert!(!may_be_month_first(text), "{text}");
    }
    for text in ["11/25/2026", "11252026", "1.13.2026"] {
        assert!(is_month_first(text), "{text}");
    }
    for text in ["2026-25-11", "25/11/2026", "31/02/2026", "13/13/2026", ""] {
        assert!(!is_month_first(text), "{text}");
    }
    let years = ["2026-11-10", " 2026-11-10T10:30", "20261110", "10112026", "10-11-2026", "10nov2026"];
    assert_eq!(years.map(is_year_first), [true, true, true, false, false, false]);
}
