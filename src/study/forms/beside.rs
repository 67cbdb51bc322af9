//! What goes out with the forms: the guide with text files, which have no sheet for it, and the data dictionary of REDCap.

use std::fs;
use std::path::Path;

use super::redcap::dictionary_file;
use crate::error::Result;
use crate::io::{Access, write_new};
use crate::protocol::{Language, Protocol};
use crate::review::guide;

/// A file beside the forms.
pub(super) struct Beside {
    stem: &'static str,
    ending: &'static str,
    pub(super) bytes: Vec<u8>,
}

impl Beside {
    /// The guide for the reviewers.
    pub(super) fn guide(protocol: &Protocol, language: Language) -> Self {
        let stem = match language {
            Language::Da => "vejledning",
            Language::En => "guide",
        };
        let bytes = format!("\u{feff}{}", guide(protocol, language)).into_bytes();
        Beside { stem, ending: "txt", bytes }
    }

    /// The data dictionary of REDCap.
    pub(super) fn dictionary(protocol: &Protocol, language: Language) -> Self {
        let bytes = dictionary_file(protocol, language);
        Beside { stem: "redcap-dictionary", ending: "csv", bytes }
    }

    /// Writes it; a changed one goes beside the one that is out.
    pub(super) fn put_down(&self, folder: &Path) -> Result<()> {
        for path in (1..).map(|number| folder.join(self.name(number))) {
            match fs::read(&path) {
                Ok(there) if there == self.bytes => return Ok(()),
                Ok(_) => {}
                Err(_) => return write_new(&path, &self.bytes, Access::Usual),
            }
        }
        Ok(())
    }

    fn name(&self, number: u32) -> String {
        let Beside { stem, ending, .. } = self;
        match number {
            1 => format!("{stem}.{ending}"),
            number => format!("{stem}-{number}.{ending}"),
        }
    }

    /// Whether a file is called as this one is, whatever its number.
    pub(super) fn has_name(&self, name: &str) -> bool {
        let number =
            name.strip_prefix(self.stem).and_then(|rest| rest.strip_suffix(self.ending)?.strip_suffix('.'));
        number.is_some_and(|rest| {
            rest.is_empty() || rest.strip_prefix('-').is_some_and(|rest| rest.parse::<u32>().is_ok())
        })
    }
}
