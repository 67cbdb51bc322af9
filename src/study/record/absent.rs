//! Courses that went out on a form and do not stand in the file that came back.

use std::collections::BTreeSet;

use super::reader::FormReader;
use crate::draw::StudyId;
use crate::error::Finding;
use crate::review::{EntryTable, Messages, Reading};
use crate::store::FormRecord;

impl FormReader<'_> {
    /// Counts the courses whose rows were deleted as not reviewed yet, and tells of them. A form may be shared by several people: what
    /// stands in another of these files is not missing.
    pub(super) fn tell_absent_rows(&mut self, out: &[FormRecord]) {
        let mut told = BTreeSet::new();
        for (table, reading) in std::mem::take(&mut self.tables) {
            let absent: Vec<StudyId> =
                self.absent(&table, reading, out).filter(|id| told.insert((*id, reading))).collect();
            if absent.is_empty() {
                continue;
            }
            let unread = absent.iter().filter(|id| self.stored.latest(**id, reading).is_none());
            self.report.not_reviewed += unread.count();
            let messages = Messages { language: self.options.language, form: table.language() };
            let finding: Finding = messages.rows_absent(&absent).at(table.place());
            self.report.findings.push(finding);
        }
    }

    /// The courses of the forms of which this table has rows, within its strata: a group of REDCap exports its own rows.
    fn absent<'a>(
        &'a self,
        table: &EntryTable,
        reading: Reading,
        out: &'a [FormRecord],
    ) -> impl Iterator<Item = StudyId> + 'a {
        let kind = if reading == Reading::First { "first" } else { "second" };
        let is_here = |(id, of): &(StudyId, Reading)| {
            *of == reading && self.seen.get(&(*id, *of)).is_some_and(|(file, _)| *file == table.file)
        };
        let here: BTreeSet<StudyId> =
            self.seen.keys().filter(|key| is_here(key)).map(|(id, _)| *id).collect();
        let stratum = |id: &StudyId| self.sample.course(*id).map(|course| course.stratum.as_str());
        let strata: BTreeSet<&str> = here.iter().filter_map(stratum).collect();
        let is_met = move |id: &StudyId| {
            self.seen.contains_key(&(*id, reading)) || self.passed.contains(&(*id, reading))
        };
        let of_here =
            move |form: &&FormRecord| form.kind == kind && form.courses.iter().any(|id| here.contains(id));
        let courses = out.iter().filter(of_here).flat_map(|form| form.courses.iter().copied());
        courses.filter(move |id| !is_met(id) && stratum(id).is_some_and(|code| strata.contains(code)))
    }
}
