//! The tables of weighted intervals: `weighted.csv` by the methods of the library, `candidates.csv` by other ways to put Korn–Graubard
//! together, `bootstrap.csv`, and `designs.csv` with the strata.

use std::error::Error;

use crate::design::{Design, MUNICIPALITIES};
use crate::effective::CANDIDATES;
use crate::methods::METHODS;
use crate::plain_tables::Table;
use crate::simulate::{BOOTSTRAPS, Tallies, bootstrap, simulate_measures};
use crate::tally::{COLUMNS, digits};
use crate::truth::{MEASURES, Scenario, Target, Truth};

const KEY: [&str; 7] = ["design", "truth", "prevalence", "target", "measure", "value", "method"];

/// Candidates have no columns beyond the width: the estimate and its variance are those of the library.
const CANDIDATE_COLUMNS: usize = 13;

/// Prevalences by record: one class rare, and both alike.
const PREVALENCES: [f64; 2] = [0.9, 0.5];

/// The designs for which the process is a target too.
const PROCESS_DESIGNS: [&str; 2] = ["proportional_300", "equal_300"];

/// The bootstrap's scenarios, all at the first prevalence.
const BOOTSTRAPPED: [(&str, &str); 7] = [
    ("proportional_300", "equal_0.9"),
    ("proportional_300", "equal_0.98"),
    ("proportional_300", "large_0.7_others_0.95"),
    ("equal_300", "equal_0.9"),
    ("equal_300", "large_0.7_others_0.95"),
    ("equal_300", "large_0.88_others_1"),
    ("difficult_153", "varying"),
];

/// Every scenario of the closed forms.
fn scenarios(designs: &[Design]) -> Vec<Scenario> {
    let mut all = Vec::new();
    for design in designs {
        for target in [Target::Frame, Target::Process] {
            if target == Target::Process && !PROCESS_DESIGNS.contains(&design.name) {
                continue;
            }
            for truth in Truth::ALL {
                let of = |prevalence| Scenario { design: design.clone(), truth, prevalence, target };
                all.extend(PREVALENCES.map(of));
            }
        }
    }
    all
}

/// `weighted.csv` and `candidates.csv`.
///
/// # Errors
/// A design that cannot be drawn.
pub(crate) fn weighted_tables(designs: &[Design], draws: u64) -> Result<[Table; 2], Box<dyn Error>> {
    let mut tables = [vec![header()], vec![header()]];
    for scenario in scenarios(designs) {
        let counted = simulate_measures(&scenario, draws, &MEASURES)?;
        tables[0].extend(rows(&scenario, &counted.methods, &METHODS));
        if scenario.target == Target::Frame {
            tables[1].extend(rows(
                &scenario,
                &counted.candidates,
                &CANDIDATES.map(|candidate| candidate.name),
            ));
        }
    }
    tables[1].iter_mut().for_each(|row| row.truncate(CANDIDATE_COLUMNS));
    Ok(tables)
}

/// `bootstrap.csv`
///
/// # Errors
/// A design that cannot be drawn.
pub(crate) fn bootstrap_table(designs: &[Design], draws: u64) -> Result<Table, Box<dyn Error>> {
    let mut table = vec![header()];
    for scenario in scenarios(designs) {
        let is_wanted = BOOTSTRAPPED.contains(&(scenario.design.name, &scenario.truth.name()));
        if is_wanted && scenario.target == Target::Frame && scenario.prevalence == PREVALENCES[0] {
            table.extend(rows(&scenario, &bootstrap(&scenario, draws)?, &BOOTSTRAPS));
        }
    }
    Ok(table)
}

/// Records drawn of the large municipality, of 300; the equal allocation gives it 16, the proportional one 79.
const LARGE_SAMPLES: [u64; 7] = [8, 12, 17, 25, 32, 50, 86];

/// Columns of `heavy.csv` after its keys.
const HEAVY_COLUMNS: usize = 5;

/// `heavy.csv`: the large municipality with few records and all the errors, sensitivity at the first prevalence.
///
/// # Errors
/// A design that cannot be drawn.
pub(crate) fn heavy_table(draws: u64) -> Result<Table, Box<dyn Error>> {
    let key = ["large_reviewed", "large", "value", "method"];
    let mut table: Table = vec![key.into_iter().chain(COLUMNS).map(str::to_owned).collect()];
    for reviewed in LARGE_SAMPLES {
        let design = Design::with_large(reviewed)?;
        for hundredths in (60..=100).step_by(2) {
            let truth = Truth::Large { large: f64::from(hundredths) / 100.0, others: 1.0 };
            let scenario =
                Scenario { design: design.clone(), truth, prevalence: PREVALENCES[0], target: Target::Frame };
            let counted = simulate_measures(&scenario, draws, &MEASURES[..1])?;
            let names = METHODS[..3].iter().copied().chain(CANDIDATES.map(|candidate| candidate.name));
            let tallies = counted.methods[0][..3].iter().chain(&counted.candidates[0]);
            let value = scenario.value(MEASURES[0]).map(digits).unwrap_or_default();
            for (name, tally) in names.zip(tallies).filter(|(name, _)| HEAVY_METHODS.contains(name)) {
                let key = [
                    reviewed.to_string(),
                    digits(f64::from(hundredths) / 100.0),
                    value.clone(),
                    name.to_owned(),
                ];
                table.push(key.into_iter().chain(tally.columns()).collect());
            }
        }
    }
    table.iter_mut().for_each(|row| row.truncate(key.len() + HEAVY_COLUMNS + 1));
    Ok(table)
}

/// The methods in `heavy.csv`.
const HEAVY_METHODS: [&str; 7] = [
    "korn_graubard",
    "logit",
    "wilson",
    "cap design, effective df",
    "heaviest at V = 0",
    "all three",
    "Wilson, all three",
];

/// `designs.csv`
pub(crate) fn design_table(designs: &[Design]) -> Table {
    let mut table = vec![["design", "municipality", "courses", "reviewed"].map(str::to_owned).to_vec()];
    for design in designs {
        for ((name, _), (courses, reviewed)) in MUNICIPALITIES.iter().zip(&design.strata) {
            let row = [design.name, name, &courses.to_string(), &reviewed.to_string()];
            table.push(row.map(str::to_owned).to_vec());
        }
    }
    table
}

fn header() -> Vec<String> {
    KEY.into_iter().chain(COLUMNS).map(str::to_owned).collect()
}

fn rows(scenario: &Scenario, tallies: &Tallies, methods: &[&str]) -> Table {
    let Scenario { design, truth, prevalence, target } = scenario;
    let mut rows = Vec::new();
    for (measure, of_measure) in MEASURES.iter().zip(tallies) {
        let Some(value) = scenario.value(*measure) else { continue };
        for (method, tally) in methods.iter().zip(of_measure) {
            let key = [
                design.name,
                &truth.name(),
                &prevalence.to_string(),
                target.name(),
                measure.name(),
                &digits(value),
                method,
            ];
            rows.push(key.into_iter().map(str::to_owned).chain(tally.columns()).collect());
        }
    }
    rows
}
