//! The files of `results/`: made from results alone, the manifest last, so that the same inputs give the same bytes.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::Study;
use super::basis::Basis;
use super::pages::{Pages, provenance};
use super::table_documents::table_documents;
use crate::digest;
use crate::error::{Error, Finding, Place, Result};
use crate::io::{
    Access, CsvStyle, CsvText, DataSheet, cannot_read, clear_unfinished, figure_png, figure_svg, make_folder,
    make_private_folder, markdown, write_whole,
};
use crate::protocol::Protocol;
use crate::report::{
    Figure, Provenance, Results, SOFTWARE, Style, Table, comparison_rows, page_line, result_figures,
    result_tables, results_json, standing_title, tidy_rows,
};
use crate::store::Store;

/// The folder of what may be published after reading.
pub(super) const RESULTS_FOLDER: &str = "results";
/// The file that says where the others come from.
pub(super) const MANIFEST: &str = "manifest.json";
/// The next manifest, while the files that it names are being written. One is left behind only by a command that was killed
/// between two files.
pub(super) const COMING: &str = "manifest.coming.json";

/// The measures as one long table.
const ACCURACY: &str = "accuracy.csv";
/// The file of comparisons, which is only there where there are groups.
const COMPARISONS: &str = "comparisons.csv";

/// The folder of the figures, within that of the results.
const FIGURES: &str = "figures";

/// A file of `results/`.
pub(super) struct Product {
    /// Its name, after that of a folder within `results/` and a slash where it has one.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Product {
    fn write(&self, folder: &Path, access: Access) -> Result<()> {
        let path = folder.join(&self.name);
        // A file that is right already keeps its date.
        if fs::read(&path).is_ok_and(|bytes| bytes == self.bytes) {
            return Ok(());
        }
        path.parent().filter(|parent| *parent != folder).map_or(Ok(()), make_folder)?;
        write_whole(&path, &self.bytes, access)
    }
}

/// Writes all files into the folder: first the manifest under another name, so that after a command that was killed between two
/// files the next one knows which of them are its own; then the files; the manifest last.
pub(super) fn write(folder: &Path, files: &[Product], access: Access) -> Result<()> {
    match access {
        Access::Private => make_private_folder(folder)?,
        Access::Usual => make_folder(folder)?,
    }
    clear_unfinished(folder);
    clear_unfinished(&folder.join(FIGURES));
    let manifest = files.iter().find(|file| file.name == MANIFEST);
    let coming = folder.join(COMING);
    let is_new =
        |file: &Product| fs::read(folder.join(&file.name)).ok().is_none_or(|bytes| bytes != file.bytes);
    if let Some(manifest) = manifest.filter(|manifest| is_new(manifest)) {
        write_whole(&coming, &manifest.bytes, access)?;
    }
    remove_outdated(folder, files)?;
    files.iter().try_for_each(|file| file.write(folder, access))?;
    match fs::remove_file(&coming) {
        Err(fault) if fault.kind() != ErrorKind::NotFound => Err(cannot_read(&coming, &fault)),
        _ => Ok(()),
    }
}

/// Takes away what the last analysis made and this one does not, unless somebody edited it. An analysis that was killed has left
/// the manifest that was coming.
fn remove_outdated(folder: &Path, files: &[Product]) -> Result<()> {
    let manifests = [read(folder, MANIFEST)?, read(folder, COMING)?];
    let known = manifests.into_iter().flatten().flat_map(|manifest| manifest.digests);
    let is_made = |name: &str| files.iter().any(|file| file.name == name);
    for (name, digest) in known.filter(|(name, _)| is_within(name) && !is_made(name)) {
        let path = folder.join(name);
        let is_ours = |bytes: Vec<u8>| digest::hexadecimal(&digest::sha256(&bytes)) == digest;
        if fs::read(&path).is_ok_and(is_ours) {
            fs::remove_file(&path).map_err(|fault| cannot_read(&path, &fault))?;
        }
    }
    // Only an empty folder can be taken away.
    let _ = fs::remove_dir(folder.join(FIGURES));
    Ok(())
}

/// Whether a name leads to nowhere but into the folder: a manifest is a text that anybody could have written.
fn is_within(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// All files, the manifest last.
pub(super) fn render(results: &Results, study: &Study, basis: &Basis, store: &Store) -> Result<Vec<Product>> {
    let protocol = &study.protocol;
    let mut tables = result_tables(results, protocol);
    let style = Style::from(protocol.report);
    tables.iter_mut().for_each(|table| table.title = standing_title(&table.title, results, style));
    let product = |name: &str, text: String| Product { name: name.to_owned(), bytes: text.into_bytes() };
    let mut data = vec![(ACCURACY, tidy_rows(results, protocol))];
    if !protocol.analysis.by.is_empty() {
        data.push((COMPARISONS, comparison_rows(results, protocol)));
    }
    let data: Vec<DataSheet<'_>> = data.iter().map(|(name, rows)| (*name, rows.as_slice())).collect();
    let mut files: Vec<Product> =
        data.iter().map(|(name, rows)| Product { name: (*name).to_owned(), bytes: csv(rows) }).collect();
    files.push(product("tables.md", document(results, protocol, &tables)));
    files.extend(table_documents(results, protocol, &tables, &data)?);
    files.push(product("results.json", format!("{:#}\n", results_json(results, protocol))));
    let provenance = provenance(study, basis, store)?;
    let drawn = result_figures(results, protocol);
    let pages = Pages { results, protocol, provenance: &provenance, tables: &tables, figures: &drawn };
    files.extend(pages.products());
    files.extend(figures(&drawn)?);
    let manifest = manifest(results, protocol, &provenance, &files);
    files.push(product(MANIFEST, format!("{manifest:#}\n")));
    Ok(files)
}

/// Each figure as SVG and as PNG. A PNG takes long to draw, and each is drawn for itself.
fn figures(figures: &[Figure]) -> Result<Vec<Product>> {
    let both = |figure: &Figure| {
        let product =
            |ending: &str, bytes| Product { name: format!("{FIGURES}/{}.{ending}", figure.name), bytes };
        Ok([product("svg", figure_svg(figure).into_bytes()), product("png", figure_png(figure)?)])
    };
    let drawn: Vec<[Product; 2]> = figures.par_iter().map(both).collect::<Result<_>>()?;
    Ok(drawn.into_iter().flatten().collect())
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut csv = CsvText::new(CsvStyle::Plain);
    rows.iter().for_each(|row| csv.row(row.iter().map(String::as_str)));
    csv.finish()
}

fn document(results: &Results, protocol: &Protocol, tables: &[Table]) -> String {
    let word = Style::from(protocol.report).says(["Tabel", "Table"]);
    let numbered = |(place, table): (usize, &Table)| {
        markdown(&Table { title: format!("{word} {}. {}", place + 1, table.title), ..table.clone() })
    };
    let tables: Vec<String> = tables.iter().enumerate().map(numbered).collect();
    format!("{}\n\n{}", page_line(results, protocol), tables.join("\n"))
}

fn manifest(results: &Results, protocol: &Protocol, provenance: &Provenance, files: &[Product]) -> Value {
    let draws = provenance.draws.iter().map(|draw| {
        json!({
            "number": draw.number,
            "total": draw.total,
            "register_file": draw.register_file,
            "register_sha256": draw.register_sha256,
            "frame_digest": draw.frame_digest,
        })
    });
    let sections =
        provenance.protocol.iter().map(|(section, digest)| ((*section).to_owned(), digest.clone().into()));
    let digests: serde_json::Map<String, Value> = files
        .iter()
        .map(|file| (file.name.clone(), digest::hexadecimal(&digest::sha256(&file.bytes)).into()))
        .collect();
    json!({
        "software": SOFTWARE,
        "title": protocol.title.en,
        "status": results.head.status(),
        "audit": provenance.audit,
        "data_digest": results.head.data_digest,
        "seed": protocol.sampling.seed.as_ref().map(ToString::to_string),
        "seed_source": protocol.sampling.seed_source,
        "draws": draws.collect::<Vec<_>>(),
        "protocol": sections.collect::<serde_json::Map<_, Value>>(),
        "codebook": provenance.codebook,
        "settings": provenance.settings,
        "report": protocol.report.canonical().lines().collect::<Vec<_>>(),
        "files": digests,
    })
}

/// The manifest of a folder, with the digests that it gives for its files.
pub(super) struct Manifest {
    pub(super) content: Value,
    digests: Vec<(String, String)>,
}

/// The folder's own name.
fn name_of(folder: &Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads the manifest of a folder; nothing when there is none.
pub(super) fn read_manifest(folder: &Path) -> Result<Option<Manifest>> {
    read(folder, MANIFEST)
}

fn read(folder: &Path, name: &str) -> Result<Option<Manifest>> {
    let text = match fs::read(folder.join(name)) {
        Ok(text) => text,
        Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(_) => return Err(unreadable(folder, name)),
    };
    let content: Value = serde_json::from_slice(&text).map_err(|_| unreadable(folder, name))?;
    let files = content["files"].as_object().cloned().unwrap_or_default();
    let digests =
        files.into_iter().filter_map(|(name, digest)| Some((name, digest.as_str()?.to_owned()))).collect();
    Ok(Some(Manifest { content, digests }))
}

fn unreadable(folder: &Path, name: &str) -> Error {
    let file = format!("{}/{name}", name_of(folder));
    let finding = Finding::error("manifest", format!("`{file}` cannot be read")).at(Place::file(file));
    let command = if name_of(folder) == RESULTS_FOLDER { "hkm analyse" } else { "hkm export" };
    Error::cannot_run(finding.remedy(format!("move the folder away, and run `{command}` again")))
}

/// Whether a file was edited: its bytes are neither those of a manifest nor those that are about to be written.
fn is_edited(folder: &Path, file: &Product, known: &[(String, String)]) -> bool {
    let Ok(bytes) = fs::read(folder.join(&file.name)) else { return false };
    let digest = digest::hexadecimal(&digest::sha256(&bytes));
    bytes != file.bytes && !known.contains(&(file.name.clone(), digest))
}

/// The files that somebody edited, or that were there before.
pub(super) fn edited<'f>(folder: &Path, files: &'f [Product]) -> Result<Vec<&'f str>> {
    let manifests = [read(folder, MANIFEST)?, read(folder, COMING)?];
    let known: Vec<(String, String)> =
        manifests.into_iter().flatten().flat_map(|manifest| manifest.digests).collect();
    let is_edited = |file: &&Product| file.name != MANIFEST && is_edited(folder, file, &known);
    Ok(files.iter().filter(is_edited).map(|file| file.name.as_str()).collect())
}

/// A file that somebody edited, or that was there before, is not replaced without being asked for.
pub(super) fn refuse_edited(folder: &Path, files: &[Product], command: &str) -> Result<()> {
    let findings: Vec<Finding> = edited(folder, files)?
        .into_iter()
        .map(|name| {
            Finding::error("edited", format!("`{name}` was edited, or is not of `{command}`"))
                .at(Place::file(format!("{}/{name}", name_of(folder))))
                .because("it would be lost")
                .remedy(format!("save a copy elsewhere first, then write it anew with `{command} --replace`"))
        })
        .collect();
    if findings.is_empty() { Ok(()) } else { Err(Error::data(findings)) }
}
