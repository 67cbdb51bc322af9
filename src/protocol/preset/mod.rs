//! The protocols that `hkm new` can begin with.

/// A protocol to begin with, as the commented text of a `study.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// The validation of HjerteKomMidt.
    Hjertekommidt,
    /// Any other register.
    Blank,
}

impl Preset {
    /// The text of its `study.toml`.
    pub fn text(self) -> &'static str {
        match self {
            Preset::Hjertekommidt => include_str!("hjertekommidt.toml"),
            Preset::Blank => include_str!("blank.toml"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::protocol::{Frozen, Protocol};

    #[test]
    fn every_preset_can_be_read() {
        for preset in [Preset::Hjertekommidt, Preset::Blank] {
            Protocol::read(preset.text(), "study.toml").unwrap();
        }
    }

    #[test]
    fn the_study_has_eighteen_of_nineteen_municipalities_and_seven_indicators() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        assert_eq!((protocol.strata.known.len(), protocol.strata.count()), (19, 18));
        assert_eq!((protocol.indicators.len(), protocol.assessable().count()), (7, 6));
    }

    #[test]
    fn the_seed_is_left_to_the_researchers() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        assert_eq!(protocol.sampling.seed, None);
    }

    /// Names each frozen section, and each key of those that are not frozen whole.
    #[test]
    fn the_header_lists_what_the_draw_freezes() {
        for preset in [Preset::Hjertekommidt, Preset::Blank] {
            let header = preset.text().split("\n[").next().unwrap();
            let frozen = Frozen::of(&Protocol::read(preset.text(), "study.toml").unwrap());
            for (section, keys) in frozen.sections() {
                assert!(
                    header.contains(&format!("[{section}]")) || header.contains(&format!("[[{section}]]"))
                );
                let whole = header.contains(&format!("[{section}] whole"));
                for key in leaves(keys).into_iter().filter(|_| !whole) {
                    assert!(header.contains(&format!("`{key}`")), "{section}: {key}");
                }
            }
        }
    }

    /// The names of the keys that hold values.
    fn leaves(keys: &Value) -> Vec<String> {
        let of = |(key, value): (&String, &Value)| match value {
            Value::Object(_) => leaves(value),
            _ => vec![key.clone()],
        };
        keys.as_object().into_iter().flatten().flat_map(of).collect()
    }

    /// A key is explained by the line above it, by a remark behind it, or by a comment above that names it.
    #[test]
    fn every_key_of_a_preset_is_explained() {
        for preset in [Preset::Hjertekommidt, Preset::Blank] {
            let lines: Vec<&str> = preset.text().lines().collect();
            for (number, line) in lines.iter().enumerate() {
                let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) else {
                    continue;
                };
                let word = key.split('.').next().unwrap();
                let word = word.replace('_', " ");
                let comments =
                    |line: &str| line.split_once('#').map(|(_, text)| text.to_lowercase().replace('_', " "));
                let named = |line: &&str| comments(line).is_some_and(|text| text.contains(&word));
                let explained = lines[number - 1].starts_with('#') || lines[..=number].iter().any(named);
                assert!(explained, "`{key}` in line {} is not explained", number + 1);
            }
        }
    }
}
