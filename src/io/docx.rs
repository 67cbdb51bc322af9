//! Tables as a Word document: the parts of an Office Open XML package (ECMA-376), elements in the order of its schema, and no
//! clock and no counter in them, so that the same tables give the same bytes.

mod parts;
mod table;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::markup::escaped;
use super::typeset::{Setting, TablesDocument, with_names_repeated};
use crate::error::{Error, Finding, Result};

/// The namespace of every element of a text.
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of what ties the parts of a package together.
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The bytes of a .docx file.
///
/// # Errors
/// When the package cannot be put together.
pub fn docx(document: &TablesDocument<'_>) -> Result<Vec<u8>> {
    packed(&parts(document)).map_err(|fault| {
        let what = format!("the document of the tables cannot be made: {fault}");
        Error::cannot_run(
            Finding::error("document_not_made", what).remedy("report this as an error of `hkm`"),
        )
    })
}

/// The parts of the package: names and texts.
fn parts(document: &TablesDocument<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE.to_owned()),
        ("docProps/core.xml", parts::core(document)),
        ("docProps/app.xml", parts::APPLICATION.to_owned()),
        ("word/document.xml", body(document)),
        ("word/_rels/document.xml.rels", parts::DOCUMENT.to_owned()),
        ("word/styles.xml", parts::styles(document)),
        ("word/settings.xml", parts::settings(document)),
        ("word/header1.xml", parts::header(document)),
        ("word/footer1.xml", parts::footer(document)),
    ]
}

fn packed(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        package.start_file(*name, options)?;
        package.write_all(text.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

/// The text itself: tables whose pages lie alike share a section, which its last paragraph describes.
fn body(document: &TablesDocument<'_>) -> String {
    let settings: Vec<Setting> = document.tables.iter().map(Setting::of).collect();
    let mut text = format!("{XML}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONSHIPS}\"><w:body>");
    for (place, (one, setting)) in document.tables.iter().zip(&settings).enumerate() {
        text += &table::table(document, place + 1, &with_names_repeated(one), setting);
        let next = settings.get(place + 1);
        let ends = next.filter(|next| next.landscape != setting.landscape);
        text += &closing(&ends.map(|_| section(setting.landscape)).unwrap_or_default());
    }
    text += &section(settings.last().is_some_and(|setting| setting.landscape));
    text + "</w:body></w:document>"
}

/// The paragraph below a table with its notes: Word joins tables that nothing stands between.
fn closing(section: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"TableEnd\"/>{section}</w:pPr></w:p>")
}

/// A section of A4 pages.
fn section(landscape: bool) -> String {
    let size = match landscape {
        true => "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>",
        false => "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:type w:val=\"nextPage\"/>{size}\
         <w:pgMar w:top=\"1304\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
         <w:cols w:space=\"708\"/></w:sectPr>"
    )
}

/// What every part begins with.
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A run of text; nothing for nothing.
fn run(text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text)),
    }
}

/// A field, with what it came to when it was last worked out.
fn field(instruction: &str, value: &str) -> String {
    format!("<w:fldSimple w:instr=\" {instruction} \">{}</w:fldSimple>", run(value))
}

#[cfg(test)]
mod tests;
