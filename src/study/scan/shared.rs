//! The rows of a long text, read by several threads.

use super::super::{Progress, Session};
use super::TELL;
use super::part::Part;
use crate::error::Rows;
use crate::io::{NotShareable, SharedExtract, SharedRows};

/// What all rows come to, and which of them are blank; `None` when only the reading in one piece can tell.
pub(super) fn read<'s>(
    extract: &SharedExtract,
    nothing: &Part<'s>,
    threads: usize,
    session: &Session<'_>,
) -> Option<(Part<'s>, Rows)> {
    let parts = std::thread::scope(|scope| {
        let others: Vec<_> =
            (1..threads).map(|_| scope.spawn(|| part(extract.rows(), nothing.another(), |_| {}))).collect();
        // The bar is drawn by this thread.
        let tell = |rows: u64| (session.progress)(Progress::Rows(rows));
        let own = part(extract.rows(), nothing.another(), tell);
        let others = others
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        std::iter::once(own).chain(others).collect::<Result<Vec<_>, NotShareable>>()
    });
    let mut parts = parts.ok()?.into_iter();
    let mut all = parts.next()?;
    for (part, blank) in parts {
        all.0.merge(part).ok()?;
        all.1.merge(&blank);
    }
    Some(all)
}

/// The rows of one thread.
fn part<'s>(
    mut rows: SharedRows<'_>,
    mut part: Part<'s>,
    tell: impl Fn(u64),
) -> Result<(Part<'s>, Rows), NotShareable> {
    while let Some(row) = rows.next_row()? {
        part.take(row);
        if part.flow.rows.is_multiple_of(TELL) {
            tell(rows.taken_by_all());
        }
    }
    Ok((part, rows.blank().clone()))
}
