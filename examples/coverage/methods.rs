//! The intervals of one drawn sample, by every method.

use hjertekommidt::stats::{
    ConfidenceLevel, IntervalMethod, Measure, PostStrata, PostStratifiedStratum, StratifiedTwoByTwo,
    WeightedEstimate, WeightedMethod, WeightedOptions, post_stratified,
};

use crate::effective::{CANDIDATES, Summary};

/// The intervals of the library, in the order of the tables.
pub(crate) const METHODS: [&str; 8] = [
    "korn_graubard",
    "logit",
    "wilson",
    "post_frame_korn_graubard",
    "post_frame_logit",
    "post_frame_wilson",
    "post_strata_korn_graubard",
    "unweighted_clopper_pearson",
];

/// What a method says of one sample.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) estimate: Option<f64>,
    pub(crate) se: Option<f64>,
    pub(crate) limits: Option<[f64; 2]>,
}

/// A sample with what the register says of the frame and of the sample.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    pub(crate) tables: StratifiedTwoByTwo,
    pub(crate) register: Vec<PostStratifiedStratum>,
}

impl Drawn {
    /// One outcome for each of [`METHODS`].
    pub(crate) fn outcomes(&self, measure: Measure, corrected: bool) -> [Outcome; 8] {
        let options = |method| WeightedOptions {
            method,
            finite_population_correction: corrected,
            ..WeightedOptions::default()
        };
        let weighted = |method| self.tables.estimate(measure, &options(method)).into();
        let post =
            |by, method| post_stratified(&self.register, measure, by, &options(method)).ok().flatten().into();
        let [korn_graubard, logit, wilson] = WeightedMethod::ALL;
        [
            weighted(korn_graubard),
            weighted(logit),
            weighted(wilson),
            post(PostStrata::Frame, korn_graubard),
            post(PostStrata::Frame, logit),
            post(PostStrata::Frame, wilson),
            post(PostStrata::Strata, korn_graubard),
            self.unweighted(measure),
        ]
    }

    /// One outcome for each of [`CANDIDATES`].
    pub(crate) fn candidates(&self, measure: Measure, corrected: bool) -> [Outcome; CANDIDATES.len()] {
        let tail = ConfidenceLevel::NINETY_FIVE.tail();
        let summary = Summary::new(self.tables.strata(), measure, corrected, tail);
        CANDIDATES.map(|candidate| Outcome {
            estimate: summary.map(|summary| summary.ratio[0]),
            se: summary.map(|summary| summary.variance.sqrt()),
            limits: summary.and_then(|summary| summary.limits(&candidate, tail)),
        })
    }

    /// As if the sample had no strata.
    fn unweighted(&self, measure: Measure) -> Outcome {
        let proportion = self.tables.pooled().proportion(measure);
        let interval = proportion.and_then(|proportion| {
            proportion.interval(IntervalMethod::ClopperPearson, ConfidenceLevel::NINETY_FIVE).ok()
        });
        let estimate = proportion.and_then(|proportion| proportion.estimate());
        let limits = interval.map(|interval| [interval.lower(), interval.upper()]);
        Outcome { estimate, se: None, limits }
    }
}

impl From<Option<WeightedEstimate>> for Outcome {
    fn from(estimate: Option<WeightedEstimate>) -> Self {
        let Some(estimate) = estimate else { return Outcome::default() };
        let limits = estimate.interval.ok().map(|interval| [interval.lower(), interval.upper()]);
        Outcome { estimate: estimate.estimate.ok(), se: estimate.se.ok(), limits }
    }
}
