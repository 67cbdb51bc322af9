//! The methods by which an interval can be made, and their names.

use std::fmt;
use std::str::FromStr;

/// A method for the interval of a plain proportion, x of n.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum IntervalMethod {
    /// Exact; the default for plain proportions.
    #[default]
    ClopperPearson,
    /// Score.
    Wilson,
    /// Score with continuity correction.
    WilsonCc,
    /// Wald about Wilson's centre.
    AgrestiCoull,
    /// Quantiles of the posterior under Jeffreys' prior, 0 at x = 0 and 1 at x = n.
    Jeffreys,
    /// Exact, with half the probability of the observed count.
    MidP,
    /// Wald on the log-odds; not defined at 0 and n.
    Logit,
    /// Wald on the variance-stabilised scale; only by name.
    Arcsine,
    /// The textbook's; only by name.
    Wald,
}

impl IntervalMethod {
    /// Every method, in the order in which they are printed.
    pub const ALL: [IntervalMethod; 9] = [
        IntervalMethod::ClopperPearson,
        IntervalMethod::Wilson,
        IntervalMethod::WilsonCc,
        IntervalMethod::AgrestiCoull,
        IntervalMethod::Jeffreys,
        IntervalMethod::MidP,
        IntervalMethod::Logit,
        IntervalMethod::Arcsine,
        IntervalMethod::Wald,
    ];

    /// The name in results and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            IntervalMethod::ClopperPearson => "clopper_pearson",
            IntervalMethod::Wilson => "wilson",
            IntervalMethod::WilsonCc => "wilson_cc",
            IntervalMethod::AgrestiCoull => "agresti_coull",
            IntervalMethod::Jeffreys => "jeffreys",
            IntervalMethod::MidP => "mid_p",
            IntervalMethod::Logit => "logit",
            IntervalMethod::Arcsine => "arcsine",
            IntervalMethod::Wald => "wald",
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            IntervalMethod::ClopperPearson => "Clopper–Pearson (exact)",
            IntervalMethod::Wilson => "Wilson score",
            IntervalMethod::WilsonCc => "Wilson score with continuity correction",
            IntervalMethod::AgrestiCoull => "Agresti–Coull",
            IntervalMethod::Jeffreys => "Jeffreys",
            IntervalMethod::MidP => "mid-P",
            IntervalMethod::Logit => "logit",
            IntervalMethod::Arcsine => "arcsine",
            IntervalMethod::Wald => "Wald",
        }
    }

    /// The paper, in short.
    pub fn reference(self) -> &'static str {
        match self {
            IntervalMethod::ClopperPearson => "Clopper & Pearson, Biometrika 1934; 26: 404",
            IntervalMethod::Wilson => "Wilson, J Am Stat Assoc 1927; 22: 209",
            IntervalMethod::WilsonCc => "Newcombe, Stat Med 1998; 17: 857, method 4",
            IntervalMethod::AgrestiCoull => "Agresti & Coull, Am Stat 1998; 52: 119",
            IntervalMethod::Jeffreys | IntervalMethod::Logit => {
                "Brown, Cai & DasGupta, Stat Sci 2001; 16: 101"
            }
            IntervalMethod::MidP => "Berry & Armitage, Statistician 1995; 44: 417",
            IntervalMethod::Arcsine => "Brown, Cai & DasGupta, Stat Sci 2001; 16: 101, section 4.2.1",
            IntervalMethod::Wald => "Brown, Cai & DasGupta, Stat Sci 2001; 16: 101, against its use",
        }
    }

    /// Whether the interval is known to be poor and needs a warning beside it.
    pub fn is_discouraged(self) -> bool {
        matches!(self, IntervalMethod::Arcsine | IntervalMethod::Wald)
    }
}

/// A method for the interval of a design-weighted proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum WeightedMethod {
    /// Exact limits at the effective sample size; the default.
    #[default]
    KornGraubard,
    /// Wald on the log-odds with Student's t; not defined at 0 and 100 %.
    Logit,
    /// Score limits at the effective sample size with Student's t.
    Wilson,
}

impl WeightedMethod {
    /// Every method, in the order in which they are printed.
    pub const ALL: [WeightedMethod; 3] =
        [WeightedMethod::KornGraubard, WeightedMethod::Logit, WeightedMethod::Wilson];

    /// The name in results and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            WeightedMethod::KornGraubard => "korn_graubard",
            WeightedMethod::Logit => "logit",
            WeightedMethod::Wilson => "wilson",
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            WeightedMethod::KornGraubard => "Korn–Graubard",
            WeightedMethod::Logit => "logit with t",
            WeightedMethod::Wilson => "Wilson score at the effective sample size",
        }
    }

    /// The paper, in short.
    pub fn reference(self) -> &'static str {
        match self {
            WeightedMethod::KornGraubard => "Korn & Graubard, Surv Methodol 1998; 24: 193",
            WeightedMethod::Logit => "Korn & Graubard, Analysis of Health Surveys 1999, section 3.2",
            WeightedMethod::Wilson => "Dean & Pagano, J Surv Stat Methodol 2015; 3: 484",
        }
    }
}

/// The method behind an interval, of whatever kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Of a plain proportion.
    Proportion(IntervalMethod),
    /// Limits of a plain proportion, carried over to a monotone function of it: F1, positive and negative
    /// agreement, PABAK.
    Transformed(IntervalMethod),
    /// Of a design-weighted proportion.
    Weighted(WeightedMethod),
    /// Of a design-weighted difference: its linearised variance and Student's t.
    Linearised,
    /// Score, for a ratio of two proportions.
    Koopman,
    /// Score, for an odds ratio.
    MiettinenNurminen,
    /// Square-and-add of Wilson limits, for a difference of two paired proportions.
    NewcombePaired,
    /// Square-and-add of Wilson limits, for two independent proportions.
    SquareAndAdd,
    /// The reciprocals of the limits by square-and-add.
    SquareAndAddReciprocal,
    /// Wald on the logarithm of a ratio of two proportions or of an odds ratio; not defined with zero cells.
    LogRatio,
    /// Wald about a coefficient of agreement, with its large-sample standard error.
    WaldAgreement,
    /// Quantiles of a mixture of beta distributions, for a municipality's proportion among others.
    BetaBinomial,
    /// Large-sample, for a true prevalence with the variance of the apparent one, sensitivity and specificity.
    RoganGladen,
    /// The same with events and non-events added.
    LangReiczigel,
    /// Quantiles of bootstrap replicates.
    BootstrapPercentile,
    /// Quantiles of bootstrap replicates, corrected for bias and acceleration.
    BootstrapBca,
}

impl Method {
    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Method::Proportion(method) => method.name(),
            Method::Transformed(method) => match method {
                IntervalMethod::ClopperPearson => "clopper_pearson_transformed",
                IntervalMethod::Wilson => "wilson_transformed",
                IntervalMethod::WilsonCc => "wilson_cc_transformed",
                IntervalMethod::AgrestiCoull => "agresti_coull_transformed",
                IntervalMethod::Jeffreys => "jeffreys_transformed",
                IntervalMethod::MidP => "mid_p_transformed",
                IntervalMethod::Logit => "logit_transformed",
                IntervalMethod::Arcsine => "arcsine_transformed",
                IntervalMethod::Wald => "wald_transformed",
            },
            Method::Weighted(method) => method.name(),
            Method::Linearised => "linearised",
            Method::Koopman => "koopman",
            Method::MiettinenNurminen => "miettinen_nurminen",
            Method::NewcombePaired => "newcombe_paired",
            Method::SquareAndAdd => "square_and_add",
            Method::SquareAndAddReciprocal => "square_and_add_reciprocal",
            Method::LogRatio => "log_ratio",
            Method::WaldAgreement => "wald_agreement",
            Method::BetaBinomial => "beta_binomial",
            Method::RoganGladen => "rogan_gladen",
            Method::LangReiczigel => "lang_reiczigel",
            Method::BootstrapPercentile => "percentile",
            Method::BootstrapBca => "bca",
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Method::Proportion(method) | Method::Transformed(method) => method.title(),
            Method::Weighted(method) => method.title(),
            Method::Linearised => "linearised variance with t",
            Method::Koopman => "Koopman score",
            Method::MiettinenNurminen => "Miettinen–Nurminen score",
            Method::NewcombePaired => "Newcombe paired score",
            Method::SquareAndAdd => "square-and-add of Wilson limits",
            Method::SquareAndAddReciprocal => "reciprocal of square-and-add limits",
            Method::LogRatio => "log method",
            Method::WaldAgreement => "large-sample (Wald)",
            Method::BetaBinomial => "beta-binomial model, integrated over mean and correlation",
            Method::RoganGladen => "large-sample (Rogan–Gladen)",
            Method::LangReiczigel => "Lang–Reiczigel",
            Method::BootstrapPercentile => "bootstrap percentile",
            Method::BootstrapBca => "bootstrap BCa",
        }
    }

    /// The paper, in short.
    pub fn reference(self) -> &'static str {
        match self {
            Method::Proportion(method) | Method::Transformed(method) => method.reference(),
            Method::Weighted(method) => method.reference(),
            Method::Linearised => {
                "Särndal, Swensson & Wretman, Model assisted survey sampling 1992, chapter 5"
            }
            Method::Koopman => "Koopman, Biometrics 1984; 40: 513",
            Method::MiettinenNurminen => "Miettinen & Nurminen, Stat Med 1985; 4: 213",
            Method::NewcombePaired => "Newcombe, Stat Med 1998; 17: 2635, method 10",
            Method::SquareAndAdd | Method::SquareAndAddReciprocal => {
                "Newcombe, Stat Med 1998; 17: 873, method 10"
            }
            Method::LogRatio => "Simel, Samsa & Matchar, J Clin Epidemiol 1991; 44: 763; Woolf 1955",
            Method::WaldAgreement => "Fleiss, Cohen & Everitt, Psychol Bull 1969; 72: 323; Gwet 2008",
            Method::BetaBinomial => "Kleinman, J Am Stat Assoc 1973; 68: 46",
            Method::RoganGladen => "Rogan & Gladen, Am J Epidemiol 1978; 107: 71",
            Method::LangReiczigel => "Lang & Reiczigel, Prev Vet Med 2014; 113: 13",
            Method::BootstrapPercentile => "Davison & Hinkley, Bootstrap methods 1997, section 5.3",
            Method::BootstrapBca => "Efron, J Am Stat Assoc 1987; 82: 171",
        }
    }
}

impl From<IntervalMethod> for Method {
    fn from(method: IntervalMethod) -> Self {
        Method::Proportion(method)
    }
}

impl From<WeightedMethod> for Method {
    fn from(method: WeightedMethod) -> Self {
        Method::Weighted(method)
    }
}

impl FromStr for IntervalMethod {
    type Err = UnknownMethodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = || IntervalMethod::ALL.map(IntervalMethod::name).join(", ");
        let found = IntervalMethod::ALL.into_iter().find(|method| method.name() == text);
        found.ok_or_else(|| UnknownMethodError { text: text.to_owned(), known: known() })
    }
}

impl FromStr for WeightedMethod {
    type Err = UnknownMethodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = || WeightedMethod::ALL.map(WeightedMethod::name).join(", ");
        let found = WeightedMethod::ALL.into_iter().find(|method| method.name() == text);
        found.ok_or_else(|| UnknownMethodError { text: text.to_owned(), known: known() })
    }
}

/// A text that names no method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMethodError {
    text: String,
    known: String,
}

impl fmt::Display for UnknownMethodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the interval method is `{}`, expected one of {}", self.text, self.known)
    }
}

impl std::error::Error for UnknownMethodError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        assert!(IntervalMethod::ALL.iter().all(|method| method.name().parse() == Ok(*method)));
        assert!(WeightedMethod::ALL.iter().all(|method| method.name().parse() == Ok(*method)));
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let error = "exact".parse::<WeightedMethod>().unwrap_err();
        let text = "the interval method is `exact`, expected one of korn_graubard, logit, wilson";
        assert_eq!(error.to_string(), text);
    }
}
