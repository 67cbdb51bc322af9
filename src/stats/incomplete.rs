//! Worst and best case: how small and how large a measure could be if everything were known.
//!
//! Of some settled records the register's value, the record's or both are unknown: charts that were not found, answers that are not
//! documented, register values that are missing. Each of them belongs to one of the cells that its known half leaves open; a
//! *completion* puts every one of them into such a cell. With the weights w_h = N_h / a_h of the settled records, a measure
//!
//! ```text
//! R = Σ w_h x_h / Σ w_h d_h        x: records in its numerator, d: in its denominator
//! ```
//!
//! is a ratio to which a record adds (w, w), (0, w) or nothing. The first never makes R smaller and the second never larger, so that the
//! least R puts every unknown record where it adds (0, w) if it may, else where it adds nothing, else (w, w); the greatest the other
//! way round. These are bounds of a point, without intervals; they are taken for each measure by itself, and are not attained by
//! all measures together.
//!
//! Edges: a completion without a denominator has no R and is no bound; if no completion has one, the measure is not estimable. With
//! nothing unknown both bounds are the estimate by the weights N_h / a_h.
//!
//! Reference: Horowitz JL, Manski CF. Nonparametric analysis of randomized experiments with missing covariate and outcome data.
//! Journal of the American Statistical Association 2000; 95: 77–84. <https://doi.org/10.1080/01621459.2000.10473902>

use super::{Measure, Reason, TwoByTwo};

/// The settled records of a stratum, some of them not wholly known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IncompleteStratum {
    /// Records of the frame, N.
    pub population: u64,
    /// Settled records, a: drawn and dealt with, found or not, in the domain or outside every one.
    pub settled: u64,
    /// Those of which both halves are known.
    pub table: TwoByTwo,
    /// Register yes and register no, of which the record is not known.
    pub record_unknown: [u64; 2],
    /// Record yes and record no, of which the register's value is not known.
    pub register_unknown: [u64; 2],
    /// Neither half is known.
    pub both_unknown: u64,
}

/// What one record adds to a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adds {
    /// To numerator and denominator.
    Event,
    /// To the denominator alone.
    NonEvent,
    Nothing,
}

/// The four cells: register, record.
const CELLS: [(bool, bool); 4] = [(true, true), (true, false), (false, true), (false, false)];

/// The least and the greatest value of sensitivity, specificity, PPV or NPV over all completions.
///
/// # Errors
/// *Not estimable* where no completion has a denominator; *not defined* for other measures.
///
/// ```
/// use hjertekommidt::stats::{IncompleteStratum, Measure, TwoByTwo, worst_and_best};
/// // 8 of 9 are found by the register; one chart that the register counts as yes was not found.
/// let stratum = IncompleteStratum {
///     population: 200, settled: 20, table: TwoByTwo { tp: 8, fp: 1, fn_: 1, tn: 9 }, record_unknown: [1, 0],
///     ..IncompleteStratum::default()
/// };
/// let [least, greatest] = worst_and_best(Measure::Sensitivity, &[stratum])?;
/// assert_eq!((least, greatest), (8.0 / 9.0, 9.0 / 10.0));
/// # Ok::<(), hjertekommidt::stats::Reason>(())
/// ```
pub fn worst_and_best(measure: Measure, strata: &[IncompleteStratum]) -> Result<[f64; 2], Reason> {
    let adds = adds(measure).ok_or(Reason::NotDefined)?;
    let least = extreme(strata, adds, [Adds::NonEvent, Adds::Nothing, Adds::Event]);
    let greatest = extreme(strata, adds, [Adds::Event, Adds::Nothing, Adds::NonEvent]);
    match (least, greatest) {
        (Some(least), Some(greatest)) => Ok([least, greatest]),
        _ => Err(Reason::NotEstimable),
    }
}

/// What a record of each cell adds to a measure.
fn adds(measure: Measure) -> Option<[Adds; 4]> {
    use Adds::{Event, NonEvent, Nothing};
    match measure {
        Measure::Sensitivity => Some([Event, Nothing, NonEvent, Nothing]),
        Measure::Specificity => Some([Nothing, NonEvent, Nothing, Event]),
        Measure::Ppv => Some([Event, NonEvent, Nothing, Nothing]),
        Measure::Npv => Some([Nothing, Nothing, NonEvent, Event]),
        _ => None,
    }
}

/// The ratio where every unknown record adds what comes first in `preference` of what it may.
fn extreme(strata: &[IncompleteStratum], adds: [Adds; 4], preference: [Adds; 3]) -> Option<f64> {
    let (mut events, mut trials) = (0.0, 0.0);
    // Records that add nothing and could have been in the denominator: all that a ratio without one can be made of.
    let mut spared = false;
    for stratum in strata.iter().filter(|stratum| stratum.settled > 0) {
        let weight = stratum.population as f64 / stratum.settled as f64;
        for (records, may) in stratum.records(adds) {
            let chosen = preference.into_iter().find(|adds| may.contains(adds)).unwrap_or(Adds::Nothing);
            let weighted = weight * records as f64;
            match chosen {
                Adds::Event => (events, trials) = (events + weighted, trials + weighted),
                Adds::NonEvent => trials += weighted,
                Adds::Nothing => spared |= records > 0 && may.contains(&preference[2]),
            }
        }
    }
    match (trials > 0.0, spared) {
        (true, _) => Some(events / trials),
        // Only the least wanted makes a denominator at all.
        (false, true) => Some(if preference[2] == Adds::Event { 1.0 } else { 0.0 }),
        (false, false) => None,
    }
}

impl IncompleteStratum {
    /// Records with what they may add.
    fn records(&self, adds: [Adds; 4]) -> impl Iterator<Item = (u64, Vec<Adds>)> {
        let of = move |may: &dyn Fn(bool, bool) -> bool| -> Vec<Adds> {
            let cells = CELLS.into_iter().zip(adds);
            cells.filter(|((register, record), _)| may(*register, *record)).map(|(_, adds)| adds).collect()
        };
        let known = CELLS.into_iter().zip(self.table.cells());
        let mut records: Vec<(u64, Vec<Adds>)> = known
            .map(|((register, record), count)| (count, of(&|yes, found| (yes, found) == (register, record))))
            .collect();
        for (place, value) in [true, false].into_iter().enumerate() {
            records.push((self.record_unknown[place], of(&|register, _| register == value)));
            records.push((self.register_unknown[place], of(&|_, record| record == value)));
        }
        records.push((self.both_unknown, of(&|_, _| true)));
        records.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MAIN: [Measure; 4] = [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];

    /// Every way to put the unknown records of the strata into cells.
    fn completions(strata: &[IncompleteStratum]) -> Vec<Vec<TwoByTwo>> {
        let mut all = vec![Vec::new()];
        for stratum in strata {
            let ways = completions_of(stratum);
            let longer = |begun: &Vec<TwoByTwo>| -> Vec<Vec<TwoByTwo>> {
                ways.iter().map(|way| begun.iter().copied().chain([*way]).collect()).collect()
            };
            all = all.iter().flat_map(longer).collect();
        }
        all
    }

    fn completions_of(stratum: &IncompleteStratum) -> Vec<TwoByTwo> {
        let cell = |place: usize| {
            let mut cells = [0; 4];
            cells[place] = 1;
            TwoByTwo { tp: cells[0], fp: cells[1], fn_: cells[2], tn: cells[3] }
        };
        let [register_yes, register_no] = stratum.record_unknown;
        let [record_yes, record_no] = stratum.register_unknown;
        let kinds: [(u64, &[usize]); 5] = [
            (register_yes, &[0, 1]),
            (register_no, &[2, 3]),
            (record_yes, &[0, 2]),
            (record_no, &[1, 3]),
            (stratum.both_unknown, &[0, 1, 2, 3]),
        ];
        let mut all = vec![stratum.table];
        for (records, cells) in kinds {
            for _ in 0..records {
                all = all.iter().flat_map(|table| cells.iter().map(|place| *table + cell(*place))).collect();
            }
        }
        all
    }

    fn ratio(measure: Measure, strata: &[IncompleteStratum], tables: &[TwoByTwo]) -> Option<f64> {
        let (mut events, mut trials) = (0.0, 0.0);
        for (stratum, table) in strata.iter().zip(tables) {
            let weight = stratum.population as f64 / stratum.settled as f64;
            if let Some(proportion) = table.proportion(measure) {
                events += weight * proportion.events() as f64;
                trials += weight * proportion.trials() as f64;
            }
        }
        (trials > 0.0).then(|| events / trials)
    }

    prop_compose! {
        fn stratum()(
            cells in [0_u64..4, 0_u64..4, 0_u64..4, 0_u64..4],
            record_unknown in [0_u64..3, 0_u64..3],
            register_unknown in [0_u64..2, 0_u64..2],
            both_unknown in 0_u64..2,
            outside in 1_u64..3,
            factor in 1_u64..9,
        ) -> IncompleteStratum {
            let [tp, fp, fn_, tn] = cells;
            let table = TwoByTwo { tp, fp, fn_, tn };
            let unknown = record_unknown.iter().chain(&register_unknown).sum::<u64>() + both_unknown;
            let settled = table.total() + unknown + outside;
            IncompleteStratum {
                population: settled * factor, settled, table, record_unknown, register_unknown, both_unknown,
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn bounds_are_those_of_all_completions(strata in prop::collection::vec(stratum(), 1..3)) {
            let all = completions(&strata);
            for measure in MAIN {
                let ratios: Vec<f64> = all.iter().filter_map(|tables| ratio(measure, &strata, tables)).collect();
                let extremes = ratios.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[least, greatest], one| {
                    [least.min(*one), greatest.max(*one)]
                });
                match worst_and_best(measure, &strata) {
                    Ok([least, greatest]) => {
                        prop_assert!((least - extremes[0]).abs() < 1e-12, "{measure:?} {least} {extremes:?}");
                        prop_assert!((greatest - extremes[1]).abs() < 1e-12, "{measure:?} {greatest} {extremes:?}");
                    }
                    Err(reason) => {
                        prop_assert_eq!(reason, Reason::NotEstimable);
                        prop_assert!(ratios.is_empty());
                    }
                }
            }
        }
    }

    #[test]
    fn with_nothing_unknown_both_bounds_are_the_estimate() {
        let table = TwoByTwo { tp: 3, fp: 1, fn_: 2, tn: 9 };
        let stratum =
            IncompleteStratum { population: 60, settled: 15, table, ..IncompleteStratum::default() };
        assert_eq!(worst_and_best(Measure::Sensitivity, &[stratum]), Ok([0.6, 0.6]));
    }

    #[test]
    fn a_measure_that_only_the_unknown_could_give_is_anything() {
        let stratum = IncompleteStratum {
            population: 60,
            settled: 15,
            record_unknown: [2, 0],
            ..IncompleteStratum::default()
        };
        assert_eq!(worst_and_best(Measure::Sensitivity, &[stratum]), Ok([1.0, 1.0]));
        assert_eq!(worst_and_best(Measure::Ppv, &[stratum]), Ok([0.0, 1.0]));
        assert_eq!(worst_and_best(Measure::Npv, &[stratum]), Err(Reason::NotEstimable));
    }

    #[test]
    fn other_measures_have_no_such_bounds() {
        assert_eq!(worst_and_best(Measure::Youden, &[]), Err(Reason::NotDefined));
    }
}
