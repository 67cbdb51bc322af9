//! Who runs the command, when, and on which study.

use jiff::{Timestamp, Zoned};

use super::args::{Arguments, LanguageArgument};
use super::progress::ProgressLine;
use crate::error::Result;
use crate::protocol::Language;
use crate::store::Actor;
use crate::study::{Session, Study};

/// The study that the command is about.
pub(super) fn study(arguments: &Arguments) -> Result<Study> {
    match &arguments.study {
        Some(folder) => Study::open(folder),
        None => Study::open(&Study::find(std::path::Path::new("."))?),
    }
}

/// Does the work of a command as the user of this computer, now, with progress on stderr if it takes long.
pub(super) fn with_session<T>(work: impl FnOnce(&Session<'_>) -> Result<T>) -> Result<T> {
    let progress = ProgressLine::default();
    let tell = |how_far| progress.tell(how_far);
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

impl From<LanguageArgument> for Language {
    fn from(argument: LanguageArgument) -> Self {
        match argument {
            LanguageArgument::Da => Language::Da,
            LanguageArgument::En => Language::En,
        }
    }
}
