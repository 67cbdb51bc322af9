//! Who runs the command, when, and on which study.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::{Timestamp, Zoned};

use super::args::{Arguments, LanguageArgument};
use crate::error::Result;
use crate::protocol::Language;
use crate::store::Actor;
use crate::study::{Session, Study};

/// A command that ends sooner shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// The study that the command is about.
pub(super) fn study(arguments: &Arguments) -> Result<Study> {
    match &arguments.study {
        Some(folder) => Study::open(folder),
        None => Study::open(&Study::find(std::path::Path::new("."))?),
    }
}

/// Does the work of a command as the user of this computer, now, with progress on stderr if it takes long.
pub(super) fn with_session<T>(work: impl FnOnce(&Session<'_>) -> Result<T>) -> Result<T> {
    let progress = Progress { begun: Instant::now(), bar: RefCell::new(None) };
    let tell = |rows| progress.tell(rows);
    let done = work(&Session { actor: actor(), today: Zoned::now().date(), progress: &tell });
    progress.clear();
    done
}

fn actor() -> Actor {
    let named = ["USER", "LOGNAME", "USERNAME"].iter().filter_map(|name| std::env::var(name).ok());
    let who = named.into_iter().find(|name| !name.is_empty()).or_else(user_number);
    // Seconds are enough, and a fixed length sorts.
    let now = Timestamp::now();
    let at = now.round(jiff::Unit::Second).unwrap_or(now).to_string();
    Actor { at, who: who.unwrap_or_else(|| "unknown".to_owned()) }
}

/// Who it is where no variable says so, as in a job of a scheduler.
#[cfg(target_os = "linux")]
fn user_number() -> Option<String> {
    use std::os::linux::fs::MetadataExt;
    let process = std::fs::metadata("/proc/self").ok()?;
    Some(format!("uid {}", process.st_uid()))
}

#[cfg(not(target_os = "linux"))]
fn user_number() -> Option<String> {
    None
}

struct Progress {
    begun: Instant,
    bar: RefCell<Option<ProgressBar>>,
}

impl Progress {
    fn tell(&self, rows: u64) {
        if self.begun.elapsed() < PATIENCE {
            return;
        }
        self.bar.borrow_mut().get_or_insert_with(spinner).set_position(rows);
    }

    fn clear(&self) {
        if let Some(bar) = self.bar.borrow().as_ref() {
            bar.finish_and_clear();
        }
    }
}

/// Draws nothing when stderr is no terminal.
fn spinner() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{spinner} {human_pos} rows read, {per_sec}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

impl From<LanguageArgument> for Language {
    fn from(argument: LanguageArgument) -> Self {
        match argument {
            LanguageArgument::Da => Language::Da,
            LanguageArgument::En => Language::En,
        }
    }
}
