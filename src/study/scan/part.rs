//! What has been found in the rows so far, or in those of one thread.

use super::super::Study;
use super::Candidate;
use super::fingerprints::Fingerprints;
use crate::cohort::{Flow, Frame, FrameCourse, OrderMatters, Outcome, Scanner};
use crate::draw::{FrameDigest, Numbering, RegisterEntry, Selection};
use crate::register::Row;

/// Counts, digest and selections of some of the rows.
pub(super) struct Part<'s> {
    pub(super) study: &'s Study,
    pub(super) numbering: &'s Numbering,
    pub(super) scanner: Scanner<'s>,
    pub(super) flow: Flow,
    pub(super) frame: Frame,
    pub(super) digest: FrameDigest,
    pub(super) selections: Vec<Selection<Candidate>>,
    pub(super) fingerprints: Fingerprints,
}

impl<'s> Part<'s> {
    /// No row yet. `most` is how many courses to select from each stratum.
    pub(super) fn new(
        study: &'s Study,
        numbering: &'s Numbering,
        most: &[usize],
        scanner: Scanner<'s>,
        fingerprints: Fingerprints,
    ) -> Self {
        Part {
            study,
            numbering,
            scanner,
            flow: Flow::default(),
            frame: Frame::new(&study.protocol),
            digest: FrameDigest::default(),
            selections: most.iter().map(|&most| Selection::of_at_most(most)).collect(),
            fingerprints,
        }
    }

    /// No row yet, for another thread of the same pass.
    pub(super) fn another(&self) -> Self {
        let most: Vec<usize> = self.selections.iter().map(Selection::most).collect();
        Part::new(self.study, self.numbering, &most, self.scanner.another(), self.fingerprints.another())
    }

    /// Counts a row, and if it is a course offers it to its stratum's selection.
    pub(super) fn take(&mut self, row: &Row) {
        self.flow.rows += 1;
        let course = match self.scanner.read(row) {
            Outcome::Excluded(reason) => return self.flow.exclude(reason, 1),
            Outcome::Frame(course) => course,
        };
        let number = self.numbering.number(course.key);
        self.frame.add(&course, &self.study.protocol);
        self.digest.add(&number);
        if let Some(selection) = self.selections.get_mut(course.stratum) {
            selection.offer(number, || candidate(&course, self.study));
        }
        self.fingerprints.add(number.prefix());
    }

    /// Adds what was found in other rows of the same file.
    ///
    /// # Errors
    /// When what is told would depend on the order of the rows.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), OrderMatters> {
        self.scanner.merge(other.scanner)?;
        self.flow.merge(&other.flow);
        self.frame.merge(other.frame)?;
        self.digest.merge(other.digest);
        for (selection, others) in self.selections.iter_mut().zip(other.selections) {
            selection.merge(others);
        }
        self.fingerprints.merge(other.fingerprints);
        Ok(())
    }
}

fn candidate(course: &FrameCourse<'_>, study: &Study) -> Candidate {
    let entry = |(place, indicator): (usize, &crate::protocol::Indicator)| RegisterEntry {
        value: course.indicator_value(place).to_owned(),
        in_force: indicator.in_force(course.first_attendance),
    };
    let indicators = study.protocol.assessable().enumerate().map(entry);
    let items = course.item_values().into_iter().map(|value| RegisterEntry { value, in_force: true });
    Candidate {
        key: course.key.to_owned(),
        age: course.age,
        sex: course.sex.map(str::to_owned),
        period: course.first_attendance.map(|day| format!("{:04}-{:02}", day.year(), day.month())),
        register: indicators.chain(items).collect(),
    }
}
