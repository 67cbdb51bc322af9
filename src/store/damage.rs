//! Whether the files hold together: SQLite compares every row with every index, which no query does.

use super::failure::damaged;
use super::{KEY_FILE, STUDY_FILE, Store};
use crate::error::Finding;

impl Store {
    /// What SQLite's integrity check finds in the study's database, and in the key where it is open.
    pub fn damage(&self) -> Vec<Finding> {
        let key = self.has_key.then_some(("key", KEY_FILE));
        let files = [("main", STUDY_FILE)].into_iter().chain(key);
        files.filter_map(|(schema, file)| Some(damaged(file, &self.first_damage(schema)?))).collect()
    }

    /// The first thing that does not hold together; the pragma names tables, indexes and places of rows, never what a row holds.
    fn first_damage(&self, schema: &str) -> Option<String> {
        let check = format!("PRAGMA {schema}.integrity_check(1)");
        match self.connection.query_row(&check, [], |row| row.get::<_, String>(0)) {
            Ok(told) if told == "ok" => None,
            Ok(told) => Some(told),
            Err(fault) => Some(fault.to_string()),
        }
    }
}
