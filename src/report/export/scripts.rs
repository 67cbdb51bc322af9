//! The scripts that repeat the table in other programs: the study's settings, and behind them the same lines for every study.

use super::{Export, IndicatorVariables};
use crate::protocol::{Protocol, Sampled};
use crate::report::{Head, SOFTWARE};
use crate::stats::{LonelyStratum, Measure, WeightedMethod};

/// An R script (package survey) that prints the weighted table from the CSV files beside it.
pub fn repeat_in_r(export: &Export, protocol: &Protocol, head: &Head) -> String {
    let analysis = &protocol.analysis;
    let lonely = match analysis.lonely_strata {
        LonelyStratum::GrandMean => "adjust",
        LonelyStratum::Certainty => "certainty",
        LonelyStratum::Refuse => "refuse",
    };
    let indicators: Vec<String> = export.indicators.iter().map(|one| r_indicator(one, protocol)).collect();
    let on = |flag: bool| if flag { "TRUE" } else { "FALSE" };
    format!(
        "{}\
         # Reads the two confidential CSV files beside it, prints the weighted table, and writes nothing.\n\
         # Rscript repeat.R\n\
         suppressPackageStartupMessages(library(survey))\n\
         \n\
         # --- the settings of study.toml\n\
         level <- {}\n\
         method <- \"{}\"\n\
         fpc <- {}\n\
         lonely <- \"{lonely}\"\n\
         indicators <- list(\n{}\n)\n{}",
        head_lines("#", &head.title, head),
        analysis.level.as_f64(),
        analysis.weighted_interval.name(),
        on(analysis.finite_population_correction),
        indicators.join(",\n"),
        include_str!("repeat.R")
    )
}

/// What the script is of, as comments.
fn head_lines(mark: &str, title: &str, head: &Head) -> String {
    let title: Vec<&str> = title.split_whitespace().collect();
    format!(
        "{mark} {}\n{mark} {SOFTWARE}, {} results, data {}\n",
        title.join(" "),
        head.status(),
        head.data_digest
    )
}

/// A title in which Stata sees neither the beginning of a longer comment (`/*`, `///`) nor of a macro.
fn without_comment_marks(title: &str) -> String {
    let title = title.replace('`', "'").replace('$', " ");
    if title.contains("/*") || title.contains("//") { title.replace('/', " / ") } else { title }
}

fn r_indicator(one: &IndicatorVariables, protocol: &Protocol) -> String {
    let measures: Vec<String> =
        measures(one, protocol).iter().map(|measure| format!("\"{}\"", measure.name())).collect();
    let post = match &one.post_stratum {
        Some([post, frame]) => format!("c(\"{post}\", \"{frame}\")"),
        None => "NULL".to_owned(),
    };
    format!(
        "  \"{}\" = list(cell = \"{}\", weight = \"{}\", frame = c(\"{}\", \"{}\"), post = {post},\n    measures = c({}))",
        one.id,
        one.cell,
        one.weight,
        one.frame[0],
        one.frame[1],
        measures.join(", ")
    )
}

/// A frame of register-positives alone says nothing of those whom the register leaves out.
fn measures(one: &IndicatorVariables, protocol: &Protocol) -> Vec<Measure> {
    let all = protocol.indicator(&one.id).is_none_or(|indicator| indicator.sampled == Sampled::All);
    Measure::WEIGHTED.into_iter().filter(|measure| all || *measure == Measure::Ppv).collect()
}

/// A do-file (Stata 15) that prints the weighted table from the Stata files beside it.
pub fn repeat_in_stata(export: &Export, protocol: &Protocol, head: &Head) -> String {
    let analysis = &protocol.analysis;
    let method = match analysis.weighted_interval {
        WeightedMethod::KornGraubard => "kg",
        WeightedMethod::Wilson => "wilson",
        WeightedMethod::Logit => "logit",
    };
    let (lonely, refuse) = match analysis.lonely_strata {
        LonelyStratum::GrandMean => ("centered", 0),
        LonelyStratum::Certainty => ("certainty", 0),
        LonelyStratum::Refuse => ("certainty", 1),
    };
    let calls: Vec<String> = export
        .indicators
        .iter()
        .flat_map(|one| measures(one, protocol).into_iter().map(|measure| stata_call(one, measure)))
        .collect();
    format!(
        "{}\
         * Reads the two confidential Stata files in the current folder, prints the weighted table, and writes nothing.\n\
         * do repeat.do\n\
         * Its arithmetic is repeated in Python by the tests of hkm; the file itself was not run in Stata.\n\
         version 15\n\
         \n\
         * --- the settings of study.toml\n\
         global level {}\n\
         global method {method}\n\
         global fpc {}\n\
         global lonely {lonely}\n\
         global refuse {refuse}\n{}\n{}",
        head_lines("*", &without_comment_marks(&head.title), head),
        analysis.level.as_f64(),
        u8::from(analysis.finite_population_correction),
        include_str!("repeat.do"),
        calls.concat()
    )
}

/// `repeat_one "diet" "diet_cell" "weight" "ppv" 1 0 . . …`
fn stata_call(one: &IndicatorVariables, measure: Measure) -> String {
    let [post, post_frame] = one.post_stratum.clone().unwrap_or_default();
    format!(
        "repeat_one \"{}\" \"{}\" \"{}\" \"{}\" {} \"{}\" \"{}\" \"{post}\" \"{post_frame}\"\n",
        one.id,
        one.cell,
        one.weight,
        measure.name(),
        stata_scores(measure),
        one.frame[0],
        one.frame[1]
    )
}

/// The scores of tp, fp, fn and tn; `.` is not in the denominator.
fn stata_scores(measure: Measure) -> &'static str {
    match measure {
        Measure::Sensitivity => "1 . 0 .",
        Measure::Specificity => ". 0 . 1",
        Measure::Ppv => "1 0 . .",
        Measure::Npv => ". . 0 1",
        Measure::PrevalenceReference => "1 0 1 0",
        Measure::PrevalenceRegister => "1 1 0 0",
        Measure::PrevalenceDifference => "0 1 -1 0",
        _ => "1 0 0 1",
    }
}
