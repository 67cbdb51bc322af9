//! The form as a REDCap project: its data dictionary, and the records to import.
//!
//! Codes are the stable words (`yes`, `not_found`, `ex_smoker`), labels those of the form, so that an export with codes and one with labels
//! are both read back. A number, a date or a text has a field beside it, `…_untold`, for what is not relevant or not documented. The
//! second reading of a course is a record of its own, `HKM-0417D-2`, in a group of its own, or its reader would see the first.

mod group;

use group::group;
pub use group::moved_records;

use super::book::must_told;
use super::form::{Question, questions};
use super::{Answer, ChartStatus, Reading};
use crate::draw::StudyId;
use crate::protocol::{Choice, Item, ItemKind, Language, Protocol, Range, Rule, Threshold};

/// The columns of a data dictionary, as REDCap writes them.
pub const DICTIONARY_HEADER: [&str; 18] = [
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
];

/// The columns of the file of records.
pub const IMPORT_HEADER: [&str; 2] = ["study_id", GROUP];

/// The column with the group that sees a record.
const GROUP: &str = "redcap_data_access_group";
/// The instrument's name.
const INSTRUMENT: &str = "review";
/// The field of the day of the review: `date` alone says too little among an instrument's fields.
pub(super) const REVIEW_DATE: &str = "review_date";
/// What stands behind the name of the field that says why there is no answer.
const UNTOLD: &str = "_untold";
/// What stands behind the study id of a second reading.
const SECOND: &str = "-2";

/// One field of the dictionary.
#[derive(Debug, Clone, Default)]
struct Field {
    name: String,
    kind: &'static str,
    label: String,
    choices: String,
    note: String,
    validation: &'static str,
    min: String,
    max: String,
    shown_if: String,
    required: bool,
}

impl Field {
    fn row(self) -> [String; 18] {
        let required = if self.required { "y" } else { "" };
        let empty = String::new;
        [
            self.name,
            INSTRUMENT.to_owned(),
            empty(),
            self.kind.to_owned(),
            self.label,
            self.choices,
            self.note,
            self.validation.to_owned(),
            self.min,
            self.max,
            empty(),
            self.shown_if,
            required.to_owned(),
            empty(),
            empty(),
            empty(),
            empty(),
            empty(),
        ]
    }
}

/// The rows of the data dictionary, in the order of the form.
pub fn dictionary(protocol: &Protocol, language: Language) -> Vec<[String; 18]> {
    let mut fields = vec![
        text("study_id", header(["studie_id", "study_id"], language)),
        Field {
            required: true,
            ..drop_down("chart", header(["journal", "chart"], language), statuses(language))
        },
        Field { required: true, ..text("reviewer", header(["initialer", "reviewer"], language)) },
        Field {
            validation: "date_dmy",
            required: true,
            ..text(REVIEW_DATE, header(["dato", REVIEW_DATE], language))
        },
    ];
    for question in questions(protocol) {
        match question {
            Question::Indicator(_) => fields.push(indicator(question, language)),
            Question::Item(one) => fields.extend(item(question, one, &protocol.items, language)),
        }
    }
    fields.push(Field { kind: "notes", ..text("comment", header(["kommentar", "comment"], language)) });
    fields.into_iter().map(Field::row).collect()
}

fn header([danish, english]: [&str; 2], language: Language) -> String {
    if language == Language::Da { danish.to_owned() } else { english.to_owned() }
}

fn text(name: &str, label: String) -> Field {
    Field { name: name.to_owned(), kind: "text", label, ..Field::default() }
}

fn drop_down(name: &str, label: String, choices: Vec<(String, String)>) -> Field {
    // A bar would begin the next choice, and a comma after the code is the only one that counts.
    let shown = |(code, word): (String, String)| format!("{code}, {}", word.replace('|', "/"));
    let choices = choices.into_iter().map(shown).collect::<Vec<_>>().join(" | ");
    Field { name: name.to_owned(), kind: "dropdown", label, choices, ..Field::default() }
}

fn statuses(language: Language) -> Vec<(String, String)> {
    ChartStatus::ALL.map(|one| (one.name().to_owned(), one.word(language).to_owned())).to_vec()
}

fn answers(of: &[Answer], language: Language) -> Vec<(String, String)> {
    of.iter().map(|one| (one.name().to_owned(), one.word(language).to_owned())).collect()
}

const UNTOLD_ANSWERS: [Answer; 2] = [Answer::NotRelevant, Answer::NotDocumented];

fn note(question: Question<'_>, items: &[Item], language: Language) -> String {
    let definition = question.definition();
    let definition = if language == Language::Da { &definition.da } else { &definition.en };
    let must = match question {
        Question::Item(item) => must_told(item, items, language),
        Question::Indicator(_) => None,
    };
    without_piping(&std::iter::once(definition.clone()).chain(must).collect::<Vec<_>>().join(" "))
}

/// What a field is called, with its id for the way back: `Diætbehandling (diet)`.
fn label(name: &str, id: &str) -> String {
    without_piping(&format!("{name} ({id})"))
}

/// REDCap puts the answer of a field in the place of its name in square brackets.
fn without_piping(text: &str) -> String {
    text.replace('[', "(").replace(']', ")")
}

/// The id that a label of the dictionary ends in; dictionaries of before had it in square brackets.
pub(super) fn labelled_id(label: &str) -> Option<&str> {
    let end = |open, close| label.trim().strip_suffix(close)?.rsplit_once(open).map(|(_, id)| id.trim());
    end('[', ']').or_else(|| end('(', ')'))
}

fn label_of(question: Question<'_>, language: Language) -> String {
    let name = question.name();
    label(if language == Language::Da { &name.da } else { &name.en }, question.id())
}

/// Shown for a chart that was found.
fn found() -> String {
    format!("[chart] = '{}'", ChartStatus::Found.name())
}

fn indicator(question: Question<'_>, language: Language) -> Field {
    let field = drop_down(question.id(), label_of(question, language), answers(&Answer::ALL, language));
    Field { note: note(question, &[], language), shown_if: found(), required: true, ..field }
}

/// The field of an item, and for what is no list the field that says why there is no answer.
fn item(question: Question<'_>, item: &Item, items: &[Item], language: Language) -> Vec<Field> {
    let asked = item.ask_if.as_ref().and_then(logic);
    let shown_if = [Some(found()), asked].into_iter().flatten().collect::<Vec<_>>().join(" and ");
    let (id, label) = (question.id(), label_of(question, language));
    let field = match &item.kind {
        ItemKind::YesNo => drop_down(id, label, answers(&Answer::ALL, language)),
        ItemKind::Choice(choices) => drop_down(id, label, choices_of(choices, language)),
        ItemKind::Whole(range) => number("integer", range, text(id, label)),
        ItemKind::Decimal(range) => number("number", range, text(id, label)),
        ItemKind::Date => Field { validation: "date_dmy", ..text(id, label) },
        ItemKind::Text => Field { kind: "notes", ..text(id, label) },
    };
    let is_list = field.kind == "dropdown";
    let note = note(question, items, language);
    let field = Field { note, shown_if: shown_if.clone(), required: is_list && item.required, ..field };
    if is_list {
        return vec![field];
    }
    let label = match language {
        Language::Da => format!("… eller hvorfor ikke ({id}{UNTOLD})"),
        Language::En => format!("… or why not ({id}{UNTOLD})"),
    };
    let untold = drop_down(&format!("{id}{UNTOLD}"), label, answers(&UNTOLD_ANSWERS, language));
    vec![field, Field { shown_if, ..untold }]
}

fn choices_of(choices: &[Choice], language: Language) -> Vec<(String, String)> {
    let name = |choice: &Choice| match language {
        Language::Da => choice.name.da.clone(),
        Language::En => choice.name.en.clone(),
    };
    let own = choices.iter().map(|choice| (choice.id.clone(), name(choice)));
    own.chain(answers(&UNTOLD_ANSWERS, language)).collect()
}

fn number(validation: &'static str, range: &Range, field: Field) -> Field {
    let limit =
        |limit: &Option<rust_decimal::Decimal>| limit.map(|number| number.to_string()).unwrap_or_default();
    Field { validation, min: limit(&range.min), max: limit(&range.max), ..field }
}

/// A rule in REDCap's branching logic; `None` for rules over dates, which the field's note explains.
fn logic(rule: &Rule) -> Option<String> {
    let several = |rules: &[Rule], word: &str| {
        let all: Option<Vec<String>> = rules.iter().map(logic).collect();
        all.map(|all| format!("({})", all.join(word)))
    };
    match rule {
        Rule::AtLeast(threshold) => Some(compared(threshold, ">=")),
        Rule::AtMost(threshold) => Some(compared(threshold, "<=")),
        Rule::Equals { item, value } => Some(format!("[{item}] = '{value}'")),
        Rule::All(rules) => several(rules, " and "),
        Rule::Any(rules) => several(rules, " or "),
        Rule::Not(rule) => logic(rule).map(|logic| format!("!({logic})")),
        Rule::Before(_) | Rule::After(_) | Rule::WithinDays { .. } => None,
    }
}

fn compared(Threshold { item, number, of }: &Threshold, sign: &str) -> String {
    match of {
        Some(of) => format!("[{item}] * 100 {sign} {number} * [{of}]"),
        None => format!("[{item}] {sign} {number}"),
    }
}

/// The record of a reading: its name, and the group that sees it.
pub fn record(study_id: StudyId, stratum: &str, reading: Reading) -> [String; 2] {
    match reading {
        Reading::First => [study_id.to_string(), group(stratum, "")],
        Reading::Second => [format!("{study_id}{SECOND}"), group(stratum, "_2")],
    }
}

/// Whether the header is that of an export of REDCap.
pub(super) fn is_export(header: &[String]) -> bool {
    let is_own =
        |name: &String| name.trim() == GROUP || name.trim() == "Data Access Group" || is_bookkeeping(name);
    header.iter().any(is_own)
}

/// Columns that REDCap adds and that say nothing of a chart.
pub(super) fn is_bookkeeping(name: &str) -> bool {
    let name = name.trim();
    let complete = [format!("{INSTRUMENT}_complete"), "Complete?".to_owned()];
    let own = [GROUP, "Data Access Group", "redcap_event_name", "Event Name", "redcap_repeat_instrument"];
    let more = ["Repeat Instrument", "redcap_repeat_instance", "Repeat Instance", "redcap_survey_identifier"];
    complete.iter().any(|one| one == name) || own.contains(&name) || more.contains(&name)
}

/// The study id of a record, and which reading it is.
pub(super) fn reading_of(record: &str) -> (&str, Reading) {
    match record.trim().strip_suffix(SECOND) {
        Some(id) => (id, Reading::Second),
        None => (record.trim(), Reading::First),
    }
}

/// The id of the item whose `…_untold` field this is.
pub(super) fn untold_of(header: &str) -> Option<&str> {
    labelled_id(header).unwrap_or(header.trim()).strip_suffix(UNTOLD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::preset::Preset;

    fn rows() -> Vec<[String; 18]> {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        dictionary(&protocol, Language::Da)
    }

    /// A field by its name: kind, label, choices, validation, min, max and when it is shown.
    fn field(name: &str) -> [String; 7] {
        let row = rows().into_iter().find(|row| row[0] == name).unwrap();
        [3, 4, 5, 7, 8, 9, 11].map(|column| row[column].clone())
    }

    #[test]
    fn names_are_what_redcap_takes_and_stand_once() {
        let rows = rows();
        let mut names: Vec<&String> = rows.iter().map(|row| &row[0]).collect();
        let fits = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.contains("__") && !name.ends_with('_')
        };
        assert!(names.iter().all(|name| fits(name) && name.len() <= 100));
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!((names.len(), rows[0][0].as_str()), (all, "study_id"), "the first field is the record");
    }

    #[test]
    fn every_kind_has_its_field() {
        let found = "[chart] = 'found'";
        let four = "yes, Ja | no, Nej | not_relevant, Ikke relevant | not_documented, Ikke dokumenteret";
        assert_eq!(field("diet"), ["dropdown", "Diætbehandling (diet)", four, "", "", "", found]);
        let label = "Træningsgange med fremmøde (sessions_attended)";
        assert_eq!(field("sessions_attended"), ["text", label, "", "integer", "0", "200", found]);
        let untold = "not_relevant, Ikke relevant | not_documented, Ikke dokumenteret";
        let label = "… eller hvorfor ikke (sessions_attended_untold)";
        assert_eq!(field("sessions_attended_untold"), ["dropdown", label, untold, "", "", "", found]);
        assert_eq!(field("end_date")[3], "date_dmy");
    }

    #[test]
    fn no_label_and_no_note_has_the_brackets_that_redcap_fills_with_an_answer() {
        for row in rows() {
            assert!(!row[4].contains(['[', ']']) && !row[6].contains(['[', ']']), "{row:?}");
        }
        assert_eq!(label("Vægt [kg]", "weight"), "Vægt (kg) (weight)");
        assert_eq!(["Vægt (kg) (weight)", "Vægt [weight]"].map(labelled_id), [Some("weight"); 2]);
        let untold = ["n_untold", "… eller hvorfor ikke [n_untold]", "… eller hvorfor ikke (n_untold)"];
        assert_eq!(untold.map(untold_of), [Some("n"); 3]);
    }

    #[test]
    fn a_note_tells_the_definition_and_what_the_answer_must_meet() {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        let row = dictionary(&protocol, Language::Da)
            .into_iter()
            .find(|row| row[0] == "sessions_attended")
            .unwrap();
        let definition = &protocol.item("sessions_attended").unwrap().definition.da;
        let must = "Det kræves, at »Træningsgange med fremmøde« er højst 100 % af »Planlagte træningsgange«.";
        assert_eq!(row[6], format!("{definition} {must}"));
    }

    #[test]
    fn what_is_asked_for_sometimes_is_shown_sometimes() {
        let [.., shown] = field("smoking_end");
        assert_eq!(shown, "[chart] = 'found' and [smoking_start] = 'smoker'");
        let [_, _, choices, ..] = field("smoking_end");
        assert!(choices.starts_with("smoker, Ryger | ex_smoker, Eksryger | not_relevant"), "{choices}");
    }

    #[test]
    fn second_readings_are_records_of_a_group_of_their_own() {
        let id = StudyId::new(417);
        assert_eq!(record(id, "751 Aarhus", Reading::First), [id.to_string(), "751_aarhus".to_owned()]);
        let [name, group] = record(id, "760 Ringkøbing-Skjern", Reading::Second);
        assert_eq!(
            (reading_of(&name), group.as_str()),
            ((id.to_string().as_str(), Reading::Second), "760_ringkobing_s_2")
        );
    }
}
