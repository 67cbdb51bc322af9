//! The true prevalence behind an apparent one, with a sensitivity and a specificity from elsewhere.

use clap::Args;
use serde_json::{Map, Value, json};

use super::choices::{IntervalChoice, read_count, refused};
use crate::error::{Error, Result};
use crate::report::{Style, Table, add_interval, estimate_header, limits_text, percent, reason_text};
use crate::stats::{
    BorrowedAccuracy, BorrowedAccuracyError, Explanation, Method, PrevalenceMethod, Proportion, Reason,
    TruePrevalence, true_prevalence,
};

/// What is known from elsewhere.
#[derive(Debug, Args)]
pub(super) struct PrevalenceChoice {
    /// The true prevalence where X of N is the apparent one: the sensitivity found elsewhere, as 0.9 or as counts, 231/258.
    #[arg(long, value_name = "SE", requires = "specificity", value_parser = read_share)]
    sensitivity: Option<Share>,
    /// The specificity found elsewhere, as 0.9 or as counts.
    #[arg(long, value_name = "SP", requires = "sensitivity", value_parser = read_share)]
    specificity: Option<Share>,
    /// Where they were found; it stands in the results.
    #[arg(long, value_name = "TEXT", requires = "sensitivity", default_value = "another study")]
    source: String,
}

/// A number, or so many of so many.
#[derive(Debug, Clone, Copy)]
enum Share {
    Stated(f64),
    Counted(Proportion),
}

fn read_share(text: &str) -> Result<Share, String> {
    let expected = "expected a number from 0 to 1, or counts such as 231/258";
    match text.split_once('/') {
        Some((x, n)) => {
            let (x, n) = (read_count(x)?, read_count(n)?);
            Proportion::new(x, n).map(Share::Counted).map_err(|fault| fault.to_string())
        }
        None => text.parse().map(Share::Stated).map_err(|_| expected.to_owned()),
    }
}

impl Share {
    fn value(self) -> Option<f64> {
        match self {
            Share::Stated(value) => Some(value),
            Share::Counted(counts) => counts.estimate(),
        }
    }

    fn json(self) -> Value {
        match self {
            Share::Stated(value) => json!({"value": value}),
            Share::Counted(counts) => {
                json!({"value": counts.estimate(), "x": counts.events(), "n": counts.trials()})
            }
        }
    }
}

/// A true prevalence by every method that fits what is known.
pub(super) struct FoundPrevalence {
    sensitivity: Share,
    specificity: Share,
    source: String,
    level: crate::stats::ConfidenceLevel,
    made: Vec<(Method, TruePrevalence)>,
}

impl PrevalenceChoice {
    /// `None` if nobody asked.
    pub(super) fn found(
        &self,
        apparent: Proportion,
        choice: &IntervalChoice,
    ) -> Result<Option<FoundPrevalence>> {
        let (Some(sensitivity), Some(specificity)) = (self.sensitivity, self.specificity) else {
            return Ok(None);
        };
        let (accuracy, first) = match (sensitivity, specificity) {
            (Share::Stated(se), Share::Stated(sp)) => {
                (BorrowedAccuracy::stated(se, sp, &self.source), PrevalenceMethod::Transformed(choice.method))
            }
            (Share::Counted(se), Share::Counted(sp)) => {
                (BorrowedAccuracy::counted(se, sp, &self.source), PrevalenceMethod::LangReiczigel)
            }
            _ => return Err(refused("accuracy_mixed", MIXED)),
        };
        let accuracy = accuracy.map_err(|fault| not_borrowed(&fault))?;
        let of = |method: PrevalenceMethod| {
            let found = true_prevalence(apparent, &accuracy, method, choice.level);
            found.map(|found| (method.into(), found)).map_err(|fault| not_borrowed(&fault))
        };
        let made = [first, PrevalenceMethod::RoganGladen].into_iter().map(of).collect::<Result<_>>()?;
        let source = accuracy.source().to_owned();
        Ok(Some(FoundPrevalence { sensitivity, specificity, source, level: choice.level, made }))
    }
}

const MIXED: &str =
    "the sensitivity and the specificity are a number and counts, expected both as numbers or both as counts";

fn not_borrowed(fault: &BorrowedAccuracyError) -> Error {
    let code = if *fault == BorrowedAccuracyError::OwnTable { "own_table" } else { "accuracy" };
    refused(code, fault.to_string())
}

impl FoundPrevalence {
    fn value(&self) -> (Result<f64, Reason>, Result<f64, Reason>) {
        let first = self.made.first().map(|(_, found)| (found.value, found.uncut));
        first.unwrap_or((Err(Reason::NotEstimable), Err(Reason::NotEstimable)))
    }

    pub(super) fn json(&self) -> Value {
        let (value, uncut) = self.value();
        let mut object = Map::new();
        object.insert("sensitivity".to_owned(), self.sensitivity.json());
        object.insert("specificity".to_owned(), self.specificity.json());
        object.insert("source".to_owned(), self.source.clone().into());
        object.insert("estimate".to_owned(), value.ok().into());
        object.insert("uncut".to_owned(), uncut.ok().into());
        if let Err(reason) = value {
            object.insert("reason".to_owned(), reason.name().into());
        }
        let interval = |(method, found): &(Method, TruePrevalence)| {
            let mut object = Map::new();
            add_interval(&mut object, found.interval);
            object.insert("method".to_owned(), method.name().into());
            Value::from(object)
        };
        object.insert("intervals".to_owned(), self.made.iter().map(interval).collect());
        object.into()
    }

    /// What is odd about a sensitivity and a specificity that tell nothing, or the opposite.
    fn doubts(&self) -> Option<&'static str> {
        match self.sensitivity.value()? + self.specificity.value()? - 1.0 {
            youden if youden.abs() < 1e-12 => Some(
                "SE + SP is 1: such a register does not tell one from the other, and nothing can be estimated.",
            ),
            youden if youden < 0.0 => Some(
                "SE + SP is below 1: such a register names the wrong ones, and is read the other way round. Was the share of false positives given for SP?",
            ),
            _ => None,
        }
    }

    pub(super) fn table(&self, decimals: usize) -> Table {
        let shown = |number| percent(number, decimals);
        let header = estimate_header("true prevalence, %", self.level, Style::ENGLISH);
        let mut table = Table::new("True prevalence", &["method", &header]);
        for (method, found) in &self.made {
            let value =
                found.value.map_or_else(|reason| reason_text(reason, Style::ENGLISH).to_owned(), shown);
            let limits = match found.interval {
                Ok(limits) => limits_text(shown(limits.lower()), shown(limits.upper()), Style::ENGLISH),
                Err(reason) => format!("interval {}", reason_text(reason, Style::ENGLISH)),
            };
            table.row([title(*method), format!("{value} ({limits})")]);
        }
        if let (Err(Reason::Inadmissible), Ok(uncut)) = self.value() {
            let uncut = shown(uncut);
            table.note(format!(
                "Inadmissible: the formula gives {uncut} %, so that X of N, SE and SP contradict each other."
            ));
        }
        self.doubts().into_iter().for_each(|doubt| table.note(doubt));
        table.note(format!("Sensitivity and specificity from: {}.", self.source));
        table
    }

    pub(super) fn explained(&self) -> Vec<Explanation> {
        self.made.iter().map(|(method, _)| of_prevalence(*method)).collect()
    }
}

fn title(method: Method) -> String {
    match method {
        Method::Transformed(of) => format!("limits of X of N, carried over: {}", of.title()),
        other => other.title().to_owned(),
    }
}

/// The limits of a proportion are carried over here by another formula than elsewhere.
fn of_prevalence(method: Method) -> Explanation {
    match method {
        Method::Transformed(_) => Explanation {
            formula: "π = (p + sp − 1) / (se + sp − 1) of both limits of p",
            edges: "For a known sensitivity and specificity; cut at 0 and 1, inadmissible outside.",
            reference: "Reiczigel, Földi & Ózsvári, Epidemiol Infect 2010; 138: 1674",
            section: "12.4",
            ..method.explanation()
        },
        other => other.explanation(),
    }
}
