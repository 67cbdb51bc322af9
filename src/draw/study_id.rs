//! Study ids: what the reviewers see instead of a CPR number.

use std::fmt;

use crate::protocol::Seed;
use crate::random::Generator;

/// `HKM-0417K`: a number of at least four digits and a check letter. It is dealt at random over the positions of the draw and
/// never computed from the record key: a digest of a key is the key, by trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudyId(u32);

/// 23 letters, none of them I, O or Q, which are taken for digits. 23 is a prime, so that every wrong digit and every
/// exchange of two neighbours changes the letter.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

impl StudyId {
    /// The id with this number.
    pub fn new(number: u32) -> Self {
        StudyId(number)
    }

    /// Its number.
    pub fn number(self) -> u32 {
        self.0
    }

    fn letter(self) -> char {
        char::from(LETTERS[(self.0 % 23) as usize])
    }

    /// Reads an id as people type it: in small letters, with spaces around it, with or without the hyphen. `None` when it is no id, or
    /// when the letter does not belong to the number.
    ///
    /// ```
    /// use hjertekommidt::draw::StudyId;
    /// let id = StudyId::new(417);
    /// assert_eq!(StudyId::read(&id.to_string()), Some(id));
    /// assert_eq!(StudyId::read("HKM-0471D"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let rest = text.strip_prefix("HKM")?;
        let rest = rest.trim_start_matches(['-', ' ', '–']);
        let letter = rest.chars().last()?;
        let digits = &rest[..rest.len() - letter.len_utf8()];
        let plausible = (4..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let id = StudyId(digits.parse().ok().filter(|_| plausible)?);
        (id.letter() == letter).then_some(id)
    }
}

impl fmt::Display for StudyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HKM-{:04}{}", self.0, self.letter())
    }
}

/// Deals ids to `count` positions of a draw: the numbers after `largest`, in an order that depends on the seed and on
/// `largest` alone. The first draw has `largest` 0, an enlargement the largest number so far.
pub fn deal_study_ids(seed: &Seed, largest: u32, count: usize) -> Vec<StudyId> {
    let mut ids: Vec<StudyId> = (largest + 1..).take(count).map(StudyId).collect();
    Generator::of(&format!("{seed}|study ids after {largest}")).shuffle(&mut ids);
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_what_people_do_to_it() {
        let id = StudyId::new(417);
        let text = id.to_string();
        for typed in [
            text.clone(),
            text.to_lowercase(),
            format!("  {text} "),
            text.replace('-', ""),
            text.replace('-', " "),
        ] {
            assert_eq!(StudyId::read(&typed), Some(id), "{typed}");
        }
        assert_eq!(StudyId::read(&StudyId::new(123_456).to_string()), Some(StudyId::new(123_456)));
    }

    #[test]
    fn every_wrong_digit_and_every_exchange_of_neighbours_is_found() {
        for number in (0..10_000).step_by(7) {
            let text = StudyId::new(number).to_string();
            for place in 4..8 {
                for digit in '0'..='9' {
                    let mut wrong: Vec<char> = text.chars().collect();
                    wrong[place] = digit;
                    let wrong: String = wrong.into_iter().collect();
                    assert_eq!(StudyId::read(&wrong).is_some(), wrong == text);
                }
            }
            for place in 4..7 {
                let mut wrong: Vec<char> = text.chars().collect();
                wrong.swap(place, place + 1);
                let wrong: String = wrong.into_iter().collect();
                assert_eq!(StudyId::read(&wrong).is_some(), wrong == text);
            }
        }
    }

    #[test]
    fn nothing_else_is_an_id() {
        for text in
            ["", "HKM", "HKM-", "HKM-A", "HKM-12A", "0417K", "HKM-041７K", "HKM-00000000001A", "HKM-0417æ"]
        {
            assert_eq!(StudyId::read(text), None, "{text}");
        }
    }

    #[test]
    fn each_number_is_dealt_once_and_an_enlargement_goes_on() {
        let seed = Seed::new("study ids").unwrap();
        let mut first = deal_study_ids(&seed, 0, 50);
        let mut second = deal_study_ids(&seed, 50, 20);
        assert_ne!(first, deal_study_ids(&Seed::new("another seed").unwrap(), 0, 50));
        first.append(&mut second);
        first.sort();
        assert_eq!(first, (1..=70).map(StudyId::new).collect::<Vec<_>>());
    }
}
