//! The codebook: each indicator, what it means, and how the register writes it.

use jiff::civil::Date;
use serde::Serialize;

use super::derivation::Derivation;
use super::item::Catalogue;
use super::section::{Bilingual, Section};
use crate::error::Finding;

/// One yes/no indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// The word for it in files and commands: `diet`.
    pub id: String,
    /// Its number in the register, such as `1a`, where it has one.
    pub register_id: Option<String>,
    /// Its name.
    pub name: Bilingual,
    /// Its definition, as agreed before the review.
    pub definition: Bilingual,
    /// Why the review cannot tell; `None` when it can.
    pub not_assessable: Option<Bilingual>,
    /// The column of the register; an indicator that is not assessable may have none.
    pub column: Option<String>,
    /// How the register writes its values.
    pub register: ValueMap,
    /// The first day on which the indicator was in force, by first attendance.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// Which courses the frame holds.
    pub sampled: Sampled,
    /// How missing values are read.
    pub missing: MissingRules,
    /// How the answer follows from raw items; `None` where the reviewer enters it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub derived: Option<Derivation>,
}

/// What the register says of one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterStatus {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question does not apply to the patient.
    NotRelevant,
    /// The register holds no value.
    Missing,
}

impl RegisterStatus {
    /// All of them, in the order of tables.
    pub const ALL: [RegisterStatus; 4] =
        [RegisterStatus::Yes, RegisterStatus::No, RegisterStatus::NotRelevant, RegisterStatus::Missing];

    /// The stable word for it.
    pub fn name(self) -> &'static str {
        match self {
            RegisterStatus::Yes => "yes",
            RegisterStatus::No => "no",
            RegisterStatus::NotRelevant => "not_relevant",
            RegisterStatus::Missing => "missing",
        }
    }
}

/// How the register writes the values of one column. Compared without regard to case and surrounding space.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ValueMap {
    /// Values that mean yes.
    pub yes: Vec<String>,
    /// Values that mean no.
    pub no: Vec<String>,
    /// Values that mean not relevant.
    pub not_relevant: Vec<String>,
    /// Values that mean that there is none; `""` is an empty cell.
    pub missing: Vec<String>,
}

impl ValueMap {
    /// The meaning of a value; `None` when the map does not know it.
    pub fn status(&self, value: &str) -> Option<RegisterStatus> {
        let value = value.trim();
        let means = |status: &RegisterStatus| self.values(*status).iter().any(|word| same_word(word, value));
        RegisterStatus::ALL.into_iter().find(means)
    }

    /// The values with one meaning.
    pub fn values(&self, status: RegisterStatus) -> &[String] {
        match status {
            RegisterStatus::Yes => &self.yes,
            RegisterStatus::No => &self.no,
            RegisterStatus::NotRelevant => &self.not_relevant,
            RegisterStatus::Missing => &self.missing,
        }
    }

    /// Every value the map knows, as messages list them: `` `1`, `0` ``.
    pub fn listed(&self) -> String {
        let all = RegisterStatus::ALL.into_iter().flat_map(|status| self.values(status));
        let shown =
            |word: &String| if word.is_empty() { "an empty cell".to_owned() } else { format!("`{word}`") };
        all.map(shown).collect::<Vec<_>>().join(", ")
    }

    fn read(section: &Section<'_, '_>) -> Self {
        let values = |key| section.texts(key).unwrap_or_default();
        let (yes, no) = (values("yes"), values("no"));
        let (not_relevant, missing) = (values("not_relevant"), values("missing"));
        section.finish();
        let map = ValueMap { yes, no, not_relevant, missing };
        map.note_faults(section);
        map
    }

    fn note_faults(&self, section: &Section<'_, '_>) {
        for (key, words) in [("yes", &self.yes), ("no", &self.no)] {
            if words.is_empty() {
                let what = format!("`{}` lists no value", section.path_of(key));
                section.wrong(
                    key,
                    Finding::error("empty_value_map", what)
                        .remedy("list what the register writes, even if it occurs nowhere yet"),
                );
            }
        }
        for (first, again, word) in self.repeated_words() {
            section.wrong(again.name(), repeated_word(section, first, again, word));
        }
    }

    /// Words that stand in the map again, in any capitals: where first, where again, and how they are written there.
    fn repeated_words(&self) -> Vec<(RegisterStatus, RegisterStatus, &String)> {
        let of = |status| self.values(status).iter().map(move |word| (status, word));
        let all: Vec<(RegisterStatus, &String)> = RegisterStatus::ALL.into_iter().flat_map(of).collect();
        let repeated = |(place, (again, word)): (usize, &(RegisterStatus, &'_ String))| {
            let (first, _) = all[..place].iter().find(|(_, earlier)| same_word(earlier, word))?;
            Some((*first, *again, place))
        };
        let found = all.iter().enumerate().filter_map(repeated);
        found.map(|(first, again, place)| (first, again, all[place].1)).collect()
    }
}

fn repeated_word(
    section: &Section<'_, '_>,
    first: RegisterStatus,
    again: RegisterStatus,
    word: &str,
) -> Finding {
    let path = section.path_of("");
    let table = path.trim_end_matches('.');
    if first == again {
        let what = format!("`{word}` is listed more than once under `{}` in [{table}]", again.name());
        return Finding::error("ambiguous_value_map", what)
            .remedy("list it once: capitals and blanks around it do not matter");
    }
    let what = format!(
        "`{word}` has more than one meaning in [{table}]: it stands under `{}` and under `{}`",
        first.name(),
        again.name()
    );
    Finding::error("ambiguous_value_map", what).remedy("leave it under one of them")
}

fn same_word(a: &str, b: &str) -> bool {
    a == b || a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Which courses the frame holds, for one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sampled {
    /// All registered courses.
    All,
    /// Only those for which the register says yes: only the PPV can be estimated.
    RegisterYes,
}

/// How missing values are read, declared before the draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MissingRules {
    /// The chart says nothing: it counts as *no*, or the course leaves the table.
    pub not_documented: Undocumented,
    /// The register holds no value.
    pub register_missing: Unregistered,
    /// The register says *not relevant*.
    pub register_not_relevant: Unregistered,
}

/// What a chart means that says nothing about an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undocumented {
    /// It was not done.
    No,
    /// Nobody knows.
    Missing,
}

/// What becomes of a course for which the register says neither yes nor no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unregistered {
    /// It leaves the table.
    Exclude,
    /// It counts as *no*, as it would in the register's own figures.
    No,
}

const UNREGISTERED: [(&str, Unregistered); 2] =
    [("exclude", Unregistered::Exclude), ("no", Unregistered::No)];
const UNDOCUMENTED: [(&str, Undocumented); 2] =
    [("no", Undocumented::No), ("missing", Undocumented::Missing)];

impl Indicator {
    /// Whether the review can tell.
    pub fn is_assessable(&self) -> bool {
        self.not_assessable.is_none()
    }

    /// Whether the reviewer enters the answer itself.
    pub fn is_entered(&self) -> bool {
        self.derived.as_ref().is_none_or(|derived| derived.also_ask)
    }

    /// Whether the indicator was in force on the day of a first attendance.
    pub fn in_force(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => {
                self.from.is_none_or(|from| day >= from) && self.until.is_none_or(|until| day <= until)
            }
            None => true,
        }
    }

    pub(super) fn read(id: String, section: &Section<'_, '_>, items: &Catalogue) -> Option<Self> {
        let register_id = section.text("register_id");
        let name = section.required("name", section.bilingual("name"));
        let definition = section.required("definition", section.bilingual("definition"));
        let assessable = section.flag("assessable").unwrap_or(true);
        let reason = section.bilingual("reason");
        let column = section.text("column");
        let register = section.section("register").map(|section| ValueMap::read(&section));
        let (from, until) = (section.date("from"), section.date("until"));
        let sampled =
            section.choice("sampled", &[("all", Sampled::All), ("register_yes", Sampled::RegisterYes)]);
        let missing = MissingRules::read(section);
        let derived = match section.section("derived") {
            Some(derived) => Derivation::read(&derived, items).map(Some),
            None => Some(None),
        };
        section.finish();
        let not_assessable = read_reason(section, assessable, reason)?;
        if assessable {
            section.required("column", column.as_ref());
            section.required_table("register", register.as_ref());
        }
        Some(Indicator {
            id: checked_id(section, id)?,
            register_id,
            name: name?,
            definition: definition?,
            not_assessable,
            column,
            register: register.unwrap_or_default(),
            from,
            until,
            sampled: sampled.unwrap_or(Sampled::All),
            missing,
            derived: derived?,
        })
    }
}

impl MissingRules {
    fn read(section: &Section<'_, '_>) -> Self {
        MissingRules {
            not_documented: section.choice("not_documented", &UNDOCUMENTED).unwrap_or(Undocumented::Missing),
            register_missing: section
                .choice("register_missing", &UNREGISTERED)
                .unwrap_or(Unregistered::Exclude),
            register_not_relevant: section
                .choice("register_not_relevant", &UNREGISTERED)
                .unwrap_or(Unregistered::Exclude),
        }
    }
}

/// `Some(None)` for an assessable indicator; `None` when the reason is missing or out of place.
fn read_reason(
    section: &Section<'_, '_>,
    assessable: bool,
    reason: Option<Bilingual>,
) -> Option<Option<Bilingual>> {
    match (assessable, reason) {
        (true, None) => Some(None),
        (false, Some(reason)) => Some(Some(reason)),
        (false, None) => {
            section.required::<()>("reason", None);
            None
        }
        (true, Some(_)) => {
            let what = format!(
                "`{}` says why the indicator is not assessable, but it is",
                section.path_of("reason")
            );
            section.wrong(
                "reason",
                Finding::error("reason_without_need", what).remedy("add `assessable = false`"),
            );
            None
        }
    }
}

/// Ids become column headers and file names: small letters, digits and underscores.
fn checked_id(section: &Section<'_, '_>, id: String) -> Option<String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !id.is_empty() && id.chars().all(fits) {
        return Some(id);
    }
    let what = format!("the indicator `{id}` needs an id of small letters a–z, digits and underscores");
    section.wrong("name", Finding::error("indicator_id", what).remedy("keep æøå and spaces for its `name`"));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> ValueMap {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        ValueMap {
            yes: words(&["1", "Ja"]),
            no: words(&["0"]),
            not_relevant: words(&["8"]),
            missing: words(&[""]),
        }
    }

    #[test]
    fn a_value_is_matched_without_regard_to_case_and_space() {
        assert_eq!(map().status(" JA "), Some(RegisterStatus::Yes));
        assert_eq!(map().status("  "), Some(RegisterStatus::Missing));
    }

    #[test]
    fn a_value_outside_the_map_is_never_a_no() {
        assert_eq!(map().status("2"), None);
    }

    #[test]
    fn a_word_with_two_meanings_is_found() {
        let mut map = map();
        map.no.push("ja".to_owned());
        map.missing.push(" ".to_owned());
        let (yes, no, missing) = (RegisterStatus::Yes, RegisterStatus::No, RegisterStatus::Missing);
        assert_eq!(map.repeated_words(), [(yes, no, &"ja".into()), (missing, missing, &" ".into())]);
    }
}
