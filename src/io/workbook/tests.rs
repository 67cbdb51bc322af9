use rust_xlsxwriter::{Formula, Workbook as Writer};

use super::*;

/// A workbook that rust_xlsxwriter wrote, opened.
fn book(write: impl FnOnce(&mut Writer), sheet: Option<&str>) -> Result<Workbook, Stop> {
    let mut writer = Writer::new();
    write(&mut writer);
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, &writer.save_to_buffer().unwrap()).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    Workbook::open(file, sheet)
}

fn rows(book: &mut Workbook) -> Vec<(u64, Vec<String>)> {
    let (mut row, mut rows) = (Row::default(), Vec::new());
    while book.next(&mut row).unwrap() == Step::Row {
        rows.push((row.number, row.cells.iter().map(str::to_owned).collect()));
    }
    rows
}

fn told(stop: Stop) -> String {
    match stop {
        Stop::Finding(finding) => finding.to_string(),
        Stop::Io(error) => error.to_string(),
    }
}

#[test]
fn cells_stand_at_their_place_and_rows_keep_their_number() {
    let mut book = book(
        |writer| {
            let sheet = writer.add_worksheet();
            sheet.write(1, 1, "cpr").unwrap().write(1, 3, "diaet").unwrap();
            sheet.write(4, 1, 203_800_000).unwrap().write(4, 3, true).unwrap();
        },
        None,
    )
    .unwrap();
    let expected = [(2, vec!["", "cpr", "", "diaet"]), (5, vec!["", "203800000", "", "TRUE"])];
    let expected = expected.map(|(number, cells)| (number, cells.into_iter().map(str::to_owned).collect()));
    assert_eq!(rows(&mut book), expected);
}

#[test]
fn more_rows_than_a_batch_arrive_in_order() {
    let last = BATCH as u32 * 6 + 7;
    let mut book = book(
        |writer| {
            let sheet = writer.add_worksheet();
            for row in 0..last {
                sheet.write(row, 0, row).unwrap();
            }
        },
        None,
    )
    .unwrap();
    let numbers: Vec<u64> = rows(&mut book).into_iter().map(|(number, _)| number).collect();
    assert_eq!(numbers, (1..=u64::from(last)).collect::<Vec<_>>());
}

#[test]
fn a_workbook_that_is_dropped_early_ends_its_thread() {
    let many = |writer: &mut Writer| {
        let sheet = writer.add_worksheet();
        for row in 0..5000 {
            sheet.write(row, 0, row).unwrap();
        }
    };
    let mut book = book(many, None).unwrap();
    assert_eq!(book.next(&mut Row::default()).unwrap(), Step::Row);
    drop(book);
}

#[test]
fn the_first_sheet_that_can_be_seen_is_read_and_the_others_are_told() {
    let sheets = |writer: &mut Writer| {
        writer.add_worksheet().set_name("Skjult").unwrap().set_hidden(true);
        writer.add_worksheet().set_name("Data").unwrap().set_active(true).write(0, 0, "cpr").unwrap();
        writer.add_worksheet().set_name("Koder").unwrap();
    };
    let first = book(sheets, None).unwrap();
    assert_eq!(first.sheet(), "Data");
    insta::assert_snapshot!(first.notices()[0], @"
    note: only the sheet `Data` is read, not `Koder`

    help: name the sheet in study.toml if it is another one
    ");
    assert_eq!(book(sheets, Some("Koder")).unwrap().notices(), []);
    assert_eq!(book(sheets, Some("Skjult")).unwrap().sheet(), "Skjult");
    insta::assert_snapshot!(told(book(sheets, Some("Ark1")).unwrap_err()), @"
    error: there is no sheet `Ark1`

    help: name one of the sheets of the workbook: `Data`, `Koder`
    ");
}

#[test]
fn error_cells_are_told_by_their_names() {
    let mut book = book(
        |writer| {
            let sheet = writer.add_worksheet();
            (0..23).for_each(|row| {
                sheet.write(row, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
            });
            sheet.write(0, 27, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        },
        None,
    )
    .unwrap();
    rows(&mut book);
    let notices: Vec<String> = book.notices().iter().map(Finding::to_string).collect();
    insta::assert_snapshot!(notices.join("\n\n"), @"
    warning: cell AB1 shows `#DIV/0!`
      = why: a formula failed; where the study needs the value, the row is an error

    help: correct the formula, or put the value in its place

    warning: 23 cells show `#N/A`: B1, B2, B3, B4, B5, B6, B7, B8, B9, B10, B11, B12, B13, B14, B15, B16, B17, B18, B19, B20 and 3 more
      = why: a formula failed; where the study needs the value, the row is an error

    help: correct the formula, or put the value in its place
    ");
}

#[test]
fn a_damaged_workbook_is_told_and_does_not_pass_for_its_end() {
    let mut writer = Writer::new();
    writer.add_worksheet().write(0, 0, "cpr").unwrap();
    let bytes = writer.save_to_buffer().unwrap();
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, &bytes[..bytes.len() / 2]).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    insta::assert_snapshot!(told(Workbook::open(file, None).unwrap_err()), @"
    error: the file is not a workbook, expected .xlsx or .xlsm

    help: give the file the ending of its format, or save it again as `.xlsx`
    ");
    insta::assert_snapshot!(damaged(), @"
    error: the workbook cannot be read to its end
      = why: the file is damaged, or was written by a program that leaves the standard

    help: open it in Excel or LibreOffice and save it again as `.xlsx`
    ");
    insta::assert_snapshot!(not_opened(&XlsxError::Password), @"
    error: the workbook is protected by a password

    help: save a copy without the password on the secured server
    ");
}
