//! An invented register and invented reviews whose truth is known.
//!
//! Nobody in it exists: every CPR number fails modulus 11 on a birthday other than 1 January, so that it can belong to nobody.
//! What is wrong in it is wrong in real registers too. For each course the chart's answers are invented first and the
//! register's values derived from them at stated error rates, so that the sensitivity that a study of a sample
//! estimates can be computed over the whole frame and compared ([`InventedRegister::truth_csv`]).
//!
//! Everything depends on a label alone. Only whole numbers are drawn, and no function of the platform's mathematics
//! library is used: the same label gives the same bytes everywhere.
//!
//! ```
//! use hjertekommidt::demo::InventedRegister;
//! let register = InventedRegister::new("an example", 200);
//! assert_eq!(register.frame().count(), 200);
//! assert_eq!(register.register_csv(), InventedRegister::new("an example", 200).register_csv());
//! ```

mod chance;
mod chart;
mod course;
mod folder;
mod inventor;
mod items;
mod look_up;
mod municipality;
mod outsiders;
mod person;
mod profile;
mod raw_items;
mod register;
mod reviewer;
mod sheet;
mod tour;
mod truth;
mod writing;

pub use course::Course;
pub use folder::tour;
pub use look_up::read_look_up_list;
pub use profile::{PROFILES, Profile};
pub use register::InventedRegister;
pub use reviewer::Visit;
pub use sheet::Returned;
pub use tour::{Step, Tour};

use crate::protocol::preset::Preset;
use raw_items::RAW_ITEMS;

/// What a reader of the demo's folder must know: what is invented, with which errors, and what `hkm check` will say.
pub const ABOUT: &str = include_str!("about.md");

/// The preset's `study.toml` with what the researchers leave open filled in: the period and the seed, and the items that this register
/// holds as well.
pub fn protocol_text() -> String {
    const OPEN: [(&str, &str); 3] = [
        ("# from = 2018-01-01\n# until = 2020-12-31", "from = 2021-01-01\nuntil = 2023-12-31"),
        ("seed = \"\"", "seed = \"an invented register needs no lottery\""),
        (
            "seed_source = \"\"",
            "seed_source = \"Chosen by the authors of the demo; a study needs a seed that nobody could try out.\"",
        ),
    ];
    let filled = OPEN
        .iter()
        .fold(Preset::Hjertekommidt.text().to_owned(), |text, (open, filled)| text.replace(open, filled));
    RAW_ITEMS.iter().fold(filled, |text, (item, column)| {
        let header = format!("[item.{item}]\n");
        text.replace(&header, &format!("{header}register_column = \"{column}\"\n"))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::protocol::Protocol;

    #[test]
    fn the_protocol_of_the_demo_is_the_preset_with_a_period_a_seed_and_two_columns_of_items() {
        let mut demo = Protocol::read(&protocol_text(), "study.toml").unwrap();
        let preset = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        assert_eq!(demo.population.from, Some(date(2021, 1, 1)));
        assert_eq!(demo.population.until, Some(date(2023, 12, 31)));
        assert!(demo.sampling.seed.is_some() && demo.sampling.seed_source.is_some());
        let held: Vec<(&str, &str)> =
            demo.held_items().map(|(item, column)| (item.id.as_str(), column)).collect();
        assert_eq!(held, RAW_ITEMS);
        assert_eq!(preset.held_items().count(), 0, "a real register may lack such columns");
        demo.items.iter_mut().for_each(|item| item.register_column = None);
        (demo.population, demo.sampling) = (preset.population.clone(), preset.sampling.clone());
        assert_eq!(demo, preset);
    }
}
