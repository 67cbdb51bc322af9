//! Tables as Markdown, as GitHub and Pandoc read them.

use crate::protocol::Language;
use crate::report::{Align, Article, Table};

/// A table with its title above and its notes below.
pub fn markdown(table: &Table) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = format!("**{}**\n\n", escaped(&table.title));
    text += &line(table.columns.iter().map(|column| escaped(&column.header)).collect());
    let rule = |align| if align == Align::Right { "---:" } else { ":---" };
    text += &line(table.columns.iter().map(|column| rule(column.align).to_owned()).collect());
    for row in &table.rows {
        text += &line(row.iter().map(|cell| escaped(cell)).collect());
    }
    for note in &table.notes {
        text += &format!("\n{}\n", escaped(note));
    }
    text
}

/// The words of a paper: methods, results and references under their headings.
pub fn words(article: &Article) -> String {
    let [methods, results, references] = match article.language {
        Language::Da => ["Metoder", "Resultater", "Litteratur"],
        Language::En => ["Methods", "Results", "References"],
    };
    let paragraph = |text: &String| format!("{}\n\n", escaped_words(text));
    let mut text = format!("## {methods}\n\n");
    for (heading, words) in &article.methods {
        text += &format!("**{}.** {}", escaped_words(heading), paragraph(words));
    }
    text += &format!("## {results}\n\n");
    text.extend(article.results.iter().map(paragraph));
    text += &format!("## {references}\n\n");
    for (place, paper) in article.references.iter().enumerate() {
        text += &format!("{}. {}\n", place + 1, escaped_words(paper));
    }
    text
}

/// Words to be pasted elsewhere: the brackets of citations stay as they are.
fn escaped_words(text: &str) -> String {
    escaped(text).replace("\\[", "[")
}

/// Characters that Markdown would take for its own.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '<' | '[' | '#' | '\\' => safe.extend(['\\', c]),
            '\n' => safe.push(' '),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_title_rule_rows_and_notes() {
        let mut table = Table::new("Accuracy", &["indicator", ">n"]);
        table.row(["a|b", "12"]);
        table.note("among registered courses");
        insta::assert_snapshot!(markdown(&table), @r"
        **Accuracy**

        | indicator | n |
        | :--- | ---: |
        | a\|b | 12 |

        among registered courses
        ");
    }
}
