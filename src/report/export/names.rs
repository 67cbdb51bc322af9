//! Names of variables that every program takes.

use std::collections::BTreeSet;

/// Stata's limit.
const LONGEST: usize = 32;

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// `diet_register` for the id `diet` and the ending `register`: a long id is cut, and one that was used before gets a number.
    pub(super) fn of(&mut self, id: &str, ending: &str) -> String {
        let first = id.bytes().next().is_none_or(|byte| byte.is_ascii_digit());
        let id = if first { format!("v{id}") } else { id.to_owned() };
        let name = |number: usize| {
            let ending = if number == 1 { format!("_{ending}") } else { format!("_{number}_{ending}") };
            let room = LONGEST.saturating_sub(ending.len());
            format!("{}{ending}", id.chars().take(room).collect::<String>())
        };
        let free = (1..).map(name).find(|name| !self.taken.contains(&name.to_lowercase()));
        let name = free.unwrap_or_default();
        self.taken.insert(name.to_lowercase());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_stata_and_are_different() {
        let mut names = Names::default();
        assert_eq!(names.of("diet", "register"), "diet_register");
        assert_eq!(names.of("1a", "first"), "v1a_first");
        let long = "days_from_discharge_to_first_session";
        assert_eq!(names.of(long, "reference"), "days_from_discharge_to_reference");
        assert_eq!(names.of(&format!("{long}_b"), "reference"), "days_from_discharge__2_reference");
        assert!(names.taken.iter().all(|name| name.len() <= LONGEST));
    }
}
