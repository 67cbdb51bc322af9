//! Which cell of the two-by-two table a reviewed course belongs to, by the rules declared before the draw.

use crate::draw::RegisterEntry;
use crate::protocol::{Indicator, RegisterStatus, Undocumented, Unregistered};
use crate::review::Answer;

/// Where a reviewed course stands for one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// In the table.
    Table {
        /// What the register says.
        register: bool,
        /// What the record says.
        record: bool,
    },
    /// Outside it.
    Outside(Outside),
}

/// Why a reviewed course is outside the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outside {
    /// The indicator was not in force when the course began.
    NotInForce,
    /// The register holds no value.
    RegisterMissing,
    /// The register says *not relevant*.
    RegisterNotRelevant,
    /// The record says *not relevant*.
    RecordNotRelevant,
    /// The record says nothing.
    NotDocumented,
    /// Two reviewers differ, and nobody has settled it.
    Unsettled,
}

impl Outside {
    /// All of them, in the order of tables.
    pub const ALL: [Outside; 6] = [
        Outside::NotInForce,
        Outside::RegisterMissing,
        Outside::RegisterNotRelevant,
        Outside::RecordNotRelevant,
        Outside::NotDocumented,
        Outside::Unsettled,
    ];

    /// The stable word for files.
    pub fn name(self) -> &'static str {
        match self {
            Outside::NotInForce => "not_in_force",
            Outside::RegisterMissing => "register_missing",
            Outside::RegisterNotRelevant => "register_not_relevant",
            Outside::RecordNotRelevant => "record_not_relevant",
            Outside::NotDocumented => "not_documented",
            Outside::Unsettled => "unsettled",
        }
    }

    /// Whether the register's value would have put the course into the table.
    pub fn is_by_record(self) -> bool {
        matches!(self, Outside::RecordNotRelevant | Outside::NotDocumented | Outside::Unsettled)
    }

    /// Whether the answer is still unknown, so that the course might belong to the table after all.
    pub fn is_unanswered(self) -> bool {
        matches!(self, Outside::NotDocumented | Outside::Unsettled)
    }
}

/// The cell of a course. `answer` is `None` where a disagreement is not settled. An unknown value of the register
/// cannot come here: the analysis is refused before.
pub fn place(indicator: &Indicator, entry: &RegisterEntry, answer: Option<Answer>) -> Placement {
    let status = || indicator.register.status(&entry.value).unwrap_or(RegisterStatus::Missing);
    placed(indicator, entry.in_force.then(status), answer)
}

/// The same from what the register's value means; `None` where the indicator was not in force.
pub(super) fn placed(
    indicator: &Indicator,
    register: Option<RegisterStatus>,
    answer: Option<Answer>,
) -> Placement {
    let Some(status) = register else { return Placement::Outside(Outside::NotInForce) };
    let Some(register) = counted_as(indicator, status) else {
        return Placement::Outside(match status {
            RegisterStatus::NotRelevant => Outside::RegisterNotRelevant,
            _ => Outside::RegisterMissing,
        });
    };
    let record = match (answer, indicator.missing.not_documented) {
        (Some(Answer::Yes), _) => true,
        (Some(Answer::No), _) | (Some(Answer::NotDocumented), Undocumented::No) => false,
        (Some(Answer::NotRelevant), _) => return Placement::Outside(Outside::RecordNotRelevant),
        (Some(Answer::NotDocumented), Undocumented::Missing) => {
            return Placement::Outside(Outside::NotDocumented);
        }
        (None, _) => return Placement::Outside(Outside::Unsettled),
    };
    Placement::Table { register, record }
}

/// What a value of the register counts as; `None` when it leaves the table.
pub fn counted_as(indicator: &Indicator, status: RegisterStatus) -> Option<bool> {
    let rule = match status {
        RegisterStatus::Yes => return Some(true),
        RegisterStatus::No => return Some(false),
        RegisterStatus::NotRelevant => indicator.missing.register_not_relevant,
        RegisterStatus::Missing => indicator.missing.register_missing,
    };
    (rule == Unregistered::No).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Protocol, preset::Preset};

    fn indicator(not_documented: Undocumented, unregistered: Unregistered) -> Indicator {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        let mut indicator = protocol.indicator("diet").unwrap().clone();
        indicator.missing.not_documented = not_documented;
        indicator.missing.register_missing = unregistered;
        indicator.missing.register_not_relevant = unregistered;
        indicator
    }

    fn entry(value: &str) -> RegisterEntry {
        RegisterEntry { value: value.to_owned(), in_force: true }
    }

    #[test]
    fn yes_and_no_find_their_cell() {
        let indicator = indicator(Undocumented::Missing, Unregistered::Exclude);
        let cell = |value, answer| place(&indicator, &entry(value), Some(answer));
        let table = |register, record| Placement::Table { register, record };
        assert_eq!(cell("1", Answer::Yes), table(true, true));
        assert_eq!(cell("1", Answer::No), table(true, false));
        assert_eq!(cell("0", Answer::Yes), table(false, true));
        assert_eq!(cell("0", Answer::No), table(false, false));
    }

    #[test]
    fn what_is_neither_leaves_the_table_or_counts_as_no_as_declared() {
        let excluding = indicator(Undocumented::Missing, Unregistered::Exclude);
        let counting = indicator(Undocumented::No, Unregistered::No);
        let table = |register, record| Placement::Table { register, record };
        let outside = Placement::Outside;
        let both =
            |value, answer| [&excluding, &counting].map(|indicator| place(indicator, &entry(value), answer));
        assert_eq!(both("9", Some(Answer::Yes)), [outside(Outside::RegisterMissing), table(false, true)]);
        assert_eq!(both("", Some(Answer::No)), [outside(Outside::RegisterMissing), table(false, false)]);
        assert_eq!(both("8", Some(Answer::Yes)), [outside(Outside::RegisterNotRelevant), table(false, true)]);
        assert_eq!(
            both("1", Some(Answer::NotDocumented)),
            [outside(Outside::NotDocumented), table(true, false)]
        );
        assert_eq!(both("1", Some(Answer::NotRelevant)), [outside(Outside::RecordNotRelevant); 2]);
        assert_eq!(both("1", None), [outside(Outside::Unsettled); 2]);
    }

    #[test]
    fn an_indicator_that_was_not_in_force_is_outside_whatever_is_written() {
        let indicator = indicator(Undocumented::No, Unregistered::No);
        let entry = RegisterEntry { value: "1".to_owned(), in_force: false };
        assert_eq!(place(&indicator, &entry, Some(Answer::Yes)), Placement::Outside(Outside::NotInForce));
    }
}
