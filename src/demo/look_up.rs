//! Which course a study id stands for: from the look-up lists, as the municipalities do.

use std::collections::BTreeMap;
use std::path::Path;

use super::sheet::Sheet;
use crate::draw::StudyId;
use crate::error::Result;

/// Reads a look-up list: study id, then the parts of the record key, the CPR number with its hyphen.
///
/// # Errors
/// When it cannot be read.
pub fn read_look_up_list(list: &Path) -> Result<BTreeMap<StudyId, String>> {
    let entry = |row: &Vec<String>| {
        let (id, key) = row.split_first()?;
        let key: Vec<String> = key.iter().enumerate().map(|(place, part)| part_of_key(place, part)).collect();
        Some((StudyId::read(id)?, key.join("|")))
    };
    Ok(Sheet::open(list)?.rows.iter().filter_map(entry).collect())
}

/// The CPR number stands first, and loses its hyphen.
fn part_of_key(place: usize, part: &str) -> String {
    if place == 0 { part.replace('-', "") } else { part.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_up_list_gives_the_record_keys_back() {
        let id = StudyId::new(17);
        let list =
            format!("studie_id;cpr;foerste_fremmoede;sygehuskode\r\n{id};020348-0001;2021-03-05;66201B1\r\n");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("751-Aarhus-lookup.csv");
        std::fs::write(&path, list).unwrap();
        let keys = read_look_up_list(&path).unwrap();
        assert_eq!(keys, [(id, "0203480001|2021-03-05|66201B1".to_owned())].into());
    }
}
