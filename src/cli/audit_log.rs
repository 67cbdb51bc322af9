//! `hkm status --log`: the audit trail, in words for people and whole for programs.

use serde_json::{Value, json};

use super::output::Output;
use crate::report::{Table, counted};
use crate::review::Reading;
use crate::store::AuditEntry;
use crate::study::Correction;

/// How many replaced courses a line names.
const NAMED: usize = 4;

pub(super) fn output(trail: &[AuditEntry], corrections: &[Correction]) -> Output {
    let mut table = Table::new("What was done", &[">no.", "at (UTC)", "who", "what", ""]);
    for entry in trail {
        let number = entry.number.to_string();
        table.row([number.as_str(), &entry.at, &entry.who, &entry.action, &told(entry)]);
    }
    let changed = (!corrections.is_empty()).then(|| corrected(corrections));
    Output {
        tables: std::iter::once(table).chain(changed).collect(),
        json: json!({
            "log": trail.iter().map(whole).collect::<Vec<_>>(),
            "corrections": corrections.iter().map(correction_json).collect::<Vec<_>>(),
        }),
        ..Output::default()
    }
}

/// What was recorded otherwise than before, and what was settled.
fn corrected(corrections: &[Correction]) -> Table {
    let headers = [">no.", "study id", "reading", "cell", "before", "now", "file"];
    let mut table = Table::new("What was corrected or settled", &headers);
    for one in corrections {
        let change = &one.change;
        let (number, id) = (one.audit.to_string(), change.study_id.to_string());
        let cells =
            [number.as_str(), &id, reading(one), &change.cell, &change.before, &change.after, &one.file];
        table.row(cells);
    }
    table
}

fn reading(of: &Correction) -> &'static str {
    match of.reading {
        Some(Reading::First) => "first",
        Some(Reading::Second) => "second",
        None => "settled",
    }
}

fn correction_json(one: &Correction) -> Value {
    json!({
        "number": one.audit, "at": one.at, "who": one.who, "file": one.file, "study_id": one.change.study_id.to_string(),
        "reading": reading(one), "cell": one.change.cell, "before": one.change.before, "after": one.change.after,
    })
}

fn whole(entry: &AuditEntry) -> Value {
    json!({"number": entry.number, "at": entry.at, "who": entry.who, "action": entry.action, "detail": detail(entry), "digest": entry.digest})
}

fn detail(entry: &AuditEntry) -> Value {
    serde_json::from_str(&entry.detail).unwrap_or_default()
}

/// What an entry did, in one line.
fn told(entry: &AuditEntry) -> String {
    let detail = detail(entry);
    let number = |key: &str, noun: &str| counted(detail[key].as_u64().unwrap_or_default(), noun);
    let file = |name: &str, digest: &str| format!("{} ({})", text(&detail[name]), shortened(&detail[digest]));
    match entry.action.as_str() {
        "draw" => format!("{} from {}", number("total", "course"), file("register_file", "register_sha256")),
        "enlarge" => {
            format!("to {} from {}", number("total", "course"), file("register_file", "register_sha256"))
        }
        "forms" => match detail["files"].as_array().map(Vec::as_slice) {
            Some([one]) => text(one),
            files => {
                let again = if detail["again"] == true { " again" } else { "" };
                counted(files.map_or(0, <[Value]>::len) as u64, "file") + again
            }
        },
        "record" => format!("{} from {}", number("reviews", "review"), file("file", "sha256")),
        "adjudicate" => {
            let again = detail["changed"].as_u64().filter(|again| *again > 0);
            let changed = again.map(|again| format!(", {again} settled again")).unwrap_or_default();
            format!("{} settled{changed} in {}", number("settled", "disagreement"), file("file", "sha256"))
        }
        "replace" => replaced(&detail["replaced"]),
        "analyse" | "export" => format!("{}, as of entry {}", text(&detail["status"]), detail["as_of"]),
        _ => entry.detail.clone(),
    }
}

fn replaced(all: &Value) -> String {
    let all = all.as_array().map(Vec::as_slice).unwrap_or_default();
    let named = all.iter().take(NAMED).map(|one| format!("{} by {}", text(&one[0]), text(&one[1])));
    let more = all.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| format!("{more} more"));
    named.chain(rest).collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Enough of a digest to tell files apart.
fn shortened(digest: &Value) -> String {
    format!("SHA-256 {}…", text(digest).chars().take(12).collect::<String>())
}
