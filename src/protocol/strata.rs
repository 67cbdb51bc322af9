//! The strata that the sample must cover: in HjerteKomMidt the municipalities.

use std::collections::BTreeSet;

use serde::Serialize;

use super::section::{Bilingual, Section};
use crate::error::Finding;

/// All strata the protocol knows of, and the word for one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Strata {
    /// The word for a stratum: `municipality`.
    pub name: Bilingual,
    /// In the order of their codes. A stratum outside the study is known, but excluded.
    pub known: Vec<Stratum>,
}

/// One stratum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stratum {
    /// The code, as results print it: `751`.
    pub code: String,
    /// The name: `Aarhus`.
    pub name: String,
    /// Further ways in which files write it: `Århus`.
    pub spellings: Vec<String>,
    /// A coarser grouping, for tables: the hospital cluster.
    pub cluster: Option<String>,
    /// Whether its courses belong to the frame.
    pub in_study: bool,
    /// How many courses to draw from it, when the allocation is `fixed`.
    pub sample: Option<u64>,
}

impl Stratum {
    /// `751 Aarhus`, or the code alone where the name says the same.
    pub fn label(&self) -> String {
        if self.code == self.name { self.code.clone() } else { format!("{} {}", self.code, self.name) }
    }
}

impl Strata {
    /// The strata whose courses belong to the frame, in the order of their codes.
    pub fn in_study(&self) -> impl Iterator<Item = &Stratum> {
        self.known.iter().filter(|stratum| stratum.in_study)
    }

    /// How many strata the sample must cover.
    pub fn count(&self) -> usize {
        self.in_study().count()
    }

    /// The plural of the word for a stratum, for tables in English.
    pub fn plural(&self) -> String {
        match self.name.en.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None => format!("{}s", self.name.en),
        }
    }

    pub(super) fn read(root: &Section<'_, '_>) -> Option<Self> {
        let name = root.section("strata").and_then(|section| {
            let name = section.bilingual("name");
            section.finish();
            name
        });
        let sections = root.sections("stratum");
        let read: Vec<Option<Stratum>> = sections.iter().map(read_stratum).collect();
        if sections.is_empty() {
            root.wrong("stratum", no_strata());
        }
        note_repeated_codes(&sections, &read);
        let mut known: Vec<Stratum> = read.into_iter().collect::<Option<_>>()?;
        known.sort_by(|a, b| a.code.cmp(&b.code));
        let usual = || Bilingual { da: "stratum".to_owned(), en: "stratum".to_owned() };
        Some(Strata { name: name.unwrap_or_else(usual), known })
    }
}

fn no_strata() -> Finding {
    Finding::error("no_strata", "the protocol lists no stratum".to_owned())
        .because("a sample that covers every stratum needs the list of them before the draw")
        .remedy("add one [[stratum]] with `code` and `name` for each; a register without strata has one, with code \"all\"")
}

fn read_stratum(section: &Section<'_, '_>) -> Option<Stratum> {
    let code = section.required("code", section.text("code"));
    let name = section.text("name");
    let spellings = section.texts("spellings").unwrap_or_default();
    let cluster = section.text("cluster");
    let in_study = section.flag("in_study").unwrap_or(true);
    let sample = section.count("sample");
    section.finish();
    let code = code?;
    let name = name.unwrap_or_else(|| code.clone());
    Some(Stratum { code, name, spellings, cluster, in_study, sample })
}

/// Each time a code is listed again, at that place.
fn note_repeated_codes(sections: &[Section<'_, '_>], read: &[Option<Stratum>]) {
    let mut seen = BTreeSet::new();
    for (section, stratum) in sections.iter().zip(read) {
        let Some(Stratum { code, .. }) = stratum else { continue };
        if !seen.insert(code) {
            let what = format!("the stratum `{code}` is listed more than once");
            section.wrong(
                "code",
                Finding::error("repeated_stratum", what).remedy(
                    "take this [[stratum]] away; another way to write one stratum belongs in its `spellings`",
                ),
            );
        }
    }
}
