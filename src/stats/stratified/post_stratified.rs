//! Post-stratification: weights calibrated to what the register says of the whole frame.
//!
//! The register's value is known for all N records and not only for the reviewed ones. A post-stratum p is a register
//! status (yes, no, neither), of the whole frame or of one stratum. Of its N_p records in the frame the sample
//! estimates N̂_p = Σ w n_p, and the weights of its reviewed records are multiplied by the ratio of the two:
//!
//! ```text
//! g_p = N_p / N̂_p                                   N̂_p = Σ w n_hp
//! R   = Σ w g x / Σ w g d                            D = Σ w g d
//! z   = s − R within the domain, 0 outside           s: 1 for an event, 0 for the rest
//! e   = g_p ( z − z̄_p )                              z̄_p = Σ w z / Σ w over the reviewed records of p
//! V   = Σ (1 − f) N² S²(e) / n  /  D²
//! ```
//!
//! This is the generalised regression estimator with the post-strata as its variables, and its variance by the g-weighted residuals. What is
//! left of the variance is that within the post-strata: sensitivity and specificity, whose denominators the register does not tell,
//! gain most; PPV and NPV lie within one post-stratum of the whole frame and keep their estimate and variance.
//!
//! By [`PostStrata::Strata`] a stratum has post-strata of its own where each status that occurs in its frame has at least five reviewed
//! records; all other strata share theirs. A post-stratum with records in the frame and none reviewed cannot be calibrated: then none of
//! the shared ones is, and a warning says so. The degrees of freedom, n* and the limits are those of the weighted estimate.
//!
//! References: Särndal C-E, Swensson B, Wretman J. Model assisted survey sampling. Springer 1992, sections 6.6 and 7.6.
//! <https://doi.org/10.1007/978-1-4612-4378-6>
//! Holt D, Smith TMF. Post stratification. Journal of the Royal Statistical Society A 1979; 142: 33–46.
//! <https://doi.org/10.2307/2344652>

use std::fmt;

use super::linearised::{Group, Linearised, Scored, degrees_of_freedom, variance_of_total};
use super::{
    LonelyStratum, RegisterCounts, TwoByTwoStratum, WeightedEstimate, WeightedOptions, WeightedWarning,
};
use crate::stats::{Fraction, Measure, Method};

/// The fewest reviewed records of each register status for which a stratum is calibrated by itself.
const FEWEST: u64 = 5;

/// Register yes, register no, neither.
const STATUSES: usize = 3;

/// What the weights are calibrated to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PostStrata {
    /// The register status in the whole frame.
    #[default]
    Frame,
    /// The register status in each stratum where each that occurs has at least five reviewed records, and in all others together.
    Strata,
}

/// A stratum with what the register says of its frame and of its reviewed records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostStratifiedStratum {
    /// The stratum; its `register` is what the register says of the frame.
    pub stratum: TwoByTwoStratum,
    /// What the register says of the n reviewed records, in the table or not.
    pub reviewed: RegisterCounts,
}

/// Counts by register status that cannot be those of a stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostStrataError {
    /// Which stratum it is, counted from 0 in the order they were given.
    pub stratum: usize,
}

/// A measure with its post-stratified interval; `None` for measures outside [`Measure::WEIGHTED`].
///
/// # Errors
/// A stratum whose frame is not known by register status, or has fewer records of one than were reviewed.
pub fn post_stratified(
    strata: &[PostStratifiedStratum],
    measure: Measure,
    by: PostStrata,
    options: &WeightedOptions,
) -> Result<Option<WeightedEstimate>, PostStrataError> {
    let calibrated: Vec<Calibrated> = strata
        .iter()
        .enumerate()
        .map(|(index, one)| Calibrated::new(one, by).ok_or(PostStrataError { stratum: index }))
        .collect::<Result<_, _>>()?;
    let Some(scores) = scores(measure) else { return Ok(None) };
    Ok(Some(estimate(calibrated, scores, measure, options)))
}

/// What the weights of a stratum's reviewed records are calibrated to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalibratedTo {
    /// Whether the stratum has post-strata of its own; otherwise it shares those of all others without.
    pub is_own: bool,
    /// N_p of register yes, no and neither; `None` where the weights cannot be calibrated.
    pub frame: [Option<u64>; STATUSES],
}

/// The post-strata of each stratum, as [`post_stratified`] has them.
///
/// # Errors
/// As [`post_stratified`].
pub fn calibrated_to(
    strata: &[PostStratifiedStratum],
    by: PostStrata,
) -> Result<Vec<CalibratedTo>, PostStrataError> {
    let read = |(index, one)| Calibrated::new(one, by).ok_or(PostStrataError { stratum: index });
    let mut all: Vec<Calibrated> = strata.iter().enumerate().map(read).collect::<Result<_, _>>()?;
    let is_covered = calibrate(&mut all);
    let shared = [0, 1, 2].map(|status: usize| {
        let others = all.iter().filter(|one| !one.is_own && one.reviewed > 0);
        is_covered.then(|| others.map(|one| one.frame[status]).sum())
    });
    let of = |one: &Calibrated| CalibratedTo {
        is_own: one.is_own,
        frame: if one.is_own { one.frame.map(Some) } else { shared },
    };
    Ok(all.iter().map(of).collect())
}

/// The score of TP, FP, FN and TN; `None` outside the domain.
pub(super) type Scores = [Option<f64>; 4];

pub(super) fn scores(measure: Measure) -> Option<Scores> {
    let (yes, no, out) = (Some(1.0), Some(0.0), None);
    Some(match measure {
        Measure::Sensitivity => [yes, out, no, out],
        Measure::Specificity => [out, no, out, yes],
        Measure::Ppv => [yes, no, out, out],
        Measure::Npv => [out, out, no, yes],
        Measure::PrevalenceReference => [yes, no, yes, no],
        Measure::PrevalenceRegister => [yes, yes, no, no],
        Measure::Accuracy => [yes, no, no, yes],
        Measure::PrevalenceDifference => [no, yes, Some(-1.0), no],
        _ => return None,
    })
}

/// A stratum on its way to calibrated weights.
struct Calibrated {
    population: u64,
    reviewed: u64,
    answered: u64,
    /// Records of the frame by register status.
    frame: [u64; STATUSES],
    /// Reviewed records by register status.
    seen: [u64; STATUSES],
    /// TP, FP, FN, TN
    table: [u64; 4],
    /// g by register status
    factors: [f64; STATUSES],
    is_own: bool,
}

/// The register status of TP, FP, FN and TN.
const STATUS_OF: [usize; 4] = [0, 0, 1, 1];

impl Calibrated {
    fn new(one: &PostStratifiedStratum, by: PostStrata) -> Option<Self> {
        let TwoByTwoStratum { population, reviewed, answered, table, register } = one.stratum;
        let by_status = |all: u64, counts: RegisterCounts| {
            let neither = all.checked_sub(counts.yes.checked_add(counts.no)?)?;
            Some([counts.yes, counts.no, neither])
        };
        let (frame, seen) = (by_status(population, register?)?, by_status(reviewed, one.reviewed)?);
        let table = [table.tp, table.fp, table.fn_, table.tn];
        let in_table = [table[0] + table[1], table[2] + table[3], 0];
        let fits =
            (0..STATUSES).all(|status| in_table[status] <= seen[status] && seen[status] <= frame[status]);
        let has_enough =
            reviewed > 0 && (0..STATUSES).all(|status| frame[status] == 0 || seen[status] >= FEWEST);
        let ordered = in_table.iter().sum::<u64>() <= answered && answered <= reviewed;
        (fits && ordered).then_some(Calibrated {
            population,
            reviewed,
            answered,
            frame,
            seen,
            table,
            factors: [1.0; STATUSES],
            is_own: by == PostStrata::Strata && has_enough,
        })
    }

    /// N / n; 0 where no record was reviewed.
    fn weight(&self) -> f64 {
        if self.reviewed == 0 { 0.0 } else { self.population as f64 / self.reviewed as f64 }
    }

    /// w g of a cell of the table.
    fn calibrated_weight(&self, cell: usize) -> f64 {
        self.weight() * self.factors[STATUS_OF[cell]]
    }

    /// The cells of the domain: weight, count and score.
    fn domain(&self, scores: Scores) -> impl Iterator<Item = (f64, f64, f64)> {
        (0..4).filter_map(move |cell| {
            let score = scores[cell]?;
            Some((self.calibrated_weight(cell), self.table[cell] as f64, score))
        })
    }

    /// Every record of the frame that can belong to the domain was reviewed and answered.
    fn is_complete(&self, measure: Measure) -> bool {
        let all = self.reviewed == self.population && self.answered == self.reviewed;
        let of_status = |status: usize, cells: [usize; 2]| {
            self.frame[status] == cells.into_iter().map(|cell| self.table[cell]).sum::<u64>()
        };
        match measure {
            Measure::Ppv => all || of_status(0, [0, 1]),
            Measure::Npv => all || of_status(1, [2, 3]),
            _ => all,
        }
    }

    /// How many records of the table are in the domain.
    fn domain_size(&self, scores: Scores) -> u64 {
        self.table.iter().zip(scores).filter(|(_, score)| score.is_some()).map(|(count, _)| count).sum()
    }
}

/// Sets g of every stratum; whether all of it could be calibrated.
fn calibrate(strata: &mut [Calibrated]) -> bool {
    let mut shared = [0.0; STATUSES];
    let mut is_covered = true;
    for (status, factor) in shared.iter_mut().enumerate() {
        let others = || strata.iter().filter(|one| !one.is_own && one.reviewed > 0);
        let in_frame: f64 = others().map(|one| one.frame[status] as f64).sum();
        let estimated: f64 = others().map(|one| one.weight() * one.seen[status] as f64).sum();
        is_covered &= in_frame == 0.0 || estimated > 0.0;
        *factor = if estimated > 0.0 { in_frame / estimated } else { 1.0 };
    }
    for one in strata {
        one.factors = match (one.is_own, is_covered) {
            (true, _) => own_factors(one),
            (false, true) => shared,
            (false, false) => [1.0; STATUSES],
        };
    }
    is_covered
}

fn own_factors(one: &Calibrated) -> [f64; STATUSES] {
    let factor = |status: usize| match one.seen[status] {
        0 => 1.0,
        seen => one.frame[status] as f64 / (one.weight() * seen as f64),
    };
    [factor(0), factor(1), factor(2)]
}

fn estimate(
    mut strata: Vec<Calibrated>,
    scores: Scores,
    measure: Measure,
    options: &WeightedOptions,
) -> WeightedEstimate {
    let is_covered = calibrate(&mut strata);
    let scored: Vec<Scored> = strata.iter().map(|one| as_scored(one, scores)).collect();
    let domain: u64 = strata.iter().map(|one| one.domain_size(scores)).sum();
    if domain == 0 {
        return WeightedEstimate::missing(&scored);
    }
    let sum = |of: &dyn Fn(f64, f64, f64) -> f64| -> f64 {
        strata
            .iter()
            .flat_map(|one| one.domain(scores))
            .map(|(weight, count, score)| of(weight, count, score))
            .sum()
    };
    let size = sum(&|weight, count, _| weight * count);
    let residual = |of: f64| sum(&|weight, count, score| weight * count * (of - score)) / size;
    let residuals = scores.map(|score| score.map(residual));
    let linearised = Linearised::given(
        variance(&strata, residuals, is_covered, options).map(|variance| variance / (size * size)),
        degrees_of_freedom(&scored, domain, options.finite_population_correction),
        domain,
        size,
        sum(&|weight, count, _| weight * weight * count),
    );
    let mut result = WeightedEstimate::of(&linearised, &scored);
    if !is_covered {
        result.warnings.push(WeightedWarning::NotCalibrated);
    }
    let (mean, rest) = (-residual(0.0), residual(1.0));
    let is_known = strata.iter().all(|one| one.is_complete(measure)) && options.finite_population_correction;
    match measure {
        _ if is_known && linearised.variance == Some(0.0) => {
            result.settle(mean, options, method(measure, options))
        }
        Measure::PrevalenceDifference => result.complete_difference(mean, &linearised, options),
        _ => result.complete_ratio(Fraction::of(mean, rest), &linearised, options),
    }
    result
}

fn method(measure: Measure, options: &WeightedOptions) -> Method {
    if measure == Measure::PrevalenceDifference { Method::Linearised } else { options.method.into() }
}

/// The stratum as the rules for df and warnings see it.
fn as_scored(one: &Calibrated, scores: Scores) -> Scored {
    let in_domain = Group { count: one.domain_size(scores) as f64, score: 0.0 };
    Scored::new(one.population, one.reviewed, [in_domain, Group::default(), Group::default()])
}

/// Σ (1 − f) N² S²(e) / n; `None` where a lonely stratum forbids it.
fn variance(
    strata: &[Calibrated],
    residuals: [Option<f64>; 4],
    is_covered: bool,
    options: &WeightedOptions,
) -> Option<f64> {
    let is_lonely = |one: &Calibrated| one.reviewed == 1 && one.population > 1;
    if options.lonely == LonelyStratum::Refuse && strata.iter().any(is_lonely) {
        return None;
    }
    let shared = means(strata.iter().filter(|one| !one.is_own), residuals);
    let of_stratum = |one: &Calibrated| {
        let means = match (one.is_own, is_covered) {
            (true, _) => means(std::iter::once(one), residuals),
            (false, true) => shared,
            (false, false) => [0.0; STATUSES],
        };
        variance_of_total(one.population, one.reviewed, &records(one, residuals, means), options)
    };
    Some(strata.iter().map(of_stratum).sum())
}

/// z̄ of each post-stratum of these strata.
fn means<'c>(
    strata: impl Iterator<Item = &'c Calibrated> + Clone,
    residuals: [Option<f64>; 4],
) -> [f64; STATUSES] {
    let mean = |status: usize| {
        let of_cells = |one: &Calibrated| -> f64 {
            let cells = (0..4).filter(|cell| STATUS_OF[*cell] == status);
            cells.map(|cell| one.table[cell] as f64 * residuals[cell].unwrap_or(0.0)).sum()
        };
        let total: f64 = strata.clone().map(|one| one.weight() * of_cells(one)).sum();
        let size: f64 = strata.clone().map(|one| one.weight() * one.seen[status] as f64).sum();
        if size > 0.0 { total / size } else { 0.0 }
    };
    [mean(0), mean(1), mean(2)]
}

/// The reviewed records of a stratum as counts of e.
fn records(one: &Calibrated, residuals: [Option<f64>; 4], means: [f64; STATUSES]) -> [(f64, f64); 7] {
    let residual = |status: usize, z: f64| one.factors[status] * (z - means[status]);
    let cell =
        |cell: usize| (one.table[cell] as f64, residual(STATUS_OF[cell], residuals[cell].unwrap_or(0.0)));
    let outside = |status: usize| {
        let in_table: u64 =
            (0..4).filter(|cell| STATUS_OF[*cell] == status).map(|cell| one.table[cell]).sum();
        ((one.seen[status] - in_table) as f64, residual(status, 0.0))
    };
    [cell(0), cell(1), cell(2), cell(3), outside(0), outside(1), outside(2)]
}

impl PostStrata {
    /// The name in study.toml, in results and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            PostStrata::Frame => "frame",
            PostStrata::Strata => "strata",
        }
    }
}

impl fmt::Display for PostStrataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "stratum {}: its records by register status are not known, or fewer in the frame than were reviewed",
            self.stratum + 1
        )
    }
}

impl std::error::Error for PostStrataError {}
