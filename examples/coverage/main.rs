//! Coverage of the intervals: the numbers and figures of `docs/coverage.md`.
//!
//! ```sh
//! cargo run --release --example coverage              # writes docs/coverage and the tables of docs/coverage.md
//! cargo run --release --example coverage -- --quick   # few draws, into target/coverage: does it run?
//! ```
//!
//! The numbers are the same on any number of threads and every platform of IEEE arithmetic, but for the last printed digit.

mod design;
mod effective;
mod methods;
mod plain;
mod plain_tables;
mod simulate;
mod tally;
mod truth;
mod weighted_tables;

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use design::Design;
use plain_tables::{Table, plain_tables};
use weighted_tables::{bootstrap_table, design_table, weighted_tables};

/// How much is simulated, and where it is written.
struct Run {
    draws: u64,
    bootstraps: u64,
    folder: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_quick = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--quick") => true,
        Some(other) => return Err(format!("`{other}` is unknown, expected --quick or nothing").into()),
    };
    let run = if is_quick {
        Run { draws: 200, bootstraps: 20, folder: root.join("target/coverage") }
    } else {
        Run { draws: 20_000, bootstraps: 2_000, folder: root.join("docs/coverage") }
    };
    fs::create_dir_all(&run.folder)?;
    tables(&run)
}

fn tables(run: &Run) -> Result<(), Box<dyn Error>> {
    let designs = Design::all()?;
    write(run, "designs", &design_table(&designs))?;
    let [plain, summary] = plain_tables()?;
    write(run, "plain", &plain)?;
    write(run, "plain_summary", &summary)?;
    let [weighted, candidates] = weighted_tables(&designs, run.draws)?;
    write(run, "weighted", &weighted)?;
    write(run, "candidates", &candidates)?;
    write(run, "bootstrap", &bootstrap_table(&designs, run.bootstraps)?)
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
