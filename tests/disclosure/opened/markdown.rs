//! `tables.md`, read back.

use super::Opened;

/// The tables of a text; what stands above the first of them is the line of every page.
pub(crate) fn markdown_tables(text: &str) -> Vec<Opened> {
    let mut tables: Vec<Opened> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let title = line.strip_prefix("**").and_then(|line| line.strip_suffix("**"));
        match (title, tables.last_mut()) {
            (Some(title), _) => tables.push(Opened { title: cells(title).concat(), ..Opened::default() }),
            (None, Some(table)) => add(table, line),
            (None, None) => {}
        }
    }
    tables
}

fn add(table: &mut Opened, line: &str) {
    let is_rule = |cell: &String| [":---", "---:"].contains(&cell.as_str());
    let Some(row) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else {
        return table.notes.push(cells(line).concat());
    };
    match cells(row) {
        header if table.header.is_empty() => table.header = header,
        rule if table.rows.is_empty() && rule.iter().all(is_rule) => {}
        row => table.rows.push(row),
    }
}

/// The cells between the lines, without the backslashes that Markdown needs.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '|' => cells.push(String::new()),
            '\\' => cells.last_mut().unwrap().extend(letters.next()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}
