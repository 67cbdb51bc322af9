//! Files that appear whole or not at all.
//!
//! The bytes go to a temporary file in the same folder, reach the disk, and only then take the name. A crash or
//! a full disk leaves what was there before.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::cannot_run;
use crate::error::Result;

/// Who may read a file (on Unix; elsewhere the folder's rights protect it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// The owner alone: 0600.
    Private,
    /// As the system gives it to new files.
    Usual,
}

/// Writes a file; one of the same name is replaced.
///
/// # Errors
/// Of kind `CannotRun`, with the reason in words; the old file is then unchanged.
pub fn write_whole(path: &Path, bytes: &[u8], access: Access) -> Result<()> {
    let written = temporary(path, bytes, access).and_then(|file| Ok(file.persist(path)?));
    written.and_then(|_| settle(path)).map_err(|error| cannot_run::write(path, &error))
}

/// Writes a file that must not exist yet; of two programs that try at once, one fails.
///
/// # Errors
/// Of kind `CannotRun`, with the reason in words.
pub fn write_new(path: &Path, bytes: &[u8], access: Access) -> Result<()> {
    let written = temporary(path, bytes, access).and_then(|file| Ok(file.persist_noclobber(path)?));
    // A name that may not have reached the disk is taken back: the file was not there before.
    let settled = written.and_then(|_| settle(path).inspect_err(|_| drop(fs::remove_file(path))));
    settled.map_err(|error| cannot_run::write(path, &error))
}

/// Makes a folder and those above it, unless they are there.
///
/// # Errors
/// Of kind `CannotRun`, with the reason in words.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| cannot_run::write(path, &error))
}

/// The same for its owner alone (on Unix; elsewhere the rights of the folder above protect it), whoever made it before.
///
/// # Errors
/// Of kind `CannotRun`, with the reason in words.
pub fn make_private_folder(path: &Path) -> Result<()> {
    make_folder(path)?;
    own(path).map_err(|error| cannot_run::write(path, &error))
}

#[cfg(unix)]
fn own(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn own(_: &Path) -> io::Result<()> {
    Ok(())
}

const PREFIX: &str = ".hkm-";
const SUFFIX: &str = ".tmp";

/// Takes away the temporary files that a killed command left in a folder: they may hold CPR numbers. Only for somebody who knows
/// that no other command is writing there.
pub fn clear_unfinished(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_unfinished(&entry.file_name().to_string_lossy()) {
            // What cannot be taken away now is tried again the next time.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_unfinished(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// The files of a folder and of the folders within it, in order, each by its path after the folder with `/` between its parts. Links to
/// folders are not followed, what a killed command left unfinished is left out, and a folder that cannot be read has none.
pub fn files_within(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            true => {
                files.extend(files_within(&entry.path()).iter().map(|inner| format!("{name}/{inner}")));
            }
            false if is_unfinished(&name) => {}
            false => files.push(name),
        }
    }
    files.sort();
    files
}

/// A complete temporary file beside the target; it goes away unless it is given the name.
fn temporary(path: &Path, bytes: &[u8], access: Access) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    permit(&mut builder, access);
    let mut file = builder.tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A temporary file is private; for others the system's mask decides, as for any new file.
#[cfg(unix)]
fn permit(builder: &mut Builder<'_, '_>, access: Access) {
    use std::os::unix::fs::PermissionsExt;
    if access == Access::Usual {
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
}

#[cfg(not(unix))]
fn permit(_: &mut Builder<'_, '_>, _: Access) {}

/// Brings the new name to the disk too, where a folder can be synchronised.
fn settle(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder_of(path))?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        write_whole(&path, b"first", Access::Usual).unwrap();
        write_whole(&path, b"2", Access::Usual).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"2");
        assert_eq!(names(folder.path()), ["table.csv"]);
    }

    #[test]
    fn a_new_file_never_replaces_an_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("form.xlsx");
        write_new(&path, b"first", Access::Usual).unwrap();
        let error = write_new(&path, b"second", Access::Usual).unwrap_err();
        assert_eq!((error.kind(), error.findings()[0].code), (ErrorKind::CannotRun, "file_exists"));
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(names(folder.path()), ["form.xlsx"]);
    }

    #[test]
    fn of_many_that_write_a_new_file_at_once_exactly_one_succeeds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draw.csv");
        let won = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..8u8)
                .map(|n| {
                    let path = &path;
                    scope.spawn(move || write_new(path, &[n; 1000], Access::Usual).is_ok())
                })
                .collect();
            tries.into_iter().map(|one| one.join().unwrap()).filter(|&won| won).count()
        });
        assert_eq!(won, 1);
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.len() == 1000 && bytes.iter().all(|byte| *byte == bytes[0]));
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (private, usual) = (folder.path().join("private"), folder.path().join("usual"));
        write_whole(&private, b"", Access::Private).unwrap();
        write_whole(&usual, b"", Access::Usual).unwrap();
        fs::write(folder.path().join("plain"), "").unwrap();
        assert_eq!(mode(&private), 0o600);
        assert_eq!(mode(&usual), mode(&folder.path().join("plain")));
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_whole(&folder.path().join("no/table.csv"), b"", Access::Usual).unwrap_err();
        assert_eq!((error.exit_code(), error.findings()[0].code), (2, "folder_not_found"));
    }
}
