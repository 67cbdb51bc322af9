//! The tables of the results as documents to paste from: Word, a workbook, LaTeX.

use super::products::Product;
use crate::error::Result;
use crate::io::{DataSheet, TablesDocument, docx, latex_document, tables_book};
use crate::protocol::Protocol;
use crate::report::{Results, Style, Table, page_line};

/// `tables.docx`, `tables.tex` and `tables.xlsx`; the workbook has the rows of the files for programs as well.
pub(super) fn table_documents(
    results: &Results,
    protocol: &Protocol,
    tables: &[Table],
    data: &[DataSheet<'_>],
) -> Result<[Product; 3]> {
    let page_line = page_line(results, protocol);
    let style = Style::from(protocol.report);
    let document = TablesDocument { title: &results.head.title, page_line: &page_line, style, tables };
    let product = |name: &str, bytes| Product { name: name.to_owned(), bytes };
    Ok([
        product("tables.docx", docx(&document)?),
        product("tables.tex", latex_document(&document).into_bytes()),
        product("tables.xlsx", tables_book(&document, data)?),
    ])
}
