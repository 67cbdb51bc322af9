use serde_json::json;

use super::*;

fn indicator(keys: &Value) -> Value {
    let mut one = json!({"id": "diet", "name": {"da": "Diæt", "en": "Diet"}, "definition": {"da": "D", "en": "D"},
        "register": {"yes": ["1"], "no": ["0"], "not_relevant": [], "missing": [""]}, "from": null, "sampled": "all",
        "missing": {"not_documented": "no", "register_missing": "exclude"}});
    one.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    one
}

fn item(keys: &Value) -> Value {
    let mut one = json!({"id": "planned", "name": {"da": "Planlagte gange", "en": "Planned sessions"}, "kind": {"whole": {"min": "0", "max": "40"}},
        "required": true, "ask_if": null});
    one.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    one
}

fn told(then: &Value, now: &Value) -> Option<[String; 2]> {
    let report = ReportRules::of(Language::En);
    in_words([&then.to_string(), &now.to_string()], &[], report).map(|told| [told.da, told.en])
}

fn of_indicator(keys: &Value) -> [String; 2] {
    told(&json!([indicator(&json!({}))]), &json!([indicator(keys)])).unwrap()
}

fn of_item(keys: &Value) -> [String; 2] {
    let book = |item: Value| json!({"indicator": [indicator(&json!({}))], "item": [item]});
    told(&book(item(&json!({}))), &book(item(keys))).unwrap()
}

#[test]
fn a_definition_is_told_with_both_texts() {
    assert_eq!(
        of_indicator(&json!({"definition": {"da": "Ny", "en": "New"}})),
        [
            "indikatoren »Diæt«, definition: før »D«, nu »Ny«",
            "the indicator “Diet”, definition: before “D”, now “New”"
        ]
    );
}

#[test]
fn a_text_that_changed_in_the_other_language_is_told_in_it() {
    assert_eq!(
        of_indicator(&json!({"definition": {"da": "Ny", "en": "D"}})),
        [
            "indikatoren »Diæt«, definition: før »D«, nu »Ny«",
            "the indicator “Diet”, definition (in Danish): before “D”, now “Ny”"
        ]
    );
}

#[test]
fn rules_for_missing_values_are_told_without_their_words_in_the_protocol() {
    let changed = of_indicator(&json!({"missing": {"not_documented": "missing", "register_missing": "no"}}));
    assert_eq!(
        changed,
        [
            "indikatoren »Diæt«, hvad journalen ikke nævner: før tæller som nej, nu uden for tabellen; indikatoren »Diæt«, hvad \
             registeret mangler: før uden for tabellen, nu tæller som nej",
            "the indicator “Diet”, what the record does not tell: before counts as no, now outside the table; the indicator \
             “Diet”, what the register lacks: before outside the table, now counts as no"
        ]
    );
}

#[test]
fn values_of_the_register_are_a_list_and_an_empty_cell_has_words() {
    let register = json!({"yes": ["1", "2"], "no": ["0"], "not_relevant": [], "missing": []});
    assert_eq!(
        of_indicator(&json!({ "register": register }))[1],
        "the indicator “Diet”, register values for yes: before “1”, now “1”, “2”; the indicator “Diet”, register values for \
         missing: before an empty cell, now none"
    );
}

#[test]
fn days_and_samples_have_words() {
    assert_eq!(
        of_indicator(&json!({"from": "2021-03-05", "sampled": "register_yes"}))[1],
        "the indicator “Diet”, in force from: before none, now 2021-03-05; the indicator “Diet”, courses in the frame: before \
         all, now those alone that the register calls yes"
    );
}

#[test]
fn a_rule_is_a_sentence_with_the_decimal_sign_of_its_language() {
    let rule = json!({"at_least": {"item": "planned", "number": "7.5", "of": null}});
    assert_eq!(
        of_indicator(&json!({"derived": {"yes_if": rule, "not_documented": "kept", "also_ask": false}})),
        [
            "indikatoren »Diæt«, ja, hvis: før ingen, nu [planned] er mindst 7,5; indikatoren »Diæt«, rådata, som journalen ikke \
             nævner: før ingen, nu gør svaret ikke dokumenteret; indikatoren »Diæt«, spørges der også om svaret selv: før ingen, \
             nu nej",
            "the indicator “Diet”, yes if: before none, now [planned] is at least 7.5; the indicator “Diet”, raw items that the \
             record does not tell: before none, now make the answer not documented; the indicator “Diet”, the answer itself is \
             asked for too: before none, now no"
        ]
    );
}

#[test]
fn what_an_item_takes_is_told_in_words() {
    assert_eq!(
        of_item(&json!({"kind": {"decimal": {"min": "0.5", "max": null}}, "required": false})),
        [
            "råoplysningen »Planlagte gange«, svar: før et helt tal fra 0 til 40, nu et tal fra 0,5; råoplysningen »Planlagte \
             gange«, svar er påkrævet: før ja, nu nej",
            "the raw item “Planned sessions”, answers: before a whole number from 0 to 40, now a number from 0.5; the raw item \
             “Planned sessions”, an answer is required: before yes, now no"
        ]
    );
    let choice = |id: &str| json!({"choice": [{"id": id, "name": {"da": "Ja", "en": "Yes"}}]});
    assert!(of_item(&json!({"kind": choice("a")}))[1].ends_with("now one of “Yes”"));
}

#[test]
fn what_has_the_same_words_before_and_now_is_changed() {
    let choice = |id: &str| {
        json!([item(&json!({"kind": {"choice": [{"id": id, "name": {"da": "Ja", "en": "Yes"}}]}}))])
    };
    let book = |id: &str| json!({"indicator": [], "item": choice(id)});
    assert_eq!(told(&book("a"), &book("b")).unwrap()[1], "the raw item “Planned sessions”, answers: changed");
}

#[test]
fn entries_that_came_and_went_are_named() {
    let with = json!({"indicator": [indicator(&json!({}))], "item": [item(&json!({}))]});
    let without = json!([indicator(&json!({}))]);
    assert_eq!(told(&without, &with).unwrap()[1], "the raw item “Planned sessions” is new");
    assert_eq!(told(&with, &without).unwrap()[0], "råoplysningen »Planlagte gange« er udgået");
}

#[test]
fn another_order_alone_has_no_words() {
    let other = indicator(&json!({"id": "smoking"}));
    let one = indicator(&json!({}));
    assert_eq!(told(&json!([one, other]), &json!([other, one])), None);
}

#[test]
fn no_key_of_a_codebook_is_told_as_it_stands_in_the_protocol() {
    for text in [
        include_str!("../../protocol/preset/hjertekommidt.toml"),
        include_str!("../../../tests/small_study.toml"),
    ] {
        let protocol = crate::protocol::Protocol::read(text, "study.toml").unwrap();
        for entry in codebook(&crate::study::basis::codebook_text(&protocol)).iter().flat_map(Map::values) {
            for key in keys(entry).keys() {
                assert!(NAMES.iter().any(|(known, _)| known == key), "{key}");
            }
        }
    }
}
