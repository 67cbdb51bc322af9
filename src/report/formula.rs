//! What a method computes, in one line, for those who ask.

use crate::stats::{IntervalMethod, Method, WeightedMethod};

/// The formula of a method in one line: x events of n, p̂ = x/n, z the normal quantile of the level, limits p.
pub fn formula(method: Method) -> &'static str {
    match method {
        Method::Proportion(method) => of_proportion(method),
        Method::Transformed(_) => "the limits of a proportion j, carried over by 2j / (1 + j)",
        Method::Weighted(method) => of_weighted(method),
        Method::Linearised => "difference ± t(df) √V, V by linearisation in each stratum",
        Method::Koopman => "all ratios that the score test of two proportions does not reject",
        Method::MiettinenNurminen => "all odds ratios that the score test with n / (n − 1) does not reject",
        Method::NewcombePaired => {
            "distances of the Wilson limits of two paired proportions, squared and added"
        }
        Method::SquareAndAdd => "distances of the Wilson limits of two proportions, squared and added",
        Method::SquareAndAddReciprocal => "1/u and 1/l of the limits of Youden's J; no upper limit for l ≤ 0",
        Method::LogRatio => "ln(ratio) ± z SE, transformed back",
        Method::WaldAgreement => "coefficient ± z SE, cut at −1 and 1",
        Method::BetaBinomial => "α/2 and 1 − α/2 of Σ weight · Beta(x + μm, n − x + (1 − μ)m)",
        Method::RoganGladen => "π ± z √(V(p) + π² V(se) + (1 − π)² V(sp)) / (se + sp − 1)",
        Method::LangReiczigel => "the same after z²/2, 1 and 1 are added to events and non-events, shifted",
        Method::BootstrapPercentile => "quantiles of the replicates at α/2 and 1 − α/2",
        Method::BootstrapBca => "quantiles of the replicates at Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z)))",
    }
}

fn of_proportion(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::ClopperPearson => {
            "lower: P(X ≥ x) = α/2, upper: P(X ≤ x) = α/2, X binomial; 0 at x = 0, 1 at x = n"
        }
        IntervalMethod::Wilson => "(p̂ − p)² = z² p (1 − p) / n, solved for p",
        IntervalMethod::WilsonCc => {
            "(|p̂ − p| − 1/(2n))² = z² p (1 − p) / n, solved for p; 0 at x = 0, 1 at x = n"
        }
        IntervalMethod::AgrestiCoull => "p̃ ± z √( p̃ (1 − p̃) / ñ ), ñ = n + z², p̃ = (x + z²/2) / ñ",
        IntervalMethod::Jeffreys => "α/2 quantiles of Beta(x + ½, n − x + ½); 0 at x = 0, 1 at x = n",
        IntervalMethod::MidP => "lower: P(X > x) + ½ P(X = x) = α/2, upper: P(X < x) + ½ P(X = x) = α/2",
        IntervalMethod::Logit => {
            "ln( p̂ / (1 − p̂) ) ± z / √( n p̂ (1 − p̂) ), transformed back; not defined at 0 and n"
        }
        IntervalMethod::Arcsine => "sin²( arcsin √p̂ ± z / (2 √n) ), the angle cut at 0 and π/2",
        IntervalMethod::Wald => "p̂ ± z √( p̂ (1 − p̂) / n )",
    }
}

fn of_weighted(method: WeightedMethod) -> &'static str {
    match method {
        WeightedMethod::KornGraubard => {
            "Clopper–Pearson limits of n* R events of n*, n* the effective sample size"
        }
        WeightedMethod::Logit => "ln( R / (1 − R) ) ± t(df) √V / (R (1 − R)), transformed back",
        WeightedMethod::Wilson => "Wilson limits of n* R events of n*, with t(df)² for z²",
    }
}
