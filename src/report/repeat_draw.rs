//! The draw in three lines of other languages: who has the frame can repeat it without this program.

use super::Style;
use crate::protocol::{Protocol, Role};

/// A check of the draw in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawSnippet {
    /// `Python`, `R` or `SQL`.
    pub language: &'static str,
    /// What it needs beside the language, in a few words; empty where it needs nothing.
    pub needs: &'static str,
    /// The lines.
    pub code: String,
}

/// What the frame must look like, in words: `frame.csv` with the columns `stratum` and `key`, which is made of these columns.
pub fn frame_of_snippets(protocol: &Protocol, style: Style) -> String {
    let key: Vec<&str> = protocol.layout.key.iter().map(Role::name).collect();
    let key = key.join(", ");
    style.says([
        format!(
            "frame.csv har en række for hvert forløb i rammen med kolonnerne stratum og key: {key}, sat sammen med |; CPR-numre som ti \
             tegn uden bindestreg, datoer som ÅÅÅÅ-MM-DD, anden tekst uden mellemrum omkring og med store bogstaver. De første n rækker i \
             hvert stratum er stikprøven, de næste reserven. Ingen kommando skriver filen, for nøglerne er personoplysninger: den, der har \
             registret, laver den af de rækker, som opfylder studiets kriterier."
        ),
        format!(
            "frame.csv has one row for each course of the frame, with the columns stratum and key: {key} joined by |; CPR numbers as ten \
             characters without hyphen, dates as YYYY-MM-DD, other text trimmed and in upper case. The first n rows of each stratum are the \
             sample, and the next ones the reserve. No command writes this file, since record keys are personal data: whoever has the register makes \
             it from the rows that meet the study's criteria."
        ),
    ])
}

/// The draw of this study in Python, R and SQL; nothing before the seed is chosen.
///
/// Each orders the courses of a stratum by SHA-256(seed ‖ "|" ‖ record key), in hexadecimal digits, whose order is that of the bytes.
pub fn repeat_draw_snippets(protocol: &Protocol) -> Vec<DrawSnippet> {
    let Some(seed) = &protocol.sampling.seed else { return Vec::new() };
    // In Python and R a backslash and a quotation mark are written behind a backslash, in SQL an apostrophe twice.
    let quoted = seed.as_str().replace('\\', "\\\\").replace('"', "\\\"");
    let doubled = seed.as_str().replace('\'', "''");
    let python = format!(
        "import csv, hashlib\n\
         number = lambda course: hashlib.sha256((\"{quoted}|\" + course[\"key\"]).encode()).hexdigest()\n\
         drawn = sorted(csv.DictReader(open(\"frame.csv\", encoding=\"utf-8\")), key=lambda one: (one[\"stratum\"], number(one)))\n"
    );
    let r = format!(
        "frame <- read.csv(\"frame.csv\", colClasses = \"character\", encoding = \"UTF-8\")\n\
         number <- sapply(enc2utf8(paste0(\"{quoted}|\", frame$key)), digest::digest, algo = \"sha256\", serialize = FALSE)\n\
         drawn <- frame[order(frame$stratum, number, method = \"radix\"), ]\n"
    );
    let sql = format!(
        "SELECT stratum, key\n\
         FROM frame\n\
         ORDER BY stratum, sha256('{doubled}|' || key);\n"
    );
    let snippet = |language, needs, code| DrawSnippet { language, needs, code };
    vec![
        snippet("Python", "", python),
        snippet("R", "package digest", r),
        snippet("SQL", "DuckDB; in PostgreSQL encode(sha256(convert_to(…, 'UTF8')), 'hex')", sql),
    ]
}
