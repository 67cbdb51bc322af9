//! Which columns of a file are meant.

use crate::error::{Finding, Place, Result};
use crate::protocol::nearest;

/// A column of a file: its header and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedColumn {
    /// The header as the file has it.
    pub name: String,
    /// Its position, from 0.
    pub position: usize,
}

/// The columns of a file of reviewed charts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartColumns {
    /// Register and reference of each indicator.
    pub indicators: Vec<(NamedColumn, NamedColumn)>,
    /// Stratum and population of a stratified sample.
    pub design: Option<(NamedColumn, NamedColumn)>,
    /// Of each indicator, how many records of the stratum's frame the register calls yes; empty where nobody asks.
    pub frame_yes: Vec<NamedColumn>,
    /// The groups that get a table each.
    pub by: Option<NamedColumn>,
}

/// The column with a name: exactly, or else without regard to case and surrounding space.
///
/// # Errors
/// No such column; the finding names the nearest one.
pub fn find_column(header: &[String], name: &str) -> Result<NamedColumn> {
    let folded = |text: &str| text.trim().to_lowercase();
    let exact = header.iter().position(|column| column == name);
    let position = exact.or_else(|| header.iter().position(|column| folded(column) == folded(name)));
    match position {
        Some(position) => Ok(NamedColumn { name: header[position].clone(), position }),
        None => Err(missing(header, name).into()),
    }
}

fn missing(header: &[String], name: &str) -> Finding {
    let listed: Vec<String> = header.iter().map(|column| format!("`{column}`")).collect();
    let remedy = match nearest(name, header.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the file has the columns {}", listed.join(", ")),
    };
    Finding::error("column_missing", format!("there is no column `{name}`"))
        .at(Place::default().row(1))
        .remedy(remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Vec<String> {
        ["Register", "chart"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_column_is_found_without_regard_to_case() {
        let column = find_column(&header(), " register").unwrap();
        assert_eq!((column.name.as_str(), column.position), ("Register", 0));
    }

    #[test]
    fn a_missing_column_is_answered_with_the_nearest_or_with_all() {
        let help = |name| find_column(&header(), name).unwrap_err().findings()[0].remedy.clone().unwrap();
        assert_eq!(help("chrat"), "did you mean `chart`?");
        assert_eq!(help("stratum"), "the file has the columns `Register`, `chart`");
    }
}
