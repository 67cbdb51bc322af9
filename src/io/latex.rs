//! Tables as LaTeX with booktabs: one for a paper, or a document of all that compiles as it stands.

mod escaped;

use super::typeset::{
    SetColumn, Setting, TablesDocument, begins_group, goes_on, indent, with_names_repeated,
};
use crate::report::{Align, Column, Table};
use escaped::escaped;

/// A table of more rows than this is broken over pages: upright and across.
const LONGEST: [usize; 2] = [42, 24];
/// What a document needs. T1 and Latin Modern have Danish letters that can be searched for and copied.
const PREAMBLE: &str = r"\documentclass[10pt,a4paper]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[a4paper,margin=2cm,headheight=24pt,includehead]{geometry}
\usepackage{array,booktabs,longtable,pdflscape,fancyhdr}
\usepackage[font=small,labelfont=bf,labelsep=period,singlelinecheck=off,justification=raggedright,tableposition=top,skip=4pt]{caption}
\setlength{\tabcolsep}{4pt}
\setlength{\LTleft}{0pt}
\setlength{\LTright}{\fill}
\makeatletter\setlength{\@fptop}{0pt}\makeatother
\setlength{\parindent}{0pt}
\renewcommand{\topfraction}{0.95}
\renewcommand{\textfraction}{0.05}
\renewcommand{\floatpagefraction}{0.7}
\pagestyle{fancy}
\renewcommand{\headrulewidth}{0pt}
";

/// A `table` environment: `array`, `booktabs` and UTF-8 are all it needs.
pub fn latex(table: &Table) -> String {
    float(table, &Setting::of(table))
}

/// A whole document: each table stands between two comment lines, to be copied out.
pub fn latex_document(document: &TablesDocument<'_>) -> String {
    let word = document.table_word();
    let mut text = format!("% {}\n", document.page_line.replace('\n', " "));
    text += "% pdflatex sets this file as it stands. A table that is copied out needs array and booktabs,\n";
    text += "% a longtable needs longtable as well, and one of a landscape page pdflscape.\n";
    text += PREAMBLE;
    text += &format!("\\renewcommand{{\\tablename}}{{{word}}}\n");
    text += &format!(
        "\\fancyhead{{}}\\fancyhead[L]{{\\scriptsize\\parbox[b]{{\\linewidth}}{{\\raggedright {}}}}}\n",
        escaped(document.page_line)
    );
    let [page, _] = document.style.says([["Side", ""], ["Page", ""]]);
    text += &format!("\\fancyfoot{{}}\\fancyfoot[R]{{\\scriptsize {page} \\thepage}}\n");
    text += "\\begin{document}\n";
    let mut across = false;
    for (place, table) in document.tables.iter().enumerate() {
        let setting = Setting::of(table);
        if across != setting.landscape {
            text += if setting.landscape { "\n\\begin{landscape}\n" } else { "\n\\end{landscape}\n" };
            across = setting.landscape;
        }
        text += &format!("\n% ---- {word} {}: {}\n", place + 1, table.name);
        text += &match table.rows.len() > LONGEST[usize::from(across)] {
            true => format!("\\clearpage\n{}", long(&with_names_repeated(table), &setting, document)),
            false => float(table, &setting),
        };
        text += &format!("% ---- {word} {}\n", place + 1);
    }
    if across {
        text += "\n\\end{landscape}\n";
    }
    text + "\\end{document}\n"
}

/// A table of one page.
fn float(table: &Table, setting: &Setting) -> String {
    let mut text = format!("\\begin{{table}}[htbp]\n  {}\\raggedright\n", size(setting.points));
    text += &format!("  \\caption{{{}}}\n", escaped(&table.title));
    text += &format!("  \\begin{{tabular}}{{{}}}\n  \\toprule\n", columns(table, setting));
    text += &format!("{}  \\midrule\n", header(table, setting));
    text += &rows(table);
    text += "  \\bottomrule\n  \\end{tabular}\n";
    text += &notes(table);
    text + "\\end{table}\n"
}

/// A table of several pages, with its header on each.
fn long(table: &Table, setting: &Setting, document: &TablesDocument<'_>) -> String {
    let goes_on = document.style.says(["fortsat", "continued"]);
    let header = header(table, setting);
    let mut text = format!(
        "\\begingroup{}\\raggedright\\setlength{{\\LTcapwidth}}{{\\linewidth}}\n",
        size(setting.points)
    );
    text += &format!("\\begin{{longtable}}{{{}}}\n", columns(table, setting));
    text += &format!(
        "  \\caption{{{}}}\\\\\n  \\toprule\n{header}  \\midrule\n  \\endfirsthead\n",
        escaped(&table.title)
    );
    text += &format!(
        "  \\multicolumn{{{}}}{{@{{}}l@{{}}}}{{\\tablename\\ \\thetable\\ ({goes_on})}}\\\\\n",
        table.columns.len()
    );
    text += &format!(
        "  \\toprule\n{header}  \\midrule\n  \\endhead\n  \\bottomrule\n  \\endfoot\n  \\bottomrule\n  \\endlastfoot\n"
    );
    text += &rows(table);
    text += "\\end{longtable}\n";
    text += &notes(table);
    text + "\\endgroup\n"
}

/// The command for a size of type, in a class of ten points. The letters of the smallest are broader for their height (0.57 em a digit
/// instead of 0.5): what they take, the columns give way beside them.
fn size(points: f64) -> &'static str {
    match points {
        points if points >= 9.0 => "\\small",
        points if points >= 8.0 => "\\footnotesize",
        _ => "\\scriptsize\\setlength{\\tabcolsep}{2pt}",
    }
}

fn columns(table: &Table, setting: &Setting) -> String {
    let columns =
        table.columns.iter().zip(&setting.columns).map(|(column, set)| match (column.align, set.wraps) {
            (Align::Left, false) => "l".to_owned(),
            (Align::Right, false) => "r".to_owned(),
            (Align::Left, true) => format!(">{{\\raggedright\\arraybackslash}}p{{{:.1}pt}}", set.width),
            (Align::Right, true) => format!(">{{\\raggedleft\\arraybackslash}}p{{{:.1}pt}}", set.width),
        });
    format!("@{{}}{}@{{}}", columns.collect::<String>())
}

/// The header, its long ones over several lines, all at the foot.
fn header(table: &Table, setting: &Setting) -> String {
    let cell = |(column, set): (&Column, &SetColumn)| match set.header.as_slice() {
        [_] | [] => escaped(&column.header),
        lines => {
            let side = if column.align == Align::Right { 'r' } else { 'l' };
            let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
            format!("\\begin{{tabular}}[b]{{@{{}}{side}@{{}}}}{}\\end{{tabular}}", lines.join("\\\\"))
        }
    };
    line(table.columns.iter().zip(&setting.columns).map(cell).collect())
}

fn line(cells: Vec<String>) -> String {
    format!("  {} \\\\\n", cells.join(" & "))
}

/// The rows; a star after one keeps the next on its page, and a tabular does not mind it.
fn rows(table: &Table) -> String {
    let row = |place: usize| {
        let room = if begins_group(table, place) { "  \\addlinespace\n" } else { "" };
        let star = if table.rows.get(place + 1).is_some_and(|next| goes_on(next)) { "*" } else { "" };
        let cells: Vec<String> = table.rows[place].iter().map(|cell| set_in(cell)).collect();
        format!("{room}  {} \\\\{star}\n", cells.join(" & "))
    };
    (0..table.rows.len()).map(row).collect()
}

/// A cell; one of a second line is set in.
fn set_in(cell: &str) -> String {
    match indent(cell) {
        (0, text) => escaped(text),
        (steps, text) => format!("{}{}", "\\quad ".repeat(steps), escaped(text)),
    }
}

fn notes(table: &Table) -> String {
    table
        .notes
        .iter()
        .map(|note| format!("\n  \\smallskip{{\\footnotesize {}\\par}}\n", escaped(note)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of so many rows in groups of three.
    fn grouped(rows: usize) -> Table {
        let mut table = Table::new("Nøjagtighed", &["indicator", ">n"]);
        (0..rows).for_each(|row| table.row([if row.is_multiple_of(3) { "Diæt" } else { "" }, "1"]));
        table
    }

    fn danish(table: Table) -> String {
        let style =
            crate::report::Style::from(crate::protocol::ReportRules::of(crate::protocol::Language::Da));
        latex_document(&TablesDocument { title: "t", page_line: "100 % p", style, tables: &[table] })
    }

    #[test]
    fn a_long_table_goes_over_pages_where_a_group_begins() {
        let text = danish(grouped(60));
        assert!(
            text.contains("\\begin{longtable}")
                && text.contains("(fortsat)")
                && !text.contains("\\begin{table}")
        );
        assert_eq!((text.matches("1 \\\\*\n").count(), text.matches("1 \\\\\n").count()), (40, 20));
        assert!(danish(grouped(42)).contains("\\begin{table}[htbp]"));
    }

    #[test]
    fn the_line_of_every_page_is_text_in_the_head_and_a_comment_on_top() {
        let text = danish(grouped(3));
        assert!(text.starts_with("% 100 % p\n") && text.contains("\\raggedright 100 \\% p}"), "{text}");
        assert!(text.contains("\\renewcommand{\\tablename}{Tabel}"));
    }

    #[test]
    fn a_table_is_set_with_booktabs_and_nothing_runs_as_a_command() {
        let mut table = Table::new("100 % of x_1", &["indicator", ">n"]);
        table.row(["a & b", "1–2"]);
        table.row(["  plain", "[3"]);
        table.note("p < 0.05");
        insta::assert_snapshot!(latex(&table), @r"
        \begin{table}[htbp]
          \small\raggedright
          \caption{100 \% of x\_1}
          \begin{tabular}{@{}lr@{}}
          \toprule
          indicator & n \\
          \midrule
          a \& b & 1--2 \\*
          \quad plain & {[}3 \\
          \bottomrule
          \end{tabular}

          \smallskip{\footnotesize p $<$ 0.05\par}
        \end{table}
        ");
    }
}
