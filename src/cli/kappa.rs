//! `hkm kappa`: how far two reviewers agree.

mod people;
mod resampled;
mod weighted;

use std::path::Path;

use clap::Args;
use serde_json::{Map, Value, json};

use super::bootstrap::{read_replicates, read_seed};
use super::chart_file::{ChartFile, SheetChoice, refuse};
use super::choices::{IntervalChoice, Switch, check_total, read_count, refused, refused_with};
use super::output::Output;
use super::tidy::{tidy, with_keys};
use crate::accuracy::{AnswerPairs, NamedColumn, PairedAnswers, StratifiedPairs, find_column};
use crate::error::{Error, Finding, Place, Result};
use crate::report::{add_interval, coefficient_json, explain_json, explain_lines};
use crate::stats::{
    AGREEMENT, AgreementTable, BootstrapOptions, Coefficient, ConfidenceInterval, Explanation, LonelyStratum,
    Method, Reason, WeightedMethod, WeightedOptions, weighted_agreement,
};
use people::{answers_table, coefficients_table};
use resampled::Resampled;
use weighted::Weighted;

/// A larger table is left to `--format json`.
const MOST_SHOWN: usize = 10;

#[derive(Debug, Args)]
pub(super) struct KappaArguments {
    /// Four counts (yes/yes, yes/no, no/yes, no/no), or a file (.csv, .xlsx, .dta) and its two columns.
    #[arg(value_name = "A B C D | FILE COLUMN COLUMN", required = true, num_args = 1..=4, allow_negative_numbers = true)]
    given: Vec<String>,
    /// The two columns of the file; not needed if it has no others.
    #[arg(long, value_name = "COLUMN", num_args = 2)]
    columns: Vec<String>,
    /// The column of the stratum, for design-weighted agreement.
    #[arg(long, value_name = "COLUMN", requires = "population")]
    stratum: Option<String>,
    /// The column that says how many records the stratum has in the frame.
    #[arg(long, value_name = "COLUMN", requires = "stratum")]
    population: Option<String>,
    /// The finite population correction.
    #[arg(long, value_enum, value_name = "SWITCH", default_value = "on", requires = "stratum")]
    fpc: Switch,
    /// The method of the interval of design-weighted raw agreement.
    #[arg(long, value_enum, value_name = "METHOD", default_value_t, requires = "stratum")]
    weighted_method: WeightedMethod,
    /// Bootstrap limits of kappa and AC1 (percentile and BCa) from B resamples of the table, 100 to 1000000, such as 9999.
    #[arg(long, value_name = "B", value_parser = read_replicates)]
    bootstrap: Option<usize>,
    /// The text that all random numbers of the bootstrap follow from.
    #[arg(long, value_name = "TEXT", default_value = BootstrapOptions::USUAL_SEED, requires = "bootstrap", value_parser = read_seed)]
    seed: String,
    /// The formula and the paper of each coefficient and method that is shown.
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    choice: IntervalChoice,
    #[command(flatten)]
    sheet: SheetChoice,
}

/// What is compared, and where it comes from.
struct Compared {
    answers: PairedAnswers,
    reviewers: [String; 2],
    /// Rows of the file, and those with an empty answer: the first alone, the second alone, both.
    file: Option<(u64, [u64; 3])>,
    weighted: Option<Weighted>,
    findings: Vec<Finding>,
}

/// `hkm kappa`.
pub(super) fn kappa(arguments: &KappaArguments) -> Result<Output> {
    let given = &arguments.given;
    if given.len() != 4 && given.iter().all(|text| read_count(text).is_ok()) {
        return Err(refused_with("kappa_arguments", HOW, EXAMPLES));
    }
    let compared = match (given.as_slice(), arguments.columns.as_slice()) {
        ([_, _, _, _], []) if arguments.stratum.is_some() => {
            return Err(refused(
                "kappa_arguments",
                "four counts have no strata, expected a file with --stratum",
            ));
        }
        ([a, b, c, d], []) => from_counts([a, b, c, d])?,
        ([file, one, other], []) => from_file(arguments, file, Some([one, other]))?,
        ([file], [one, other]) => from_file(arguments, file, Some([one, other]))?,
        ([file], []) => from_file(arguments, file, None)?,
        _ => return Err(refused_with("kappa_arguments", HOW, EXAMPLES)),
    };
    let measured = Measured::of(&compared.answers.table, &arguments.choice);
    let resampled = arguments.resampled(&compared.answers.table);
    let mut json = as_json(&compared, &measured, &arguments.choice);
    if let Some(object) = json.as_object_mut() {
        compared.weighted.iter().for_each(|weighted| weighted.add_to(object));
        resampled.iter().for_each(|resampled| resampled.add_to(object));
    }
    let explained = explained(compared.answers.is_yes_no, &arguments.choice);
    if arguments.explain {
        json["explain"] = explain_json(&explained);
    }
    let mut findings = arguments.choice.warnings();
    findings.extend(compared.findings.iter().cloned());
    let shown = compared.answers.categories.len() <= MOST_SHOWN;
    let tables = shown.then(|| answers_table(&compared)).into_iter();
    Ok(Output {
        tables: tables
            .chain([coefficients_table(&compared, &measured, &arguments.choice)])
            .chain(compared.weighted.iter().map(Weighted::table))
            .chain(resampled.iter().map(Resampled::table))
            .collect(),
        tidy: Some(as_tidy(&json)),
        json,
        closing: if arguments.explain { explain_lines(&explained) } else { Vec::new() },
        findings,
        ..Output::default()
    })
}

/// The coefficients that are shown, and the methods of their intervals.
fn explained(is_yes_no: bool, choice: &IntervalChoice) -> Vec<Explanation> {
    let coefficients = if is_yes_no { &AGREEMENT[..] } else { &AGREEMENT[..4] };
    let methods = [choice.method.into(), Method::Transformed(choice.method), Method::WaldAgreement];
    coefficients.iter().copied().chain(methods.map(Method::explanation)).collect()
}

const HOW: &str = "expected four counts (yes/yes, yes/no, no/yes, no/no), or a file and two of its columns";
const EXAMPLES: &str = "write `hkm kappa 40 5 3 52`, or `hkm kappa charts.csv first second`";

fn from_counts(given: [&String; 4]) -> Result<Compared> {
    let mut counts = [0; 4];
    for (count, text) in counts.iter_mut().zip(given) {
        *count = read_count(text)
            .map_err(|expected| refused("count", format!("`{text}` is no count, {expected}")))?;
    }
    check_total(&counts)?;
    let [a, b, c, d] = counts;
    let categories = ["yes", "no"].map(str::to_owned).to_vec();
    let answers = PairedAnswers { categories, table: AgreementTable::yes_no(a, b, c, d), is_yes_no: true };
    let reviewers = ["first reviewer", "second reviewer"].map(str::to_owned);
    Ok(Compared { answers, reviewers, file: None, weighted: None, findings: Vec::new() })
}

fn from_file(arguments: &KappaArguments, path: &str, columns: Option<[&String; 2]>) -> Result<Compared> {
    let mut file = ChartFile::open(Path::new(path), &arguments.sheet)?;
    let [one, other] = columns_of(&file, columns)?;
    let mut strata = strata_of(&file, arguments, [&one, &other])?;
    let mut pairs = AnswerPairs::default();
    let (rows, unreadable) = file.read(|row| {
        pairs.add(row.cell(one.position), row.cell(other.position));
        strata.iter_mut().for_each(|strata| strata.add(row));
    })?;
    let too_many = pairs.has_too_many_categories().then(|| too_many_categories(&one, &other));
    let faults = strata.as_ref().map(StratifiedPairs::faults).into_iter().flatten().chain(too_many);
    refuse(unreadable.into_iter().chain(file.place(faults.collect())).collect())?;
    let fault =
        |fault: &dyn std::fmt::Display| Error::from(Finding::error("agreement_table", fault.to_string()));
    let answers = pairs.table().map_err(|error| fault(&error))?;
    let weigh = |strata: StratifiedPairs| {
        let answers = strata.strata(&pairs).map_err(|error| fault(&error))?;
        let options = arguments.weighted_options();
        let agreement = weighted_agreement(&answers.strata, &options).map_err(|error| fault(&error))?;
        Ok::<_, Error>(Weighted { answers, agreement, options })
    };
    Ok(Compared {
        weighted: strata.map(weigh).transpose()?,
        answers,
        reviewers: [one.name, other.name],
        file: Some((rows, pairs.empty)),
        findings: file.notices(),
    })
}

/// Stratum and population, where they are given.
fn strata_of(
    file: &ChartFile,
    arguments: &KappaArguments,
    reviewers: [&NamedColumn; 2],
) -> Result<Option<StratifiedPairs>> {
    let Some(names) = arguments.stratum.as_ref().zip(arguments.population.as_ref()) else { return Ok(None) };
    let find = |name: &String| {
        find_column(file.header(), name).map_err(|error| Error::data(file.place(error.findings().to_vec())))
    };
    let design = [find(names.0)?, find(names.1)?];
    Ok(Some(StratifiedPairs::new(reviewers.map(Clone::clone), design)))
}

impl KappaArguments {
    fn weighted_options(&self) -> WeightedOptions {
        WeightedOptions {
            level: self.choice.level,
            method: self.weighted_method,
            finite_population_correction: self.fpc == Switch::On,
            lonely: LonelyStratum::default(),
        }
    }

    fn resampled(&self, table: &AgreementTable) -> Option<Resampled> {
        Some(Resampled::of(table, &self.seed, self.bootstrap?, self.choice.level))
    }
}

fn columns_of(file: &ChartFile, columns: Option<[&String; 2]>) -> Result<[NamedColumn; 2]> {
    let header = file.header();
    let names = match (columns, header) {
        (Some(names), _) => names,
        (None, [one, other]) => [one, other],
        (None, _) => {
            let what = format!("the file has {} columns, expected two, or their names", header.len());
            let finding = Finding::error("columns_not_named", what);
            return Err(Error::cannot_run(finding.remedy("name the two columns after the file")));
        }
    };
    match names.map(|name| find_column(header, name)) {
        [Ok(one), Ok(other)] if one.position == other.position => {
            let what = format!("`{}` is compared with itself, expected two columns", one.name);
            Err(refused("column_against_itself", what))
        }
        [Ok(one), Ok(other)] => Ok([one, other]),
        found => {
            let missing = found.iter().filter_map(|found| found.as_ref().err());
            let missing = missing.flat_map(|error| error.findings().to_vec()).collect();
            Err(Error::data(file.place(missing)))
        }
    }
}

fn too_many_categories(one: &NamedColumn, other: &NamedColumn) -> Finding {
    let what = format!("`{}` and `{}` hold more than 50 different values", one.name, other.name);
    Finding::error("too_many_categories", what)
        .at(Place::default())
        .because("agreement is about categories; numbers, dates and texts seldom agree")
        .remedy("name the columns with the reviewers' answers")
}

/// The coefficients in the order in which they are printed.
struct Measured {
    agreement: Result<ConfidenceInterval, Reason>,
    kappa: Coefficient,
    pabak: Coefficient,
    ac1: Coefficient,
    positive: Coefficient,
    negative: Coefficient,
}

impl Measured {
    fn of(table: &AgreementTable, choice: &IntervalChoice) -> Self {
        let IntervalChoice { level, method } = *choice;
        Measured {
            agreement: table.raw_agreement().interval(method, level),
            kappa: table.kappa(level),
            pabak: table.pabak(method, level),
            ac1: table.ac1(level),
            positive: table.positive_agreement(method, level),
            negative: table.negative_agreement(method, level),
        }
    }

    /// Name in results, name for people, coefficient; positive and negative only where there is a yes and a no.
    fn coefficients(&self, is_yes_no: bool) -> Vec<(&'static str, &'static str, &Coefficient)> {
        let mut all = vec![
            ("kappa", "Cohen's kappa", &self.kappa),
            ("pabak", "PABAK", &self.pabak),
            ("ac1", "Gwet's AC1", &self.ac1),
        ];
        if is_yes_no {
            all.push(("positive_agreement", "Positive agreement, %", &self.positive));
            all.push(("negative_agreement", "Negative agreement, %", &self.negative));
        }
        all
    }
}

fn as_json(compared: &Compared, measured: &Measured, choice: &IntervalChoice) -> Value {
    let table = &compared.answers.table;
    let raw = table.raw_agreement();
    let kappa = &measured.kappa;
    let mut object = Map::new();
    let mut add = |key: &str, value: Value| drop(object.insert(key.to_owned(), value));
    add("n", table.records().into());
    add("agreement", raw.estimate().into());
    add("kappa", kappa.value.ok().into());
    add("se", kappa.standard_error.ok().into());
    add("lower", kappa.interval.ok().map(|interval| interval.lower()).into());
    add("upper", kappa.interval.ok().map(|interval| interval.upper()).into());
    add("pabak", measured.pabak.value.ok().into());
    add("ac1", measured.ac1.value.ok().into());
    if let Some(reason) = kappa.value.err().or(kappa.interval.err()) {
        add("reason", reason.name().into());
    }
    add("level", choice.level.as_f64().into());
    add("categories", compared.answers.categories.clone().into());
    let cells = 0..table.categories();
    let row = |i| cells.clone().map(|j| table.count(i, j)).collect::<Vec<_>>();
    add("counts", cells.clone().map(|i| Value::from(row(i))).collect());
    let mut agreement = Map::from_iter([
        ("coefficient".to_owned(), "agreement".into()),
        ("x".to_owned(), raw.events().into()),
        ("n".to_owned(), raw.trials().into()),
        ("estimate".to_owned(), raw.estimate().into()),
    ]);
    add_interval(&mut agreement, measured.agreement);
    let coefficients = measured.coefficients(compared.answers.is_yes_no).into_iter();
    let coefficients = coefficients.map(|(name, _, coefficient)| coefficient_json(name, coefficient));
    add("coefficients", std::iter::once(agreement.into()).chain(coefficients).collect());
    if let Some((rows, [first, second, both])) = compared.file {
        let [one, other] = &compared.reviewers;
        add("columns", json!([one, other]));
        add("rows", json!({"rows": rows, "first_empty": first, "second_empty": second, "both_empty": both}));
    }
    object.into()
}

fn as_tidy(json: &Value) -> Vec<Vec<String>> {
    let level = [("level", json["level"].clone())];
    let listed = |key: &str| json[key].as_array().cloned().unwrap_or_default();
    let weighted = listed("design_weighted").into_iter().map(|mut row| {
        let name = row["coefficient"].as_str().unwrap_or_default().to_owned();
        row["coefficient"] = format!("design_weighted_{name}").into();
        row
    });
    let resampled =
        json["bootstrap"]["coefficients"].as_array().into_iter().flatten().flat_map(resampled::tidy_rows);
    let rows = listed("coefficients").into_iter().chain(weighted).chain(resampled);
    let rows: Vec<_> = rows.map(|row| with_keys(&level, &row)).collect();
    tidy(&["coefficient", "x", "n", "estimate", "se", "level", "method", "lower", "upper", "reason"], &rows)
}
