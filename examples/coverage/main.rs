//! Coverage of the intervals: the numbers and figures of `docs/coverage.md`.
//!
//! ```sh
//! cargo run --release --example coverage              # docs/coverage/*.csv, *.svg, tables of docs/coverage.md
//! cargo run --release --example coverage -- --quick   # few draws, into target/coverage: does it run?
//! cargo run --release --example coverage -- --figures # figures and tables anew, from docs/coverage/*.csv
//! ```
//!
//! The numbers are the same on any number of threads.

mod design;
mod dot_plot;
mod effective;
mod methods;
mod page;
mod panel;
mod plain;
mod plain_figures;
mod plain_tables;
mod records;
mod simulate;
mod svg;
mod tally;
mod truth;
mod weighted_figures;
mod weighted_tables;

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use design::Design;
use plain_tables::{Table, plain_tables};
use records::Records;
use weighted_tables::{bootstrap_table, design_table, heavy_table, weighted_tables};

/// How much is simulated, and where it is written.
struct Run {
    draws: u64,
    bootstraps: u64,
    folder: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let full = Run { draws: 10_000, bootstraps: 2_000, folder: root.join("docs/coverage") };
    match std::env::args().nth(1).as_deref() {
        None => {
            tables(&full)?;
            figures(&full)?;
            page(&full, root)
        }
        Some("--figures") => {
            figures(&full)?;
            page(&full, root)
        }
        Some("--quick") => {
            let quick = Run { draws: 200, bootstraps: 20, folder: root.join("target/coverage") };
            tables(&quick)?;
            figures(&quick)
        }
        Some(other) => Err(format!("`{other}` is unknown, expected --quick, --figures or nothing").into()),
    }
}

fn tables(run: &Run) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(&run.folder)?;
    let designs = Design::all()?;
    write(run, "designs", &design_table(&designs))?;
    let [plain, summary] = plain_tables()?;
    write(run, "plain", &plain)?;
    write(run, "plain_summary", &summary)?;
    let [weighted, candidates] = weighted_tables(&designs, run.draws)?;
    write(run, "weighted", &weighted)?;
    write(run, "candidates", &candidates)?;
    write(run, "heavy", &heavy_table(run.draws)?)?;
    write(run, "bootstrap", &bootstrap_table(&designs, run.bootstraps)?)
}

/// The figures, from the files of [`tables`].
fn figures(run: &Run) -> Result<(), Box<dyn Error>> {
    let read = |name| Records::read(&run.folder, name);
    let draw = |name: &str, figure: String| fs::write(run.folder.join(name).with_extension("svg"), figure);
    let weighted = read("weighted")?;
    draw("plain_coverage", plain_figures::coverage())?;
    draw("plain_least", plain_figures::least_and_width(&read("plain_summary")?))?;
    draw("weighted_coverage", weighted_figures::coverage(&weighted))?;
    draw("post_stratification", weighted_figures::post_stratification(&weighted))?;
    draw("candidates", weighted_figures::candidates(&read("candidates")?))?;
    draw("heavy", weighted_figures::heavy(&read("heavy")?))?;
    draw("bootstrap", weighted_figures::bootstrap(&read("bootstrap")?))?;
    told(&format!("{}: 7 figures", run.folder.display()))
}

/// The cells of the page's tables.
fn page(run: &Run, root: &Path) -> Result<(), Box<dyn Error>> {
    let path = root.join("docs/coverage.md");
    let filled = page::fill(&fs::read_to_string(&path)?, &run.folder)?;
    fs::write(&path, filled)?;
    told(&format!("{}: tables filled; the words around them are not written by a program", path.display()))
}

fn write(run: &Run, name: &str, table: &Table) -> Result<(), Box<dyn Error>> {
    let path = run.folder.join(name).with_extension("csv");
    let mut writer = csv::Writer::from_path(&path)?;
    table.iter().try_for_each(|row| writer.write_record(row))?;
    writer.flush()?;
    told(&format!("{}: {} rows", path.display(), table.len() - 1))
}

fn told(line: &str) -> Result<(), Box<dyn Error>> {
    Ok(writeln!(std::io::stdout().lock(), "{line}")?)
}
