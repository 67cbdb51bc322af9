//! The register's file: its columns, and how people write dates, diagnoses, answers and remarks into them.

use jiff::civil::Date;

use super::chance::{happens, one_of, weighted};
use super::profile::PROFILES;
use super::raw_items::RAW_ITEMS;
use super::sheet::Sheet;
use crate::protocol::RegisterStatus;
use crate::random::Generator;

pub(super) const CPR: usize = 0;
pub(super) const FIRST_ATTENDANCE: usize = 1;
pub(super) const HOSPITAL: usize = 2;
pub(super) const DIAGNOSIS: usize = 3;
pub(super) const MUNICIPALITY: usize = 4;

const BEFORE_INDICATORS: [&str; 5] = ["cpr", "foerste_fremmoede", "sygehus", "diagnose", "kommune"];
/// A column that the study does not use.
const REMARK: &str = "bemaerkning";

/// Ischaemic heart disease as registers write it: codes of today, old sub-codes, dots, small letters, and suffixes.
const DIAGNOSES: [(u64, &str); 18] = [
    (190, "DI214"),
    (130, "DI219"),
    (90, "DI210"),
    (80, "DI211"),
    (60, "DI200"),
    (70, "DI209"),
    (140, "DI251"),
    (90, "DI259"),
    (30, "DI252"),
    (20, "DI248"),
    (15, "DI249"),
    (10, "DI240"),
    (15, "DI23"),
    (20, "I21.9"),
    (10, "I25.1"),
    (15, "di219"),
    (10, "DI251:TUL1"),
    (5, "DI209+DZ034"),
];
const OTHER_DIAGNOSES: [&str; 7] = ["DI10", "DI480", "DI501", "DI350", "DE119", "DI269", "I48.9"];
const REMARKS: [&str; 8] = [
    "Ønsker hold om eftermiddagen",
    "Henvist igen efter \"KAG\"",
    "Kører selv; har brug for p-plads",
    "Møder ikke.\nRinget op to gange, får nyt tilbud",
    "Tolk nødvendig",
    "Træner på eget hold i idrætsforening",
    "Pårørende deltager",
    "Overflyttet fra sygehus",
];

/// `05-03-2021`.
pub(super) fn danish_date(day: Date) -> String {
    format!("{:02}-{:02}-{:04}", day.day(), day.month(), day.year())
}

pub(super) fn ischaemic(generator: &mut Generator) -> &'static str {
    weighted(generator, &DIAGNOSES)
}

pub(super) fn other_diagnosis(generator: &mut Generator) -> &'static str {
    one_of(generator, &OTHER_DIAGNOSES)
}

/// The register's code for a status; some people write a word.
pub(super) fn value(status: RegisterStatus, spelling: &mut Generator) -> &'static str {
    let usual = !happens(spelling, 40);
    match status {
        RegisterStatus::Yes if usual => "1",
        RegisterStatus::Yes => one_of(spelling, &["ja", "Ja"]),
        RegisterStatus::No if usual => "0",
        RegisterStatus::No => one_of(spelling, &["nej", "Nej"]),
        RegisterStatus::NotRelevant => "8",
        RegisterStatus::Missing => one_of(spelling, &["", "9"]),
    }
}

pub(super) fn remark(generator: &mut Generator) -> &'static str {
    if happens(generator, 60) { one_of(generator, &REMARKS) } else { "" }
}

/// The file as the register's office sends it: Windows-1252, semicolons, CRLF.
pub(super) fn file<'c>(rows: impl Iterator<Item = &'c [String]>) -> Vec<u8> {
    let columns = BEFORE_INDICATORS.into_iter().chain(PROFILES.map(|profile| profile.column));
    let columns = columns.chain(RAW_ITEMS.map(|(_, column)| column)).chain([REMARK]);
    let rows = rows.map(<[String]>::to_vec).collect();
    Sheet { header: columns.map(str::to_owned).collect(), rows, stamp: None }.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::preset::Preset;
    use crate::protocol::{Protocol, Role};
    use crate::register::diagnosis::Diagnosis;

    #[test]
    fn the_columns_are_those_of_the_preset() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        let roles = [Role::Cpr, Role::FirstAttendance, Role::Hospital, Role::Diagnosis, Role::Stratum];
        assert_eq!(roles.map(|role| protocol.layout.column(&role).unwrap()), BEFORE_INDICATORS);
    }

    #[test]
    fn every_diagnosis_is_ischaemic_or_not_as_it_should_be() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        let eligible = |text: &str| {
            let code = Diagnosis::read(text).unwrap();
            protocol.population.diagnoses.iter().any(|prefix| code.as_str().starts_with(prefix))
        };
        assert!(DIAGNOSES.iter().all(|(_, code)| eligible(code)));
        assert!(!OTHER_DIAGNOSES.iter().any(|code| eligible(code)));
    }

    #[test]
    fn every_value_means_its_status_in_the_preset() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        let mut spelling = Generator::of("values");
        for indicator in protocol.assessable() {
            for status in RegisterStatus::ALL {
                (0..200).for_each(|_| {
                    assert_eq!(indicator.register.status(value(status, &mut spelling)), Some(status));
                });
            }
        }
    }
}
