//! Differences of two estimates from one stratified sample, with their covariance.
//!
//! Two groups (years, sexes, age groups) that cross the strata, two groups of whole strata (clusters), two indicators or two
//! measures of the same records: each estimate is a ratio over a domain of its own, and both come from the same records.
//!
//! ```text
//! R_a = Σ w s_a / D_a                   the score s: 1 for an event, 0 for the rest of the domain;  D = Σ w d
//! z_a = (s_a − R_a) / D_a               within the domain of a, 0 outside
//! u   = z_a − z_b                       of each reviewed record
//!
//! V   = Σ (1 − f) N² S²(u) / n = V_a + V_b − 2 C
//! C   = Σ (1 − f) N² S(z_a, z_b) / n    covariance
//! df  = min( df_a, df_b )
//! ```
//!
//! S² and S are written over pairs of records, as the variance of one estimate is (`linearised`): nothing cancels, and V is exactly 0
//! where the records of each stratum are alike. V is computed from u itself and never as V_a + V_b − 2 C. With strata in common C is not 0
//! although the domains are disjoint; without any it is.
//!
//! The interval is R_a − R_b ± t(1 − α/2; df) √V, cut at −1 and 1 (−2 and 2 with a prevalence difference), and the test is of
//! t = (R_a − R_b)/√V, two-sided.
//!
//! Degrees of freedom: those of the estimate that has fewer. A group of one record has a residual of 0, so that V would hold nothing of
//! its error; with d_a + d_b − 2 there would be an interval all the same. Where one of the two is known (*complete*), the difference has
//! the degrees of freedom of the other.
//!
//! Edges: an empty domain is *not estimable*. Both known: so is the difference, and nothing is tested. df = 0: neither interval nor test
//! (*not estimable*). V = 0 otherwise: an estimate without them (*not defined*), as for the prevalence difference.
//!
//! References: Särndal C-E, Swensson B, Wretman J. Model assisted survey sampling. Springer 1992, sections 5.5, 5.6 and 5.8.
//! <https://doi.org/10.1007/978-1-4612-4378-6>
//! Korn EL, Graubard BI. Analysis of health surveys. Wiley 1999, sections 2.4 and 5.2. <https://doi.org/10.1002/9781118032619>

use super::linearised::{covariance_of_totals, variance_of_total};
use super::post_stratified::{Scores, scores};
use super::{
    LonelyStratum, StratifiedTwoByTwo, StratumError, TwoByTwoStratum, WeightedEstimate, WeightedOptions,
};
use crate::stats::quantile::{student_t, student_t_two_sided};
use crate::stats::{
    Cell, ConfidenceInterval, Measure, Method, Reason, ReviewedSample, ReviewedStratum, TwoByTwo,
};

/// The difference of two design-weighted estimates, first less second.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedDifference {
    /// The two estimates, each as it is estimated alone.
    pub of: [WeightedEstimate; 2],
    /// First less second.
    pub estimate: Result<f64, Reason>,
    /// Its linearised standard error.
    pub se: Result<f64, Reason>,
    /// The covariance of the two estimates.
    pub covariance: Result<f64, Reason>,
    /// Degrees of freedom.
    pub df: u64,
    /// The t interval, cut where no difference can be.
    pub interval: Result<ConfidenceInterval, Reason>,
    /// The two-sided t test of no difference.
    pub p_value: Result<f64, Reason>,
    /// Both estimates are known, and so is their difference.
    pub complete: bool,
}

/// A measure in one group less the same in another. A stratum is given as its table in each group; `None` where the group
/// does not reach into it. Both tables of a stratum are about the same reviewed records, each of which is in one group at most.
///
/// `None` for measures outside [`Measure::WEIGHTED`].
///
/// ```
/// use hjertekommidt::stats::{Measure, TwoByTwo, TwoByTwoStratum, WeightedOptions, group_difference};
///
/// let of = |population, tp, fn_| {
///     let table = TwoByTwo { tp, fp: 0, fn_, tn: 0 };
///     Some(TwoByTwoStratum { population, reviewed: 50, answered: 50, table, register: None })
/// };
/// // The first and the second year of two municipalities.
/// let years = [[of(1000, 18, 2), of(1000, 24, 6)], [of(100, 15, 15), of(100, 12, 8)]];
/// let change = group_difference(&years, Measure::Sensitivity, &WeightedOptions::default())?.unwrap();
/// assert!((change.estimate.unwrap() - (390.0 / 460.0 - 504.0 / 640.0)).abs() < 1e-15);
/// # Ok::<(), hjertekommidt::stats::StratumError>(())
/// ```
///
/// # Errors
/// Counts that cannot be those of a stratum: also where both groups together have more records than were reviewed, or give the
/// stratum differing sizes.
pub fn group_difference(
    strata: &[[Option<TwoByTwoStratum>; 2]],
    measure: Measure,
    options: &WeightedOptions,
) -> Result<Option<WeightedDifference>, StratumError> {
    for (index, pair) in strata.iter().enumerate() {
        if let [Some(one), Some(other)] = pair {
            one.check_beside(other, index)?;
        }
    }
    let side = |place: usize| StratifiedTwoByTwo::new(strata.iter().filter_map(|pair| pair[place]).collect());
    let sides = [side(0)?, side(1)?];
    let joint: Vec<Joint> = strata.iter().filter_map(Joint::of_groups).collect();
    Ok(difference([&sides[0], &sides[1]], [measure; 2], &joint, options))
}

/// A measure of one indicator less the same of another, on the same records. `None` for measures outside [`Measure::WEIGHTED`], and
/// for indicators that the sample does not have.
///
/// # Errors
/// Counts that cannot be those of a stratum.
pub fn indicator_difference(
    sample: &ReviewedSample,
    indicators: [usize; 2],
    measure: Measure,
    options: &WeightedOptions,
) -> Result<Option<WeightedDifference>, StratumError> {
    if indicators.iter().any(|indicator| *indicator >= sample.indicators()) {
        return Ok(None);
    }
    let side = |indicator| {
        let table = |stratum| table_of(stratum, indicator);
        StratifiedTwoByTwo::new(sample.strata().iter().map(table).collect())
    };
    let sides = [side(indicators[0])?, side(indicators[1])?];
    let joint: Vec<Joint> =
        sample.strata().iter().map(|stratum| Joint::of_indicators(stratum, indicators)).collect();
    Ok(difference([&sides[0], &sides[1]], [measure; 2], &joint, options))
}

/// One measure less another, of the same indicator and records. `None` for measures outside [`Measure::WEIGHTED`].
pub fn measure_difference(
    tables: &StratifiedTwoByTwo,
    measures: [Measure; 2],
    options: &WeightedOptions,
) -> Option<WeightedDifference> {
    let joint: Vec<Joint> = tables.strata().iter().map(Joint::of_measures).collect();
    difference([tables; 2], measures, &joint, options)
}

/// The reviewed records of a stratum by their cell on both sides of the difference; the rest is outside both.
struct Joint {
    population: u64,
    reviewed: u64,
    records: Vec<(u64, [Option<usize>; 2])>,
}

/// The cells in the order of [`TwoByTwo::cells`].
const CELLS: [usize; 4] = [0, 1, 2, 3];

impl Joint {
    fn of_groups(pair: &[Option<TwoByTwoStratum>; 2]) -> Option<Self> {
        let any = pair.iter().flatten().next()?;
        let counts = |place: usize| pair[place].map_or([0; 4], |stratum| stratum.table.cells());
        let first = CELLS.iter().zip(counts(0)).map(|(cell, count)| (count, [Some(*cell), None]));
        let second = CELLS.iter().zip(counts(1)).map(|(cell, count)| (count, [None, Some(*cell)]));
        let records = first.chain(second).collect();
        Some(Joint { population: any.population, reviewed: any.reviewed, records })
    }

    fn of_measures(stratum: &TwoByTwoStratum) -> Self {
        let records = CELLS.iter().zip(stratum.table.cells());
        let records = records.map(|(cell, count)| (count, [Some(*cell); 2])).collect();
        Joint { population: stratum.population, reviewed: stratum.reviewed, records }
    }

    fn of_indicators(stratum: &ReviewedStratum, indicators: [usize; 2]) -> Self {
        let mut records: Vec<(u64, [Option<usize>; 2])> = Vec::new();
        for record in &stratum.records {
            let cells = indicators.map(|indicator| record[indicator].map(Cell::position));
            match records.iter_mut().find(|(_, known)| *known == cells) {
                Some((count, _)) => *count += 1,
                None => records.push((1, cells)),
            }
        }
        Joint { population: stratum.population, reviewed: stratum.records.len() as u64, records }
    }

    /// N / n; 0 where no record was reviewed.
    fn weight(&self) -> f64 {
        if self.reviewed == 0 { 0.0 } else { self.population as f64 / self.reviewed as f64 }
    }

    /// The reviewed records as counts of z_a and z_b.
    fn residuals(&self, of_cells: [&Residuals; 2]) -> Vec<(f64, [f64; 2])> {
        let z =
            |cells: &[Option<usize>; 2], side: usize| cells[side].map_or(0.0, |cell| of_cells[side][cell]);
        let known: u64 = self.records.iter().map(|(count, _)| count).sum();
        let outside = [((self.reviewed - known) as f64, [0.0; 2])];
        let records = self.records.iter();
        records.map(|(count, cells)| (*count as f64, [z(cells, 0), z(cells, 1)])).chain(outside).collect()
    }
}

/// z of the four cells; 0 outside the domain.
type Residuals = [f64; 4];

/// (s − R)/D of each cell: s − R = Σ w c (s − s′)/D over the cells c with the score s′, which keeps 1 − R exact when R is close to 1.
fn residuals(joint: &[Joint], side: usize, scores: Scores) -> Residuals {
    let mut weighted = [0.0; 4];
    for stratum in joint {
        for (count, cells) in &stratum.records {
            if let Some(cell) = cells[side] {
                weighted[cell] += stratum.weight() * *count as f64;
            }
        }
    }
    let domain = || weighted.iter().zip(scores).filter_map(|(weight, score)| Some((weight, score?)));
    let total: f64 = domain().map(|(weight, _)| weight).sum();
    let residual = |score: f64| domain().map(|(weight, other)| weight * (score - other)).sum::<f64>() / total;
    scores.map(|score| score.map_or(0.0, |score| residual(score) / total))
}

fn difference(
    sides: [&StratifiedTwoByTwo; 2],
    measures: [Measure; 2],
    joint: &[Joint],
    options: &WeightedOptions,
) -> Option<WeightedDifference> {
    let of = [sides[0].estimate(measures[0], options)?, sides[1].estimate(measures[1], options)?];
    let scores = [scores(measures[0])?, scores(measures[1])?];
    let mut result = WeightedDifference::missing(of);
    let (Ok(first), Ok(second)) = (result.of[0].estimate, result.of[1].estimate) else {
        return Some(result);
    };
    let z = [residuals(joint, 0, scores[0]), residuals(joint, 1, scores[1])];
    let lonely = joint.iter().any(|stratum| stratum.reviewed == 1 && stratum.population > 1);
    let is_refused = lonely && options.lonely == LonelyStratum::Refuse;
    let moments = (!is_refused).then(|| moments(joint, [&z[0], &z[1]], options));
    result.complete(first - second, moments.ok_or(Reason::NotEstimable), measures, options);
    Some(result)
}

/// V and C.
fn moments(joint: &[Joint], z: [&Residuals; 2], options: &WeightedOptions) -> (f64, f64) {
    let (mut variance, mut covariance) = (0.0, 0.0);
    for stratum in joint {
        let records = stratum.residuals(z);
        let u: Vec<(f64, f64)> = records.iter().map(|(count, [a, b])| (*count, a - b)).collect();
        variance += variance_of_total(stratum.population, stratum.reviewed, &u, options);
        covariance += covariance_of_totals(stratum.population, stratum.reviewed, &records, options);
    }
    (variance, covariance)
}

impl WeightedDifference {
    /// Nothing but the two estimates.
    fn missing(of: [WeightedEstimate; 2]) -> Self {
        let none = Reason::NotEstimable;
        WeightedDifference {
            df: degrees_of_freedom(&of),
            of,
            estimate: Err(none),
            se: Err(none),
            covariance: Err(none),
            interval: Err(none),
            p_value: Err(none),
            complete: false,
        }
    }

    fn complete(
        &mut self,
        estimate: f64,
        moments: Result<(f64, f64), Reason>,
        measures: [Measure; 2],
        options: &WeightedOptions,
    ) {
        self.estimate = Ok(estimate);
        self.covariance = moments.map(|(_, covariance)| covariance);
        if self.of.iter().all(|one| one.complete) {
            self.complete = true;
            self.se = Ok(0.0);
            self.interval =
                Ok(ConfidenceInterval::new(estimate, estimate, options.level, Method::Linearised));
            self.p_value = Err(Reason::NotDefined);
            return;
        }
        self.se = moments.map(|(variance, _)| variance.sqrt());
        let Ok(se) = self.se else { return };
        if self.df == 0 {
            return;
        }
        if se == 0.0 {
            (self.interval, self.p_value) = (Err(Reason::NotDefined), Err(Reason::NotDefined));
            return;
        }
        self.interval = interval(estimate, se, self.df, widest(measures), options);
        let p = student_t_two_sided(estimate / se, self.df as f64);
        self.p_value = p.ok_or(Reason::NotDefined);
    }
}

/// Those of the estimate that has fewer; a known one does not count.
fn degrees_of_freedom(of: &[WeightedEstimate; 2]) -> u64 {
    of.iter().filter(|one| !one.complete).map(|one| one.df).min().unwrap_or_default()
}

/// A bound that no difference passes.
fn widest(measures: [Measure; 2]) -> f64 {
    if measures.contains(&Measure::PrevalenceDifference) { 2.0 } else { 1.0 }
}

fn interval(
    estimate: f64,
    se: f64,
    df: u64,
    widest: f64,
    options: &WeightedOptions,
) -> Result<ConfidenceInterval, Reason> {
    let t = -student_t(options.level.tail(), df as f64).ok_or(Reason::NotEstimable)?;
    let limits = ((estimate - t * se).max(-widest), (estimate + t * se).min(widest));
    Ok(ConfidenceInterval::new(limits.0, limits.1, options.level, Method::Linearised))
}

/// One indicator of a stratum. Which records outside the table are answered is not known: only a stratum without any is complete.
fn table_of(stratum: &ReviewedStratum, indicator: usize) -> TwoByTwoStratum {
    let mut cells = [0; 4];
    for cell in stratum.records.iter().filter_map(|record| record[indicator]) {
        cells[cell.position()] += 1;
    }
    let [tp, fp, fn_, tn] = cells;
    let table = TwoByTwo { tp, fp, fn_, tn };
    TwoByTwoStratum {
        population: stratum.population,
        reviewed: stratum.records.len() as u64,
        answered: table.total(),
        table,
        register: None,
    }
}

#[cfg(test)]
mod tests;
