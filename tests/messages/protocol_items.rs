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
    assert_snapshot!(told(&item("a", "kind = \"wole\"")), @"
    error: `item.a.kind` is `wole`, expected one of `yes_no`, `choice`, `whole`, `decimal`, `date`, `text`
      --> study.toml, line 94, `item.a.kind`

    help: did you mean `whole`?
    ");
    assert_snapshot!(told(&item("a", "kind = \"text\"\nmin = 1")), @"
    error: `item.a.min` does not belong to an item of the kind `text`
      --> study.toml, line 95, `item.a.min`

    help: take it away, or change the kind
    ");
    assert_snapshot!(told(&item("a", "kind = \"whole\"\nmin = 5\nmax = 4")), @"
    error: `item.a.min` is 5, above `max`, which is 4
      --> study.toml, line 95, `item.a.min`
    ");
    assert_snapshot!(told(&item("a", "kind = \"choice\"")), @"
    error: the table [item.a.choices] is missing
      --> study.toml, line 91, `item.a.choices`

    help: add [item.a.choices] with its keys
    ");
    assert_snapshot!(told(&item("a", "kind = \"choice\"\nchoices = { a = \"A\" }")), @"
    error: `item.a.choices` needs two answers or more
      --> study.toml, line 95, `item.a.choices`

    help: a question with one answer is no question
    ");
    assert_snapshot!(told(&item("a", "kind = \"choice\"\nchoices = { a = \"A\", not_relevant = \"B\" }")), @"
    error: `item.a.choices` holds `not_relevant`
      --> study.toml, line 95, `item.a.choices`
      = why: every item can be not relevant or not documented

    help: take it away: the drop-down has it anyway
    ");
    let by_its_word = told(&item("a", "kind = \"choice\"\nchoices = { a = \"A\", b = \"Ikke  Relevant\" }"));
    assert!(by_its_word.starts_with("error: `item.a.choices` holds `b`"), "{by_its_word}");
    assert_snapshot!(told(&item("a", "kind = \"choice\"\nchoices = { a = \"A\", b = \" a\" }")), @"
    error: `item.a.choices` has the same word for two answers
      --> study.toml, line 95, `item.a.choices`
      = why: a returned form could not be read
    ");
}

#[test]
fn ids() {
    assert_snapshot!(told(&item("Bad", "kind = \"text\"")), @"
    error: `Bad` needs an id of small letters a–z, digits and underscores that begins with a letter
      --> study.toml, line 91, `item.Bad`

    help: keep æøå and spaces for its `name`
    ");
    assert_snapshot!(told(&item("first_attendance", "kind = \"date\"")), @"
    error: `first_attendance` is the day from the register, and no item
      --> study.toml, line 91, `item.first_attendance`

    help: keep æøå and spaces for its `name`
    ");
    assert_snapshot!(told(&item("diet", "kind = \"text\"")), @"
    error: `diet` is the id of an item and of an indicator
      --> study.toml, line 91, `item`

    help: give one of them another id
    ");
}

#[test]
fn rules() {
    assert_snapshot!(rule("{ at_lest = { item = \"number\", value = 3 } }"), @"
    error: `indicator.smoking.derived.yes_if` is no rule, expected exactly one of `at_least`, `at_most`, `before`, `after`, `within_days`, `equals`, `all`, `any`, `not`
      --> study.toml, line 109, `indicator.smoking.derived.yes_if`

    help: several rules go into `all = [ … ]` or `any = [ … ]`
    ");
    assert_snapshot!(rule("{ all = [], any = [] }"), @"
    error: `indicator.smoking.derived.yes_if` is no rule, expected exactly one of `at_least`, `at_most`, `before`, `after`, `within_days`, `equals`, `all`, `any`, `not`
      --> study.toml, line 109, `indicator.smoking.derived.yes_if`

    help: several rules go into `all = [ … ]` or `any = [ … ]`
    ");
    assert_snapshot!(rule("{ all = [] }"), @"
    error: `indicator.smoking.derived.yes_if.all` holds no rule
      --> study.toml, line 109, `indicator.smoking.derived.yes_if.all`

    help: put at least one rule between the brackets
    ");
    assert_snapshot!(rule("{ at_least = { item = \"numbr\", value = 3 } }"), @"
    error: `indicator.smoking.derived.yes_if.at_least.item` is `numbr`, and there is no such item
      --> study.toml, line 109, `indicator.smoking.derived.yes_if.at_least.item`

    help: did you mean `number`?
    ");
    assert_snapshot!(rule("{ at_least = { item = \"day\", value = 3 } }"), @"
    error: `indicator.smoking.derived.yes_if.at_least.item` is `day`, which is a date, expected a number
      --> study.toml, line 109, `indicator.smoking.derived.yes_if.at_least.item`
    ");
    assert_snapshot!(rule("{ at_least = { item = \"number\" } }"), @r#"
    error: `indicator.smoking.derived.yes_if.at_least` does not say what the number is compared with
      --> study.toml, line 109, `indicator.smoking.derived.yes_if.at_least`

    help: write `value = 12`, or `percent = 80` and `of = "another_item"`
    "#);
    assert_snapshot!(rule("{ before = { item = \"day\", of = \"number\" } }"), @"
    error: `indicator.smoking.derived.yes_if.before.of` is `number`, which is a whole number, expected a date
      --> study.toml, line 109, `indicator.smoking.derived.yes_if.before.of`
    ");
    assert_snapshot!(rule("{ equals = { item = \"choice\", value = \"c\" } }"), @"
    error: `indicator.smoking.derived.yes_if.equals.value` is `c`, expected one of `a`, `b`
      --> study.toml, line 109, `indicator.smoking.derived.yes_if.equals.value`
      = why: that is what `choice` can be
    ");
    assert_snapshot!(rule("{ equals = { item = \"word\", value = \"c\" } }"), @"
    error: `indicator.smoking.derived.yes_if.equals.item` is `word`, which is a text, expected yes or no, a choice or a number
      --> study.toml, line 109, `indicator.smoking.derived.yes_if.equals.item`
    ");
    assert_snapshot!(rule("{ equals = { item = \"number\", value = \"many\" } }"), @"
    error: `indicator.smoking.derived.yes_if.equals.value` is `many`, expected a number
      --> study.toml, line 109, `indicator.smoking.derived.yes_if.equals.value`
      = why: that is what `number` can be
    ");
}

#[test]
fn what_an_answer_cannot_go_by() {
    assert_snapshot!(rule("{ before = { item = \"day\", of = \"first_attendance\" } }"), @"
    error: `indicator.smoking.derived` goes by `first_attendance`
      --> study.toml, line 108, `indicator.smoking.derived`
      = why: the day stands in the key alone, and the analysis never opens it

    help: let the reviewers enter the day as an item
    ");
    let circle = [
        item("a", "kind = \"yes_no\"\nask_if = { equals = { item = \"b\", value = \"yes\" } }"),
        item("b", "kind = \"yes_no\"\nask_if = { equals = { item = \"a\", value = \"yes\" } }"),
    ];
    assert_snapshot!(told(&circle.concat()), @"
    error: `item.a.ask_if` depends on the item itself
      --> study.toml, line 91, `item`

    help: ask for it by another item's answer

    error: `item.b.ask_if` depends on the item itself
      --> study.toml, line 91, `item`

    help: ask for it by another item's answer
    ");
}

#[test]
fn a_column_of_the_register_belongs_to_days_and_numbers_and_is_not_what_finds_the_patient() {
    let day = |column: &str| item("a", &format!("kind = \"date\"\nregister_column = \"{column}\""));
    assert_eq!(told(&day("slutdato")), "nothing");
    assert_snapshot!(told(&item("a", "kind = \"yes_no\"\nregister_column = \"diaet\"")), @"
    error: `item.a.register_column` belongs to items of the kinds `date`, `whole` and `decimal`
      --> study.toml, line 95, `item.a.register_column`

    help: take it away; what is yes or no in the register is an indicator
    ");
    assert_snapshot!(told(&day(" CPR")), @"
    error: `item.a.register_column` names ` CPR`
      --> study.toml, line 91, `item`
      = why: it tells who the patient is, and the values of an item are stored with the sample

    help: name the column that holds what the reviewers enter, or take `register_column` away
    ");
    assert_snapshot!(told(&day("foerste_fremmoede")), @"
    error: `item.a.register_column` names `foerste_fremmoede`
      --> study.toml, line 91, `item`
      = why: it is part of the record key: the reviewers find the chart by it, and would compare it with itself

    help: name the column that holds what the reviewers enter, or take `register_column` away
    ");
}
