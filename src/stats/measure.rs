//! What can be measured on a two-by-two table.

use std::fmt;
use std::str::FromStr;

/// A measure of a two-by-two table of register against record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// TP / (TP + FN)
    Sensitivity,
    /// TN / (TN + FP)
    Specificity,
    /// TP / (TP + FP)
    Ppv,
    /// TN / (TN + FN)
    Npv,
    /// (TP + FN) / n
    PrevalenceReference,
    /// (TP + FP) / n
    PrevalenceRegister,
    /// Prevalence by register less prevalence by record, (FP − FN) / n
    PrevalenceDifference,
    /// (TP + TN) / n
    Accuracy,
    /// 2 TP / (2 TP + FP + FN)
    F1,
    /// Sensitivity / (1 − specificity)
    LrPositive,
    /// (1 − sensitivity) / specificity
    LrNegative,
    /// TP TN / (FP FN)
    DiagnosticOddsRatio,
    /// Sensitivity + specificity − 1
    Youden,
    /// Agreement of register and record beyond chance
    Kappa,
    /// 1 / Youden's J
    NumberNeededToDiagnose,
}

impl Measure {
    /// The measures of every table, in the order in which they are printed.
    pub const ALL: [Measure; 14] = [
        Measure::Sensitivity,
        Measure::Specificity,
        Measure::Ppv,
        Measure::Npv,
        Measure::PrevalenceReference,
        Measure::PrevalenceRegister,
        Measure::PrevalenceDifference,
        Measure::Accuracy,
        Measure::F1,
        Measure::LrPositive,
        Measure::LrNegative,
        Measure::DiagnosticOddsRatio,
        Measure::Youden,
        Measure::Kappa,
    ];

    /// What another measure says in other units; printed only when asked for.
    pub const RESTATED: [Measure; 1] = [Measure::NumberNeededToDiagnose];

    /// The measures that a stratified draw estimates with its weights.
    pub const WEIGHTED: [Measure; 8] = [
        Measure::Sensitivity,
        Measure::Specificity,
        Measure::Ppv,
        Measure::Npv,
        Measure::PrevalenceReference,
        Measure::PrevalenceRegister,
        Measure::PrevalenceDifference,
        Measure::Accuracy,
    ];

    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Sensitivity => "sensitivity",
            Measure::Specificity => "specificity",
            Measure::Ppv => "ppv",
            Measure::Npv => "npv",
            Measure::PrevalenceReference => "prevalence_reference",
            Measure::PrevalenceRegister => "prevalence_register",
            Measure::PrevalenceDifference => "prevalence_difference",
            Measure::Accuracy => "accuracy",
            Measure::F1 => "f1",
            Measure::LrPositive => "lr_positive",
            Measure::LrNegative => "lr_negative",
            Measure::DiagnosticOddsRatio => "diagnostic_odds_ratio",
            Measure::Youden => "youden",
            Measure::Kappa => "kappa",
            Measure::NumberNeededToDiagnose => "number_needed_to_diagnose",
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Measure::Sensitivity => "Sensitivity",
            Measure::Specificity => "Specificity",
            Measure::Ppv => "Positive predictive value",
            Measure::Npv => "Negative predictive value",
            Measure::PrevalenceReference => "Prevalence by record",
            Measure::PrevalenceRegister => "Prevalence by register",
            Measure::PrevalenceDifference => "Prevalence difference, register less record",
            Measure::Accuracy => "Accuracy",
            Measure::F1 => "F1 score",
            Measure::LrPositive => "Positive likelihood ratio",
            Measure::LrNegative => "Negative likelihood ratio",
            Measure::DiagnosticOddsRatio => "Diagnostic odds ratio",
            Measure::Youden => "Youden's J",
            Measure::Kappa => "Cohen's kappa, register against record",
            Measure::NumberNeededToDiagnose => "Number needed to diagnose",
        }
    }
}

impl FromStr for Measure {
    type Err = UnknownMeasureError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut known = Measure::ALL.into_iter().chain(Measure::RESTATED);
        let found = known.find(|measure| measure.name() == text);
        found.ok_or_else(|| UnknownMeasureError { text: text.to_owned() })
    }
}

/// A text that names no measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMeasureError {
    text: String,
}

impl fmt::Display for UnknownMeasureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Measure::ALL.into_iter().chain(Measure::RESTATED).map(Measure::name);
        let known = known.collect::<Vec<_>>().join(", ");
        write!(f, "the measure is `{}`, expected one of {known}", self.text)
    }
}

impl std::error::Error for UnknownMeasureError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back_and_an_unknown_one_is_answered() {
        let known = Measure::ALL.into_iter().chain(Measure::RESTATED);
        assert!(known.into_iter().all(|measure| measure.name().parse() == Ok(measure)));
        let error = "recall".parse::<Measure>().unwrap_err();
        assert!(error.to_string().starts_with("the measure is `recall`, expected one of sensitivity, "));
    }
}
