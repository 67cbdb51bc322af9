//! What is wrong with raw items and with the rules over them.

use hjertekommidt::protocol::Protocol;
use insta::assert_snapshot;

use crate::small_study::PROTOCOL;

/// What is told of a protocol with these tables.
fn told(tables: &str) -> String {
    let text = PROTOCOL.replace("\n[sampling]\n", &format!("\n{tables}\n[sampling]\n"));
    match Protocol::read(&text, "study.toml") {
        Ok(_) => "nothing".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// An item with these keys beside its name and definition.
fn item(id: &str, keys: &str) -> String {
    format!("[item.{id}]\nname = \"N\"\ndefinition = \"D\"\n{keys}\n")
}

fn items() -> String {
    let of = |(id, keys): (&str, &str)| item(id, keys);
    [
        ("number", "kind = \"whole\""),
        ("day", "kind = \"date\""),
        ("word", "kind = \"text\""),
        ("choice", "kind = \"choice\"\nchoices = { a = \"A\", b = \"B\" }"),
    ]
    .map(of)
    .concat()
}

/// What is told of a rule that makes an answer yes.
fn rule(rule: &str) -> String {
    told(&format!("{}[indicator.smoking.derived]\nyes_if = {rule}\n", items()))
}

#[test]
fn items_of_every_kind_and_rules_of_every_word_are_read() {
    let all = r#"{ all = [
        { any = [{ equals = { item = "choice", value = "b" } }, { equals = { item = "number", value = 1.50 } }] },
        { not = { before = { item = "day", of = "day" } } },
        { after = { item = "day", of = "day" } },
        { within_days = { item = "day", days = 3, of = "day" } },
        { at_least = { item = "number", percent = 12.5, of = "number" } },
        { at_most = { item = "number", value = -3 } },
    ] }"#;
    assert_eq!(rule(all), "nothing");
}

#[test]
fn kinds_and_their_keys() {
    assert_snapshot!(told(&item("a", "kind = \"wole\"")));
    assert_snapshot!(told(&item("a", "kind = \"text\"\nmin = 1")));
    assert_snapshot!(told(&item("a", "kind = \"whole\"\nmin = 5\nmax = 4")));
    assert_snapshot!(told(&item("a", "kind = \"choice\"")));
    assert_snapshot!(told(&item("a", "kind = \"choice\"\nchoices = { a = \"A\" }")));
    assert_snapshot!(told(&item("a", "kind = \"choice\"\nchoices = { a = \"A\", not_relevant = \"B\" }")));
    assert_snapshot!(told(&item("a", "kind = \"choice\"\nchoices = { a = \"A\", b = \" a\" }")));
}

#[test]
fn ids() {
    assert_snapshot!(told(&item("Bad", "kind = \"text\"")));
    assert_snapshot!(told(&item("first_attendance", "kind = \"date\"")));
    assert_snapshot!(told(&item("diet", "kind = \"text\"")));
}

#[test]
fn rules() {
    assert_snapshot!(rule("{ at_lest = { item = \"number\", value = 3 } }"));
    assert_snapshot!(rule("{ all = [], any = [] }"));
    assert_snapshot!(rule("{ all = [] }"));
    assert_snapshot!(rule("{ at_least = { item = \"numbr\", value = 3 } }"));
    assert_snapshot!(rule("{ at_least = { item = \"day\", value = 3 } }"));
    assert_snapshot!(rule("{ at_least = { item = \"number\" } }"));
    assert_snapshot!(rule("{ before = { item = \"day\", of = \"number\" } }"));
    assert_snapshot!(rule("{ equals = { item = \"choice\", value = \"c\" } }"));
    assert_snapshot!(rule("{ equals = { item = \"word\", value = \"c\" } }"));
    assert_snapshot!(rule("{ equals = { item = \"number\", value = \"many\" } }"));
}

#[test]
fn what_an_answer_cannot_go_by() {
    assert_snapshot!(rule("{ before = { item = \"day\", of = \"first_attendance\" } }"));
    let circle = [
        item("a", "kind = \"yes_no\"\nask_if = { equals = { item = \"b\", value = \"yes\" } }"),
        item("b", "kind = \"yes_no\"\nask_if = { equals = { item = \"a\", value = \"yes\" } }"),
    ];
    assert_snapshot!(told(&circle.concat()));
}
