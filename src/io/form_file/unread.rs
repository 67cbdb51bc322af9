//! Files that are no forms, and workbooks that cannot be opened: each with its own cause.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::super::cannot_read;
use crate::error::{Error, Finding, Place, Result, Severity};
use crate::review::Messages;

/// The first bytes of an OLE container: a workbook before 2007, or one that is encrypted.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The first bytes of a ZIP archive, as every .xlsx is one.
const ZIP: &[u8] = b"PK";
/// The endings of forms.
const ENDINGS: [&str; 5] = ["xlsx", "xlsm", "csv", "txt", "tsv"];
/// What macOS and Windows leave in folders.
const FOLDER_FILES: [&str; 3] = [".ds_store", "thumbs.db", "desktop.ini"];

/// A file that lies among forms and is none: the lock file of a spreadsheet program, or what an operating system leaves in folders. A
/// note, without opening the file: a lock file may be locked.
pub fn passed_over(path: &Path, messages: Messages) -> Option<Finding> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let is_lock = name.starts_with("~$") || (name.starts_with(".~lock.") && name.ends_with('#'));
    let is_of_folder = FOLDER_FILES.contains(&name.as_str());
    let finding = match (is_lock, is_of_folder) {
        (true, _) => messages.lock_file(),
        (_, true) => messages.folder_file(),
        _ => return None,
    };
    Some(finding.at(Place::file(path.display().to_string())))
}

/// Refuses what is no form by its name, and a form without a byte. Another ending is told as that, whatever is in the file.
pub(super) fn refuse_no_form(path: &Path, messages: Messages) -> Result<()> {
    if let Some(mut finding) = passed_over(path, messages) {
        finding.severity = Severity::Error;
        return Err(Error::data(vec![finding]));
    }
    let file = path.metadata().map_err(|fault| cannot_read(path, &fault))?;
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let is_read = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    match is_read && file.is_file() && file.len() == 0 {
        true => Err(Error::data(vec![messages.empty_file().at(Place::file(path.display().to_string()))])),
        false => Ok(()),
    }
}

/// Why a file is not read as a workbook.
pub(super) fn cannot_open(path: &Path, messages: Messages) -> Finding {
    match bytes(path) {
        Ok(bytes) if bytes.starts_with(OLE) && holds_encrypted_package(&bytes) => {
            messages.encrypted_workbook()
        }
        Ok(bytes) if bytes.starts_with(OLE) => messages.old_workbook(),
        Ok(bytes) if !bytes.starts_with(ZIP) => messages.no_workbook(),
        _ => messages.damaged_workbook(),
    }
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a container has the stream that an encrypted workbook is kept in: names are UTF-16.
fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Language;

    const MESSAGES: Messages = Messages { language: Language::En, form: Language::En };

    #[test]
    fn lock_files_and_what_folders_hold_are_passed_over() {
        let code = |name: &str| passed_over(Path::new(name), MESSAGES).map(|finding| finding.code);
        assert_eq!(code("returned/~$751-Aarhus-review.xlsx"), Some("lock_file"));
        assert_eq!(code("returned/.~lock.751-Aarhus-review.xlsx#"), Some("lock_file"));
        assert_eq!(code("returned/.DS_Store"), Some("folder_file"));
        assert_eq!(code("Thumbs.db"), Some("folder_file"));
        assert_eq!(code("~$folder/751-Aarhus-review.xlsx"), None);
    }

    #[test]
    fn every_cause_has_its_own_code() {
        let folder = tempfile::tempdir().unwrap();
        let code = |bytes: &[u8]| {
            let path = folder.path().join("form.xlsx");
            std::fs::write(&path, bytes).unwrap();
            cannot_open(&path, MESSAGES).code
        };
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(code(&[OLE, &[0; 500], &name].concat()), "workbook_password");
        assert_eq!(code(&[OLE, &[0; 500]].concat()), "workbook_old_format");
        assert_eq!(code(b"studie_id;journal"), "workbook_not_a_workbook");
        assert_eq!(code(b"PK\x03\x04"), "workbook_damaged");
    }
}
