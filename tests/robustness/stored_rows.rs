//! Everything that a study holds, to be compared with what it held before.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use crate::small_study::SmallStudy;

/// Table → its rows; of the audit trail what does not depend on the clock.
pub(super) type Rows = BTreeMap<String, Vec<String>>;

/// The rows of the study's database and of its key; none when there is no draw.
pub(super) fn stored_rows(study: &SmallStudy) -> Rows {
    let mut rows = Rows::new();
    for name in ["study.sqlite", "key.sqlite"] {
        let path = study.path(name);
        if path.exists() {
            read(&Connection::open(path).unwrap(), &mut rows);
        }
    }
    rows
}

fn read(database: &Connection, rows: &mut Rows) {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let tables: Vec<String> =
        database.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for table in tables {
        let columns = if table == "audit" { "number, who, action, detail" } else { "*" };
        let mut statement = database.prepare(&format!("SELECT {columns} FROM {table}")).unwrap();
        let count = statement.column_count();
        let text = |row: &Row<'_>| -> rusqlite::Result<String> {
            let cells: Vec<Value> = (0..count).map(|column| row.get(column)).collect::<Result<_, _>>()?;
            Ok(format!("{cells:?}"))
        };
        let mut lines: Vec<String> = statement.query_map([], text).unwrap().map(Result::unwrap).collect();
        lines.sort();
        rows.insert(table, lines);
    }
}

/// Files that SQLite or a killed command leave until the next command has put things right.
pub(super) fn leftovers(study: &SmallStudy) -> Vec<String> {
    let left = |name: &String| name.contains("-journal") || name.contains("-mj") || name.ends_with(".tmp");
    ["", "forms", "results"].into_iter().flat_map(|folder| study.files(folder)).filter(left).collect()
}
