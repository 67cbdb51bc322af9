//! What the reviewers must know: definitions, answers and rules, as a text that goes out with the forms.

use super::book::definition_lines;
use super::{Answer, ChartStatus};
use crate::protocol::{Language, Protocol};

/// The guide in the language of the forms.
pub fn guide(protocol: &Protocol, language: Language) -> String {
    let answers = Answer::ALL.map(|answer| answer.word(language)).join(", ");
    let statuses = ChartStatus::ALL.map(|status| status.explained(language)).join(", ");
    let mut lines = match language {
        Language::Da => danish(protocol, &answers, &statuses),
        Language::En => english(protocol, &answers, &statuses),
    };
    lines.extend(definition_lines(protocol, language));
    lines.join("\r\n") + "\r\n"
}

fn danish(protocol: &Protocol, answers: &str, statuses: &str) -> Vec<String> {
    vec![
        format!("Vejledning til journalgennemgang: {}", protocol.register_name),
        String::new(),
        "Én række for hvert forløb. Find journalen ved hjælp af opslagslisten; skriv aldrig CPR-numre i skemaet.".to_owned(),
        format!("journal: {statuses}. Spørgsmålene besvares kun, hvis journalen er fundet."),
        "initialer: på den, der har læst journalen: bogstaver og tal, højst 40 tegn. dato: den dag, journalen blev læst, fx 05-03-2026.".to_owned(),
        format!("Svar: {answers}."),
        "En tom celle betyder, at forløbet ikke er gennemgået endnu, aldrig nej. En påbegyndt række skal udfyldes helt.".to_owned(),
        "kommentar: frivilligt; skriv ingen navne og ingen CPR-numre.".to_owned(),
        String::new(),
        "Definitioner".to_owned(),
    ]
}

fn english(protocol: &Protocol, answers: &str, statuses: &str) -> Vec<String> {
    vec![
        format!("How to review the charts: {}", protocol.register_name),
        String::new(),
        "One row for each course. Find the chart with the look-up list; never write its key into the form."
            .to_owned(),
        format!("chart: {statuses}. Only a chart that was found has answers."),
        "reviewer: the initials of who read the chart: letters and digits, at most 40 characters. date: the day it was read, such as 2026-03-05."
            .to_owned(),
        format!("Answers: {answers}."),
        "An empty cell means not reviewed yet, never no. A row that is begun must be completed.".to_owned(),
        "comment: as you like; no names and no numbers of persons.".to_owned(),
        String::new(),
        "Definitions".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::preset::Preset;

    #[test]
    fn the_guide_has_every_answer_and_every_definition() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        for language in [Language::Da, Language::En] {
            let text = guide(&protocol, language);
            assert!(Answer::ALL.iter().all(|answer| text.contains(answer.word(language))));
            assert!(ChartStatus::ALL.iter().all(|status| text.contains(status.word(language))));
            assert!(protocol.assessable().all(|indicator| text.contains(&format!("[{}]", indicator.id))));
        }
        assert!(
            !guide(&protocol, Language::Da).contains("[participation]"),
            "what cannot be assessed is not asked for"
        );
    }
}
