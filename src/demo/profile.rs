//! What the charts say of each indicator, and how often the register says something else.

use super::chance::happens;
use super::municipality::Municipality;
use crate::protocol::RegisterStatus;
use crate::random::Generator;
use crate::review::Answer;

/// The rates of one indicator, all of 1000. Sensitivity, specificity and the share of yes differ between municipalities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// The id of the indicator in the preset.
    pub id: &'static str,
    /// The column of the register.
    pub column: &'static str,
    /// Of all courses, to how many the question applies.
    pub relevant: u64,
    /// Of those, how many are yes by the chart.
    pub yes: u64,
    /// Of those that are yes and have a register value, how many the register calls so.
    pub sensitivity: u64,
    /// Of those that are no and have a register value, how many the register calls so.
    pub specificity: u64,
    /// Of all courses, how many have no register value.
    pub missing: u64,
}

/// The indicators that a review can assess, in the order of the preset.
#[rustfmt::skip]
pub const PROFILES: [Profile; 6] = [
    Profile { id: "adherence", column: "vedholdenhed", relevant: 1000, yes: 750, sensitivity: 890, specificity: 940, missing: 20 },
    Profile { id: "sessions", column: "traening_80", relevant: 950, yes: 650, sensitivity: 910, specificity: 850, missing: 50 },
    Profile { id: "diet", column: "diaet", relevant: 1000, yes: 600, sensitivity: 860, specificity: 950, missing: 40 },
    Profile { id: "depression_screening", column: "depression", relevant: 1000, yes: 850, sensitivity: 930, specificity: 780, missing: 30 },
    Profile { id: "smoking_cessation", column: "rygestop", relevant: 200, yes: 400, sensitivity: 820, specificity: 940, missing: 60 },
    Profile { id: "capacity", column: "kapacitet", relevant: 750, yes: 700, sensitivity: 900, specificity: 900, missing: 80 },
];

/// Of 1000 courses to which the question does not apply, how many the register answers all the same.
const ANSWERED_ALTHOUGH_NOT_RELEVANT: u64 = 60;

impl Profile {
    /// The rates in a municipality.
    pub(super) fn within(&self, municipality: &Municipality) -> Profile {
        let [sensitivity, specificity, yes] = municipality.differs;
        Profile {
            sensitivity: shifted(self.sensitivity, sensitivity),
            specificity: shifted(self.specificity, specificity),
            yes: shifted(self.yes, yes),
            ..*self
        }
    }

    /// What a perfect chart says.
    pub(super) fn chart(&self, generator: &mut Generator) -> Answer {
        match happens(generator, self.relevant) {
            false => Answer::NotRelevant,
            true if happens(generator, self.yes) => Answer::Yes,
            true => Answer::No,
        }
    }

    /// What the register says of a course whose chart says this.
    pub(super) fn register(&self, chart: Answer, generator: &mut Generator) -> RegisterStatus {
        let (right, agrees) = match chart {
            _ if happens(generator, self.missing) => return RegisterStatus::Missing,
            Answer::Yes => (true, happens(generator, self.sensitivity)),
            Answer::No => (false, happens(generator, self.specificity)),
            _ if happens(generator, ANSWERED_ALTHOUGH_NOT_RELEVANT) => (false, happens(generator, 800)),
            _ => return RegisterStatus::NotRelevant,
        };
        if right == agrees { RegisterStatus::Yes } else { RegisterStatus::No }
    }
}

fn shifted(rate: u64, by: i64) -> u64 {
    rate.saturating_add_signed(by).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::municipality::MUNICIPALITIES;
    use crate::protocol::Protocol;
    use crate::protocol::preset::Preset;

    #[test]
    fn the_indicators_are_those_of_the_preset_that_can_be_assessed() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        let preset: Vec<_> =
            protocol.assessable().map(|one| (one.id.as_str(), one.column.as_deref().unwrap())).collect();
        assert_eq!(preset, PROFILES.map(|profile| (profile.id, profile.column)));
    }

    #[test]
    fn the_text_for_readers_states_the_rates() {
        for Profile { id, relevant, yes, sensitivity, specificity, missing, .. } in PROFILES {
            let row = format!("| `{id}` | {relevant} | {yes} | {sensitivity} | {specificity} | {missing} |");
            assert!(crate::demo::ABOUT.contains(&row), "{row}");
        }
    }

    /// Of 10,000 courses whose chart says this, how many the register calls yes, no, not relevant and missing.
    fn register(profile: &Profile, chart: Answer) -> [u64; 4] {
        let mut generator = Generator::of("register statuses");
        let mut times = [0; 4];
        (0..10_000).for_each(|_| times[profile.register(chart, &mut generator) as usize] += 1);
        times
    }

    #[test]
    fn the_register_errs_at_the_stated_rates() {
        let profile = Profile { missing: 100, ..PROFILES[0] };
        let [yes, no, not_relevant, missing] = register(&profile, Answer::Yes);
        assert!(missing.abs_diff(1000) < 100 && not_relevant == 0);
        assert!(yes.abs_diff((yes + no) * 890 / 1000) < 100, "{yes}");
        let [yes, no, ..] = register(&profile, Answer::No);
        assert!(no.abs_diff((yes + no) * 940 / 1000) < 100, "{no}");
    }

    #[test]
    fn a_register_without_errors_says_what_the_chart_says() {
        let perfect = Profile { sensitivity: 1000, specificity: 1000, missing: 0, ..PROFILES[0] };
        assert_eq!(register(&perfect, Answer::Yes), [10_000, 0, 0, 0]);
        assert_eq!(register(&perfect, Answer::No), [0, 10_000, 0, 0]);
    }

    #[test]
    fn the_largest_municipality_registers_worse_than_the_others() {
        let sensitivity = |code: &str| {
            let municipality = MUNICIPALITIES.iter().find(|one| one.code == code).unwrap();
            PROFILES[2].within(municipality).sensitivity
        };
        assert_eq!((sensitivity("751"), sensitivity("791")), (770, 860));
    }
}
