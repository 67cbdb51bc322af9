//! The reviewed records of all strata, each with its cell for every indicator.

use std::fmt;

use crate::stats::{StratifiedTwoByTwo, TwoByTwo};

/// A cell of the two-by-two table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cell {
    /// Register yes, record yes.
    Tp,
    /// Register yes, record no.
    Fp,
    /// Register no, record yes.
    Fn,
    /// Register no, record no.
    Tn,
}

impl Cell {
    /// In the order of reading.
    const ALL: [Cell; 4] = [Cell::Tp, Cell::Fp, Cell::Fn, Cell::Tn];

    /// Its place among the four.
    pub(crate) fn position(self) -> usize {
        self as usize
    }
}

/// One stratum: its size in the frame and its reviewed records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewedStratum {
    /// N, the records of the stratum in the frame.
    pub population: u64,
    /// The reviewed records, n of them: for each indicator the cell, `None` outside its table (not relevant, missing,
    /// no answer). A record counts in n in any case.
    pub records: Vec<Vec<Option<Cell>>>,
}

/// The reviewed records of all strata.
///
/// ```
/// use hjertekommidt::stats::{Cell, ReviewedSample, ReviewedStratum};
///
/// // Two indicators; the second is not relevant for the second record.
/// let records = vec![vec![Some(Cell::Tp), Some(Cell::Fn)], vec![Some(Cell::Tn), None]];
/// let sample = ReviewedSample::new(vec![ReviewedStratum { population: 40, records }])?;
/// assert_eq!(sample.indicators(), 2);
/// # Ok::<(), hjertekommidt::stats::ReviewedSampleError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedSample {
    strata: Vec<ReviewedStratum>,
    indicators: usize,
}

impl ReviewedSample {
    /// The records of the strata.
    ///
    /// # Errors
    /// More reviewed records than the stratum has in the frame, or records of differing numbers of indicators.
    pub fn new(strata: Vec<ReviewedStratum>) -> Result<Self, ReviewedSampleError> {
        let first = strata.iter().find_map(|stratum| stratum.records.first());
        let indicators = first.map_or(0, Vec::len);
        strata.iter().enumerate().try_for_each(|(index, stratum)| stratum.check(index, indicators))?;
        Ok(ReviewedSample { strata, indicators })
    }

    /// One indicator from the tables of its strata; the order of the records is that of the cells.
    ///
    /// # Errors
    /// A stratum with 2³¹ reviewed records or more.
    pub fn of_tables(tables: &StratifiedTwoByTwo) -> Result<Self, ReviewedSampleError> {
        let strata = tables.strata().iter();
        let stratum = |(index, stratum): (usize, &crate::stats::TwoByTwoStratum)| {
            let outside = stratum.reviewed - stratum.table.total();
            ReviewedStratum::of_table(index, stratum.population, stratum.table, outside)
        };
        ReviewedSample::new(strata.enumerate().map(stratum).collect::<Result<_, _>>()?)
    }

    /// One indicator of a sample without strata, from its table and the number of reviewed records outside it. Its
    /// frame is unknown: the finite population correction is not for it.
    ///
    /// # Errors
    /// 2³¹ reviewed records or more.
    pub fn of_table(table: TwoByTwo, outside: u64) -> Result<Self, ReviewedSampleError> {
        let reviewed = table.total().saturating_add(outside);
        ReviewedSample::new(vec![ReviewedStratum::of_table(0, reviewed, table, outside)?])
    }

    /// The strata.
    pub fn strata(&self) -> &[ReviewedStratum] {
        &self.strata
    }

    /// How many indicators each record has.
    pub fn indicators(&self) -> usize {
        self.indicators
    }
}

impl ReviewedStratum {
    /// n
    pub fn reviewed(&self) -> usize {
        self.records.len()
    }

    /// The counts TP, FP, FN and TN of each indicator, one after the other.
    pub(super) fn counts(&self, indicators: usize) -> Vec<u64> {
        let mut counts = vec![0; 4 * indicators];
        for record in &self.records {
            for (cells, cell) in counts.chunks_exact_mut(4).zip(record) {
                cell.iter().for_each(|cell| cells[*cell as usize] += 1);
            }
        }
        counts
    }

    fn of_table(
        index: usize,
        population: u64,
        table: TwoByTwo,
        outside: u64,
    ) -> Result<Self, ReviewedSampleError> {
        let counts = Cell::ALL.map(Some).into_iter().zip(table.cells()).chain([(None, outside)]);
        let reviewed = table.total().saturating_add(outside);
        if reviewed >= LARGEST {
            return Err(ReviewedSampleError::TooLarge { stratum: index, reviewed });
        }
        let records = counts.flat_map(|(cell, count)| (0..count).map(move |_| vec![cell]));
        Ok(ReviewedStratum { population, records: records.collect() })
    }

    fn check(&self, stratum: usize, indicators: usize) -> Result<(), ReviewedSampleError> {
        let reviewed = self.records.len() as u64;
        if reviewed > self.population {
            let population = self.population;
            return Err(ReviewedSampleError::Overfull { stratum, reviewed, population });
        }
        if reviewed >= LARGEST {
            return Err(ReviewedSampleError::TooLarge { stratum, reviewed });
        }
        match self.records.iter().position(|record| record.len() != indicators) {
            Some(record) => Err(ReviewedSampleError::Ragged { stratum, record }),
            None => Ok(()),
        }
    }
}

/// A count of draws fits a signed 32-bit number.
const LARGEST: u64 = 1 << 31;

/// Records that cannot be those of a stratified sample. Strata and records are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewedSampleError {
    /// More reviewed records than the stratum has in the frame.
    Overfull {
        /// The stratum.
        stratum: usize,
        /// n
        reviewed: u64,
        /// N
        population: u64,
    },
    /// 2³¹ reviewed records or more in one stratum.
    TooLarge {
        /// The stratum.
        stratum: usize,
        /// n
        reviewed: u64,
    },
    /// A record with another number of indicators than the first.
    Ragged {
        /// The stratum.
        stratum: usize,
        /// The record.
        record: usize,
    },
}

impl fmt::Display for ReviewedSampleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReviewedSampleError::Overfull { stratum, reviewed, population } => write!(
                f,
                "stratum {} has {reviewed} reviewed records, expected at most the {population} of the frame",
                stratum + 1
            ),
            ReviewedSampleError::TooLarge { stratum, reviewed } => write!(
                f,
                "stratum {} has {reviewed} reviewed records, expected fewer than {LARGEST}",
                stratum + 1
            ),
            ReviewedSampleError::Ragged { stratum, record } => write!(
                f,
                "record {} of stratum {} has another number of indicators than the first record",
                record + 1,
                stratum + 1
            ),
        }
    }
}

impl std::error::Error for ReviewedSampleError {}
