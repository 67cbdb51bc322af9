//! What the words in a file of reviewed charts mean.

use std::collections::BTreeMap;
use std::fmt;

use crate::protocol::{RegisterStatus, ValueMap};

/// The words that are understood without being told.
fn usual(status: RegisterStatus) -> &'static [&'static str] {
    match status {
        RegisterStatus::Yes => &["1", "ja", "j", "yes", "y", "true", "sand"],
        RegisterStatus::No => &["0", "nej", "n", "no", "false", "falsk"],
        RegisterStatus::NotRelevant => &["8", "88", "ikke relevant", "not relevant"],
        RegisterStatus::Missing => &["9", "99", "na", ".", "ikke dokumenteret", "not documented", "missing"],
    }
}

/// What `hkm export` writes beside yes and no, which nobody else would mean otherwise.
const OF_EXPORT: [(&str, Option<RegisterStatus>); 9] = [
    ("not_relevant", Some(RegisterStatus::NotRelevant)),
    ("not_in_force", Some(RegisterStatus::NotRelevant)),
    ("register_not_relevant", Some(RegisterStatus::NotRelevant)),
    ("not_documented", Some(RegisterStatus::Missing)),
    ("register_missing", Some(RegisterStatus::Missing)),
    ("unsettled", Some(RegisterStatus::Missing)),
    ("not_read", None),
    ("not_reviewed", None),
    ("no_second_reading", None),
];

/// Whether a cell says that there was no reading: it is empty, or has the export's word for it.
pub(super) fn is_not_read(cell: &str) -> bool {
    let word = folded(cell);
    word.is_empty() || OF_EXPORT.iter().any(|(known, status)| *known == word && status.is_none())
}

/// The words of the register column and of the reference column, compared without regard to case and surrounding space.
/// A whole number may end in `.0`, as programs write it that keep numbers with gaps among them as decimals.
///
/// ```
/// use hjertekommidt::accuracy::ChartWords;
/// use hjertekommidt::protocol::{RegisterStatus, ValueMap};
///
/// let words = ChartWords::default();
/// assert_eq!(words.status(" JA "), Some(RegisterStatus::Yes));
/// assert_eq!(words.status("maybe"), None);
///
/// let given = ValueMap { yes: vec!["2".to_owned()], no: vec!["1".to_owned()], ..ValueMap::default() };
/// let words = ChartWords::new(&given)?;
/// assert_eq!(words.status("1"), Some(RegisterStatus::No));
/// assert_eq!(words.status("0"), None);
/// # Ok::<(), hjertekommidt::accuracy::AmbiguousWordError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartWords {
    listed: ValueMap,
    meanings: BTreeMap<String, RegisterStatus>,
}

impl ChartWords {
    /// The words that were given, and the usual ones for each meaning for which none were. A given word loses its usual
    /// meaning.
    ///
    /// # Errors
    /// A word that was given two meanings.
    pub fn new(given: &ValueMap) -> Result<Self, AmbiguousWordError> {
        let mut meanings = BTreeMap::new();
        for status in RegisterStatus::ALL {
            for word in given.values(status) {
                let other = meanings.insert(folded(word), status);
                if let Some(other) = other.filter(|other| *other != status) {
                    return Err(AmbiguousWordError { word: word.clone(), meanings: [other, status] });
                }
            }
        }
        let chosen = |status| -> Vec<String> {
            if !given.values(status).is_empty() {
                return given.values(status).to_vec();
            }
            let free = usual(status).iter().filter(|word| !meanings.contains_key(**word));
            free.map(|word| (*word).to_owned()).collect()
        };
        let listed = ValueMap {
            yes: chosen(RegisterStatus::Yes),
            no: chosen(RegisterStatus::No),
            not_relevant: chosen(RegisterStatus::NotRelevant),
            missing: chosen(RegisterStatus::Missing),
        };
        let all = RegisterStatus::ALL.into_iter();
        let meanings = all
            .flat_map(|status| listed.values(status).iter().map(move |word| (folded(word), status)))
            .collect();
        Ok(ChartWords { listed, meanings })
    }

    /// The meaning of a cell that is not empty; `None` for a word that is not known.
    pub fn status(&self, cell: &str) -> Option<RegisterStatus> {
        self.meaning(cell)?
    }

    /// The same; `Some(None)` of a cell that says the chart was not read, as an empty one does.
    pub(super) fn meaning(&self, cell: &str) -> Option<Option<RegisterStatus>> {
        let word = folded(cell);
        if word.is_empty() {
            return Some(None);
        }
        let exported = || OF_EXPORT.iter().find(|(known, _)| *known == word).map(|(_, status)| *status);
        self.meanings.get(&word).copied().map(Some).or_else(exported)
    }

    /// Every word that is known, as messages list them.
    pub fn listed(&self) -> String {
        self.listed.listed()
    }
}

impl Default for ChartWords {
    fn default() -> Self {
        // Nothing was given, so nothing can have two meanings.
        ChartWords::new(&ValueMap::default())
            .unwrap_or_else(|_| ChartWords { listed: ValueMap::default(), meanings: BTreeMap::new() })
    }
}

/// Without surrounding space, capitals and the `.0` of a whole number.
pub(super) fn folded(word: &str) -> String {
    let word = word.trim();
    let whole = word.strip_suffix(".0").filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit()));
    whole.filter(|whole| !whole.is_empty()).unwrap_or(word).to_lowercase()
}

/// A word that was given two meanings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmbiguousWordError {
    word: String,
    meanings: [RegisterStatus; 2],
}

impl AmbiguousWordError {
    /// The two meanings.
    pub fn meanings(&self) -> [RegisterStatus; 2] {
        self.meanings
    }
}

impl fmt::Display for AmbiguousWordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, other] = self.meanings.map(|status| status.name().replace('_', " "));
        write!(f, "`{}` is given as a word for {one} and for {other}, expected one meaning", self.word)
    }
}

impl std::error::Error for AmbiguousWordError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(yes: &[&str], missing: &[&str]) -> Result<ChartWords, AmbiguousWordError> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        ChartWords::new(&ValueMap { yes: words(yes), missing: words(missing), ..ValueMap::default() })
    }

    #[test]
    fn usual_words_are_known_in_both_languages() {
        let words = ChartWords::default();
        let all = |texts: &[&str], status| texts.iter().all(|text| words.status(text) == Some(status));
        assert!(all(&["1", "Ja", "J", "yes", "Y", "TRUE", "sand", "1.0"], RegisterStatus::Yes));
        assert!(all(&["0", "nej", "N", "No", "false", "Falsk", " 0.0 "], RegisterStatus::No));
        assert!(all(&["8", "88", "Ikke relevant", "not relevant"], RegisterStatus::NotRelevant));
        assert!(all(&["9", "99", "NA", ".", "Ikke dokumenteret", "missing"], RegisterStatus::Missing));
    }

    #[test]
    fn what_is_not_listed_has_no_meaning() {
        let words = ChartWords::default();
        assert!(["2", "10", "1.5", "ja?", ".0", "-1"].iter().all(|text| words.status(text).is_none()));
    }

    #[test]
    fn given_words_replace_the_usual_ones_of_their_meaning_only() {
        let words = given(&["9"], &[]).unwrap();
        assert_eq!(words.status("9"), Some(RegisterStatus::Yes));
        assert_eq!(words.status("ja"), None);
        assert_eq!(
            [words.status("0"), words.status("99")],
            [Some(RegisterStatus::No), Some(RegisterStatus::Missing)]
        );
    }

    #[test]
    fn a_word_with_two_meanings_is_refused() {
        let error = given(&["X"], &["x "]).unwrap_err();
        let text = "`x ` is given as a word for yes and for missing, expected one meaning";
        assert_eq!(error.to_string(), text);
    }
}
