//! A report as one HTML file: no request to anywhere, readable without its script, each tag closed as in XML.

mod table;

use std::fmt::Write;

use super::figure_faces;
use super::markup::escaped;
use crate::report::{Block, Document, Section};

use table::table;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// What the page may load: nothing but what stands in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:";

/// The page of a report.
pub fn html(document: &Document) -> String {
    let lang = document.language.name();
    let title = escaped(&document.title);
    let mut page = Page { document, tables: 0, figures: 0, text: String::new() };
    page.body();
    // A figure is laid out with the widths of this font's letters.
    let head = page_head(document);
    let faces = if page.figures > 0 { figure_faces() } else { "" };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>{title}</title>\n\
         <style>\n{faces}{STYLE}{head}</style>\n</head>\n{}</html>\n",
        page.text
    )
}

/// On paper, every page says which results it is of, and its number.
fn page_head(document: &Document) -> String {
    let line =
        document.line.replace('\\', "\\\\").replace('"', "\\\"").replace('<', "\\3c ").replace('\n', " ");
    format!(
        "@page {{ @top-left {{ content: \"{line}\"; }} @bottom-right {{ content: counter(page) \" / \" counter(pages); }} }}\n"
    )
}

/// A page in the making, with the numbers of its tables and figures.
struct Page<'a> {
    document: &'a Document,
    tables: usize,
    figures: usize,
    text: String,
}

impl Page<'_> {
    fn says(&self, [danish, english]: [&'static str; 2]) -> &'static str {
        if self.document.language.name() == "da" { danish } else { english }
    }

    fn add(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn body(&mut self) {
        let decimal = if self.document.decimal_comma { "," } else { "." };
        let filter = self.says(["Vis rækker med", "Show rows with"]);
        let sort = self.says(["Sortér efter denne kolonne", "Sort by this column"]);
        self.add(&format!("<body data-decimal=\"{decimal}\" data-filter=\"{filter}\" data-sort=\"{sort}\">"));
        let skip = self.says(["Gå til indholdet", "Skip to the content"]);
        self.add(&format!("<a class=\"skip\" href=\"#content\">{skip}</a>"));
        self.add(&format!("<p class=\"line\">{}</p>", escaped(&self.document.line)));
        if let Some(interim) = &self.document.interim {
            self.add(&format!("<p class=\"interim\" role=\"note\">{}</p>", escaped(interim)));
        }
        self.header();
        self.add("<div class=\"page\">");
        self.contents();
        self.add("<main id=\"content\">");
        let document = self.document;
        document.sections.iter().for_each(|section| self.section(section));
        self.add("</main>\n</div>");
        self.add(&format!("<footer>{}</footer>", escaped(&document.line)));
        self.add(&format!("<script>\n{SCRIPT}</script>\n</body>"));
    }

    fn header(&mut self) {
        self.add(&format!("<header>\n<h1>{}</h1>", escaped(&self.document.title)));
        let mut glance = String::new();
        for (name, value) in &self.document.glance {
            let (name, value) = (escaped(name), escaped(value));
            let _ = write!(glance, "<div><dt>{name}</dt><dd>{value}</dd></div>");
        }
        self.add(&format!("<dl class=\"glance\">{glance}</dl>\n</header>"));
    }

    fn contents(&mut self) {
        let title = self.says(["Indhold", "Contents"]);
        self.add(&format!("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{title}</h2>\n<ol>"));
        let document = self.document;
        for Section { id, title, .. } in &document.sections {
            self.add(&format!("<li><a href=\"#{id}\">{}</a></li>", escaped(title)));
        }
        self.add("</ol>\n</nav>");
    }

    fn section(&mut self, section: &Section) {
        let (id, title) = (section.id, escaped(&section.title));
        self.add(&format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{title}</h2>"
        ));
        section.blocks.iter().for_each(|block| self.block(block));
        self.add("</section>");
    }

    fn block(&mut self, block: &Block) {
        let text = match block {
            Block::Heading(text) => format!("<h3>{}</h3>", escaped(text)),
            Block::Paragraph(text) => format!("<p>{}</p>", escaped(text)),
            Block::Points(points) => format!("<ul>{}</ul>", listed(points)),
            Block::References(papers) => format!("<ol class=\"references\">{}</ol>", listed(papers)),
            Block::Facts(facts) => format!("<dl class=\"facts\">{}</dl>", facts_text(facts)),
            Block::Code(language, code) => format!(
                "<p class=\"code\">{}</p>\n<pre tabindex=\"0\"><code>{}</code></pre>",
                escaped(language),
                escaped(code)
            ),
            Block::Table(one) => {
                self.tables += 1;
                let label = self.says(["Tabel", "Table"]);
                table(one, label, self.tables)
            }
            Block::Figure(title, svg) => self.figure(title, svg),
            Block::Folded(title, blocks) => return self.folded(title, blocks),
        };
        self.add(&text);
    }

    fn folded(&mut self, title: &str, blocks: &[Block]) {
        self.add(&format!("<details>\n<summary>{}</summary>\n<div class=\"in\">", escaped(title)));
        blocks.iter().for_each(|block| self.block(block));
        self.add("</div>\n</details>");
    }

    /// A picture without the declaration that it has as a file of its own.
    fn figure(&mut self, title: &str, svg: &str) -> String {
        self.figures += 1;
        let label = self.says(["Figur", "Figure"]);
        let inline = svg.find("<svg").map_or("", |start| &svg[start..]);
        let (number, title) = (self.figures, escaped(title));
        format!(
            "<figure>\n<figcaption id=\"figure-{number}\">{label} {number}. {title}</figcaption>\n\
             <div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"figure-{number}\">\n{inline}\n</div>\n</figure>"
        )
    }
}

fn listed(points: &[String]) -> String {
    points.iter().map(|point| format!("<li>{}</li>", escaped(point))).collect()
}

fn facts_text(facts: &[(String, String)]) -> String {
    facts
        .iter()
        .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(value)))
        .collect()
}
