//! What SQLite or the file system reports, in words, with a remedy.

use std::io;

use rusqlite::ErrorCode;

use super::{KEY_FILE, STUDY_FILE};
use crate::error::{Error, Finding, Place};

/// Turns a fault of SQLite into an error that says what to do.
pub(super) fn explained(fault: &rusqlite::Error, file: &str) -> Error {
    let finding = match fault.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Finding::error("store_busy", "another command is writing to this study")
                .because("two at once could store half of each")
                .remedy("wait until it has ended, and run the command again; nothing was changed")
        }
        Some(ErrorCode::DiskFull) => Finding::error("disk_full", "the disk is full")
            .remedy("make room and run the command again; nothing was changed"),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Finding::error("store_read_only", "the study's database cannot be written")
                .remedy("check the rights of the study folder: it must allow files to be made in it")
        }
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => not_ours(file),
        Some(ErrorCode::SystemIoFailure) => {
            Finding::error("store_io", "the study's database could not be read or written to its end")
                .because("the disk may be full, or the drive gone")
                .remedy("check the drive and run the command again; nothing was changed")
        }
        Some(ErrorCode::ConstraintViolation) => {
            Finding::error("store_rule", format!("the study's database refused a row: {fault}"))
                .because("stored rows never change")
                .remedy("nothing was changed; report this as a fault of hkm")
        }
        // A value of another type than was written: the bytes of the file were changed.
        _ => damaged(file, &fault.to_string()),
    };
    Error::cannot_run(finding.at(Place::file(file)))
}

/// A file that is no study database, or a damaged one.
pub(super) fn not_ours(file: &str) -> Finding {
    Finding::error("store_not_ours", format!("`{file}` is not a study's database, or is damaged"))
        .at(Place::file(file))
        .remedy("bring the file back from a backup, together with the other files of the study folder")
}

/// A file with rows that hkm did not write so.
pub(super) fn damaged(file: &str, told: &str) -> Finding {
    Finding::error("store_damaged", format!("`{file}` is damaged: SQLite reports: {told}"))
        .at(Place::file(file))
        .because("bytes of the file were changed, and what it holds cannot be relied on")
        .remedy("bring the file back from a backup, together with the other files of the study folder")
}

/// The key was put away.
pub(super) fn no_key() -> Finding {
    Finding::error("no_key", format!("there is no `{KEY_FILE}` in the study folder"))
        .at(Place::file(KEY_FILE))
        .because("it alone knows which course a study id stands for")
        .remedy("bring the file back from where it is kept")
}

/// The key of another study, or of an earlier or later state of this one.
pub(super) fn other_key() -> Finding {
    Finding::error("other_key", format!("`{KEY_FILE}` does not belong to this sample"))
        .at(Place::file(KEY_FILE))
        .because("its numbers would be those of other patients")
        .remedy("bring the key of this study back: study.sqlite and key.sqlite are kept and copied together")
}

/// A key, and nothing that it could be the key of.
pub(super) fn key_without_study() -> Finding {
    Finding::error(
        "key_without_study",
        format!("`{KEY_FILE}` belongs to a draw, and `{STUDY_FILE}` is not here"),
    )
    .at(Place::file(STUDY_FILE))
    .because("all that was drawn and reviewed is in it")
    .remedy("bring study.sqlite back from a backup; only to begin anew, move key.sqlite away")
}

/// A fault of the file system.
pub(super) fn file(fault: &io::Error, name: &str) -> Error {
    let finding = Finding::error("store_read_only", format!("`{name}` cannot be made or opened: {fault}"))
        .at(Place::file(name))
        .remedy("check the rights of the study folder: it must allow files to be made in it");
    Error::cannot_run(finding)
}
