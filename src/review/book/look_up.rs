//! The look-up list: who the courses are. The one workbook with record keys.

use super::wording::{day_format, lines, page, pick};
use super::{Book, Cell, Sheet, SheetRow, Style};
use crate::protocol::Language;
use crate::review::FormStamp;

/// The list of a stratum: headers, and for each course its study id and the parts of its key. `about` names register and stratum,
/// `holds_cpr` tells whether a part is a CPR number.
pub fn look_up_book(
    language: Language,
    about: &str,
    headers: &[&str],
    courses: Vec<Vec<Cell>>,
    holds_cpr: bool,
    stamp: FormStamp,
) -> Book {
    let secret = secret(language, holds_cpr);
    let blank = || Cell::Blank(Style::Warning);
    let mut marked: Vec<Cell> = headers.iter().map(|_| blank()).collect();
    if let Some(first) = marked.first_mut() {
        *first = Cell::Text(secret.to_owned(), Style::Warning);
    }
    let header = headers.iter().map(|header| Cell::Text((*header).to_owned(), Style::Header));
    let widths: Vec<u16> = headers.iter().map(|header| (header.chars().count() as u16 + 4).max(16)).collect();
    // A key of one column leaves little room beside it.
    let height = lines(secret, widths.iter().sum()).max(3);
    let top = [SheetRow { lines: height, cells: marked }, SheetRow { lines: 1, cells: header.collect() }];
    let rows = top.into_iter().chain(courses.into_iter().map(|cells| SheetRow { lines: 0, cells }));
    let confidential = pick(language, ["FORTROLIGT", "CONFIDENTIAL"]);
    let sheet = Sheet {
        name: pick(language, ["Opslagsliste", "Look-up list"]).to_owned(),
        widths,
        rows: rows.collect(),
        table: Some(1),
        checks: Vec::new(),
        colours: Vec::new(),
        is_protected: false,
        page: page(language, false, about, confidential),
    };
    Book {
        title: format!("{confidential}: {about}"),
        sheets: vec![sheet],
        stamp,
        day_format: day_format(language),
    }
}

/// What must not be missed. It runs over all columns, so that it has to be short.
fn secret(language: Language, holds_cpr: bool) -> &'static str {
    match holds_cpr {
        true => pick(
            language,
            [
                "FORTROLIGT: indeholder CPR-numre. Kun til opslag i journalen. Sendes ad en sikker vej, aldrig sammen med skemaet, og slettes efter brug.",
                "CONFIDENTIAL: holds CPR numbers. Only for finding the charts. Send it by a secure way, never together with the form, and delete it after use.",
            ],
        ),
        false => pick(
            language,
            [
                "FORTROLIGT: viser, hvem forløbene handler om. Kun til opslag i journalen. Sendes ad en sikker vej, aldrig sammen med skemaet, og slettes efter brug.",
                "CONFIDENTIAL: says who the courses are. Only for finding the charts. Send it by a secure way, never together with the form, and delete it after use.",
            ],
        ),
    }
}
