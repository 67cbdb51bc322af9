//! The scripts that repeat the table in other programs: the study's settings, and behind them the same lines for every study.

use super::{Export, IndicatorVariables};
use crate::protocol::{Protocol, Sampled};
use crate::report::{Head, SOFTWARE};
use crate::stats::{LonelyStratum, Measure};

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
        head_lines("#", head),
        analysis.level,
        analysis.weighted_interval.name(),
        on(analysis.finite_population_correction),
        indicators.join(",\n"),
        include_str!("repeat.R")
    )
}

/// What the script is of, as comments.
fn head_lines(mark: &str, head: &Head) -> String {
    let title: Vec<&str> = head.title.split_whitespace().collect();
    format!(
        "{mark} {}\n{mark} {SOFTWARE}, {} results, data {}\n",
        title.join(" "),
        head.status(),
        head.data_digest
    )
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

pub fn repeat_in_stata(_e: &Export, _p: &Protocol, _h: &Head) -> String { String::new() }
