use super::*;
use crate::protocol::Protocol;
use crate::protocol::preset::Preset;

const ITEMS: &str = r#"
[item.smoker]
name = { da = "Rygning", en = "Smoking" }
definition = "…"
kind = "choice"
choices = { never = { da = "Aldrig", en = "Never" }, ex = { da = "Eksryger", en = "Ex-smoker" } }

[item.done]
name = { da = "Udført", en = "Done" }
definition = "…"
kind = "yes_no"

[item.pressure]
name = { da = "Blodtryk", en = "Blood pressure" }
definition = "…"
kind = "decimal"

[item.attended]
name = { da = "Fremmøde", en = "Attended" }
definition = "…"
kind = "whole"

[item.end]
name = { da = "Slutdato", en = "End" }
definition = "…"
kind = "date"

[item.test]
name = { da = "Testdato", en = "Test" }
definition = "…"
kind = "date"
"#;

/// A rule in Danish and in English.
fn told(rule: &str) -> [String; 2] {
    let asked =
        format!("\n[item.asked]\nname = \"Asked\"\ndefinition = \"…\"\nkind = \"text\"\nask_if = {rule}\n");
    let text = Preset::Hjertekommidt.text().to_owned() + ITEMS + &asked;
    let protocol = Protocol::read(&text, "study.toml").unwrap();
    let rule = protocol.item("asked").unwrap().ask_if.clone().unwrap();
    [Language::Da, Language::En]
        .map(|language| RuleWords { items: &protocol.items, language, form: language }.told(&rule))
}

/// A rule, and its opposite.
fn both(rule: &str) -> [[String; 2]; 2] {
    [told(rule), told(&format!("{{ not = {rule} }}"))]
}

#[test]
fn thresholds_are_whole_clauses() {
    assert_eq!(
        both("{ at_least = { item = \"pressure\", value = 137.5 } }"),
        [
            ["»Blodtryk« er mindst 137,5", "“Blood pressure” is at least 137.5"],
            ["»Blodtryk« er under 137,5", "“Blood pressure” is below 137.5"]
        ]
    );
    assert_eq!(
        both("{ at_most = { item = \"attended\", percent = 80, of = \"pressure\" } }"),
        [
            ["»Fremmøde« er højst 80 % af »Blodtryk«", "“Attended” is at most 80 % of “Blood pressure”"],
            ["»Fremmøde« er over 80 % af »Blodtryk«", "“Attended” is above 80 % of “Blood pressure”"]
        ]
    );
}

#[test]
fn days_lie_before_after_or_apart() {
    assert_eq!(
        both("{ before = { item = \"test\", of = \"end\" } }"),
        [
            ["»Testdato« ligger før »Slutdato«", "“Test” is before “End”"],
            ["»Testdato« ikke ligger før »Slutdato«", "“Test” is not before “End”"]
        ]
    );
    assert_eq!(
        both("{ after = { item = \"end\", of = \"first_attendance\" } }"),
        [
            [
                "»Slutdato« ligger efter det første fremmøde (på opslagslisten)",
                "“End” is after the first attendance (on the look-up list)"
            ],
            [
                "»Slutdato« ikke ligger efter det første fremmøde (på opslagslisten)",
                "“End” is not after the first attendance (on the look-up list)"
            ]
        ]
    );
    assert_eq!(
        both("{ within_days = { item = \"test\", days = 1, of = \"end\" } }"),
        [
            ["»Testdato« ligger højst 1 dag fra »Slutdato«", "“Test” is at most 1 day from “End”"],
            ["»Testdato« ligger mere end 1 dag fra »Slutdato«", "“Test” is more than 1 day from “End”"]
        ]
    );
}

#[test]
fn answers_are_told_as_they_stand_on_the_form() {
    assert_eq!(
        both("{ equals = { item = \"smoker\", value = \"ex\" } }"),
        [
            ["»Rygning« er »Eksryger«", "“Smoking” is “Ex-smoker”"],
            ["»Rygning« ikke er »Eksryger«", "“Smoking” is not “Ex-smoker”"]
        ]
    );
    assert_eq!(
        both("{ equals = { item = \"done\", value = \"no\" } }"),
        [["»Udført« er »Nej«", "“Done” is “No”"], ["»Udført« ikke er »Nej«", "“Done” is not “No”"]]
    );
    let rule = "{ equals = { item = \"attended\", value = 12 } }";
    assert_eq!(told(rule), ["»Fremmøde« er 12", "“Attended” is 12"]);
}

#[test]
fn not_all_is_one_that_does_not_hold() {
    let two = "[{ equals = { item = \"done\", value = \"yes\" } }, { any = [{ before = { item = \"test\", of = \"end\" } }, { at_most = { item = \"attended\", value = 2 } }] }]";
    assert_eq!(
        both(&format!("{{ all = {two} }}")).map(|[danish, _]| danish),
        [
            "»Udført« er »Ja« og (»Testdato« ligger før »Slutdato« eller »Fremmøde« er højst 2)",
            "»Udført« ikke er »Ja« eller (»Testdato« ikke ligger før »Slutdato« og »Fremmøde« er over 2)"
        ]
    );
}

#[test]
fn names_follow_the_form_and_the_sentence_its_own_language() {
    let protocol = Protocol::read(&(Preset::Hjertekommidt.text().to_owned() + ITEMS), "study.toml").unwrap();
    let words = RuleWords { items: &protocol.items, language: Language::Da, form: Language::En };
    let rule = Rule::Equals { item: "done".to_owned(), value: "yes".to_owned() };
    assert_eq!(words.told(&rule), "»Done« er »Yes«");
}

#[test]
fn an_item_whose_name_another_one_has_is_told_with_its_id() {
    let twice = ITEMS.replace("da = \"Testdato\"", "da = \"Slutdato\"");
    let protocol = Protocol::read(&(Preset::Hjertekommidt.text().to_owned() + &twice), "study.toml").unwrap();
    let words = RuleWords { items: &protocol.items, language: Language::Da, form: Language::Da };
    let rule = Rule::Before(Days { item: "test".to_owned(), of: "end".to_owned() });
    assert_eq!(words.told(&rule), "»Slutdato [test]« ligger før »Slutdato [end]«");
}
