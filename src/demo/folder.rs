//! Where the demo goes: a new folder, or in the place of a demo that nobody has touched.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::tour::{Tour, unreadable, walk};
use crate::digest;
use crate::error::{Error, Finding, Place, Result};
use crate::io::{Access, write_whole};

/// The list of all files with their digests, as `sha256sum --check` reads it.
const SUMS: &str = "demo.sha256";

/// Goes the whole way in a folder: a new one, an empty one, or one that holds an unchanged demo, which is replaced. The folder
/// appears whole or not at all.
///
/// # Errors
/// When the folder holds anything else, or cannot be written.
pub fn tour(folder: &Path) -> Result<Tour> {
    refuse_anything_else(folder)?;
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|fault| unreadable(parent, &fault))?;
    let making = tempfile::Builder::new()
        .prefix(".hkm-demo-")
        .tempdir_in(parent)
        .map_err(|fault| unreadable(parent, &fault))?;
    let tour = walk(making.path())?;
    write_whole(&making.path().join(SUMS), sums(making.path())?.as_bytes(), Access::Usual)?;
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|fault| unreadable(folder, &fault))?;
    }
    fs::rename(making.keep(), folder).map_err(|fault| unreadable(folder, &fault))?;
    Ok(tour)
}

fn refuse_anything_else(folder: &Path) -> Result<()> {
    if !folder.exists() || (folder.is_dir() && files(folder)?.is_empty()) {
        return Ok(());
    }
    if folder.is_dir()
        && fs::read_to_string(folder.join(SUMS))
            .is_ok_and(|stored| sums(folder).is_ok_and(|now| now == stored))
    {
        return Ok(());
    }
    let what = format!("`{}` is there already, and is not an unchanged demo", folder.display());
    Err(Error::cannot_run(
        Finding::error("not_a_demo", what)
            .at(Place::file(folder.display().to_string()))
            .because("what somebody put there would be lost")
            .remedy("name another folder, `hkm demo DIR`, or take this one away"),
    ))
}

/// One line for each file: digest and name.
fn sums(folder: &Path) -> Result<String> {
    let mut lines = String::new();
    for path in files(folder)?.into_iter().filter(|path| *path != Path::new(SUMS)) {
        let whole = folder.join(&path);
        let bytes = fs::read(&whole).map_err(|fault| unreadable(&whole, &fault))?;
        let name = path.to_string_lossy().replace('\\', "/");
        lines += &format!("{}  {name}\n", digest::hexadecimal(&digest::sha256(&bytes)));
    }
    Ok(lines)
}

/// All files below a folder, in order, named from it.
fn files(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).map_err(|fault| unreadable(&next, &fault))? {
            let path = entry.map_err(|fault| unreadable(&next, &fault))?.path();
            match path.is_dir() {
                true => open.push(path),
                false => {
                    found.insert(path.strip_prefix(folder).unwrap_or(&path).to_owned());
                }
            }
        }
    }
    Ok(found)
}
