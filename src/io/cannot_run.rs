//! What the operating system refused, in words.

use std::io;
use std::path::Path;

use crate::error::{Error, Finding, Place};

/// The file could not be opened or read.
pub fn read(path: &Path, error: &io::Error) -> Error {
    let name = path.display();
    let finding = match error.kind() {
        io::ErrorKind::NotFound => Finding::error("file_not_found", format!("there is no file `{name}`"))
            .remedy("check the name and the folder"),
        io::ErrorKind::PermissionDenied => {
            Finding::error("file_not_allowed", format!("the file `{name}` may not be read"))
                .remedy("close it in other programs, or ask for the right to read it")
        }
        io::ErrorKind::IsADirectory => {
            Finding::error("file_is_folder", format!("`{name}` is a folder, expected a file"))
                .remedy("name the files in it")
        }
        io::ErrorKind::InvalidData => {
            Finding::error("file_not_utf8", format!("the file `{name}` is not UTF-8"))
                .because("æ, ø and å would be misread")
                .remedy("save it as UTF-8")
        }
        _ => Finding::error("file_not_readable", format!("the file `{name}` cannot be read: {error}"))
            .remedy("copy it to a local disk and try again"),
    };
    Error::cannot_run(finding.at(Place::file(name.to_string())))
}

/// The file could not be written; nothing of it remains.
pub(super) fn write(path: &Path, error: &io::Error) -> Error {
    let name = path.display();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.display();
    let finding = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Finding::error(
            "disk_full",
            format!("`{name}` was not written: there is no room left on the disk"),
        )
        .remedy("make room and run the command again; nothing was changed"),
        io::ErrorKind::FileTooLarge => Finding::error(
            "file_too_large",
            format!("`{name}` was not written: there is no room for it, files may not grow so large here"),
        )
        .remedy("lift the limit on the size of files (`ulimit -f`), or choose another folder"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Finding::error(
            "folder_not_writable",
            format!("`{name}` was not written: the folder `{folder}` is read-only"),
        )
        .remedy("choose another folder, or ask for the right to write to this one"),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Finding::error(
            "folder_not_found",
            format!("`{name}` was not written: there is no folder `{folder}`"),
        )
        .remedy("create the folder first"),
        io::ErrorKind::AlreadyExists => {
            Finding::error("file_exists", format!("`{name}` was not written: it exists already"))
                .because("this file is never replaced")
                .remedy("move it away, or choose another name")
        }
        kind => Finding::error("file_not_written", format!("`{name}` was not written: {kind}"))
            .remedy("check the drive, and run the command again"),
    };
    Error::cannot_run(finding.at(Place::file(name.to_string())))
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_is_told_in_words() {
        let told = |kind: ErrorKind| read(Path::new("data/register.csv"), &io::Error::from(kind)).to_string();
        insta::assert_snapshot!(told(ErrorKind::NotFound), @"
        error: there is no file `data/register.csv`
          --> data/register.csv

        help: check the name and the folder
        ");
        insta::assert_snapshot!(told(ErrorKind::PermissionDenied), @"
        error: the file `data/register.csv` may not be read
          --> data/register.csv

        help: close it in other programs, or ask for the right to read it
        ");
        insta::assert_snapshot!(told(ErrorKind::TimedOut), @"
        error: the file `data/register.csv` cannot be read: timed out
          --> data/register.csv

        help: copy it to a local disk and try again
        ");
    }

    #[test]
    fn a_file_that_cannot_be_written_is_told_in_words() {
        let told =
            |kind: ErrorKind| write(Path::new("results/table-1.csv"), &io::Error::from(kind)).to_string();
        insta::assert_snapshot!(told(ErrorKind::StorageFull), @"
        error: `results/table-1.csv` was not written: there is no room left on the disk
          --> results/table-1.csv

        help: make room and run the command again; nothing was changed
        ");
        insta::assert_snapshot!(told(ErrorKind::ReadOnlyFilesystem), @"
        error: `results/table-1.csv` was not written: the folder `results` is read-only
          --> results/table-1.csv

        help: choose another folder, or ask for the right to write to this one
        ");
        insta::assert_snapshot!(told(ErrorKind::NotFound), @"
        error: `results/table-1.csv` was not written: there is no folder `results`
          --> results/table-1.csv

        help: create the folder first
        ");
        insta::assert_snapshot!(told(ErrorKind::AlreadyExists), @"
        error: `results/table-1.csv` was not written: it exists already
          --> results/table-1.csv
          = why: this file is never replaced

        help: move it away, or choose another name
        ");
        insta::assert_snapshot!(told(ErrorKind::FileTooLarge), @"
        error: `results/table-1.csv` was not written: there is no room for it, files may not grow so large here
          --> results/table-1.csv

        help: lift the limit on the size of files (`ulimit -f`), or choose another folder
        ");
        insta::assert_snapshot!(told(ErrorKind::TimedOut), @"
        error: `results/table-1.csv` was not written: timed out
          --> results/table-1.csv

        help: check the drive, and run the command again
        ");
    }
}
