//! What the methods of intervals compute.

use super::Explanation;
use crate::stats::{IntervalMethod, Method, WeightedMethod};

impl Method {
    /// What it computes.
    pub fn explanation(self) -> Explanation {
        let (section, formula, edges) = match self {
            Method::Proportion(method) => of_proportion(method),
            Method::Transformed(_) => (
                "3.5",
                "the limits of a proportion, carried over by the formula of the measure",
                "Those of the proportion: 0 and 1 are kept.",
            ),
            Method::Weighted(method) => of_weighted(method),
            Method::Linearised => (
                "4.10",
                "difference ± t(df) √V, V by linearisation in each stratum",
                "No interval where V = 0 and not everything is known.",
            ),
            Method::Koopman => (
                "3.1",
                "all ratios that the score test of two proportions does not reject",
                "With a zero cell the limit is 0 or unbounded.",
            ),
            Method::MiettinenNurminen => (
                "3.2",
                "all odds ratios that the score test with n / (n − 1) does not reject",
                "With a zero cell the limit is 0 or unbounded.",
            ),
            Method::NewcombePaired => (
                "3.4",
                "distances of the Wilson limits of two paired proportions, squared and added, the correlation corrected",
                "Defined for every table with a record in it.",
            ),
            Method::SquareAndAdd => (
                "3.3",
                "distances of the Wilson limits of two proportions, squared and added",
                "Cut at −1 and 1.",
            ),
            Method::SquareAndAddReciprocal => (
                "3.6",
                "1/u and 1/l of the limits of Youden's J",
                "No upper limit for l ≤ 0, no interval for u ≤ 0.",
            ),
            Method::LogRatio => (
                "3.7",
                "ratio · exp(± z SE); SE² = 1/x₁ − 1/n₁ + 1/x₂ − 1/n₂, of the odds ratio 1/TP + 1/FP + 1/FN + 1/TN",
                "Not defined with a zero among the counts that it divides by.",
            ),
            Method::WaldAgreement => (
                "5.4",
                "coefficient ± z SE, the large-sample standard error",
                "Cut at −1 and 1; no interval where the standard error is 0.",
            ),
            Method::BetaBinomial => (
                "11.5",
                "α/2 and 1 − α/2 of Σ weight · Beta(x + μm, n − x + (1 − μ)m)",
                "Defined for every count.",
            ),
            Method::RoganGladen => (
                "12.2",
                "π ± z √(V(p) + π² V(se) + (1 − π)² V(sp)) / (se + sp − 1)",
                "Cut at 0 and 1, inadmissible outside; too short in small samples.",
            ),
            Method::LangReiczigel => (
                "12.3",
                "the same with z²/2, 1 and 1 added to events and non-events of p, se and sp, shifted",
                "Needs counts throughout; cut at 0 and 1, inadmissible outside.",
            ),
            Method::BootstrapPercentile => (
                "14.8",
                "quantiles of the replicates at α/2 and 1 − α/2",
                "Replicates with a zero denominator are left out and counted; no interval where all are equal.",
            ),
            Method::BootstrapBca => (
                "14.11",
                "quantiles of the replicates at Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z)))",
                "Not defined where all replicates lie on one side of the estimate.",
            ),
        };
        let title = if matches!(self, Method::Transformed(_)) { "Limits carried over" } else { self.title() };
        let (name, reference) = (self.name(), self.reference());
        Explanation { name, title, formula, edges, reference, section }
    }
}

/// Section, formula and edges.
type Parts = (&'static str, &'static str, &'static str);

const ENDS: &str = "The lower limit is 0 at x = 0, the upper 1 at x = n.";

fn of_proportion(method: IntervalMethod) -> Parts {
    match method {
        IntervalMethod::ClopperPearson => {
            ("2.1", "lower: P(X ≥ x) = α/2, upper: P(X ≤ x) = α/2, X binomial", ENDS)
        }
        IntervalMethod::Wilson => ("2.2", "(p̂ − p)² = z² p (1 − p) / n, solved for p", ENDS),
        IntervalMethod::WilsonCc => ("2.3", "(|p̂ − p| − 1/(2n))² = z² p (1 − p) / n, solved for p", ENDS),
        IntervalMethod::AgrestiCoull => {
            ("2.4", "p̃ ± z √( p̃ (1 − p̃) / ñ ), ñ = n + z², p̃ = (x + z²/2) / ñ", "Cut at 0 and 1.")
        }
        IntervalMethod::Jeffreys => ("2.5", "α/2 and 1 − α/2 quantiles of Beta(x + ½, n − x + ½)", ENDS),
        IntervalMethod::MidP => {
            ("2.6", "lower: P(X > x) + ½ P(X = x) = α/2, upper: P(X < x) + ½ P(X = x) = α/2", ENDS)
        }
        IntervalMethod::Logit => (
            "2.7",
            "ln( p̂ / (1 − p̂) ) ± z / √( n p̂ (1 − p̂) ), transformed back",
            "Not defined at x = 0 and x = n.",
        ),
        IntervalMethod::Arcsine => (
            "2.8",
            "sin²( arcsin √p̂ ± z / (2 √n) )",
            "The angle is cut at 0 and π/2; covers too little near them.",
        ),
        IntervalMethod::Wald => (
            "2.9",
            "p̂ ± z √( p̂ (1 − p̂) / n )",
            "Cut at 0 and 1; no width at x = 0 and x = n, covers too little near them.",
        ),
    }
}

fn of_weighted(method: WeightedMethod) -> Parts {
    match method {
        WeightedMethod::KornGraubard => (
            "4.7",
            "Clopper–Pearson limits of n* R events of n*, n* the effective sample size",
            "Where everything is known both limits are the value; with V = 0 otherwise n* rests on the weights alone.",
        ),
        WeightedMethod::Logit => (
            "4.9",
            "ln( R / (1 − R) ) ± t(df) √V / (R (1 − R)), transformed back",
            "Not defined at 0 and 100 %.",
        ),
        WeightedMethod::Wilson => (
            "4.8",
            "Wilson limits of n* R events of n*, with t(df)² for z²",
            "Where everything is known both limits are the value; with V = 0 otherwise n* rests on the weights alone.",
        ),
    }
}
