//! Tables as LaTeX with booktabs.

use crate::report::{Align, Table};

/// A `table` environment: `\usepackage{booktabs}` and UTF-8 are all it needs.
pub fn latex(table: &Table) -> String {
    let columns: String =
        table.columns.iter().map(|column| if column.align == Align::Right { 'r' } else { 'l' }).collect();
    let line = |cells: Vec<String>| format!("  {} \\\\\n", cells.join(" & "));
    let mut text = format!("\\begin{{table}}\n  \\caption{{{}}}\n", escaped(&table.title));
    text += &format!("  \\begin{{tabular}}{{{columns}}}\n  \\toprule\n");
    text += &line(table.columns.iter().map(|column| escaped(&column.header)).collect());
    text += "  \\midrule\n";
    for row in &table.rows {
        text += &line(row.iter().map(|cell| escaped(cell)).collect());
    }
    text += "  \\bottomrule\n  \\end{tabular}\n";
    for note in &table.notes {
        text += &format!("\n  \\smallskip\\footnotesize {}\n", escaped(note));
    }
    text + "\\end{table}\n"
}

/// Characters that LaTeX would take for its own.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => safe.extend(['\\', c]),
            '\\' => safe.push_str("\\textbackslash{}"),
            '~' => safe.push_str("\\textasciitilde{}"),
            '^' => safe.push_str("\\textasciicircum{}"),
            '<' => safe.push_str("$<$"),
            '>' => safe.push_str("$>$"),
            '×' => safe.push_str("$\\times$"),
            '−' => safe.push_str("$-$"),
            '≥' => safe.push_str("$\\geq$"),
            '≤' => safe.push_str("$\\leq$"),
            '→' => safe.push_str("$\\rightarrow$"),
            '∞' => safe.push_str("$\\infty$"),
            '–' => safe.push_str("--"),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_set_with_booktabs_and_nothing_runs_as_a_command() {
        let mut table = Table::new("100 % of x_1", &["indicator", ">n"]);
        table.row(["a & b", "1–2"]);
        table.note("p < 0.05");
        insta::assert_snapshot!(latex(&table), @r"
        \begin{table}
          \caption{100 \% of x\_1}
          \begin{tabular}{lr}
          \toprule
          indicator & n \\
          \midrule
          a \& b & 1--2 \\
          \bottomrule
          \end{tabular}

          \smallskip\footnotesize p $<$ 0.05
        \end{table}
        ");
    }
}
