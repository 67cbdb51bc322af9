use super::*;

/// A row with one cell.
fn row(cell: &str) -> Row {
    let mut row = Row::default();
    row.cells.push(cell);
    row
}

fn read(is_date: bool, mark: DecimalMark, cell: &str) -> Result<String, HeldFault> {
    HeldItem { column: 0, is_date, readable: Memo::default() }.read(&row(cell), mark)
}

#[test]
fn a_day_is_stored_one_way_however_the_register_writes_it() {
    for cell in ["2021-03-05", "05-03-2021", " 5.3.2021 ", "20210305", "05mar2021", "2021-03-05 00:00:00"] {
        assert_eq!(read(true, DecimalMark::Unknown, cell).as_deref(), Ok("2021-03-05"), "{cell}");
    }
    assert_eq!(read(true, DecimalMark::Unknown, "44260"), Err(HeldFault::Date(DateFault::SerialNumber)));
}

#[test]
fn a_number_with_two_readings_is_read_where_the_file_says_how() {
    let of = |mark| read(false, mark, "1.299");
    assert_eq!(of(DecimalMark::Unknown), Err(HeldFault::Number(DecimalFault::Ambiguous)));
    assert_eq!(
        (of(DecimalMark::Point).as_deref(), of(DecimalMark::Comma).as_deref()),
        (Ok("1.299"), Ok("1299"))
    );
    assert_eq!(read(false, DecimalMark::Unknown, "412,5").as_deref(), Ok("412.5"));
}

#[test]
fn what_may_be_a_cpr_number_is_not_read_and_an_empty_cell_is_nothing() {
    for cell in ["0203801235", "020380-1235"] {
        assert_eq!(read(false, DecimalMark::Unknown, cell), Err(HeldFault::Cpr), "{cell}");
        assert_eq!(read(true, DecimalMark::Unknown, cell), Err(HeldFault::Cpr), "{cell}");
    }
    assert_eq!(read(false, DecimalMark::Unknown, "  ").as_deref(), Ok(""));
}

#[test]
fn a_cell_that_was_readable_once_is_not_told_of_and_an_unreadable_one_is_every_time() {
    let item = HeldItem { column: 0, is_date: true, readable: Memo::default() };
    let mut held = HeldItems { items: vec![item], mark: DecimalMark::Unknown };
    let mut tally = Tally::default();
    for (number, cell) in (2..).zip(["2021-03-05", "ukendt", "2021-03-05", "ukendt", ""]) {
        held.check(&Row { number, ..row(cell) }, &mut tally);
    }
    let remark = Remark::HeldItem(0, HeldFault::Date(DateFault::NotADate));
    let mut expected = Tally::default();
    [3, 5].into_iter().for_each(|number| expected.add(remark.clone(), 0, number));
    assert_eq!(format!("{tally:?}"), format!("{expected:?}"));
}
