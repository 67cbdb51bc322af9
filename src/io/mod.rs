//! The code that opens files: register extracts in, tables and texts out.
//!
//! [`Extract`] reads a register row by row, whatever program wrote it, and [`CsvText`] makes CSV for people and
//! for programs. Whole files are written by [`write_whole`] and [`write_new`], so that nobody ever
//! sees half a file. Files that are read are opened for reading only.

mod cannot_run;
mod csv_text;
mod delimited;
mod extract;
mod form_book;
mod form_file;
mod header;
mod html;
mod latex;
mod layout;
mod markdown;
mod row_faults;
mod shared_extract;
mod source;
mod spill;
mod stata;
mod step;
mod terminal;
mod whole_file;
mod workbook;

pub use cannot_run::read as cannot_read;
pub use csv_text::{CsvStyle, CsvText};
pub use extract::{Extract, ReadOptions};
pub use form_book::book_bytes;
pub use form_file::{FormFile, STAMP_SHEET, passed_over};
pub use html::html;
pub use latex::latex;
pub use layout::{Layout, TextEncoding};
pub use markdown::{markdown, words};
pub use shared_extract::{NotShareable, SharedExtract, SharedRows};
pub use spill::{PARTS, Spill};
pub use terminal::{terminal, wrapped};
pub use whole_file::{Access, clear_unfinished, make_folder, write_new, write_whole};
