use super::*;

fn municipalities() -> StratumNames {
    StratumNames::new([("751", "Aarhus", []), ("741", "Samsø", []), ("615", "Horsens", [])]).unwrap()
}

fn guess(header: &[&str], rows: &[&[&str]]) -> Vec<ColumnGuess> {
    let names: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    let mut sampler = Sampler::new(&names, municipalities());
    for cells in rows {
        sampler.add(&Row { number: 2, cells: cells.iter().copied().collect() });
    }
    sampler.guess()
}

/// One column of these cells.
fn kind(header: &str, cells: &[&str]) -> Kind {
    let rows: Vec<[&str; 1]> = cells.iter().map(|cell| [*cell]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 1]>::as_slice).collect();
    guess(&[header], &rows).remove(0).kind
}

fn codes(cells: &[&str]) -> Vec<(String, Option<Meaning>, bool)> {
    match kind("diaet", cells) {
        Kind::YesNo(codes) => codes.into_iter().map(|code| (code.text, code.meaning, code.sure)).collect(),
        other => panic!("expected a yes/no code, found {other:?}"),
    }
}

#[test]
fn a_column_is_what_its_cells_can_be_read_as() {
    assert_eq!(kind("a", &["020380-0000", "203800000", ""]), Kind::Cpr);
    assert_eq!(kind("a", &["2.03E+08", "2.03E+08"]), Kind::Cpr);
    assert_eq!(kind("a", &["2021-03-05", "05-03-2021"]), Kind::Date);
    assert_eq!(kind("a", &["DI219", "I20.0", "E11.9"]), Kind::Diagnosis);
    assert_eq!(kind("a", &["751", "Samsø", "Horsens Kommune"]), Kind::Municipality);
    assert_eq!(kind("a", &["6620", "6640121", "1301"]), Kind::Hospital);
    assert_eq!(kind("a", &["412", "380", "505,5"]), Kind::Other);
    assert_eq!(kind("a", &["", " "]), Kind::Empty);
}

#[test]
fn four_digits_are_hospital_codes_only_if_known_or_named_so() {
    assert_eq!(kind("aar", &["1301", "1401"]), Kind::Other);
    assert_eq!(kind("Sygehus", &["1301", "1401"]), Kind::Hospital);
}

#[test]
fn one_odd_cell_in_ten_changes_nothing_and_two_do() {
    let cells = |odd: usize| [vec!["2021-03-05"; 10 - odd], vec!["ukendt"; odd]].concat();
    assert_eq!(kind("a", &cells(1)), Kind::Date);
    assert_eq!(kind("a", &cells(2)), Kind::Other);
}

#[test]
fn words_and_zero_one_are_sure() {
    let sure = |text: &str, meaning| (text.to_owned(), Some(meaning), true);
    assert_eq!(codes(&["ja", "nej", "ja"]), [sure("ja", Meaning::Yes), sure("nej", Meaning::No)]);
    assert_eq!(codes(&["J", "N"]), [sure("J", Meaning::Yes), sure("N", Meaning::No)]);
    let expected = [sure("", Meaning::Missing), sure("0", Meaning::No), sure("1", Meaning::Yes)];
    assert_eq!(codes(&["1", "0", "", "1"]), expected);
}

#[test]
fn codes_by_custom_are_only_guesses() {
    let guess = |text: &str, meaning| (text.to_owned(), Some(meaning), false);
    let expected = [
        guess("1", Meaning::Yes),
        guess("2", Meaning::No),
        guess("88", Meaning::NotRelevant),
        guess("99", Meaning::Missing),
    ];
    assert_eq!(codes(&["1", "2", "88", "99"]), expected);
    assert_eq!(codes(&["1", "0", "8", "9", ".a"])[0], guess(".a", Meaning::Missing));
    assert_eq!(codes(&["1", "0", "2"])[2], ("2".into(), None, false));
}

#[test]
fn a_column_with_other_words_or_many_values_is_no_yes_no_code() {
    assert_eq!(kind("koen", &["M", "K"]), Kind::Other);
    assert_eq!(kind("antal", &["1", "2", "3", "4", "0"]), Kind::Other);
    let many: Vec<String> = (0..20).map(|n| n.to_string()).collect();
    assert_eq!(kind("antal", &many.iter().map(String::as_str).collect::<Vec<_>>()), Kind::Other);
}

#[test]
fn cpr_numbers_are_counted_and_not_kept_as_values() {
    let cells = ["1", "0", "1", "0", "1", "0", "1", "0", "1", "0", "1", "310280-0001"];
    let rows: Vec<&[&str]> = cells.iter().map(std::slice::from_ref).collect();
    let guess = guess(&["diaet"], &rows).remove(0);
    let Kind::YesNo(codes) = guess.kind else { panic!("expected a yes/no code") };
    assert!(codes.iter().all(|code| code.text.len() == 1));
    assert_eq!(guess.withheld, 1);
}

#[test]
fn the_names_of_columns_decide_between_columns_of_a_kind() {
    let header = [
        "Slutdato",
        "Første fremmøde",
        "Kommunenavn",
        "kommune_kode",
        "CPR-nr.",
        "Henvisende sygehus",
        "Aktionsdiagnose",
    ];
    let columns =
        guess(&header, &[&["2021-06-01", "2021-03-05", "Aarhus", "751", "020380-0000", "1301", "DI219"]]);
    let sure = |column| Some(Proposal { column, sure: true });
    assert_eq!(propose(&columns, Role::FirstAttendance), sure(1));
    assert_eq!(propose(&columns, Role::Municipality), sure(3));
    assert_eq!(propose(&columns, Role::Cpr), sure(4));
    assert_eq!(propose(&columns, Role::Hospital), sure(5));
    assert_eq!(propose(&columns, Role::Diagnosis), sure(6));
}

#[test]
fn a_proposal_from_the_cells_or_the_name_alone_is_not_sure() {
    let columns = guess(&["d1", "d2", "foerste_fremmoede", "x"], &[&["2021-06-01", "2021-03-05", "", "1"]]);
    assert_eq!(propose(&columns, Role::FirstAttendance), Some(Proposal { column: 0, sure: false }));
    let columns = guess(&["foerste_fremmoede", "x"], &[&["", "1"]]);
    assert_eq!(propose(&columns, Role::FirstAttendance), Some(Proposal { column: 0, sure: false }));
    assert_eq!(propose(&columns, Role::Cpr), None);
}
