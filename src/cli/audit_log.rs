//! `hkm status --log`: the audit trail, in Danish or English words for people and whole for programs.

use serde_json::{Value, json};

use super::bilingual::{Counted, danish, pick};
use super::output::Output;
use crate::protocol::{Language, Protocol};
use crate::report::{Table, counted};
use crate::review::{Messages, Reading, cell_header};
use crate::store::AuditEntry;
use crate::study::{BOTH_READINGS, Correction, SETTLED_BEFORE};

/// How many replaced courses a line names.
const NAMED: usize = 4;

pub(super) fn output(
    trail: &[AuditEntry],
    corrections: &[Correction],
    protocol: &Protocol,
    language: Language,
) -> Output {
    let headers =
        [[">nr.", "tidspunkt (UTC)", "hvem", "kommando", ""], [">no.", "at (UTC)", "who", "what", ""]];
    let mut table =
        Table::new(pick(language, ["Hvad der er gjort", "What was done"]), &pick(language, headers));
    for entry in trail {
        let number = entry.number.to_string();
        table.row([number.as_str(), &entry.at, &entry.who, &entry.action, &told(entry, language)]);
    }
    let changed = (!corrections.is_empty()).then(|| corrected(corrections, protocol, language));
    Output {
        tables: std::iter::once(table).chain(changed).collect(),
        json: json!({
            "log": trail.iter().map(whole).collect::<Vec<_>>(),
            "corrections": corrections.iter().map(correction_json).collect::<Vec<_>>(),
        }),
        ..Output::default()
    }
}

/// What was recorded otherwise than before, and what was settled. In English cells and answers are called as in the database; in Danish
/// as on the forms.
fn corrected(corrections: &[Correction], protocol: &Protocol, language: Language) -> Table {
    let headers = [
        [">nr.", "studie-id", "læsning", "celle", "før", "nu", "fil"],
        [">no.", "study id", "reading", "cell", "before", "now", "file"],
    ];
    let title = ["Hvad der er rettet eller afgjort", "What was corrected or settled"];
    let mut table = Table::new(pick(language, title), &pick(language, headers));
    for one in corrections {
        let (number, id) = (one.audit.to_string(), one.change.study_id.to_string());
        let [cell, before, after] = match language {
            Language::Da => in_danish(one, protocol),
            Language::En => [&one.change.cell, &one.change.before, &one.change.after].map(Clone::clone),
        };
        let cells = [number, id, pick(language, reading(one)).to_owned(), cell, before, after];
        table.row(cells.into_iter().chain([one.file.clone()]));
    }
    table
}

/// The cell, and what stood and stands in it, in the words of a Danish form.
fn in_danish(one: &Correction, protocol: &Protocol) -> [String; 3] {
    let cell = one.change.cell.as_str();
    let kind = protocol.item(cell).map(|item| &item.kind);
    let messages = Messages { language: Language::Da, form: Language::Da };
    let word = |stored: &str| match (cell, stored) {
        ("comment", "a comment") => "en kommentar".to_owned(),
        ("comment", "another comment") => "en anden kommentar".to_owned(),
        _ => messages.answer(cell, kind, stored),
    };
    // What two readers said, and how it was settled before.
    let words = |text: &str| match (one.reading, text.split_once(SETTLED_BEFORE)) {
        (Some(_), _) => word(text),
        (None, Some((said, settled))) => format!("{}, afgjort {}", both(said, word), word(settled)),
        (None, None) => both(text, word),
    };
    [cell_header(cell, protocol, Language::Da), words(&one.change.before), words(&one.change.after)]
}

fn both(said: &str, word: impl Fn(&str) -> String) -> String {
    said.split(BOTH_READINGS).map(word).collect::<Vec<_>>().join(BOTH_READINGS)
}

/// Which reading, in Danish and in English.
fn reading(of: &Correction) -> [&'static str; 2] {
    match of.reading {
        Some(Reading::First) => ["første", "first"],
        Some(Reading::Second) => ["anden", "second"],
        None => ["afgørelse", "settled"],
    }
}

fn correction_json(one: &Correction) -> Value {
    json!({
        "number": one.audit, "at": one.at, "who": one.who, "file": one.file, "study_id": one.change.study_id.to_string(),
        "reading": reading(one)[1], "cell": one.change.cell, "before": one.change.before, "after": one.change.after,
    })
}

fn whole(entry: &AuditEntry) -> Value {
    json!({"number": entry.number, "at": entry.at, "who": entry.who, "action": entry.action, "detail": detail(entry), "digest": entry.digest})
}

fn detail(entry: &AuditEntry) -> Value {
    serde_json::from_str(&entry.detail).unwrap_or_default()
}

/// What an entry did, in one line.
fn told(entry: &AuditEntry, language: Language) -> String {
    let detail = detail(entry);
    let number = |key: &str, words| many(detail[key].as_u64().unwrap_or_default(), words, language);
    let file = |name: &str, digest: &str| format!("{} ({})", text(&detail[name]), shortened(&detail[digest]));
    let of_register = || {
        let from = pick(language, ["fra", "from"]);
        format!("{} {from} {}", number("total", COURSE), file("register_file", "register_sha256"))
    };
    match entry.action.as_str() {
        "draw" => of_register(),
        "enlarge" => format!("{} {}", pick(language, ["til", "to"]), of_register()),
        "forms" => forms(&detail, language),
        "record" => {
            let from = pick(language, ["fra", "from"]);
            format!("{} {from} {}", number("reviews", REVIEW), file("file", "sha256"))
        }
        "adjudicate" => settled(&detail, number("settled", DISAGREEMENT), &file("file", "sha256"), language),
        "replace" => replaced(&detail["replaced"], language),
        "analyse" | "export" => {
            let as_of = pick(language, ["efter linje", "as of entry"]);
            format!("{}, {as_of} {}", status(&detail["status"], language), detail["as_of"])
        }
        _ => entry.detail.clone(),
    }
}

const COURSE: Words = (["forløb", "forløb"], "course");
const REVIEW: Words = (["gennemgang", "gennemgange"], "review");
const DISAGREEMENT: Words = (["uenighed", "uenigheder"], "disagreement");
const FILE: Words = (["fil", "filer"], "file");

/// One and several of something in Danish, and one of it in English.
type Words = (Counted, &'static str);

fn many(number: u64, (of_danish, english): Words, language: Language) -> String {
    match language {
        Language::Da => danish(number as usize, of_danish),
        Language::En => counted(number, english),
    }
}

fn forms(detail: &Value, language: Language) -> String {
    match detail["files"].as_array().map(Vec::as_slice) {
        Some([one]) => text(one),
        files => {
            let again = if detail["again"] == true { pick(language, [" igen", " again"]) } else { "" };
            many(files.map_or(0, <[Value]>::len) as u64, FILE, language) + again
        }
    }
}

fn settled(detail: &Value, disagreements: String, file: &str, language: Language) -> String {
    let again = detail["changed"].as_u64().filter(|again| *again > 0);
    let [settled, again_settled, within] =
        pick(language, [["afgjort", "afgjort igen", "i"], ["settled", "settled again", "in"]]);
    let changed = again.map(|again| format!(", {again} {again_settled}")).unwrap_or_default();
    format!("{disagreements} {settled}{changed} {within} {file}")
}

/// Whether the reviews were complete when the data were looked at.
fn status(status: &Value, language: Language) -> String {
    match (language, text(status).as_str()) {
        (Language::Da, "interim") => "foreløbig".to_owned(),
        (Language::Da, "final") => "endelig".to_owned(),
        (_, other) => other.to_owned(),
    }
}

fn replaced(all: &Value, language: Language) -> String {
    let all = all.as_array().map(Vec::as_slice).unwrap_or_default();
    let by = pick(language, ["af", "by"]);
    let named = all.iter().take(NAMED).map(|one| format!("{} {by} {}", text(&one[0]), text(&one[1])));
    let more = all.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| format!("{more} {}", pick(language, ["til", "more"])));
    named.chain(rest).collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Enough of a digest to tell files apart.
fn shortened(digest: &Value) -> String {
    format!("SHA-256 {}…", text(digest).chars().take(12).collect::<String>())
}
