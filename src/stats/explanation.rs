//! What a measure or a method computes, in a line, with the paper that it comes from: the one place of both.
//!
//! `section` is the number of the formula in `docs/methods.md`, which a test compares with these.

mod methods;

use super::Measure;

/// What is computed, what happens at the edges, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The name in results.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// The formula in one line.
    pub formula: &'static str,
    /// What happens at the edges, in a sentence.
    pub edges: &'static str,
    /// Authors, journal, year, volume and first page.
    pub reference: &'static str,
    /// The number of the formula in `docs/methods.md`.
    pub section: &'static str,
}

/// The signs of the formulas.
pub const SIGNS: &str = "TP, FP, FN, TN: the cells, register in rows and record in columns; n all of them; x events of n, p̂ = x/n; \
                         α = 1 − level, z the normal quantile with α/2 above it.";

const ZERO: &str = "A zero denominator is not estimable, never 0 or 1.";
const RATIO: &str = "A zero denominator is unbounded, 0/0 not estimable.";
const YERUSHALMY: &str = "Yerushalmy, Public Health Rep 1947; 62: 1432";
const VECCHIO: &str = "Vecchio, N Engl J Med 1966; 274: 1171";
const BENCHIMOL: &str = "Benchimol et al., J Clin Epidemiol 2011; 64: 821";
const DEEKS: &str = "Deeks & Altman, BMJ 2004; 329: 168";

impl Measure {
    /// What it computes.
    pub fn explanation(self) -> Explanation {
        let (section, formula, edges, reference) = match self {
            Measure::Sensitivity => ("1.1", "TP / (TP + FN)", ZERO, YERUSHALMY),
            Measure::Specificity => ("1.2", "TN / (TN + FP)", ZERO, YERUSHALMY),
            Measure::Ppv => ("1.3", "TP / (TP + FP)", ZERO, VECCHIO),
            Measure::Npv => ("1.4", "TN / (TN + FN)", ZERO, VECCHIO),
            Measure::PrevalenceReference => ("1.5", "(TP + FN) / n", ZERO, BENCHIMOL),
            Measure::PrevalenceRegister => ("1.5", "(TP + FP) / n", ZERO, BENCHIMOL),
            Measure::PrevalenceDifference => ("1.6", "(FP − FN) / n", ZERO, BENCHIMOL),
            Measure::Accuracy => ("1.7", "(TP + TN) / n", ZERO, BENCHIMOL),
            Measure::F1 => {
                ("1.8", "2j / (1 + j), j = TP / (TP + FP + FN)", ZERO, "Dice, Ecology 1945; 26: 297")
            }
            Measure::LrPositive => ("1.9", "sensitivity / (1 − specificity)", RATIO, DEEKS),
            Measure::LrNegative => ("1.9", "(1 − sensitivity) / specificity", RATIO, DEEKS),
            Measure::DiagnosticOddsRatio => {
                ("1.10", "TP TN / (FP FN)", RATIO, "Glas et al., J Clin Epidemiol 2003; 56: 1129")
            }
            Measure::Youden => ("1.11", "sensitivity + specificity − 1", ZERO, "Youden, Cancer 1950; 3: 32"),
            Measure::Kappa => ("5.4", KAPPA, CONSTANT, COHEN),
            Measure::NumberNeededToDiagnose => {
                let edges = "Unbounded for J = 0, not defined for J < 0.";
                ("1.13", "1 / J", edges, "Linn & Grunau, Emerg Themes Epidemiol 2006; 3: 11")
            }
        };
        Explanation { name: self.name(), title: self.title(), formula, edges, reference, section }
    }
}

const KAPPA: &str = "(p₀ − pₑ) / (1 − pₑ), p₀ the observed agreement, pₑ = Σ pᵢ. p.ᵢ the expected one";
const CONSTANT: &str = "Not estimable where both give the same single answer throughout; no interval where the standard error is 0.";
const COHEN: &str = "Cohen, Educ Psychol Meas 1960; 20: 37";

/// The exact test of false positives against false negatives.
pub const MCNEMAR: Explanation = Explanation {
    name: "mcnemar",
    title: "Exact McNemar test",
    formula: "p = 2 P(X ≤ min(FP, FN)), X ~ Bin(FP + FN, ½), at most 1",
    edges: "p = 1 without a discordant record, not estimable without any record.",
    reference: "McNemar, Psychometrika 1947; 12: 153",
    section: "1.12",
};

/// The coefficients of agreement between two reviewers, in the order in which they are printed.
pub const AGREEMENT: [Explanation; 6] = [
    Explanation {
        name: "agreement",
        title: "Raw agreement",
        formula: "Σ pᵢᵢ",
        edges: ZERO,
        reference: "Fleiss, Cohen & Everitt, Psychol Bull 1969; 72: 323",
        section: "5.1",
    },
    Explanation {
        name: "kappa",
        title: "Cohen's kappa",
        formula: KAPPA,
        edges: CONSTANT,
        reference: COHEN,
        section: "5.4",
    },
    Explanation {
        name: "pabak",
        title: "PABAK",
        formula: "(k p₀ − 1) / (k − 1), k the number of answers",
        edges: ZERO,
        reference: "Byrt, Bishop & Carlin, J Clin Epidemiol 1993; 46: 423",
        section: "5.3",
    },
    Explanation {
        name: "ac1",
        title: "Gwet's AC1",
        formula: "(p₀ − pₑ) / (1 − pₑ), pₑ = Σ πᵢ (1 − πᵢ) / (k − 1), πᵢ the mean share of an answer",
        edges: "No interval where the standard error is 0.",
        reference: "Gwet, Br J Math Stat Psychol 2008; 61: 29",
        section: "5.5",
    },
    Explanation {
        name: "positive_agreement",
        title: "Positive agreement",
        formula: "2j / (1 + j), j = a / (a + b + c): both yes of those with a yes",
        edges: ZERO,
        reference: "Cicchetti & Feinstein, J Clin Epidemiol 1990; 43: 551",
        section: "5.2",
    },
    Explanation {
        name: "negative_agreement",
        title: "Negative agreement",
        formula: "2j / (1 + j), j = d / (d + b + c): both no of those with a no",
        edges: ZERO,
        reference: "Cicchetti & Feinstein, J Clin Epidemiol 1990; 43: 551",
        section: "5.2",
    },
];
