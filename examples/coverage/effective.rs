//! Korn–Graubard as specified, taken apart, and other ways to put it together.
//!
//! ```text
//! n* = min( cap,  R (1 − R)/V · ( t(d − 1)/t(ν) )² )      V > 0
//!
//! cap   specified   d without the correction, d/(1 − d/D) with it
//!       domain      d in any case
//!       design      D² / Σ (1 − f) w² d, the effective size if all strata had the proportion R; f = 0 without the correction
//! ν     specified   min( Σ (n − 1), d − 1 )
//!       effective   min( V² / Σ V_h²/(n_h − 1), d − 1 ), Satterthwaite's, V = Σ V_h; a lonely stratum counts 1
//! ```
//!
//! At V = 0: specified is n* = min(d, D²/Σ w² d), heaviest n* = D/max w, the size if every record had the largest weight of the
//! domain's records: all errors could sit in the stratum that shows least of them. Limits are Clopper–Pearson's, Jeffreys' or Wilson's with n* and x* = n* R.
//!
//! References: Korn & Graubard 1998; Satterthwaite FE. Biometrics Bulletin 1946; 2: 110–114. <https://doi.org/10.2307/3002019>;
//! Dean & Pagano 2015. <https://doi.org/10.1093/jssam/smv024>; Franco C, Little RJA, Louis TA, Slud EV. Comparative study of
//! confidence intervals for proportions in complex sample surveys. Journal of Survey Statistics and Methodology 2019; 7: 334–364.
//! <https://doi.org/10.1093/jssam/smy019>

use hjertekommidt::stats::{Measure, TwoByTwoStratum, quantile};

/// What bounds n*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cap {
    Specified,
    Domain,
    Design,
    None,
}

/// The degrees of freedom ν.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Df {
    Specified,
    Effective,
    /// No factor: ν = d − 1.
    Domain,
}

/// The limits with n* and x*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    ClopperPearson,
    Jeffreys,
    Wilson,
}

/// n* at V = 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zero {
    Specified,
    Heaviest,
}

/// A way to make the interval.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) name: &'static str,
    pub(crate) cap: Cap,
    pub(crate) df: Df,
    pub(crate) zero: Zero,
    pub(crate) form: Form,
}

const fn candidate(name: &'static str, cap: Cap, df: Df, zero: Zero, form: Form) -> Candidate {
    Candidate { name, cap, df, zero, form }
}

/// Every candidate; the first is the specification's Korn–Graubard.
pub(crate) const CANDIDATES: [Candidate; 12] = [
    candidate("specified", Cap::Specified, Df::Specified, Zero::Specified, Form::ClopperPearson),
    candidate("no cap", Cap::None, Df::Specified, Zero::Specified, Form::ClopperPearson),
    candidate("cap d", Cap::Domain, Df::Specified, Zero::Specified, Form::ClopperPearson),
    candidate("cap design", Cap::Design, Df::Specified, Zero::Specified, Form::ClopperPearson),
    candidate("no t factor", Cap::Specified, Df::Domain, Zero::Specified, Form::ClopperPearson),
    candidate("effective df", Cap::Specified, Df::Effective, Zero::Specified, Form::ClopperPearson),
    candidate("heaviest at V = 0", Cap::Specified, Df::Specified, Zero::Heaviest, Form::ClopperPearson),
    candidate("cap design, effective df", Cap::Design, Df::Effective, Zero::Specified, Form::ClopperPearson),
    candidate("all three", Cap::Design, Df::Effective, Zero::Heaviest, Form::ClopperPearson),
    candidate("Jeffreys", Cap::Specified, Df::Specified, Zero::Specified, Form::Jeffreys),
    candidate("Jeffreys, all three", Cap::Design, Df::Effective, Zero::Heaviest, Form::Jeffreys),
    candidate("Wilson, all three", Cap::Design, Df::Effective, Zero::Heaviest, Form::Wilson),
];

/// What a sample tells of one measure: R and the sums that n* needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Summary {
    /// R and 1 − R
    pub(crate) ratio: [f64; 2],
    pub(crate) variance: f64,
    domain: f64,
    weighted_domain: f64,
    /// Σ w² d and Σ (1 − f) w² d
    squared_weights: [f64; 2],
    /// Of the strata with records in the domain.
    largest_weight: f64,
    /// t(1 − α/2; ν), ν as specified, effective and d − 1; `None` without a degree of freedom.
    quantiles: Option<[f64; 3]>,
    corrected: bool,
}

impl Summary {
    /// `None` where nothing is in the denominator.
    pub(crate) fn new(
        strata: &[TwoByTwoStratum],
        measure: Measure,
        corrected: bool,
        tail: f64,
    ) -> Option<Self> {
        let counted: Vec<Counted> =
            strata.iter().map(|one| Counted::new(one, measure, corrected)).collect::<Option<_>>()?;
        let sum = |of: fn(&Counted) -> f64| counted.iter().map(of).sum::<f64>();
        let (domain, weighted_domain) = (sum(|one| one.domain), sum(|one| one.weight * one.domain));
        if domain == 0.0 {
            return None;
        }
        let part = |of: fn(&Counted) -> f64| sum(of) / weighted_domain;
        let ratio = [part(|one| one.weight * one.events), part(|one| one.weight * (one.domain - one.events))];
        let variances =
            counted.iter().map(|one| (one.variance(ratio) / weighted_domain.powi(2), one.reviewed));
        let variance: f64 = variances.clone().map(|(variance, _)| variance).sum();
        let squares: f64 = variances.map(|(own, n)| own * own / (n - 1.0).max(1.0)).sum();
        let specified_df = sum(Counted::df).min(domain - 1.0);
        let effective_df = if variance > 0.0 { variance * variance / squares } else { specified_df };
        Some(Summary {
            ratio,
            variance,
            domain,
            weighted_domain,
            squared_weights: [
                sum(|one| one.weight.powi(2) * one.domain),
                sum(|one| one.unseen * one.weight.powi(2) * one.domain),
            ],
            largest_weight: counted
                .iter()
                .filter(|one| one.domain > 0.0)
                .fold(0.0, |most, one| one.weight.max(most)),
            quantiles: quantiles([specified_df, effective_df.min(domain - 1.0), domain - 1.0], tail),
            corrected,
        })
    }

    /// The limits; `None` without a degree of freedom.
    pub(crate) fn limits(&self, candidate: &Candidate, tail: f64) -> Option<[f64; 2]> {
        let [specified, effective, domain] = self.quantiles?;
        let t = match candidate.df {
            Df::Specified => specified,
            Df::Effective => effective,
            Df::Domain => domain,
        };
        let size = self.size(candidate, domain / t);
        let [yes, no] = self.ratio.map(|part| part * size);
        let lower = |x: f64, y: f64| match candidate.form {
            _ if x == 0.0 => Some(0.0),
            Form::ClopperPearson => Some(quantile::beta(tail, x, y + 1.0)?.value()),
            Form::Jeffreys => Some(quantile::beta(tail, x + 0.5, y + 0.5)?.value()),
            Form::Wilson => Some(wilson_lower(x, y, t * t)),
        };
        Some([lower(yes, no)?, 1.0 - lower(no, yes)?])
    }

    fn size(&self, candidate: &Candidate, quantiles: f64) -> f64 {
        let Summary { domain, weighted_domain, squared_weights, .. } = *self;
        match candidate.zero {
            _ if self.variance > 0.0 => {}
            Zero::Specified => return domain.min(weighted_domain * weighted_domain / squared_weights[0]),
            Zero::Heaviest => return weighted_domain / self.largest_weight,
        }
        let most = match candidate.cap {
            Cap::Specified if self.corrected => domain / (1.0 - domain / weighted_domain).max(0.0),
            Cap::Specified | Cap::Domain => domain,
            Cap::Design => weighted_domain * weighted_domain / squared_weights[1],
            Cap::None => f64::INFINITY,
        };
        most.min(self.ratio[0] * self.ratio[1] / self.variance * quantiles * quantiles)
    }
}

fn quantiles(df: [f64; 3], tail: f64) -> Option<[f64; 3]> {
    let t = |df: f64| quantile::student_t(tail, df).map(|t| -t);
    (df[0] >= 1.0).then_some([t(df[0])?, t(df[1])?, t(df[2])?])
}

/// The smaller root of (p̂ − p)² = t² p(1 − p)/n.
fn wilson_lower(x: f64, y: f64, square: f64) -> f64 {
    let n = x + y;
    let root = (square * (square + 4.0 * x * y / n)).sqrt();
    2.0 * x * x / n / (2.0 * x + square + root)
}

/// A stratum for one measure, as numbers.
struct Counted {
    weight: f64,
    reviewed: f64,
    population: f64,
    domain: f64,
    events: f64,
    /// 1 − f, or 1 without the correction.
    unseen: f64,
}

impl Counted {
    fn new(one: &TwoByTwoStratum, measure: Measure, corrected: bool) -> Option<Self> {
        let proportion = one.table.proportion(measure)?;
        let (reviewed, population) = (one.reviewed as f64, one.population as f64);
        Some(Counted {
            weight: population / reviewed,
            reviewed,
            population,
            domain: proportion.trials() as f64,
            events: proportion.events() as f64,
            unseen: if corrected { 1.0 - reviewed / population } else { 1.0 },
        })
    }

    fn df(&self) -> f64 {
        if self.reviewed > 1.0 && self.unseen > 0.0 { self.reviewed - 1.0 } else { 0.0 }
    }

    /// (1 − f) N² S²/n, over pairs of records so that it is 0 where they are alike.
    fn variance(&self, [yes, no]: [f64; 2]) -> f64 {
        let (n, right) = (self.reviewed, self.events);
        let (wrong, outside) = (self.domain - right, n - self.domain);
        let square = if n == 1.0 {
            if self.population == 1.0 { 0.0 } else { right * no * no + wrong * yes * yes }
        } else {
            (right * wrong + right * outside * no * no + wrong * outside * yes * yes) / (n * (n - 1.0))
        };
        self.unseen * self.population.powi(2) * square / n
    }
}
