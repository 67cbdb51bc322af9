//! People who do not exist, with numbers that can belong to nobody.
//!
//! A number without a valid check digit has been issued to people born on 1 January, almost without exception. So a number
//! that fails modulus 11 on another birthday belongs to nobody, and every number here does.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;

use super::chance::{happens, one_of, weighted};
use crate::random::Generator;

/// An invented person.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// The ten characters of the number.
    pub(super) number: String,
    pub(super) birth: Date,
}

/// Everybody invented so far; no number is given twice.
pub(super) struct People {
    generator: Generator,
    taken: BTreeSet<String>,
}

/// The youngest age of each band, its years, and how many of 100 patients are in it.
const AGES: [(u64, (i16, u64)); 7] = [
    (4, (24, 16)),
    (3, (40, 5)),
    (17, (45, 10)),
    (28, (55, 10)),
    (30, (65, 10)),
    (16, (75, 10)),
    (2, (85, 8)),
];
const MEN_PER_MILLE: u64 = 700;
const LETTERS_PER_MILLE: u64 = 3;
const DAY_PLUS_60_PER_MILLE: u64 = 2;
const LETTERS: &[u8; 20] = b"ABCDEFGHJKLMNPRSTUVX";

impl People {
    pub(super) fn new(label: &str) -> Self {
        People { generator: Generator::of(&format!("{label}|people")), taken: BTreeSet::new() }
    }

    /// A patient of a usual age.
    pub(super) fn adult(&mut self, on: Date) -> Person {
        let (youngest, years) = weighted(&mut self.generator, &AGES);
        let age = youngest + self.generator.below(years) as i16;
        self.aged(age, on)
    }

    /// Somebody of 15 to 18 years.
    pub(super) fn minor(&mut self, on: Date) -> Person {
        let age = 15 + self.generator.below(4) as i16;
        self.aged(age, on)
    }

    /// A number whose first six digits are no date: 31 February.
    pub(super) fn without_birthday(&mut self) -> String {
        let year = 40 + self.generator.below(40);
        self.free_number(&format!("3102{year}"), &[0, 1, 2, 3], false)
    }

    /// Somebody who has completed so many years on a day.
    fn aged(&mut self, age: i16, on: Date) -> Person {
        let youngest = on.saturating_sub(Span::new().years(age));
        let birth = days_before(youngest, self.generator.below(364) as i32);
        let birth = if (birth.month(), birth.day()) == (1, 1) { days_before(birth, 1) } else { birth };
        Person { number: self.number(birth), birth }
    }

    fn number(&mut self, birth: Date) -> String {
        let letters = happens(&mut self.generator, LETTERS_PER_MILLE);
        let day_plus_60 = !letters && happens(&mut self.generator, DAY_PLUS_60_PER_MILLE);
        let day = birth.day() + if day_plus_60 { 60 } else { 0 };
        let date = format!("{day:02}{:02}{:02}", birth.month(), birth.year() % 100);
        self.free_number(&date, seventh_digits(birth.year()), letters)
    }

    /// The date with four characters that nobody has and that fail modulus 11.
    fn free_number(&mut self, date: &str, seventh: &[u64], letters: bool) -> String {
        let man = happens(&mut self.generator, MEN_PER_MILLE);
        loop {
            let seventh = one_of(&mut self.generator, seventh);
            let middle =
                if letters { self.two_letters() } else { format!("{:02}", self.generator.below(100)) };
            let last = 2 * self.generator.below(5) + u64::from(man);
            let number = format!("{date}{seventh}{middle}{last}");
            if (letters || fails_modulus_11(&number)) && self.taken.insert(number.clone()) {
                return number;
            }
        }
    }

    fn two_letters(&mut self) -> String {
        [0; 2].map(|_| char::from(one_of(&mut self.generator, LETTERS))).iter().collect()
    }
}

fn days_before(day: Date, days: i32) -> Date {
    day.saturating_sub(Span::new().days(days))
}

/// The seventh digits that mean the century of this year.
fn seventh_digits(year: i16) -> &'static [u64] {
    match year {
        ..1937 => &[0, 1, 2, 3],
        1937..2000 => &[0, 1, 2, 3, 4],
        _ => &[4, 5, 6, 7],
    }
}

fn fails_modulus_11(digits: &str) -> bool {
    const WEIGHTS: [u32; 10] = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    !sum.is_multiple_of(11)
}

/// The number as files write it: mostly with its hyphen; sometimes a spreadsheet took a leading zero from it.
pub(super) fn written(number: &str, spelling: &mut Generator) -> String {
    let (date, rest) = number.split_at(6);
    let is_replacement = !rest.bytes().all(|byte| byte.is_ascii_digit());
    match spelling.below(1000) {
        _ if is_replacement => format!("{date}-{rest}"),
        0..20 => number.strip_prefix('0').unwrap_or(number).to_owned(),
        20..50 => number.to_owned(),
        _ => format!("{date}-{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::cpr::{Cpr, CprNotice, completed_years};

    fn people(label: &str) -> Vec<Person> {
        let mut people = People::new(label);
        let day = |place: i32| date(2021, 1, 1).saturating_add(Span::new().days(place % 1095));
        (0..3000).map(|place| people.adult(day(place))).collect()
    }

    #[test]
    fn every_number_can_be_read_and_says_the_birthday_of_its_person() {
        for person in people("birthdays") {
            let cpr = Cpr::read(&person.number).unwrap().cpr;
            assert_eq!(cpr.birth_date(), person.birth);
        }
    }

    #[test]
    fn every_number_is_a_replacement_number_or_fails_modulus_11_on_an_ordinary_birthday() {
        for person in people("modulus") {
            let notices = Cpr::read(&person.number).unwrap().notices;
            assert!(notices.contains(CprNotice::Modulus) != notices.contains(CprNotice::Replacement));
            assert!((person.birth.month(), person.birth.day()) != (1, 1));
        }
    }

    #[test]
    fn most_are_men_of_45_to_85_years() {
        let people = people("ages");
        let men = people.iter().filter(|person| person.number.ends_with(['1', '3', '5', '7', '9'])).count();
        assert!((2_000..2_200).contains(&men), "{men}");
        let ages = people.iter().enumerate().map(|(place, person)| {
            completed_years(
                person.birth,
                date(2021, 1, 1).saturating_add(Span::new().days(place as i32 % 1095)),
            )
        });
        let usual = ages.clone().filter(|age| (45..85).contains(age)).count();
        assert!((2_650..2_850).contains(&usual), "{usual}");
        assert!(ages.clone().all(|age| (24..=93).contains(&age)));
    }

    #[test]
    fn minors_are_at_most_18() {
        let mut people = People::new("minors");
        for _ in 0..200 {
            let day = date(2023, 2, 28);
            assert!((15..=18).contains(&completed_years(people.minor(day).birth, day)));
        }
    }

    #[test]
    fn a_number_is_given_once() {
        let numbers: BTreeSet<String> = people("once").into_iter().map(|person| person.number).collect();
        assert_eq!(numbers.len(), 3000);
    }
}
