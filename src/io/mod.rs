//! The code that opens files: register extracts in, tables and texts out.
//!
//! [`Extract`] reads a register row by row, whatever program wrote it, and [`CsvText`] makes CSV for people and
//! for programs. Whole files are written by [`write_whole`] and [`write_new`], so that nobody ever
//! sees half a file. Files that are read are opened for reading only.

mod cannot_run;
mod csv_text;
mod data_file;
mod delimited;
mod docx;
mod extract;
mod figure;
mod form_book;
mod form_file;
mod header;
mod html;
mod latex;
mod layout;
mod markdown;
mod markup;
mod row_faults;
mod shared_extract;
mod source;
mod spill;
mod stata;
mod step;
mod tables_book;
mod terminal;
mod typeset;
mod whole_file;
mod workbook;

pub use cannot_run::read as cannot_read;
pub use csv_text::{CsvStyle, CsvText};
pub use data_file::{data_csv, data_stata};
pub use docx::docx;
pub use extract::{Extract, ReadOptions};
pub use figure::{figure_faces, figure_png, figure_svg, figure_svg_inline};
pub use form_book::book_bytes;
pub use form_file::{FormFile, STAMP_SHEET, passed_over};
pub use html::html;
pub use latex::{latex, latex_document};
pub use layout::{Layout, TextEncoding};
pub use markdown::{markdown, words};
pub use shared_extract::{NotShareable, SharedExtract, SharedRows};
pub use spill::{PARTS, Spill};
pub use tables_book::{DataSheet, tables_book};
pub use terminal::{terminal, wrapped};
pub use typeset::TablesDocument;
pub use whole_file::{
    Access, clear_unfinished, files_within, make_folder, make_private_folder, write_new, write_whole,
};
