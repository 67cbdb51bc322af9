use jiff::civil::date;

use super::*;
use crate::protocol::Protocol;
use crate::protocol::preset::Preset;

/// The items of the first study, in short, and an indicator with this derivation.
fn protocol(derived: &str) -> Protocol {
    let items = r#"
[item.planned]
name = "Planned"
definition = "-"
kind = "whole"
min = 0

[item.attended]
name = "Attended"
definition = "-"
kind = "whole"
must = { at_most = { item = "attended", percent = 100, of = "planned" } }

[item.start]
name = "Start"
definition = "-"
kind = "choice"
choices = { smoker = "Smoker", never = "Never" }

[item.end]
name = "End"
definition = "-"
kind = "choice"
choices = { smoker = "Smoker", ex_smoker = "Ex-smoker" }
ask_if = { equals = { item = "start", value = "smoker" } }

[item.screened]
name = "Screened"
definition = "-"
kind = "date"

[item.ended]
name = "Ended"
definition = "-"
kind = "date"

[item.metres_before]
name = "Before"
definition = "-"
kind = "decimal"

[item.metres_after]
name = "After"
definition = "-"
kind = "decimal"

[indicator.example.derived]
"#;
    let text = Preset::Blank.text().replace("\n[sampling]\n", &format!("{items}{derived}\n[sampling]\n"));
    Protocol::read(&text, "study.toml").unwrap_or_else(|error| panic!("{:?}", error.findings()))
}

/// The answer that follows from these items, written as in a digest.
fn derived(derivation: &str, items: &[(&str, ItemAnswer)]) -> Answer {
    let protocol = protocol(derivation);
    let answers: ItemAnswers = items.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect();
    let chart = ChartItems { codebook: &protocol.items, answers: &answers, first_attendance: None };
    chart.derived(protocol.indicators[0].derived.as_ref().unwrap())
}

fn number(text: &str) -> ItemAnswer {
    ItemAnswer::Number(text.parse().unwrap())
}

fn choice(id: &str) -> ItemAnswer {
    ItemAnswer::Choice(id.to_owned())
}

const SESSIONS: &str = "yes_if = { at_least = { item = \"attended\", percent = 80, of = \"planned\" } }";

#[test]
fn four_fifths_of_the_planned_sessions_are_enough_and_one_less_is_not() {
    let of = |attended: &str, planned: &str| {
        derived(SESSIONS, &[("attended", number(attended)), ("planned", number(planned))])
    };
    assert_eq!(of("12", "15"), Answer::Yes);
    assert_eq!(of("11", "15"), Answer::No);
    assert_eq!(of("0", "0"), Answer::Yes);
}

#[test]
fn a_hundred_and_ten_is_at_least_ten_per_cent_more_than_a_hundred() {
    let capacity =
        "yes_if = { at_least = { item = \"metres_after\", percent = 110, of = \"metres_before\" } }";
    let of = |before: &str, after: &str| {
        derived(capacity, &[("metres_before", number(before)), ("metres_after", number(after))])
    };
    // In doubles 1.1 × 100 is more than 110.
    assert_eq!(of("100", "110"), Answer::Yes);
    assert_eq!(of("412.5", "453.75"), Answer::Yes);
    assert_eq!(of("412.5", "453.74"), Answer::No);
    assert_eq!(of("100", "109.999999999999999999999"), Answer::No);
}

#[test]
fn numbers_too_large_for_an_exact_product_tell_nothing() {
    let huge = "70000000000000000000000000000";
    assert_eq!(
        derived(SESSIONS, &[("attended", number(huge)), ("planned", number(huge))]),
        Answer::NotDocumented
    );
}

const SMOKING: &str = "relevant_if = { equals = { item = \"start\", value = \"smoker\" } }
yes_if = { equals = { item = \"end\", value = \"ex_smoker\" } }";

#[test]
fn whoever_the_indicator_is_not_about_is_not_relevant() {
    assert_eq!(derived(SMOKING, &[("start", choice("never"))]), Answer::NotRelevant);
    assert_eq!(derived(SMOKING, &[("start", choice("smoker")), ("end", choice("ex_smoker"))]), Answer::Yes);
    assert_eq!(derived(SMOKING, &[("start", choice("smoker")), ("end", choice("smoker"))]), Answer::No);
    let unknown = [("start", ItemAnswer::NotDocumented)];
    assert_eq!(derived(SMOKING, &unknown), Answer::NotDocumented);
    assert_eq!(derived(&format!("{SMOKING}\nnot_documented = \"no\""), &unknown), Answer::No);
}

#[test]
fn an_item_that_was_not_asked_for_is_not_relevant_and_an_empty_one_not_documented() {
    let end = "yes_if = { equals = { item = \"end\", value = \"ex_smoker\" } }";
    assert_eq!(derived(end, &[("start", choice("never"))]), Answer::NotRelevant);
    assert_eq!(derived(&format!("{end}\nnot_relevant = \"no\""), &[("start", choice("never"))]), Answer::No);
    assert_eq!(derived(end, &[("start", choice("smoker"))]), Answer::NotDocumented);
}

#[test]
fn the_same_day_is_neither_before_nor_after() {
    let of = |rule: &str, screened, ended| {
        let rule = format!("yes_if = {{ {rule} }}");
        derived(&rule, &[("screened", ItemAnswer::Date(screened)), ("ended", ItemAnswer::Date(ended))])
    };
    let before = "before = { item = \"screened\", of = \"ended\" }";
    let after = "after = { item = \"screened\", of = \"ended\" }";
    let (day, next) = (date(2024, 2, 28), date(2024, 2, 29));
    assert_eq!(
        [of(before, day, next), of(before, day, day), of(before, next, day)],
        [Answer::Yes, Answer::No, Answer::No]
    );
    assert_eq!(
        [of(after, day, next), of(after, day, day), of(after, next, day)],
        [Answer::No, Answer::No, Answer::Yes]
    );
    let within = "within_days = { item = \"screened\", days = 30, of = \"ended\" }";
    let (end, edge, beyond) = (date(2024, 3, 31), date(2024, 3, 1), date(2024, 2, 29));
    assert_eq!([of(within, edge, end), of(within, end, edge)], [Answer::Yes; 2]);
    assert_eq!([of(within, beyond, end), of(within, end, beyond)], [Answer::No; 2]);
}

/// Every pair of what rules can come to.
#[test]
fn what_decides_goes_first_then_what_nobody_wrote_down() {
    use ItemAnswer::{NotDocumented, NotRelevant};
    let (yes, no) = (choice("smoker"), choice("never"));
    let truth = |word: &str, one: &ItemAnswer, other: &ItemAnswer| {
        let rule = format!(
            "yes_if = {{ {word} = [{{ equals = {{ item = \"start\", value = \"smoker\" }} }}, {{ at_least = {{ item = \"planned\", value = 1 }} }}] }}"
        );
        let other = if *other == yes {
            number("1")
        } else if *other == no {
            number("0")
        } else {
            other.clone()
        };
        derived(&rule, &[("start", one.clone()), ("planned", other)])
    };
    let all = |one, other| [truth("all", one, other), truth("all", other, one)];
    let any = |one, other| [truth("any", one, other), truth("any", other, one)];
    assert_eq!(all(&yes, &yes), [Answer::Yes; 2]);
    assert_eq!(any(&no, &no), [Answer::No; 2]);
    for untold in [&NotDocumented, &NotRelevant] {
        assert_eq!(all(&no, untold), [Answer::No; 2]);
        assert_eq!(any(&yes, untold), [Answer::Yes; 2]);
    }
    assert_eq!([all(&yes, &NotDocumented), any(&no, &NotDocumented)], [[Answer::NotDocumented; 2]; 2]);
    assert_eq!([all(&yes, &NotRelevant), any(&no, &NotRelevant)], [[Answer::NotRelevant; 2]; 2]);
    assert_eq!(
        [all(&NotRelevant, &NotDocumented), any(&NotRelevant, &NotDocumented)],
        [[Answer::NotDocumented; 2]; 2]
    );
}

#[test]
fn not_turns_what_is_told_and_leaves_what_is_not() {
    let rule = "yes_if = { not = { equals = { item = \"start\", value = \"smoker\" } } }";
    assert_eq!(derived(rule, &[("start", choice("smoker"))]), Answer::No);
    assert_eq!(derived(rule, &[("start", choice("never"))]), Answer::Yes);
    assert_eq!(derived(rule, &[("start", ItemAnswer::NotDocumented)]), Answer::NotDocumented);
    assert_eq!(derived(rule, &[("start", ItemAnswer::NotRelevant)]), Answer::NotRelevant);
}

#[test]
fn numbers_are_equal_by_value_and_not_by_text() {
    let rule = "yes_if = { equals = { item = \"metres_after\", value = 1.50 } }";
    assert_eq!(derived(rule, &[("metres_after", number("1.5"))]), Answer::Yes);
    assert_eq!(derived(rule, &[("metres_after", number("1.500"))]), Answer::Yes);
}
