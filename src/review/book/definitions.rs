//! The sheet of definitions: what each column asks, what can be answered, when it is asked, and what follows from it.

use super::must::must_told;
use super::wording::{kind_told, lines, name, page, pick, roomy, untold};
use super::{Cell, Sheet, SheetRow, Style};
use crate::protocol::{Derivation, Indicator, Item, Language, Protocol, RuleWords, Untold};
use crate::review::form::{Asked, asked};
use crate::review::{Answer, Question, indicator_header, questions};

const WIDTHS: [u16; 5] = [28, 56, 34, 34, 44];

/// Whom the definitions are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::review) enum ReadBy {
    /// Those who review charts.
    Reviewers,
    /// Those who settle disagreements, about derived answers too.
    Adjudicators,
}

/// Every column of the form, then the indicators that are derived and have no column.
pub(super) fn definitions(protocol: &Protocol, language: Language, title: &str, read_by: ReadBy) -> Sheet {
    let tab = pick(language, ["Definitioner", "Definitions"]);
    let body = texts(protocol, language, read_by).into_iter().map(|texts| row(texts, Style::Body));
    Sheet {
        name: tab.to_owned(),
        widths: WIDTHS.to_vec(),
        rows: std::iter::once(row(headers(language), Style::Header)).chain(body).collect(),
        table: Some(0),
        checks: Vec::new(),
        colours: Vec::new(),
        is_protected: true,
        page: page(language, true, title, tab),
    }
}

/// The same as paragraphs of a text.
pub(in crate::review) fn definition_lines(protocol: &Protocol, language: Language) -> Vec<String> {
    let [_, _, answers, when, follows] = headers(language);
    let paragraph = |[header, definition, can, asked, serves]: [String; 5]| {
        let serves =
            if serves.is_empty() { serves } else { format!(" {follows}: {}", serves.replace('\n', " ")) };
        [String::new(), format!("{header}: {definition} {answers}: {can}. {when}: {asked}.{serves}")]
    };
    texts(protocol, language, ReadBy::Reviewers).into_iter().flat_map(paragraph).collect()
}

fn texts(protocol: &Protocol, language: Language, read_by: ReadBy) -> Vec<[String; 5]> {
    let told = Told { protocol, language, read_by };
    let asked = questions(protocol).into_iter().map(|question| told.question(question));
    let derived = protocol.assessable().filter_map(|one| told.derived(one));
    asked.chain(derived).collect()
}

fn headers(language: Language) -> [String; 5] {
    pick(
        language,
        [
            ["Kolonne", "Definition", "Svar", "Hvornår der spørges", "Hvad svaret bruges til"],
            ["Column", "Definition", "Answers", "When it is asked", "What follows from it"],
        ],
    )
    .map(str::to_owned)
}

fn row(texts: [String; 5], style: Style) -> SheetRow {
    let height = texts.iter().zip(WIDTHS).map(|(text, width)| lines(text, roomy(width))).max();
    let styled = |(column, text)| {
        Cell::Text(text, if column == 0 && style == Style::Body { Style::Key } else { style })
    };
    SheetRow { lines: height.unwrap_or(1), cells: texts.into_iter().enumerate().map(styled).collect() }
}

struct Told<'t> {
    protocol: &'t Protocol,
    language: Language,
    read_by: ReadBy,
}

impl Told<'_> {
    fn pick<W>(&self, words: [W; 2]) -> W {
        pick(self.language, words)
    }

    fn rule(&self, rule: &crate::protocol::Rule) -> String {
        RuleWords { items: &self.protocol.items, language: self.language, form: self.language }.told(rule)
    }

    fn question(&self, question: Question<'_>) -> [String; 5] {
        let header = question.header(self.language);
        let definition = name(self.language, question.definition()).to_owned();
        let [answers, when, follows] = match question {
            Question::Indicator(indicator) => self.indicator(indicator),
            Question::Item(item) => self.item(question, item),
        };
        [header, definition, answers, when, follows]
    }

    fn indicator(&self, indicator: &Indicator) -> [String; 3] {
        let answers = Answer::ALL.map(|answer| answer.word(self.language)).join(" / ");
        let follows = match &indicator.derived {
            Some(derivation) => format!(
                "{} {}",
                self.pick([
                    "Sammenlignes med det svar, der beregnes ud fra de andre kolonner:",
                    "Compared with the answer that is derived from the other columns:",
                ]),
                self.derivation(derivation)
            ),
            None => self.pick(["Indikatorens svar.", "The indicator's answer."]).to_owned(),
        };
        let when = self.period(indicator);
        [answers, when.unwrap_or_else(|| self.pick(["Altid", "Always"]).to_owned()), follows]
    }

    /// An indicator may be in force for courses that began in a period.
    fn period(&self, indicator: &Indicator) -> Option<String> {
        let day = |day: jiff::civil::Date| self.pick([day.strftime("%d-%m-%Y").to_string(), day.to_string()]);
        let courses = self.pick(["Forløb, der begyndte", "Courses that began"]);
        let [from, until] = [self.pick(["fra", "from"]), self.pick(["til og med", "until"])];
        Some(match (indicator.from.map(day), indicator.until.map(day)) {
            (None, None) => return None,
            (Some(first), None) => format!("{courses} {from} {first}"),
            (None, Some(last)) => format!("{courses} {until} {last}"),
            (Some(first), Some(last)) => format!("{courses} {from} {first} {until} {last}"),
        })
    }

    fn item(&self, question: Question<'_>, item: &Item) -> [String; 3] {
        let untold = untold(self.language).join(" / ");
        let answers = format!("{} / {untold}", kind_told(&item.kind, self.language));
        let when = match &item.ask_if {
            Some(rule) => format!("{} {}", self.pick(["Kun, hvis", "Only if"]), self.rule(rule)),
            None => self.pick(["Altid", "Always"]).to_owned(),
        };
        let optional = self.pick([" (frivilligt)", " (optional)"]);
        let when = if item.required { when } else { when + optional };
        let must = must_told(item, &self.protocol.items, self.language);
        let served = self.served(question);
        [answers, when, [served, must].into_iter().flatten().collect::<Vec<_>>().join("\n")]
    }

    /// The indicators that are derived from an item.
    fn served(&self, question: Question<'_>) -> Option<String> {
        let Asked::Item(_, served) = asked(question, self.protocol) else { return None };
        let served = served.iter().filter_map(|id| self.protocol.indicator(id));
        let named: Vec<String> = served.map(|one| indicator_header(one, self.language)).collect();
        let used = self.pick(["Bruges til", "Used for"]);
        (!named.is_empty()).then(|| format!("{used} {}.", named.join(", ")))
    }

    /// An indicator that is derived and has no column of its own.
    fn derived(&self, indicator: &Indicator) -> Option<[String; 5]> {
        let derivation = indicator.derived.as_ref().filter(|one| !one.also_ask)?;
        let header = indicator_header(indicator, self.language);
        let definition = name(self.language, &indicator.definition).to_owned();
        let [answers, when] = match self.read_by {
            ReadBy::Reviewers => [
                self.pick(["Beregnes; der skal ikke svares", "Derived; not to be answered"]).to_owned(),
                self.pick(["Aldrig", "Never"]).to_owned(),
            ],
            ReadBy::Adjudicators => [
                Answer::ALL.map(|answer| answer.word(self.language)).join(" / "),
                self.pick([
                    "Hvor de to læseres oplysninger fører til hvert sit svar: afgør, hvad der følger af journalen",
                    "Where the items of the two readers lead to different answers: settle what follows from the chart",
                ])
                .to_owned(),
            ],
        };
        let period = self.period(indicator).map(|period| format!("{period}:"));
        let follows = period.into_iter().chain([self.derivation(derivation)]).collect::<Vec<_>>().join(" ");
        Some([header, definition, answers, when, follows])
    }

    fn derivation(&self, derivation: &Derivation) -> String {
        let [yes, no] = [Answer::Yes, Answer::No].map(|answer| answer.word(self.language));
        let [untold_relevant, untold_documented] = untold(self.language);
        let if_ = self.pick([", hvis", " if"]);
        let else_ = self.pick(["ellers", "otherwise"]);
        let mut told = format!("{yes}{if_} {}; {else_} {no}.", self.rule(&derivation.yes_if));
        if let Some(rule) = &derivation.relevant_if {
            let only = self.pick(["Kun relevant, hvis", "Only relevant if"]);
            told = format!("{only} {}. {told}", self.rule(rule));
        }
        let counts_as_no =
            [(derivation.not_documented, untold_documented), (derivation.not_relevant, untold_relevant)];
        for (_, word) in counts_as_no.into_iter().filter(|(rule, _)| *rule == Untold::No) {
            told += &format!(" {word} {} {no}.", self.pick(["tæller som", "counts as"]));
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::preset::Preset;

    /// The rows of a protocol whose training sessions are derived and asked for as well.
    fn rows(language: Language) -> Vec<[String; 5]> {
        let rule = "derived.yes_if = { at_least = { item = \"sessions_attended\"";
        let text = Preset::Hjertekommidt.text().replace(rule, &format!("derived.also_ask = true\n{rule}"));
        texts(&Protocol::read(&text, "study.toml").unwrap(), language, ReadBy::Reviewers)
    }

    #[test]
    fn who_settles_a_derived_answer_is_not_told_that_it_is_never_answered() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        let rows = texts(&protocol, Language::En, ReadBy::Adjudicators);
        let derived: Vec<_> = rows.iter().filter(|row| row[3].starts_with("Where the items")).collect();
        assert_eq!(derived.len(), 4);
        assert!(derived.iter().all(|row| row[2] == "Yes / No / Not relevant / Not documented"));
        assert!(rows.iter().all(|row| row[3] != "Never"));
    }

    #[test]
    fn what_is_derived_is_never_asked_and_what_is_asked_stands_there_once() {
        for (language, [never, derived]) in
            [(Language::Da, ["Aldrig", "Beregnes;"]), (Language::En, ["Never", "Derived;"])]
        {
            let rows = rows(language);
            let is_derived = |row: &&[String; 5]| row[2].starts_with(derived);
            assert!(rows.iter().filter(is_derived).count() == 3);
            assert!(rows.iter().all(|row| is_derived(&row) == (row[3] == never)), "{rows:?}");
            let mut headers: Vec<&String> = rows.iter().map(|row| &row[0]).collect();
            let all = headers.len();
            headers.sort();
            headers.dedup();
            assert_eq!(headers.len(), all, "{headers:?}");
        }
        let rows = rows(Language::En);
        let sessions = rows.iter().find(|row| row[0].ends_with("[sessions]")).unwrap();
        assert_eq!(sessions[2..4], ["Yes / No / Not relevant / Not documented", "Always"]);
        let follows = "Compared with the answer that is derived from the other columns: Yes if “Training sessions attended” is at least 80 % of “Training sessions planned”; otherwise No.";
        assert_eq!(sessions[4], follows);
    }

    #[test]
    fn an_indicator_that_is_derived_and_in_force_for_a_time_says_for_whom() {
        let text = Preset::Hjertekommidt.text().replace(
            "derived.relevant_if = { equals = { item = \"smoking_start\"",
            "from = 2022-01-01\nderived.relevant_if = { equals = { item = \"smoking_start\"",
        );
        let rows = texts(&Protocol::read(&text, "study.toml").unwrap(), Language::En, ReadBy::Reviewers);
        let smoking = rows.iter().find(|row| row[0].ends_with("[smoking_cessation]")).unwrap();
        assert_eq!(smoking[3], "Never");
        assert!(
            smoking[4].starts_with("Courses that began from 2022-01-01: Only relevant if"),
            "{}",
            smoking[4]
        );
    }

    #[test]
    fn the_first_attendance_is_no_column_and_is_told_in_words() {
        let all = rows(Language::En).concat().join("\n");
        assert!(all.contains("before the first attendance (on the look-up list)"), "{all}");
        assert!(!all.contains("first_attendance"));
    }
}
