//! The raw items behind an answer: what a chart must hold for the answer to follow from it.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::chance::{happens, one_of};
use super::writing::danish_date;
use crate::protocol::Language;
use crate::random::Generator;
use crate::review::Answer;

/// What is written under each item, by its id. An item that is not asked for is absent.
pub(super) type Items = BTreeMap<&'static str, String>;

/// What stands behind the answers of one chart, in the same order for everybody who asks.
pub(super) fn items_of(label: &str, key: &str) -> Generator {
    Generator::of(&format!("{label}|items of {key}"))
}

/// Sessions planned, and attended where the answer says anything of them.
pub(super) fn planned_and_attended(answer: Answer, generator: &mut Generator) -> (u64, Option<u64>) {
    let planned = 12 + generator.below(13);
    let enough = (planned * 4).div_ceil(5);
    let attended = match answer {
        Answer::Yes => Some(enough + generator.below(planned - enough + 1)),
        Answer::No => Some(generator.below(enough)),
        Answer::NotRelevant | Answer::NotDocumented => None,
    };
    (planned, attended)
}

/// The day when the course of a key ended, whatever its answers are.
pub(super) fn end_date(label: &str, key: &str, first_attendance: Date) -> Date {
    days_after(first_attendance, 60, 60, &mut Generator::of(&format!("{label}|end of {key}")))
}

/// A day so many days after another, and up to a range later.
fn days_after(day: Date, from: i64, range: u64, generator: &mut Generator) -> Date {
    day.saturating_add(Span::new().days(from + generator.below(range) as i64))
}

/// The cells of one chart in the making.
pub(super) struct ChartCells {
    language: Language,
    cells: Items,
}

impl ChartCells {
    pub(super) fn new(language: Language) -> Self {
        ChartCells { language, cells: Items::new() }
    }

    pub(super) fn finish(self) -> Items {
        self.cells
    }

    fn put(&mut self, item: &'static str, text: impl Into<String>) {
        self.cells.insert(item, text.into());
    }

    fn put_answer(&mut self, item: &'static str, answer: Answer) {
        self.put(item, answer.word(self.language));
    }

    fn put_choice(&mut self, item: &'static str, [danish, english]: [&str; 2]) {
        self.put(item, if self.language == Language::Da { danish } else { english });
    }

    /// Attended sessions of the planned ones: four fifths are enough.
    pub(super) fn sessions(&mut self, answer: Answer, generator: &mut Generator) {
        let (planned, attended) = planned_and_attended(answer, generator);
        match answer {
            Answer::NotRelevant => self.put_answer("sessions_planned", answer),
            _ => self.put("sessions_planned", planned.to_string()),
        }
        match attended {
            Some(attended) => self.put("sessions_attended", attended.to_string()),
            None => self.put_answer("sessions_attended", answer),
        }
    }

    /// Screened before the course ended; a few of those who were not in time were so afterwards.
    pub(super) fn screening(
        &mut self,
        answer: Answer,
        [first_attendance, end]: [Date; 2],
        generator: &mut Generator,
    ) {
        self.put("end_date", danish_date(end));
        let late = happens(generator, 150);
        let screened = match answer {
            Answer::Yes => days_after(first_attendance, 3, 50, generator),
            Answer::No if late => days_after(end, 0, 20, generator),
            untold => return self.put_answer("depression_screened", untold),
        };
        self.put_answer("depression_screened", Answer::Yes);
        self.put("screening_date", danish_date(screened));
    }

    /// A smoker at the start who is none at the end.
    pub(super) fn smoking(&mut self, answer: Answer, generator: &mut Generator) {
        const SMOKER: [&str; 2] = ["Ryger", "Smoker"];
        const EX_SMOKER: [&str; 2] = ["Eksryger", "Ex-smoker"];
        const NEVER: [&str; 2] = ["Aldrig røget", "Never smoked"];
        match answer {
            Answer::NotRelevant => {
                self.put_choice("smoking_start", one_of(generator, &[EX_SMOKER, NEVER]));
            }
            Answer::NotDocumented => self.put_answer("smoking_start", answer),
            Answer::Yes | Answer::No => {
                self.put_choice("smoking_start", SMOKER);
                self.put_choice("smoking_end", if answer == Answer::Yes { EX_SMOKER } else { SMOKER });
            }
        }
    }

    /// A test that rose by at least a tenth; written with a decimal comma.
    pub(super) fn capacity(&mut self, answer: Answer, generator: &mut Generator) {
        let start = 800 + generator.below(1200);
        let enough = (start * 11).div_ceil(10);
        let end = match answer {
            Answer::Yes => Some(enough + generator.below(200)),
            Answer::No => Some(enough - 1 - generator.below(200)),
            Answer::NotRelevant | Answer::NotDocumented => None,
        };
        let watts = |tenths: u64| format!("{},{}", tenths / 10, tenths % 10);
        match answer {
            Answer::NotRelevant => self.put_answer("capacity_start", answer),
            _ => self.put("capacity_start", watts(start)),
        }
        match end {
            Some(end) => self.put("capacity_end", watts(end)),
            None => self.put_answer("capacity_end", answer),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::demo::protocol_text;
    use crate::protocol::{ItemKind, Protocol};
    use crate::review::{ChartItems, ItemAnswer, ItemAnswers};

    /// The cells as the codebook reads them.
    fn read(protocol: &Protocol, cells: &Items) -> ItemAnswers {
        let answer = |(id, text): (&&str, &String)| {
            let item = protocol.item(id).unwrap();
            let answer = match (Answer::read(text), &item.kind) {
                (Some(Answer::NotRelevant), _) => ItemAnswer::NotRelevant,
                (Some(Answer::NotDocumented), _) => ItemAnswer::NotDocumented,
                (Some(answer), _) => ItemAnswer::YesNo(answer == Answer::Yes),
                (None, ItemKind::Date) => ItemAnswer::Date(crate::register::date::read_date(text).unwrap()),
                (None, ItemKind::Choice(choices)) => {
                    let choice =
                        choices.iter().find(|choice| [&choice.name.da, &choice.name.en].contains(&text));
                    ItemAnswer::Choice(choice.unwrap().id.clone())
                }
                (None, _) => ItemAnswer::Number(text.replace(',', ".").parse().unwrap()),
            };
            ((*id).to_owned(), answer)
        };
        cells.iter().map(answer).collect()
    }

    #[test]
    fn the_answer_follows_from_the_items_that_stand_for_it() {
        let protocol = Protocol::read(&protocol_text(), "study.toml").unwrap();
        let mut generator = Generator::of("items");
        for answer in Answer::ALL {
            for round in 0..300 {
                let language = if round % 2 == 0 { Language::Da } else { Language::En };
                let mut cells = ChartCells::new(language);
                cells.sessions(answer, &mut generator);
                cells.screening(answer, [date(2023, 12, 15), date(2024, 2, 20)], &mut generator);
                cells.smoking(answer, &mut generator);
                cells.capacity(answer, &mut generator);
                let answers = read(&protocol, &cells.finish());
                let chart =
                    ChartItems { codebook: &protocol.items, answers: &answers, first_attendance: None };
                for id in ["sessions", "depression_screening", "smoking_cessation", "capacity"] {
                    let derivation = protocol.indicator(id).unwrap().derived.as_ref().unwrap();
                    assert_eq!(chart.derived(derivation), answer, "{id} {answers:?}");
                }
            }
        }
    }
}
