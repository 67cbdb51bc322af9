//! Weights calibrated to what the register says of the whole frame: which tables are, and to what.
//!
//! The whole study is, and its parts by sex or year are with the same weights, since nobody knows the register's values of their frame
//! by themselves. A part that is made of whole strata is calibrated to its own frame, where each register status that occurs in it has
//! at least five reviewed records; otherwise the residuals of a few would pass for the variance, and the design's weights
//! stay.
//!
//! A status that is neither yes nor no belongs to nobody's denominator. With fewer than five reviewed records it is one
//! post-stratum with *no*.

use crate::stats::{
    CalibratedTo, Measure, PostStrata, PostStrataError, PostStratifiedStratum, RegisterCounts, TwoByTwo,
    TwoByTwoStratum, WeightedEstimate, WeightedOptions, calibrated_to, post_stratified,
};

/// The fewest reviewed records of a status that stand by themselves.
const FEWEST: u64 = 5;

/// The strata behind a table, with what the register says of their frame and of their reviewed records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalibratedStrata {
    strata: Vec<PostStratifiedStratum>,
    is_merged: bool,
}

impl CalibratedStrata {
    /// The strata with the counts of their frame and of their reviewed records, all in the same order.
    pub fn new(
        tables: &[TwoByTwoStratum],
        frame: impl Iterator<Item = RegisterCounts>,
        reviewed: &[RegisterCounts],
    ) -> Self {
        let strata = tables.iter().zip(frame).zip(reviewed).map(|((table, frame), reviewed)| {
            let stratum = TwoByTwoStratum { register: Some(frame), ..*table };
            PostStratifiedStratum { stratum, reviewed: *reviewed }
        });
        CalibratedStrata { strata: strata.collect(), is_merged: false }.with_few_neither_as_no()
    }

    /// Whether each status that occurs in the frame has at least five reviewed records.
    pub fn has_enough(&self) -> bool {
        let (frame, reviewed) = self.by_status();
        frame.into_iter().zip(reviewed).all(|(frame, reviewed)| frame == 0 || reviewed >= FEWEST)
    }

    /// A measure by the calibrated weights; `None` for measures outside [`Measure::WEIGHTED`].
    ///
    /// # Errors
    /// More reviewed records with a status than the frame has.
    pub fn estimate(
        &self,
        measure: Measure,
        by: PostStrata,
        options: &WeightedOptions,
    ) -> Result<Option<WeightedEstimate>, PostStrataError> {
        post_stratified(&self.strata, measure, by, options)
    }

    /// The same with other tables of the same reviewed records: a record that stands in another cell may have another register status.
    #[must_use]
    pub fn with_tables(&self, tables: &[TwoByTwoStratum]) -> Self {
        let mut other = self.clone();
        let register = |table: TwoByTwo| [table.tp + table.fp, table.fn_ + table.tn];
        let moved = |count: u64, before: u64, after: u64| (count + after).saturating_sub(before);
        for (one, TwoByTwoStratum { table, .. }) in other.strata.iter_mut().zip(tables) {
            let ([yes, no], [yes_after, no_after]) = (register(one.stratum.table), register(*table));
            one.reviewed.yes = moved(one.reviewed.yes, yes, yes_after);
            one.reviewed.no = moved(one.reviewed.no, no, no_after);
            one.stratum.table = *table;
        }
        other
    }

    /// The post-strata that the reviewed records of each stratum belong to.
    ///
    /// # Errors
    /// More reviewed records with a status than the frame has.
    pub fn calibrated_to(&self, by: PostStrata) -> Result<Vec<CalibratedTo>, PostStrataError> {
        calibrated_to(&self.strata, by)
    }

    /// Whether a status that is neither yes nor no is one post-stratum with *no*.
    pub fn is_merged(&self) -> bool {
        self.is_merged
    }

    /// Records of the frame and reviewed ones: yes, no, neither.
    fn by_status(&self) -> ([u64; 3], [u64; 3]) {
        let neither =
            |all: u64, counts: RegisterCounts| all.saturating_sub(counts.yes.saturating_add(counts.no));
        let sum = |of: &dyn Fn(&PostStratifiedStratum) -> (u64, RegisterCounts)| {
            self.strata.iter().map(of).fold([0; 3], |[yes, no, rest], (all, counts)| {
                [yes + counts.yes, no + counts.no, rest + neither(all, counts)]
            })
        };
        let frame = sum(&|one| (one.stratum.population, one.stratum.register.unwrap_or_default()));
        (frame, sum(&|one| (one.stratum.reviewed, one.reviewed)))
    }

    fn with_few_neither_as_no(mut self) -> Self {
        let (_, [_, _, neither]) = self.by_status();
        if neither < FEWEST {
            self.is_merged = true;
            for one in &mut self.strata {
                let rest = |all: u64, counts: RegisterCounts| RegisterCounts {
                    no: all.saturating_sub(counts.yes),
                    ..counts
                };
                one.reviewed = rest(one.stratum.reviewed, one.reviewed);
                let PostStratifiedStratum { stratum, .. } = one;
                stratum.register = stratum.register.map(|counts| rest(stratum.population, counts));
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strata(frame: RegisterCounts, reviewed: RegisterCounts) -> CalibratedStrata {
        let table = TwoByTwo { tp: 30, fp: 5, fn_: 2, tn: 8 };
        let stratum = TwoByTwoStratum { population: 1000, reviewed: 60, answered: 60, table, register: None };
        CalibratedStrata::new(&[stratum], [frame].into_iter(), &[reviewed])
    }

    fn counts(yes: u64, no: u64) -> RegisterCounts {
        RegisterCounts { yes, no }
    }

    #[test]
    fn a_status_that_is_neither_stands_by_itself_from_five_reviewed_records_on() {
        let found = |neither: u64| {
            let one = strata(counts(700, 250), counts(40, 20 - neither)).strata[0];
            (one.stratum.register.unwrap(), one.reviewed)
        };
        assert_eq!(found(5), (counts(700, 250), counts(40, 15)));
        assert_eq!(found(4), (counts(700, 300), counts(40, 20)));
    }

    #[test]
    fn a_part_has_enough_where_each_status_that_occurs_has_five_reviewed_records() {
        assert!(strata(counts(700, 300), counts(55, 5)).has_enough());
        assert!(!strata(counts(700, 300), counts(56, 4)).has_enough());
        assert!(strata(counts(1000, 0), counts(60, 0)).has_enough(), "what does not occur is not needed");
    }

    #[test]
    fn a_record_in_another_cell_takes_its_register_status_along() {
        let before = strata(counts(700, 300), counts(40, 20));
        let mut other = before.strata[0].stratum;
        other.table = TwoByTwo { tp: 29, fp: 5, fn_: 3, tn: 8 };
        let after = before.with_tables(&[other]);
        assert_eq!(after.strata[0].reviewed, counts(39, 21));
        assert_eq!(after, CalibratedStrata::new(&[other], [counts(700, 300)].into_iter(), &[counts(39, 21)]));
    }

    #[test]
    fn sensitivity_follows_the_counts_of_the_frame() {
        let options = WeightedOptions::default();
        let calibrated = strata(counts(700, 300), counts(40, 20));
        let found = calibrated.estimate(Measure::Sensitivity, PostStrata::Frame, &options).unwrap().unwrap();
        let (yes, no) = (700.0 / 40.0 * 30.0, 300.0 / 20.0 * 2.0);
        assert!((found.estimate.unwrap() - yes / (yes + no)).abs() < 1e-14);
    }
}
