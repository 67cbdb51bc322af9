//! The words by which registers name their columns and code their answers, in Danish and English.

use super::Role;

/// What a value of a yes/no column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// The indicator is fulfilled.
    Yes,
    /// It is not.
    No,
    /// It does not apply to the patient.
    NotRelevant,
    /// Nothing was registered.
    Missing,
}

/// How strongly a column's name speaks for a role; 0 if not at all.
pub(super) fn score(header: &str, role: Role) -> u32 {
    let header = plain(header);
    let words: &[(&str, u32)] = match role {
        Role::Cpr => &[("cpr", 3), ("personnummer", 3), ("pnr", 2), ("civilreg", 3)],
        Role::FirstAttendance => {
            &[("fremmode", 3), ("attendance", 3), ("opstart", 2), ("start", 2), ("forste", 1), ("first", 1)]
        }
        Role::Hospital => {
            &[("shak", 3), ("sygehus", 3), ("hospital", 3), ("afdeling", 2), ("afsnit", 1), ("department", 2)]
        }
        Role::Diagnosis => &[("diag", 3), ("icd", 3), ("sks", 1)],
        Role::Municipality => &[("kommune", 3), ("municipality", 3), ("komnr", 2), ("komkode", 2)],
    };
    let against =
        ["slut", "end", "fodt", "fodsel", "birth", "navn", "name"].iter().any(|word| header.contains(word));
    let score: u32 = words.iter().filter(|(word, _)| header.contains(word)).map(|(_, score)| score).sum();
    // "kommunenavn" still is the municipality, only less surely than "kommunekode" beside it.
    if against { score.div_ceil(4) } else { score }
}

/// In lower case, letters and digits only, ø as o and so on: the same for `Første fremmøde` and `foerste_fremmoede`.
fn plain(header: &str) -> String {
    let header = header.to_lowercase().replace(['å', 'æ'], "a").replace('ø', "o");
    let letters: String = header.chars().filter(|character| character.is_alphanumeric()).collect();
    letters.replace("aa", "a").replace("ae", "a").replace("oe", "o")
}

/// What a value means, and whether that is plain from the value itself.
///
/// With `no_zero` the column has no 0, so that 2 beside 1 is likely a no: a custom, not a certainty.
pub(super) fn meaning(value: &str, no_zero: bool) -> (Option<Meaning>, bool) {
    match value.to_lowercase().as_str() {
        "ja" | "j" | "yes" | "y" | "true" | "sand" => (Some(Meaning::Yes), true),
        "nej" | "n" | "no" | "false" | "falsk" | "0" => (Some(Meaning::No), true),
        "1" => (Some(Meaning::Yes), !no_zero),
        "2" if no_zero => (Some(Meaning::No), false),
        "ikke relevant" | "irrelevant" | "not relevant" | "not applicable" => {
            (Some(Meaning::NotRelevant), true)
        }
        "8" | "88" | "888" => (Some(Meaning::NotRelevant), false),
        "ukendt" | "uoplyst" | "mangler" | "missing" | "unknown" | "." => (Some(Meaning::Missing), true),
        "9" | "99" | "999" | "na" | "nan" | "null" | "#n/a" => (Some(Meaning::Missing), false),
        text if is_stata_missing(text) => (Some(Meaning::Missing), false),
        _ => (None, false),
    }
}

/// `.a` to `.z`.
fn is_stata_missing(text: &str) -> bool {
    matches!(text.as_bytes(), [b'.', letter] if letter.is_ascii_lowercase())
}
