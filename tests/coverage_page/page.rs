//! The page: every cell of its tables, and the numbers in its words.

use std::fs;
use std::path::Path;

use super::files::{file, number, one};

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coverage.md")).unwrap()
}

/// Half of the last of three decimals, and what the fifth decimal of the file loses.
const CELL: f64 = 0.000_506;

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect()
}

/// Asserts the cells under one comment; how many numbers there were.
fn assert_table(source: &str, lines: &[&str]) -> usize {
    let pairs: Vec<(&str, &str)> = source.split(';').filter_map(|part| part.trim().split_once('=')).collect();
    let key = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let rows = file(key("file").unwrap());
    let structure = ["file", "rows", "columns", "value", "values"];
    let conditions: Vec<_> = pairs.iter().copied().filter(|(name, _)| !structure.contains(name)).collect();
    let heads = cells(lines[0]);
    let mut numbers = 0;
    for line in &lines[2..] {
        let line = cells(line);
        assert_eq!(line.len(), heads.len(), "{line:?}");
        for column in 1..heads.len() {
            let mut wanted = conditions.clone();
            wanted.push((key("rows").unwrap(), line[0]));
            let of = match key("columns") {
                Some(columns) => {
                    wanted.push((columns, heads[column]));
                    key("value").unwrap()
                }
                None => key("values").unwrap().split(',').nth(column - 1).unwrap(),
            };
            let row = one(&rows, &wanted);
            if line[column] == "–" {
                assert_eq!(row[of], "", "{source}: {wanted:?}");
                continue;
            }
            let shown: f64 = line[column].parse().unwrap();
            let off = (shown - number(row, of)).abs();
            assert!(off <= CELL, "{source}: {wanted:?} is {}, the page has {shown}", row[of]);
            numbers += 1;
        }
    }
    numbers
}

#[test]
fn every_number_in_the_tables_is_that_of_the_files() {
    let page = page();
    let lines: Vec<&str> = page.lines().collect();
    let mut numbers = 0;
    let mut tables = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some(source) = line.strip_prefix("<!-- table:").and_then(|rest| rest.strip_suffix("-->")) else {
            continue;
        };
        let below: Vec<&str> = lines[at + 1..]
            .iter()
            .copied()
            .skip_while(|line| line.is_empty())
            .take_while(|line| line.starts_with('|'))
            .collect();
        numbers += assert_table(source, &below);
        tables += 1;
    }
    let all = lines.windows(2).filter(|two| two[1].starts_with("|--") && two[0].starts_with('|')).count();
    assert_eq!(all, tables, "a table without a source");
    assert!(numbers > 150, "{numbers} numbers in {tables} tables");
}

#[test]
fn the_figures_that_the_page_shows_exist_and_none_is_forgotten() {
    let page = page();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coverage");
    let mut figures = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(page.contains(&format!("coverage/{name}")), "{name} is not mentioned");
        figures += usize::from(name.ends_with(".svg"));
    }
    assert_eq!(page.matches(".svg)").count(), figures);
}
