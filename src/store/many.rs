//! Many rows of a table, several to a statement: a statement of its own for each would cost more than the rows.

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, params_from_iter};

/// The rows of a statement; the last one has the rest.
const ROWS: usize = 50;

/// Adds rows to `table (column, …)`, each with as many values as it names columns.
pub(super) fn insert<const COLUMNS: usize>(
    connection: &Connection,
    table: &str,
    rows: &[[ToSqlOutput<'_>; COLUMNS]],
) -> rusqlite::Result<()> {
    let row = format!("({})", ["?"; COLUMNS].join(", "));
    rows.chunks(ROWS).try_for_each(|rows| {
        let sql = format!("INSERT INTO {table} VALUES {}", vec![row.as_str(); rows.len()].join(", "));
        connection.prepare_cached(&sql)?.execute(params_from_iter(rows.iter().flatten())).map(drop)
    })
}
