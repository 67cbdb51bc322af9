//! The 18 municipalities: how many live there, where their patients come from, and how carefully they register.
//!
//! Populations: Statistics Denmark, 4th quarter 2019. The rest is invented.

use jiff::civil::{Date, date};

use super::chance::{happens, one_of, weighted};
use crate::plan::{Bounds, allocate};
use crate::random::Generator;

/// A municipality of the study.
#[derive(Debug)]
pub(super) struct Municipality {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    /// Further ways of writing it.
    spellings: &'static [&'static str],
    /// The hospital of its cluster.
    hospital: &'static str,
    population: u64,
    /// By how many per mille sensitivity, specificity and the share of yes differ from the whole.
    pub(super) differs: [i64; 3],
    /// The initials of its two reviewers.
    pub(super) reviewers: [&'static str; 2],
}

const VEST: &str = "6640";

#[rustfmt::skip]
pub(super) const MUNICIPALITIES: [Municipality; 18] = [
    Municipality { code: "615", name: "Horsens", spellings: &[], hospital: "6006", population: 91_296, differs: [10, 0, 20], reviewers: ["AKH", "BJØ"] },
    Municipality { code: "657", name: "Herning", spellings: &[], hospital: VEST, population: 89_085, differs: [20, 10, 0], reviewers: ["CSH", "DML"] },
    Municipality { code: "661", name: "Holstebro", spellings: &[], hospital: VEST, population: 58_566, differs: [0, -10, -20], reviewers: ["EVH", "FTK"] },
    Municipality { code: "665", name: "Lemvig", spellings: &[], hospital: VEST, population: 19_748, differs: [-20, 10, 30], reviewers: ["GAL", "HÅL"] },
    Municipality { code: "671", name: "Struer", spellings: &[], hospital: VEST, population: 21_014, differs: [30, 20, -10], reviewers: ["IBS", "JNS"] },
    Municipality { code: "706", name: "Syddjurs", spellings: &[], hospital: "7005", population: 42_976, differs: [0, 0, 0], reviewers: ["KRS", "LÆS"] },
    Municipality { code: "707", name: "Norddjurs", spellings: &[], hospital: "7005", population: 37_360, differs: [-30, -20, -30], reviewers: ["MPN", "NGN"] },
    Municipality { code: "710", name: "Favrskov", spellings: &[], hospital: "7005", population: 48_404, differs: [20, 20, 40], reviewers: ["OHF", "PEF"] },
    Municipality { code: "727", name: "Odder", spellings: &[], hospital: "6006", population: 22_854, differs: [10, -10, 10], reviewers: ["QVO", "RSO"] },
    Municipality { code: "730", name: "Randers", spellings: &[], hospital: "7005", population: 97_886, differs: [10, 10, -20], reviewers: ["SBR", "TLR"] },
    Municipality { code: "740", name: "Silkeborg", spellings: &[], hospital: "6630", population: 93_782, differs: [20, 0, 10], reviewers: ["UFS", "VØS"] },
    Municipality { code: "746", name: "Skanderborg", spellings: &[], hospital: "6006", population: 62_479, differs: [30, 10, 30], reviewers: ["WKS", "XAS"] },
    Municipality { code: "751", name: "Aarhus", spellings: &["Århus", "Århus Kommune"], hospital: "6620", population: 349_977, differs: [-90, 0, 0], reviewers: ["YDA", "ZMA"] },
    Municipality { code: "756", name: "Ikast-Brande", spellings: &["Ikast Brande"], hospital: VEST, population: 41_506, differs: [-10, 20, -10], reviewers: ["ÆBI", "ØTI"] },
    Municipality { code: "760", name: "Ringkøbing-Skjern", spellings: &["Ringkoebing-Skjern", "Ringkøbing Skjern"], hospital: VEST, population: 56_622, differs: [0, -30, 0], reviewers: ["ÅPR", "ALR"] },
    Municipality { code: "766", name: "Hedensted", spellings: &[], hospital: "6006", population: 46_685, differs: [-20, 0, 10], reviewers: ["BSH", "CVH"] },
    Municipality { code: "779", name: "Skive", spellings: &[], hospital: "6630", population: 45_924, differs: [10, -20, -40], reviewers: ["DRS", "EGS"] },
    Municipality { code: "791", name: "Viborg", spellings: &[], hospital: "6630", population: 97_084, differs: [0, 10, 10], reviewers: ["FNV", "GKV"] },
];

/// Hospitals that the software does not know: patients come from elsewhere.
const ELSEWHERE: [&str; 4] = ["1301", "4202", "5501", "8001"];
/// Hospital alone, department, section.
const DEPARTMENTS: [(u64, &str); 4] = [(55, ""), (25, "12"), (15, "01"), (5, "1B1")];
/// When Gødstrup took the place of the former hospital.
const GOEDSTRUP: Date = date(2022, 2, 1);

/// How many of the courses each municipality has: in proportion to the populations, by largest remainders.
pub(super) fn shares(courses: u64) -> Vec<u64> {
    let populations = MUNICIPALITIES.map(|municipality| municipality.population);
    let bounds = populations.map(|_| Bounds { fewest: 0, most: courses });
    // Each could have all of them, so every total can be met.
    allocate(courses, &populations, &bounds).unwrap_or_default()
}

impl Municipality {
    /// The municipality as one of the people at the keyboard writes it.
    pub(super) fn written(&self, spelling: &mut Generator) -> String {
        match spelling.below(100) {
            0..70 => self.code.to_owned(),
            70..78 => format!("0{}", self.code),
            78..88 => self.name.to_owned(),
            88..93 => format!("{} Kommune", self.name),
            93..96 => format!("{} {}", self.code, self.name),
            _ if self.spellings.is_empty() => self.name.to_uppercase(),
            _ => one_of(spelling, self.spellings).to_owned(),
        }
    }

    /// Where a patient was treated: mostly at the hospital of the cluster, some at the university hospital.
    pub(super) fn hospital(&self, day: Date, generator: &mut Generator) -> String {
        if happens(generator, 8) {
            return one_of(generator, &ELSEWHERE).to_owned();
        }
        let own = if self.hospital == VEST && day < GOEDSTRUP { "6650" } else { self.hospital };
        let hospital = weighted(generator, &[(75, own), (25, "6620")]);
        format!("{hospital}{}", weighted(generator, &DEPARTMENTS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Protocol;
    use crate::protocol::preset::Preset;
    use crate::register::stratum_name::StratumNames;

    #[test]
    fn the_municipalities_are_those_of_the_preset() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        let preset: Vec<_> =
            protocol.strata.in_study().map(|one| (one.code.as_str(), one.name.as_str())).collect();
        assert_eq!(preset, MUNICIPALITIES.map(|one| (one.code, one.name)));
    }

    #[test]
    fn courses_are_shared_in_proportion_to_the_populations() {
        let total: u64 = MUNICIPALITIES.iter().map(|one| one.population).sum();
        assert_eq!(total, 1_326_913 - 3_665, "the region without Samsø");
        let shares = shares(6000);
        assert_eq!(shares.iter().sum::<u64>(), 6000);
        for (share, municipality) in shares.iter().zip(&MUNICIPALITIES) {
            let exact = 6000 * municipality.population;
            assert!((share * total).abs_diff(exact) < total, "{}: {share}", municipality.name);
        }
    }

    #[test]
    fn every_spelling_is_understood() {
        let named = MUNICIPALITIES.iter().map(|one| (one.code, one.name, one.spellings.iter().copied()));
        let mut names = StratumNames::new(named).unwrap();
        let mut spelling = Generator::of("every spelling");
        for (place, municipality) in MUNICIPALITIES.iter().enumerate() {
            for _ in 0..200 {
                let written = municipality.written(&mut spelling);
                assert_eq!(names.find(&written), Some(place), "{written}");
            }
        }
    }

    #[test]
    fn no_two_reviewers_have_the_same_initials() {
        let initials: std::collections::BTreeSet<&str> =
            MUNICIPALITIES.iter().flat_map(|one| one.reviewers).collect();
        assert_eq!(initials.len(), 36);
    }
}
