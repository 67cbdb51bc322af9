//! The report's words, checklists and page.

mod browser;
mod checklists;
mod contrast;
mod print;
mod words;

use std::fs;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::small_study::SmallStudy;

fn result(study: &SmallStudy, name: &str) -> String {
    fs::read_to_string(study.path(&format!("results/{name}"))).unwrap()
}

/// A reviewed study, analysed by municipality and cluster; in Danish, or in English.
fn reported(danish: bool) -> SmallStudy {
    let study = SmallStudy::reviewed();
    study.edit("by = []", "by = [\"stratum\", \"cluster\"]");
    study.edit("name = \"municipality\"", "name = { da = \"kommune\", en = \"municipality\" }");
    if danish {
        study.edit("[disclosure]", "[report]\nlanguage = \"da\"\n\n[disclosure]");
    }
    study.done(&["analyse"]);
    study
}

/// Every text and every attribute of a page that is well-formed: name of the element, name of the attribute, value.
fn attributes(page: &str) -> Vec<(String, String, String)> {
    let mut reader = Reader::from_str(page);
    reader.config_mut().check_end_names = true;
    let (mut found, mut open) = (Vec::new(), 0_i64);
    loop {
        let event = reader.read_event().unwrap();
        let start = match &event {
            Event::Eof => break,
            Event::Start(start) => {
                open += 1;
                start
            }
            Event::Empty(start) => start,
            Event::End(_) => {
                open -= 1;
                continue;
            }
            _ => continue,
        };
        let name = start.name().as_ref().to_owned();
        for attribute in start.attributes() {
            let attribute = attribute.unwrap();
            found.push((name.clone(), attribute.key.as_ref().to_owned(), attribute.value.to_string()));
        }
    }
    assert_eq!(open, 0, "a tag is not closed");
    found
}

#[test]
fn every_tag_is_closed_and_nothing_is_fetched() {
    for danish in [false, true] {
        let page = result(&reported(danish), "report.html");
        let attributes = attributes(&page);
        assert!(
            attributes
                .iter()
                .any(|(element, _, value)| element == "html" && value == if danish { "da" } else { "en" })
        );
        for (element, name, value) in &attributes {
            let is_address = ["src", "href", "action", "data", "srcset", "poster"].contains(&name.as_str());
            assert!(!is_address || value.starts_with('#'), "<{element} {name}=\"{value}\">");
        }
        assert!(!page.contains("@import") && !page.contains("<link"));
        // The font of the figures is the one thing with an address, and that is its content.
        let addresses: Vec<&str> = page.split("url(").skip(1).collect();
        assert!(addresses.iter().all(|address| address.starts_with("data:font/woff2;base64,")));
        assert_eq!(addresses.len(), 2);
    }
}

#[test]
fn each_anchor_of_the_contents_is_there_once() {
    let attributes = attributes(&result(&reported(false), "report.html"));
    let ids: Vec<&str> =
        attributes.iter().filter(|(_, name, _)| name == "id").map(|(_, _, id)| id.as_str()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(ids.len(), once.len(), "{ids:?}");
    for (_, name, value) in &attributes {
        if let (true, Some(target)) = (name == "href", value.strip_prefix('#')) {
            assert!(ids.contains(&target), "{target}");
        }
        if name == "aria-labelledby" {
            assert!(ids.contains(&value.as_str()), "{value}");
        }
    }
}

#[test]
fn every_table_and_figure_of_the_results_is_on_the_page_and_so_is_the_whole_digest() {
    let study = reported(false);
    let (page, tables) = (result(&study, "report.html"), result(&study, "tables.md"));
    let titles: Vec<&str> =
        tables.lines().filter_map(|line| line.strip_prefix("**")?.strip_suffix("**")).collect();
    assert!(titles.len() > 10, "{titles:?}");
    for title in titles {
        // `Table 1. Accuracy …`, as on the page.
        let caption = format!("{}</span></caption>", title.replace('\'', "&#39;"));
        assert_eq!(page.matches(&caption).count(), 1, "{title}");
    }
    for name in study.files("results/figures").iter().filter_map(|name| name.strip_suffix(".svg")) {
        let svg = result(&study, &format!("figures/{name}.svg"));
        let title = svg.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert_eq!(page.matches(&format!("<title>{title}</title>\n<desc>")).count(), 1, "{name}");
    }
    let json: serde_json::Value = serde_json::from_str(&result(&study, "results.json")).unwrap();
    let digest = json["data_digest"].as_str().unwrap();
    assert_eq!(page.matches(&format!("<dd>{digest}</dd>")).count(), 1);
    let line = format!("Data {}.", &digest[..16]);
    for element in ["<p class=\"line\">", "<footer>"] {
        let text = page.split(element).nth(1).unwrap().split('<').next().unwrap();
        assert!(text.contains(&line), "{text}");
    }
}

#[test]
fn a_page_of_a_study_without_reviews_does_not_speak_of_a_review_that_is_over() {
    let study = SmallStudy::with_forms();
    study.done(&["analyse"]);
    for name in ["report.html", "text.md"] {
        let text = result(&study, name);
        assert!(text.contains("The review is not complete, and no answer has been analysed yet."), "{text}");
        assert!(!text.contains("before the review was complete"), "{text}");
    }
}

#[test]
fn an_interim_page_says_so_and_a_text_of_the_protocol_is_only_text() {
    let study = SmallStudy::with_forms();
    study.edit("title = \"Validity of an invented register\"", "title = \"A <script>alert(1)</script> & B\"");
    study.done(&["analyse"]);
    let page = result(&study, "report.html");
    assert!(page.contains("<p class=\"interim\" role=\"note\">INTERIM: "), "{page}");
    assert!(page.contains("<h1>A &lt;script&gt;alert(1)&lt;/script&gt; &amp; B</h1>"));
    assert!(!page.contains("<script>alert"));
    attributes(&page);
}

#[test]
fn the_pages_are_the_same_in_another_process_and_verify_reproduces_them() {
    let study = reported(true);
    let names = ["report.html", "text.md", "checklists.md"];
    let before = names.map(|name| result(&study, name));
    fs::remove_dir_all(study.path("results")).unwrap();
    study.done(&["analyse"]);
    assert!(names.map(|name| result(&study, name)) == before);
    let verified = study.json(&["verify"]);
    assert_eq!(verified["different"], serde_json::Value::Array(Vec::new()));
    study.write("results/report.html", "edited");
    assert!(study.run(&["verify"]).out.contains("results/report.html: differs"));
}
