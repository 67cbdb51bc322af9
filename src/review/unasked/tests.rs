use super::*;
use crate::protocol::Protocol;
use crate::protocol::preset::Preset;

const ITEMS: &str = r#"
[item.smoker]
name = "Smoker"
definition = "-"
kind = "choice"
choices = { daily = "Daily", sometimes = "Sometimes", never = "Never" }

[item.stopped]
name = "Stopped"
definition = "-"
kind = "yes_no"
ask_if = { not = { equals = { item = "smoker", value = "never" } } }

[item.pain]
name = "Pain"
definition = "-"
kind = "whole"
min = 0
max = 10

[item.pain_later]
name = "Pain later"
definition = "-"
kind = "whole"
ask_if = { at_least = { item = "pain", value = 4 } }

[item.tested]
name = "Tested"
definition = "-"
kind = "date"

[item.ended]
name = "Ended"
definition = "-"
kind = "date"

[item.again]
name = "Again"
definition = "-"
kind = "yes_no"
ask_if = { within_days = { item = "tested", days = 30, of = "ended" } }

[indicator.example.derived]
"#;

/// What an indicator of the rules of this derivation leaves untold: the rule, the items and the example.
fn found(derived: &str) -> Option<(&'static str, Vec<String>, Vec<String>)> {
    let text = Preset::Blank.text().replace("\n[sampling]\n", &format!("{ITEMS}{derived}\n[sampling]\n"));
    let protocol =
        Protocol::read(&text, "study.toml").unwrap_or_else(|error| panic!("{:?}", error.findings()));
    let derivation = protocol.indicator("example").unwrap().derived.clone().unwrap();
    let found = unasked(&derivation, &protocol.items)?;
    let example = found.example.iter().map(|(id, answer)| format!("{id} = {}", answer.told()));
    Some((found.rule, found.items, example.collect()))
}

const STOPPED: &str = "yes_if = { equals = { item = \"stopped\", value = \"yes\" } }";

fn gap(rule: &'static str, item: &str, example: &str) -> Option<(&'static str, Vec<String>, Vec<String>)> {
    Some((rule, vec![item.to_owned()], vec![example.to_owned()]))
}

#[test]
fn an_item_that_is_asked_of_smokers_does_not_tell_an_indicator_of_everybody() {
    assert_eq!(found(STOPPED), gap("yes_if", "stopped", "smoker = never"));
    let narrow = "relevant_if = { not = { equals = { item = \"smoker\", value = \"sometimes\" } } }\n";
    assert_eq!(found(&format!("{narrow}{STOPPED}")), gap("yes_if", "stopped", "smoker = never"));
}

#[test]
fn what_the_relevant_charts_have_in_common_may_be_said_in_other_words() {
    let same = "relevant_if = { not = { equals = { item = \"smoker\", value = \"never\" } } }\n";
    let narrower = "relevant_if = { equals = { item = \"smoker\", value = \"daily\" } }\n";
    let listed = "relevant_if = { any = [{ equals = { item = \"smoker\", value = \"daily\" } }, { equals = { item = \"smoker\", value = \"sometimes\" } }] }\n";
    for relevant in [same, narrower, listed] {
        assert_eq!(found(&format!("{relevant}{STOPPED}")), None, "{relevant}");
    }
}

#[test]
fn an_answer_that_decides_before_the_unasked_item_is_enough() {
    let all = "yes_if = { all = [{ not = { equals = { item = \"smoker\", value = \"never\" } } }, { equals = { item = \"stopped\", value = \"yes\" } }] }";
    assert_eq!(found(all), None);
    let any = "yes_if = { any = [{ equals = { item = \"smoker\", value = \"never\" } }, { equals = { item = \"stopped\", value = \"yes\" } }] }";
    assert_eq!(found(any), None);
    let wrong = "yes_if = { any = [{ equals = { item = \"smoker\", value = \"daily\" } }, { equals = { item = \"stopped\", value = \"yes\" } }] }";
    assert_eq!(found(wrong), gap("yes_if", "stopped", "smoker = never"));
}

#[test]
fn an_indicator_that_counts_what_is_not_asked_as_no_says_so() {
    assert_eq!(found(&format!("{STOPPED}\nnot_relevant = \"no\"")), None);
    assert!(found(&format!("{STOPPED}\nnot_documented = \"no\"")).is_some());
}

#[test]
fn limits_of_numbers_are_met_from_both_sides() {
    let later = |least: u8| {
        format!(
            "relevant_if = {{ at_least = {{ item = \"pain\", value = {least} }} }}\nyes_if = {{ at_most = {{ item = \"pain_later\", value = 2 }} }}"
        )
    };
    assert_eq!(found(&later(4)), None);
    assert_eq!(found(&later(7)), None);
    assert_eq!(found(&later(3)), gap("yes_if", "pain_later", "pain = 3"));
    let impossible = "relevant_if = { equals = { item = \"pain_later\", value = 1 } }\nyes_if = { equals = { item = \"smoker\", value = \"daily\" } }";
    assert_eq!(found(impossible), gap("relevant_if", "pain_later", "pain = 0"));
}

#[test]
fn days_are_put_on_both_sides_of_a_limit() {
    let again = |days: u8| {
        format!(
            "relevant_if = {{ within_days = {{ item = \"tested\", days = {days}, of = \"ended\" }} }}\nyes_if = {{ equals = {{ item = \"again\", value = \"yes\" }} }}"
        )
    };
    assert_eq!(found(&again(30)), None);
    assert_eq!(found(&again(20)), None);
    assert_eq!(
        found(&again(31)).map(|(rule, items, _)| (rule, items)),
        Some(("yes_if", vec!["again".into()]))
    );
}

#[test]
fn the_shipped_protocols_leave_nothing_untold() {
    let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
    let derived: Vec<_> = protocol.assessable().filter_map(|one| one.derived.as_ref()).collect();
    assert!(derived.len() >= 4);
    assert!(derived.iter().all(|derivation| unasked(derivation, &protocol.items).is_none()));
}
