//! Tables and lines for the terminal: no word is broken, and a table that is too wide is printed in parts.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table as Drawn, TableStyle, Width,
};

use crate::report::{Align, Table};

/// Three rules and no verticals, as papers set tables.
const STYLE: TableStyle = {
    let rule = LineStyle::none().fill('─').junction('─');
    TableStyle::new().top_border(rule).header_separator(rule).bottom_border(rule)
};

/// Blanks beside the text of a cell.
const PADDING: usize = 2;
/// The same with the blank between two columns.
const GAP: usize = PADDING + 1;

/// A table with its title above and its notes below. If its words do not fit into `width`, it is printed in
/// parts, one below the other, each with the names of the rows.
pub fn terminal(table: &Table, width: Option<u16>) -> String {
    let widths: Vec<usize> = (0..table.columns.len()).map(|column| longest_word(table, column)).collect();
    let parts = parts(table, &widths, width.map(usize::from));
    let drawn = parts.iter().map(|columns| draw(table, columns, &widths, width));
    let notes = table.notes.iter().map(|note| wrapped(note, width, "  "));
    let title = wrapped(&table.title, width, "");
    std::iter::once(title).chain(drawn).chain(notes).collect::<Vec<_>>().join("\n")
}

/// A line, broken between words so that it fits. What follows stands below the text behind the last gap of two blanks or
/// more, so that a column of remarks stays one.
pub fn wrapped(line: &str, width: Option<u16>, indent: &str) -> String {
    let line = format!("{indent}{line}");
    let Some(width) = width.map(usize::from).filter(|width| characters(&line) > *width) else { return line };
    let gap = line.rfind("  ").map_or(0, |at| characters(&line[..at + 2]));
    let hanging = " ".repeat(if gap < width * 2 / 3 { gap } else { characters(indent) });
    let mut lines: Vec<String> = Vec::new();
    let (mut current, mut empty) = (line.chars().take(gap).collect::<String>(), true);
    for word in line.chars().skip(gap).collect::<String>().split(' ') {
        if !empty && characters(&current) + 1 + characters(word) > width {
            lines.push(std::mem::replace(&mut current, hanging.clone()));
            empty = true;
        }
        current += if empty { "" } else { " " };
        current += word;
        empty = false;
    }
    lines.push(current);
    lines.join("\n")
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

/// The width below which a column would break a word.
fn longest_word(table: &Table, column: usize) -> usize {
    let cells = table.rows.iter().map(|row| row[column].as_str());
    let words = cells.chain([table.columns[column].header.as_str()]).flat_map(|cell| cell.split(' '));
    words.map(characters).max().unwrap_or_default()
}

/// The columns of each part: as many as fit, the leading columns of words in all of them, so that every row has its name.
fn parts(table: &Table, widths: &[usize], width: Option<usize>) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..widths.len()).collect();
    let total = |columns: &[usize]| columns.iter().map(|&column| widths[column] + GAP).sum::<usize>();
    let Some(width) = width.filter(|width| total(&all) > *width) else { return vec![all] };
    let words = table.columns.iter().take_while(|column| column.align == Align::Left).count();
    let names = if total(&all[..words]) * 2 > width { 1 } else { words.max(1) };
    let mut parts = vec![all[..names].to_vec()];
    for (column, own) in widths.iter().enumerate().skip(names) {
        match parts.last_mut() {
            Some(part) if part.len() == names || total(part) + own + GAP <= width => part.push(column),
            _ => parts.push([&all[..names], &[column]].concat()),
        }
    }
    parts
}

fn draw(table: &Table, columns: &[usize], widths: &[usize], width: Option<u16>) -> String {
    let mut drawn = Drawn::new();
    drawn.load_style(STYLE).set_content_arrangement(ContentArrangement::Disabled);
    if let Some(width) = width {
        drawn.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    drawn.set_header(columns.iter().map(|&column| table.columns[column].header.as_str()));
    drawn.add_rows(table.rows.iter().map(|row| columns.iter().map(|&column| row[column].as_str())));
    for (place, &column) in columns.iter().enumerate() {
        let Some(drawn) = drawn.column_mut(place) else { continue };
        let narrowest = (widths[column] + PADDING) as u16;
        drawn.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(narrowest)));
        if table.columns[column].align == Align::Right {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
    }
    drawn.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new("Frame", &["municipality", ">courses", ">sensitivity"]);
        table.row(["751 Aarhus", "1,204", "87.1 (83.7–90.0)"]);
        table.row(["671 Struer", "71", "88.0 (70.1–97.0)"]);
        table.note("Among registered courses alone, and nobody else");
        table
    }

    #[test]
    fn numbers_stand_to_the_right_and_notes_below() {
        insta::assert_snapshot!(terminal(&table(), None), @"
        Frame
        ───────────────────────────────────────────
         municipality   courses        sensitivity
        ───────────────────────────────────────────
         751 Aarhus       1,204   87.1 (83.7–90.0)
         671 Struer          71   88.0 (70.1–97.0)
        ───────────────────────────────────────────
          Among registered courses alone, and nobody else
        ");
    }

    #[test]
    fn cells_are_broken_between_words_alone() {
        insta::assert_snapshot!(terminal(&table(), Some(44)), @"
        Frame
        ───────────────────────────────────────────
         municipality   courses        sensitivity
        ───────────────────────────────────────────
         751 Aarhus       1,204   87.1 (83.7–90.0)
         671 Struer          71   88.0 (70.1–97.0)
        ───────────────────────────────────────────
          Among registered courses alone, and nobody
          else
        ");
    }

    #[test]
    fn a_line_goes_on_below_its_last_column() {
        let line = "  $ hkm draw   600 courses from 18 municipalities";
        assert_eq!(
            wrapped(line, Some(30), ""),
            "  $ hkm draw   600 courses\n               from 18\n               municipalities"
        );
        assert_eq!(wrapped("one two three", Some(8), "  "), "  one\n  two\n  three");
        assert_eq!(wrapped("one two", None, ""), "one two");
    }

    #[test]
    fn every_part_has_the_names_of_its_rows() {
        let mut table = Table::new(
            "By municipality",
            &["indicator", "municipality", ">sensitivity", ">specificity", ">PPV"],
        );
        table.row(["Diet", "751 Aarhus", "87.1", "90.2", "95.0"]);
        let text = terminal(&table, Some(56));
        assert_eq!(text.matches("751 Aarhus").count(), 2, "{text}");
    }

    #[test]
    fn a_table_that_is_too_wide_is_printed_in_parts() {
        insta::assert_snapshot!(terminal(&table(), Some(30)), @"
        Frame
        ────────────────────────
         municipality   courses
        ────────────────────────
         751 Aarhus       1,204
         671 Struer          71
        ────────────────────────
        ──────────────────────────────
         municipality     sensitivity
        ──────────────────────────────
         751 Aarhus              87.1
                          (83.7–90.0)
         671 Struer              88.0
                          (70.1–97.0)
        ──────────────────────────────
          Among registered courses
          alone, and nobody else
        ");
    }
}
