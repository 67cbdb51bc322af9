//! `tables.tex`, read line by line. A line that is neither a command of a table nor a row, a note or a title of one is refused, so that
//! no comment keeps a number.

use super::Opened;

/// Lines that only tell how a table is set.
const COMMANDS: &str = r"
    \begin{table}[htbp] \end{table} \end{tabular} \end{longtable} \begin{landscape} \end{landscape} \addlinespace
    \bottomrule \endfirsthead \endhead \endfoot \endlastfoot \endgroup \clearpage \small\raggedright
    \footnotesize\raggedright \scriptsize\setlength{\tabcolsep}{2pt}\raggedright";
/// The same where the widths of columns come after it, or that a table goes on.
const BEGINNINGS: [&str; 4] =
    [r"\begin{tabular}{@{}", r"\begin{longtable}{@{}", r"\begingroup\", r"\multicolumn{"];
/// What a note stands between.
const NOTE: [&str; 2] = [r"\smallskip{\footnotesize ", r"\par}"];
/// What LaTeX has another sign for, and the sign; the longer before the shorter.
const SIGNS: &str = r#"
    \textbackslash{} \ \textasciitilde{} ~ \textasciicircum{} ^ \textquotedbl{} " \textdagger{} † \texteuro{} €
    $\rightarrow$ → $\approx$ ≈ $\infty$ ∞ $\times$ × $\alpha$ α $\beta$ β $\delta$ δ $\kappa$ κ $\sigma$ σ
    $\Delta$ Δ $\cdot$ · $\chi$ χ $\geq$ ≥ $\leq$ ≤ $\neq$ ≠ $\pm$ ± $\mu$ µ $-$ − $<$ < $>$ > {[} [ {]} ]
    {*} * --- — -- – \& & \% % \# # \_ _ \$ $ \{ { \} }"#;

/// The tables of the text between `\begin{document}` and `\end{document}`.
pub(super) fn latex_tables(text: &str, word: &str) -> Vec<Opened> {
    let mut reader = Reader { word, tables: Vec::new(), in_header: false };
    for line in text.lines() {
        reader.read(line.strip_prefix("  ").unwrap_or(line));
    }
    reader.tables
}

struct Reader<'w> {
    /// What a table is called before its number.
    word: &'w str,
    tables: Vec<Opened>,
    in_header: bool,
}

impl Reader<'_> {
    fn read(&mut self, line: &str) {
        let is_command = |known: &str| known == line;
        match line {
            "" => {}
            r"\toprule" => self.in_header = true,
            r"\midrule" => self.in_header = false,
            _ if COMMANDS.split_whitespace().any(is_command) => {}
            _ if BEGINNINGS.iter().any(|begins| line.starts_with(begins)) => {}
            _ => match line.strip_prefix("% ---- ") {
                Some(comment) => self.begin_or_end(comment),
                None => self.add(line),
            },
        }
    }

    /// The comments that a table stands between: its number, and above it its name.
    fn begin_or_end(&mut self, comment: &str) {
        let number = self.tables.len();
        match comment.split_once(": ") {
            Some((next, name)) => {
                assert_eq!(next, format!("{} {}", self.word, number + 1));
                assert!(name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'), "{name}");
                self.tables.push(Opened::default());
            }
            None => assert_eq!(comment, format!("{} {number}", self.word)),
        }
    }

    fn add(&mut self, line: &str) {
        let number = self.tables.len();
        let table = self.tables.last_mut().unwrap_or_else(|| panic!("{line}"));
        let within = |begin: &str, end: &str| line.strip_prefix(begin)?.strip_suffix(end);
        if let Some(title) = within(r"\caption{", r"}\\").or(within(r"\caption{", "}")) {
            table.title = format!("{} {number}. {}", self.word, plain(title));
        } else if let Some(note) = within(NOTE[0], NOTE[1]) {
            table.notes.push(plain(note));
        } else {
            add_row(table, line, self.in_header);
        }
    }
}

/// A row; the header of a long table stands there twice.
fn add_row(table: &mut Opened, line: &str, in_header: bool) {
    let row = line.strip_suffix('*').unwrap_or(line).strip_suffix(r" \\");
    let cells: Vec<String> = row.unwrap_or_else(|| panic!("{line}")).split(" & ").map(cell).collect();
    match in_header {
        false => table.rows.push(cells),
        true if table.header.is_empty() => table.header = cells,
        true => assert_eq!(table.header, cells),
    }
}

/// A cell, which may be set in; a header of several lines is a table of its own.
fn cell(text: &str) -> String {
    let begin = [r"\begin{tabular}[b]{@{}l@{}}", r"\begin{tabular}[b]{@{}r@{}}"];
    match begin.iter().find_map(|begin| text.strip_prefix(begin)?.strip_suffix(r"\end{tabular}")) {
        Some(lines) => plain(&lines.replace(r"\\", " ")),
        None => plain(text.trim_start_matches(r"\quad ")),
    }
}

/// The words that are printed.
fn plain(mut text: &str) -> String {
    let signs: Vec<&str> = SIGNS.split_whitespace().collect();
    let mut words = String::new();
    while let Some(letter) = text.chars().next() {
        match signs.chunks(2).find(|sign| text.starts_with(sign[0])) {
            Some(sign) => (words, text) = (words + sign[1], &text[sign[0].len()..]),
            None => {
                words.push(if letter == '~' { ' ' } else { letter });
                text = &text[letter.len_utf8()..];
            }
        }
    }
    words
}
