//! How far a command has come, on stderr: after a second, and only where stderr is a terminal.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::study::Progress;

/// A command that ends sooner shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line that is drawn again and again, and gone when the work is done.
pub(super) struct ProgressLine {
    begun: Instant,
    shown: RefCell<Option<Shown>>,
}

/// What is drawn, and what it is about.
struct Shown {
    bar: ProgressBar,
    about: std::mem::Discriminant<Progress>,
}

impl Default for ProgressLine {
    fn default() -> Self {
        ProgressLine { begun: Instant::now(), shown: RefCell::new(None) }
    }
}

impl ProgressLine {
    pub(super) fn tell(&self, progress: Progress) {
        if self.begun.elapsed() < PATIENCE {
            return;
        }
        let mut shown = self.shown.borrow_mut();
        let about = std::mem::discriminant(&progress);
        if shown.as_ref().is_none_or(|shown| shown.about != about) {
            // Another kind of work takes the place of what was drawn.
            if let Some(done) = shown.take() {
                done.bar.finish_and_clear();
            }
            *shown = Some(Shown { bar: line(progress), about });
        }
        if let Some(shown) = shown.as_ref() {
            shown.bar.set_position(position(progress));
        }
    }

    pub(super) fn clear(&self) {
        if let Some(shown) = self.shown.borrow().as_ref() {
            shown.bar.finish_and_clear();
        }
    }
}

fn position(progress: Progress) -> u64 {
    match progress {
        Progress::Rows(rows) => rows,
        Progress::Replicates { done, .. } => done,
    }
}

/// Draws nothing when stderr is no terminal.
fn line(progress: Progress) -> ProgressBar {
    let (length, template) = match progress {
        Progress::Rows(_) => (None, "{spinner} {human_pos} rows read, {per_sec}"),
        Progress::Replicates { of, .. } => {
            (Some(of), "bootstrap [{bar:24}] {human_pos} of {human_len} replicates, {eta} to go")
        }
    };
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_drawn_within_the_first_second_and_each_kind_of_work_has_its_line() {
        let line = ProgressLine::default();
        line.tell(Progress::Rows(9));
        assert!(line.shown.borrow().is_none());
        let line = ProgressLine { begun: Instant::now() - 2 * PATIENCE, ..line };
        line.tell(Progress::Rows(9));
        let length = |line: &ProgressLine| line.shown.borrow().as_ref().map(|shown| shown.bar.length());
        assert_eq!(length(&line), Some(None));
        line.tell(Progress::Replicates { done: 5, of: 10 });
        assert_eq!(length(&line), Some(Some(10)));
        line.clear();
    }
}
