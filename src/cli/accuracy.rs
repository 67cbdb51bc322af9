//! `hkm accuracy`: register against record in a file of reviewed charts.

mod calibration;
mod differences;
mod explained;
mod names;
mod people;
mod programs;
mod resampled;

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use self::calibration::CalibrationChoice;
use self::resampled::Resampled;
use super::bootstrap::BootstrapChoice;
use super::chart_file::{ChartFile, SheetChoice, refuse};
use super::choices::{IntervalChoice, Switch, refused};
use super::output::Output;
use super::tidy::tidy;
use crate::accuracy::{ChartColumns, ChartResult, ChartTally, ChartWords, NamedColumn, Outside, find_column};
use crate::error::{Finding, Result};
use crate::protocol::ValueMap;
use crate::report::cells_table;
use crate::stats::{LonelyStratum, PostStrata, WeightedMethod, WeightedOptions};

#[derive(Debug, Args)]
pub(super) struct AccuracyArguments {
    /// The reviewed charts, one a row: .csv, .xlsx or .dta.
    file: PathBuf,
    /// The register's column; repeat it together with --reference for several indicators.
    #[arg(long, value_name = "COLUMN", required = true)]
    register: Vec<String>,
    /// The column of the reference standard; an empty cell is a chart that was not reviewed.
    #[arg(long, value_name = "COLUMN", required = true)]
    reference: Vec<String>,
    /// The column of the stratum, for weighted estimates.
    #[arg(long, value_name = "COLUMN", requires = "population")]
    stratum: Option<String>,
    /// The column that says how many records the stratum has in the frame.
    #[arg(long, value_name = "COLUMN", requires = "stratum")]
    population: Option<String>,
    /// The finite population correction.
    #[arg(long, value_enum, value_name = "SWITCH", default_value = "on", requires = "stratum")]
    fpc: Switch,
    #[command(flatten)]
    calibration: CalibrationChoice,
    /// A table for each value of this column.
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// Words that mean yes, instead of 1, ja, j, yes, y, true, sand.
    #[arg(long, value_name = "WORDS", value_delimiter = ',', value_parser = read_word)]
    yes: Vec<String>,
    /// Words that mean no, instead of 0, nej, n, no, false, falsk.
    #[arg(long, value_name = "WORDS", value_delimiter = ',', value_parser = read_word)]
    no: Vec<String>,
    /// Words that mean not documented, instead of 9, 99, na, ., ikke dokumenteret, not documented, missing
    /// (those of `hkm export` are always understood).
    #[arg(long, value_name = "WORDS", value_delimiter = ',', value_parser = read_word)]
    missing: Vec<String>,
    /// Words that mean not relevant, instead of 8, 88, ikke relevant, not relevant.
    #[arg(long, value_name = "WORDS", value_delimiter = ',', value_parser = read_word)]
    not_relevant: Vec<String>,
    #[command(flatten)]
    choice: IntervalChoice,
    /// The method of the weighted intervals.
    #[arg(long, value_enum, value_name = "METHOD", default_value_t, requires = "stratum")]
    weighted_method: WeightedMethod,
    /// The formula and the paper of each measure and method that is shown.
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    bootstrap: BootstrapChoice,
    #[command(flatten)]
    sheet: SheetChoice,
}

/// `hkm accuracy`.
pub(super) fn accuracy(arguments: &AccuracyArguments) -> Result<Output> {
    let words = words(arguments)?;
    let pairs = pairs(arguments)?;
    let mut file = ChartFile::open(&arguments.file, &arguments.sheet)?;
    let mut columns = Columns { header: file.header(), missing: Vec::new() };
    let found = ChartColumns {
        indicators: pairs.iter().map(|[one, other]| (columns.find(one), columns.find(other))).collect(),
        design: arguments
            .stratum
            .as_ref()
            .zip(arguments.population.as_ref())
            .map(|(stratum, population)| (columns.find(stratum), columns.find(population))),
        frame_yes: arguments
            .calibration
            .columns(pairs.len())?
            .iter()
            .map(|name| columns.find(name))
            .collect(),
        by: arguments.by.as_ref().map(|by| columns.find(by)),
    };
    let missing = columns.missing;
    refuse(file.place(missing))?;
    check_pairs(&found)?;
    let mut tally = ChartTally::new(words, found);
    if arguments.bootstrap.is_asked_for() {
        tally = tally.with_records();
    }
    let (_, unreadable) = file.read(|row| tally.add(row))?;
    let faults = file.place(tally.faults()).into_iter().map(with_flags);
    refuse(unreadable.into_iter().chain(faults).collect())?;
    let mut findings = arguments.choice.warnings();
    findings.extend(file.notices());
    findings.extend(file.place(tally.ungrouped().into_iter().collect()));
    let results = tally.results().map_err(|fault| Finding::error("stratum_counts", fault.to_string()))?;
    let shown = Shown {
        choice: &arguments.choice,
        weighted: options(arguments),
        post_stratify: arguments.calibration.post_stratify,
        resampled: Resampled::of(&tally, arguments)?,
    };
    let output = output(&results, &shown);
    let output = if arguments.explain { explained::added(output, &results, &shown) } else { output };
    Ok(Output { findings, ..output })
}

fn words(arguments: &AccuracyArguments) -> Result<ChartWords> {
    let AccuracyArguments { yes, no, missing, not_relevant, .. } = arguments;
    let [yes, no, missing, not_relevant] = [yes, no, missing, not_relevant].map(Clone::clone);
    let given = ValueMap { yes, no, not_relevant, missing };
    ChartWords::new(&given).map_err(|fault| refused("word_ambiguous", fault.to_string()))
}

/// A word of a list.
fn read_word(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("expected words separated by commas; an empty cell needs none"),
        word => Ok(word.to_owned()),
    }
}

/// Register and reference of each indicator.
fn pairs(arguments: &AccuracyArguments) -> Result<Vec<[&str; 2]>> {
    let (register, reference) = (&arguments.register, &arguments.reference);
    if register.len() != reference.len() {
        let what = format!(
            "there are {} --register and {} --reference, expected one of each for every indicator",
            register.len(),
            reference.len()
        );
        return Err(refused("columns_unpaired", what));
    }
    Ok(register.iter().zip(reference).map(|(one, other)| [one.as_str(), other.as_str()]).collect())
}

/// A column against itself agrees in every row, which would be mistaken for a result.
fn check_pairs(columns: &ChartColumns) -> Result<()> {
    match columns.indicators.iter().find(|(one, other)| one.position == other.position) {
        Some((one, _)) => {
            let what = format!("`{}` is register and reference at once, expected two columns", one.name);
            Err(refused("column_against_itself", what))
        }
        None => Ok(()),
    }
}

/// Looks for columns and gathers those that are not there.
struct Columns<'h> {
    header: &'h [String],
    missing: Vec<Finding>,
}

impl Columns<'_> {
    fn find(&mut self, name: &str) -> NamedColumn {
        find_column(self.header, name).unwrap_or_else(|error| {
            self.missing.extend_from_slice(error.findings());
            NamedColumn { name: name.to_owned(), position: 0 }
        })
    }
}

/// What can be done about it on the command line.
fn with_flags(finding: Finding) -> Finding {
    match finding.code {
        "word_unknown" => finding.remedy(
            "correct the rows, or list the word with --yes, --no, --missing or --not-relevant \
             (a list takes the place of the usual words)",
        ),
        _ => finding,
    }
}

/// `None` for a file without strata.
fn options(arguments: &AccuracyArguments) -> Option<WeightedOptions> {
    arguments.stratum.as_ref().map(|_| WeightedOptions {
        level: arguments.choice.level,
        method: arguments.weighted_method,
        finite_population_correction: arguments.fpc == Switch::On,
        lonely: LonelyStratum::default(),
    })
}

/// How results are shown.
struct Shown<'c> {
    /// Level and method of the plain intervals.
    choice: &'c IntervalChoice,
    /// How weighted estimates are made; `None` for a file without strata.
    weighted: Option<WeightedOptions>,
    /// What the weights are calibrated to; `None` for the design's weights.
    post_stratify: Option<PostStrata>,
    /// The bootstrap; `None` if nobody asked for it.
    resampled: Option<Resampled>,
}

impl Shown<'_> {
    /// What the weighted figures are called.
    fn weights(&self) -> &'static str {
        if self.post_stratify.is_some() { "post-stratified" } else { "weighted" }
    }
}

/// Why a reviewed chart is outside the table: its key, and its column for people.
const OUTSIDE: [(Outside, &str, &str); 4] = [
    (Outside::RegisterMissing, "register_missing", ">register missing"),
    (Outside::RegisterNotRelevant, "register_not_relevant", ">register not relevant"),
    (Outside::RecordNotRelevant, "record_not_relevant", ">record not relevant"),
    (Outside::NotDocumented, "not_documented", ">not documented"),
];

/// The results in every form.
fn output(results: &[ChartResult], shown: &Shown<'_>) -> Output {
    let objects: Vec<Map<String, Value>> =
        results.iter().enumerate().map(|(place, result)| programs::object(place, result, shown)).collect();
    let mut tables = match results {
        [only] => vec![
            people::rows_table(results),
            cells_table(only.counts.table),
            people::measures_table(only, shown),
        ],
        several => vec![people::rows_table(several), people::headline_table(several, shown)],
    };
    tables.extend(calibration::table(results, shown));
    tables.extend(resampled::table(results, shown));
    let compared = differences::differences(results, shown);
    tables.extend(differences::table(&compared, results, shown));
    let mut json = json!({ "indicators": objects });
    if !compared.is_empty() {
        json["differences"] = compared.iter().map(differences::object).collect();
    }
    let rows = objects.iter().flat_map(programs::tidy_rows);
    let rows: Vec<_> = rows.chain(compared.iter().map(|one| differences::tidy_row(one, shown))).collect();
    let all_measures = "All measures of each: --format csv or --format json.";
    Output {
        tables,
        closing: if results.len() > 1 { vec![all_measures.to_owned()] } else { Vec::new() },
        tidy: Some(tidy(&programs::columns(shown, !compared.is_empty()), &rows)),
        json,
        ..Output::default()
    }
}
