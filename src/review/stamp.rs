//! What a workbook says of itself on its hidden sheet, so that it can be renamed, sorted and saved by any program.

use super::Reading;

/// Which file of a study it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormStamp {
    /// What the file is.
    pub kind: FormKind,
    /// The stratum that it was made for; none for an adjudication.
    pub stratum: Option<String>,
    /// The digest of the study's frozen protocol.
    pub study: String,
    /// The digest of the sample that was drawn first.
    pub draw: String,
    /// The digest of the codebook that its reviewers had.
    pub codebook: String,
}

/// The files that go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// Who the courses are.
    LookUp,
    /// A form for a reading.
    Review(Reading),
    /// Disagreements.
    Adjudication,
}

impl FormKind {
    /// All of them.
    pub const ALL: [FormKind; 4] = [
        FormKind::LookUp,
        FormKind::Review(Reading::First),
        FormKind::Review(Reading::Second),
        FormKind::Adjudication,
    ];

    /// The word in the database and on the hidden sheet.
    pub fn name(self) -> &'static str {
        match self {
            FormKind::LookUp => "lookup",
            FormKind::Review(Reading::First) => "first",
            FormKind::Review(Reading::Second) => "second",
            FormKind::Adjudication => "adjudication",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        FormKind::ALL.into_iter().find(|kind| kind.name() == word)
    }
}

/// The keys of the hidden sheet.
const KEYS: [&str; 5] = ["kind", "stratum", "study", "draw", "codebook"];

impl FormStamp {
    /// Keys and values, as they stand on the hidden sheet.
    pub fn lines(&self) -> Vec<(&'static str, &str)> {
        let stratum = self.stratum.as_deref().unwrap_or_default();
        KEYS.into_iter().zip([self.kind.name(), stratum, &self.study, &self.draw, &self.codebook]).collect()
    }

    /// Reads them back, in any order; `None` if one is missing.
    pub fn read(lines: &[(String, String)]) -> Option<Self> {
        let value =
            |key: &str| lines.iter().find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim());
        let [kind, stratum, study, draw, codebook] = KEYS.map(value);
        Some(FormStamp {
            kind: FormKind::named(kind?)?,
            stratum: stratum.filter(|code| !code.is_empty()).map(str::to_owned),
            study: study?.to_owned(),
            draw: draw?.to_owned(),
            codebook: codebook?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_read_back_in_any_order() {
        for (kind, stratum) in
            FormKind::ALL.into_iter().zip([Some("751".to_owned()), None].into_iter().cycle())
        {
            let [study, draw, codebook] = ["s", "d", "c"].map(str::to_owned);
            let stamp = FormStamp { kind, stratum, study, draw, codebook };
            let mut lines: Vec<(String, String)> = stamp
                .lines()
                .into_iter()
                .map(|(key, value)| (format!(" {key}"), format!("{value} ")))
                .collect();
            lines.reverse();
            assert_eq!(FormStamp::read(&lines), Some(stamp));
            lines.pop();
            assert_eq!(FormStamp::read(&lines), None);
        }
    }
}
