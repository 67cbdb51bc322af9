//! A table as HTML. A row with its second lines is one group, so that they stay together when rows are sorted.

use super::super::typeset::{Setting, is_one_piece, with_names_repeated};
use crate::io::markup::escaped;
use crate::report::{Align, Column, Table};

/// A table of so many groups can be sorted and filtered.
const LONG: usize = 10;
/// So many hexadecimal digits are a digest.
const DIGEST: usize = 40;

/// The table with its number, in a box of its own that scrolls where the page is narrow.
pub(super) fn table(table: &Table, label: &str, number: usize) -> String {
    let rows = groups(table);
    let wide = if lies_across(table) { " wide" } else { "" };
    let class = class(table, rows.len());
    let head: String = table.columns.iter().map(header).collect();
    let body: String = rows.iter().map(|group| body(group, table)).collect();
    let title = escaped(&table.title);
    let notes: String = table.notes.iter().map(|note| format!("<p>{}</p>\n", escaped(note))).collect();
    let notes = if notes.is_empty() { notes } else { format!("<div class=\"notes\">\n{notes}</div>\n") };
    format!(
        "<div class=\"block{wide}\">\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"table-{number}\">\n\
         <table{class}>\n<caption id=\"table-{number}\"><span>{label} {number}. {title}</span></caption>\n<thead><tr>{head}</tr></thead>\n\
         {body}</table>\n</div>\n{notes}</div>"
    )
}

/// On paper it lies across where it does in the documents; a digest is broken anywhere instead.
fn lies_across(table: &Table) -> bool {
    Setting::of(table).landscape && !table.rows.iter().flatten().any(|cell| is_digest(cell))
}

/// Steps have an order; only a long table of other rows is worth sorting. A table of words has broad cells.
fn class(table: &Table, groups: usize) -> String {
    let has_words = table.rows.iter().flatten().any(|cell| cell.chars().count() > 60 && !is_digest(cell));
    let is_flow = table.name == "flow";
    let class = match (is_flow, has_words, groups >= LONG) {
        (true, _, _) => "steps",
        (_, true, true) => "words long",
        (_, true, false) => "words",
        (_, false, true) => "long",
        _ => return String::new(),
    };
    format!(" class=\"{class}\"")
}

fn header(column: &Column) -> String {
    let class = if column.align == Align::Right { " class=\"n\"" } else { "" };
    match column.header.as_str() {
        "" => format!("<td{class}></td>"),
        text => format!("<th scope=\"col\"{class}>{}</th>", escaped(text)),
    }
}

/// A row with the second lines below it, and the name that it bears or that stands above.
struct Group<'t> {
    name: &'t str,
    repeats: bool,
    /// Whether paper repeats the name that stands above: the group may be on another page.
    is_named: bool,
    rows: &'t [Vec<String>],
}

fn groups(table: &Table) -> Vec<Group<'_>> {
    let is_second = |row: &Vec<String>| row.first().is_some_and(|cell| cell.starts_with("  "));
    let starts: Vec<usize> =
        (0..table.rows.len()).filter(|&at| at == 0 || !is_second(&table.rows[at])).collect();
    let on_paper = with_names_repeated(table);
    let mut name = "";
    let mut groups = Vec::with_capacity(starts.len());
    for (place, &start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(table.rows.len());
        let rows = &table.rows[start..end];
        let first = rows.first().and_then(|row| row.first()).map_or("", String::as_str);
        let repeats = first.is_empty();
        if !repeats {
            name = first;
        }
        let is_named = repeats && on_paper.rows[start].first().is_some_and(|cell| !cell.is_empty());
        groups.push(Group { name, repeats, is_named, rows });
    }
    groups
}

fn body(group: &Group<'_>, table: &Table) -> String {
    let class = match (group.repeats, group.is_named) {
        (true, true) => " class=\"again named\"",
        (true, false) => " class=\"again\"",
        _ => "",
    };
    let rows: String = group.rows.iter().map(|cells| row(cells, group, table)).collect();
    format!("<tbody{class}>\n{rows}</tbody>\n")
}

/// The first cell is the row's header; where it is empty, the name from above is there for those who hear the table, or sort it.
fn row(cells: &[String], group: &Group<'_>, table: &Table) -> String {
    let first = cells.first().map_or("", String::as_str);
    let is_second = first.starts_with("  ");
    let class = if is_second { " class=\"second\"" } else { "" };
    let name = match first.is_empty() {
        true => format!("<span class=\"repeated\">{}</span>", escaped(group.name)),
        false => escaped(first.trim_start()),
    };
    let others = cells.iter().zip(&table.columns).skip(1);
    let others: String = others.map(|(text, column)| cell(text, column)).collect();
    format!("<tr{class}><th scope=\"row\">{name}</th>{others}</tr>\n")
}

fn cell(text: &str, column: &Column) -> String {
    let class = match column.align {
        Align::Right if is_one_piece(text) => " class=\"n\"",
        Align::Right => " class=\"n free\"",
        Align::Left if is_digest(text) => " class=\"digest\"",
        Align::Left => "",
    };
    format!("<td{class}>{}</td>", escaped(text))
}

fn is_digest(text: &str) -> bool {
    text.len() >= DIGEST && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> String {
        let mut one = Table::new("A & B", &["indicator", ">n"]).named("accuracy");
        one.row(["<diet>", "12"]);
        one.row(["  plain", ""]);
        one.row(["", "7"]);
        one.note("see \"below\"");
        table(&one, "Table", 3)
    }

    #[test]
    fn every_text_is_escaped() {
        let text = example();
        assert!(
            text.contains("&lt;diet&gt;") && text.contains("A &amp; B") && text.contains("&quot;below&quot;")
        );
        assert!(!text.contains("<diet>"));
    }

    #[test]
    fn a_second_line_stands_in_the_group_of_its_row() {
        let text = example();
        assert_eq!(text.matches("<tbody").count(), 2);
        assert!(text.contains("<tr class=\"second\"><th scope=\"row\">plain</th>"), "{text}");
    }

    #[test]
    fn an_empty_name_is_repeated_for_those_who_hear_the_table() {
        assert!(example().contains("<th scope=\"row\"><span class=\"repeated\">&lt;diet&gt;</span></th>"));
    }

    #[test]
    fn a_broad_table_lies_across_on_paper_and_one_that_a_digest_makes_broad_does_not() {
        let of = |cell: &str| {
            let mut one = Table::new("A", &[">sensitivity, per cent"; 14]);
            one.row((0..14).map(|_| cell.to_owned()));
            table(&one, "Table", 1)
        };
        assert!(of("100.0 (93.7–100.0)").starts_with("<div class=\"block wide\">"));
        assert!(of(&"a1".repeat(20)).starts_with("<div class=\"block\">"));
        assert!(example().starts_with("<div class=\"block\">"), "a narrow one");
        assert!(
            include_str!("style.css").contains("  .wide, section:has(> h2 + .wide) > h2 { page: across; }")
        );
    }
}
