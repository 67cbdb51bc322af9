//! The checklists of STARD 2015 and RECORD: each item in a few words of our own, what the study says to it, and what is left to the
//! authors.

mod answers;
mod record;
mod stard;

use super::article::Prose;
use super::{Provenance, Results, Style, Table};
use crate::protocol::Protocol;
use answers::Answers;

/// What an item is answered with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Answer {
    /// What the study itself tells.
    told: String,
    /// Whether there is something that only the authors can write, and what, where that needs a word.
    author: Option<String>,
}

impl Answer {
    fn told(text: impl Into<String>) -> Self {
        Answer { told: text.into(), author: None }
    }

    /// Only the authors can say it.
    fn author() -> Self {
        Answer { told: String::new(), author: Some(String::new()) }
    }

    /// The authors must add something.
    fn and(self, what: impl Into<String>) -> Self {
        Answer { author: Some(what.into()), ..self }
    }

    fn text(&self, style: Style) -> String {
        let writes = style.says(AUTHOR);
        let author = self.author.as_ref().map(|what| match what.as_str() {
            "" => format!("{writes}."),
            what => format!("{writes}: {what}."),
        });
        [Some(self.told.clone()).filter(|told| !told.is_empty()), author]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// What marks an item that the software cannot answer.
const AUTHOR: [&str; 2] = ["Forfatteren skriver", "Author must write"];

/// An item: its number, and what it asks for, Danish first.
type Item = (&'static str, [&'static str; 2]);

/// Both checklists, STARD 2015 first. `tables` are those of the report, which the answers name.
pub fn checklists(
    results: &Results,
    protocol: &Protocol,
    provenance: &Provenance,
    tables: &[Table],
) -> Vec<Table> {
    let style = Style::from(protocol.report);
    let prose = Prose::new(results, protocol, provenance, style);
    let answers = Answers { prose: &prose, tables };
    let stard = stard::ITEMS.map(|item| (item, answers.stard(item.0)));
    let record = record::ITEMS.map(|item| (item, answers.record(item.0)));
    let [first, second] = style.says([
        [
            "STARD 2015: undersøgelser af diagnostisk nøjagtighed (her er registret testen, journalen referencestandarden)",
            "RECORD: undersøgelser på rutinemæssigt indsamlede data, med STROBE's punkter",
        ],
        [
            "STARD 2015: studies of diagnostic accuracy (the register is the index test, the record the reference standard)",
            "RECORD: studies with routinely collected data, with the items of STROBE",
        ],
    ]);
    vec![
        table(first, "stard", &stard, style, super::article::STARD),
        table(second, "record", &record, style, super::article::RECORD),
    ]
}

fn table(title: &str, name: &str, items: &[(Item, Answer)], style: Style, reference: &str) -> Table {
    let headers =
        style.says([["punkt", "hvad der skal stå", "svar"], ["item", "what is asked for", "answer"]]);
    let mut table = Table::new(title, &headers).named(name);
    for ((number, what), answer) in items {
        table.row([(*number).to_owned(), style.says(*what).to_owned(), answer.text(style)]);
    }
    let left = items.iter().filter(|(_, answer)| answer.author.is_some()).count();
    let writes = style.says(AUTHOR);
    table.note(style.says([
        format!("Punkterne er gengivet kort i egne ord efter {reference}. »{writes}« står ved {left} af {}.", items.len()),
        format!("The items are told in short, in our own words, after {reference}. “{writes}” stands at {left} of {}.", items.len()),
    ]));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stard_has_its_thirty_items_four_of_them_in_two_parts() {
        let numbers: Vec<String> = (1..=30)
            .flat_map(|number| match number {
                10 | 12 | 13 | 21 => vec![format!("{number}a"), format!("{number}b")],
                _ => vec![number.to_string()],
            })
            .collect();
        assert_eq!(stard::ITEMS.map(|item| item.0).to_vec(), numbers);
    }

    #[test]
    fn record_has_the_twenty_two_items_of_strobe_and_its_own_thirteen() {
        let own =
            ["1.1", "1.2", "1.3", "6.1", "6.2", "6.3", "7.1", "12.1", "12.2", "12.3", "13.1", "19.1", "22.1"];
        let numbers: Vec<String> = (1..=22)
            .flat_map(|number: u32| {
                let extends = move |one: &&str| one.split('.').next() == Some(number.to_string().as_str());
                let own = own.into_iter().filter(extends).map(str::to_owned);
                std::iter::once(number.to_string()).chain(own)
            })
            .collect();
        assert_eq!(record::ITEMS.map(|item| item.0).to_vec(), numbers);
    }

    #[test]
    fn an_item_names_what_is_left_to_the_authors() {
        let danish = Style::from(crate::protocol::ReportRules::of(crate::protocol::Language::Da));
        assert_eq!(Answer::author().text(danish), "Forfatteren skriver.");
        assert_eq!(Answer::told("300.").and("why").text(Style::ENGLISH), "300. Author must write: why.");
    }
}
