//! Bootstrap estimates for people and for programs.

use serde_json::{Map, Value, json};

use super::coarse::TENTHS_LEFT;
use super::json::{add_estimate, number};
use super::two_by_two::CI;
use super::wording::digits;
use super::{Style, Table, add_interval, in_percent, limits_text, reason_text, share_label};
use crate::stats::{
    BootstrapEstimate, BootstrapOptions, BootstrapScheme, BootstrapWarning, ConfidenceInterval,
    ConfidenceLevel, Method, Reason,
};

/// A bootstrap estimate as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct BootstrapShown {
    /// The estimate with its error and limits.
    pub estimate: BootstrapEstimate,
    /// How many replicates have a zero denominator; `None` where it is hidden.
    pub undefined: Option<u64>,
    /// Rounded to three decimals, so that hidden counts do not follow from it.
    pub coarse: bool,
}

impl From<BootstrapEstimate> for BootstrapShown {
    fn from(estimate: BootstrapEstimate) -> Self {
        BootstrapShown { undefined: Some(estimate.undefined), coarse: false, estimate }
    }
}

/// `{"measure","estimate","se","intervals":[{"method","lower","upper"}],"replicates","undefined","extreme","seed"}`.
pub fn bootstrap_json(shown: &BootstrapShown, seed: &str) -> Value {
    let BootstrapShown { estimate, undefined, .. } = shown;
    let mut row = Map::new();
    row.insert("measure".to_owned(), estimate.estimand.measure.name().into());
    add_estimate(&mut row, estimate.estimate);
    row.insert("se".to_owned(), number(estimate.se));
    let methods = [(Method::BootstrapPercentile, estimate.percentile), (Method::BootstrapBca, estimate.bca)];
    let interval = |(method, interval): (Method, Result<ConfidenceInterval, Reason>)| {
        let mut object = Map::from_iter([("method".to_owned(), method.name().into())]);
        add_interval(&mut object, interval);
        object.insert("method".to_owned(), method.name().into());
        Value::from(object)
    };
    row.insert("intervals".to_owned(), methods.into_iter().map(interval).collect());
    row.insert("replicates".to_owned(), estimate.replicates.into());
    row.insert("undefined".to_owned(), (*undefined).into());
    row.insert("extreme".to_owned(), estimate.extreme.into());
    row.insert("seed".to_owned(), seed.into());
    row.into()
}

/// How a bootstrap was made: `{"method","replicates","seed","finite_population_correction","warnings"}`.
pub fn bootstrap_options_json(options: &BootstrapOptions, warnings: &[BootstrapWarning]) -> Value {
    json!({
        "method": options.scheme.name(),
        "replicates": options.replicates,
        "seed": options.seed,
        "finite_population_correction": options.finite_population_correction,
        "warnings": warnings.iter().map(warning_name).collect::<Vec<_>>(),
    })
}

fn warning_name(warning: &BootstrapWarning) -> &'static str {
    match warning {
        BootstrapWarning::NotResampled { .. } => "not_resampled",
        BootstrapWarning::NotCovered { .. } => "not_covered",
        BootstrapWarning::Naive => "naive",
    }
}

/// An empty table, whose first columns have these headers.
pub fn bootstrap_table(title: String, first: &[&str], level: ConfidenceLevel, style: Style) -> Table {
    let interval = format!("{} {}", style.written(&level), style.says(CI));
    let limits =
        [format!(">{} {interval}", style.says(["percentil", "percentile"])), format!(">BCa {interval}")];
    let headers: Vec<&str> = first
        .iter()
        .copied()
        .chain(["", style.says([">estimat", ">estimate"]), ">SE"])
        .chain(limits.iter().map(String::as_str))
        .collect();
    Table::new(title, &headers)
}

/// Measure, estimate, standard error and both intervals.
pub fn bootstrap_cells(shown: &BootstrapShown, style: Style) -> [String; 5] {
    let (estimate, style) = (&shown.estimate, style.no_finer(shown.coarse.then_some(TENTHS_LEFT)));
    let measure = estimate.estimand.measure;
    let digits = |number: f64| digits(number, in_percent(measure), style);
    let why = |reason| reason_text(reason, style).to_owned();
    let text = |value: Result<f64, Reason>| value.map_or_else(why, digits);
    let limits = |interval: Result<ConfidenceInterval, Reason>| {
        let limits = interval.map(|one| limits_text(digits(one.lower()), digits(one.upper()), style));
        limits.unwrap_or_else(why)
    };
    let [percentile, bca] = [limits(estimate.percentile), limits(estimate.bca)];
    [share_label(measure, style), text(estimate.estimate), text(estimate.se), percentile, bca]
}

/// How the bootstrap was made, and what a reader of these estimates must know. `strata` are the names of the strata.
pub fn bootstrap_notes<'s>(
    options: &BootstrapOptions,
    warnings: &[BootstrapWarning],
    strata: &[String],
    shown: impl Iterator<Item = &'s BootstrapShown> + Clone,
    style: Style,
) -> Vec<String> {
    let mut notes = vec![how(options, style)];
    notes.extend(warnings.iter().filter_map(|warning| warning_text(warning, strata, style)));
    let undefined = shown.clone().filter_map(|one| one.undefined).max().unwrap_or_default();
    if undefined > 0 {
        let replicates = style.count(undefined);
        let s = if undefined == 1 { "" } else { "s" };
        notes.push(style.says([
            format!("Op til {replicates} gentagelser af et mål havde nævneren 0 og er udeladt."),
            format!("Up to {replicates} replicate{s} of a measure had a zero denominator and were left out."),
        ]));
    }
    let mut note = |text: [&str; 2]| notes.push(style.says(text).to_owned());
    if shown.clone().any(|one| one.estimate.extreme) {
        note([
            "En grænse ligger uden for den yderste gentagelse: der kræves flere gentagelser ved dette niveau.",
            "A limit lies beyond the outermost replicate: more replicates are needed at this level.",
        ]);
    }
    let constant = |one: &BootstrapShown| {
        one.estimate.estimate.is_ok() && one.estimate.percentile == Err(Reason::NotDefined)
    };
    if shown.clone().any(constant) {
        note([
            "Ikke defineret: alle gentagelser er ens, så de siger intet om usikkerheden.",
            "Not defined: all replicates are equal, so they tell nothing of the error.",
        ]);
    }
    notes
}

fn how(options: &BootstrapOptions, style: Style) -> String {
    let scheme = match options.scheme {
        BootstrapScheme::RaoWu => "Rao–Wu",
        BootstrapScheme::Naive => style.says(["naiv", "naive"]),
    };
    let with = match options.finite_population_correction {
        true => style.says(["med", "with"]),
        false => style.says(["uden", "without"]),
    };
    let (replicates, seed) = (style.count(options.replicates as u64), &options.seed);
    style.says([
        format!(
            "{replicates} gentagelser ({scheme}, {with} endelighedskorrektion), startværdi {seed:?}; alle indikatorer i en journal \
             trækkes sammen. SE i estimatets enhed."
        ),
        format!(
            "{replicates} replicates ({scheme}, {with} the finite population correction), seed {seed:?}; all indicators of a record \
             are resampled together. SE in the units of the estimate."
        ),
    ])
}

fn warning_text(warning: &BootstrapWarning, strata: &[String], style: Style) -> Option<String> {
    match warning {
        BootstrapWarning::NotResampled { strata: alone } => {
            let named = super::weighted_notes::named(alone, strata, style);
            Some(style.says([
                format!("Én gennemgået journal af flere i {named}: ikke trukket igen, så grænserne er for snævre."),
                format!("One reviewed chart of several in {named}: not resampled, so the limits are too short."),
            ]))
        }
        // The weighted estimates say so already.
        BootstrapWarning::NotCovered { .. } => None,
        BootstrapWarning::Naive => Some(
            style
                .says([
                    "Den naive bootstrap undervurderer variansen med (n − 1)/n i hvert stratum og har ingen korrektion.",
                    "The naive bootstrap understates the variance by (n − 1)/n in each stratum, and has no correction.",
                ])
                .to_owned(),
        ),
    }
}
