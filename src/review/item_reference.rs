//! What the charts of a course say of a raw item, after all corrections.
//!
//! Only answers about indicators and about whether there is a chart are settled by somebody: an item of which two reviewers say different
//! things is left open.

use super::{ChartStatus, ItemAnswer, Reading, Reviews};
use crate::draw::StudyId;

impl Reviews {
    /// What those say who found the chart; `None` where two of them differ, or nobody found it. An item that was not asked for is *not
    /// relevant*, one that was left empty *not documented*.
    pub fn item_reference(&self, study_id: StudyId, item: &str) -> Option<ItemAnswer> {
        let readings = [Reading::First, Reading::Second].map(|reading| self.latest(study_id, reading));
        let found = readings.into_iter().flatten().filter(|review| review.status == ChartStatus::Found);
        let mut answers = found.map(|review| self.chart(review).answer(item));
        let first = answers.next()?;
        answers.all(|other| other == first).then_some(first)
    }
}
