//! The report as one document: its sections and what stands in them. Drawing it is for `io`.

mod glance;
mod limits;
mod origin;

use super::article::{Article, Prose};
use super::{Provenance, Results, Style, Table, article, checklists, page_line};
use crate::protocol::{Language, Protocol};

/// A report from its title to where its numbers come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The language of all its texts.
    pub language: Language,
    /// Whether its numbers have a decimal comma.
    pub decimal_comma: bool,
    /// The study's title.
    pub title: String,
    /// The line of every page.
    pub line: String,
    /// That the results are interim, and what is open; `None` for final ones.
    pub interim: Option<String>,
    /// What is seen at a glance: a name and a number.
    pub glance: Vec<(String, String)>,
    /// The sections, in order.
    pub sections: Vec<Section>,
}

/// A section of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its anchor: a word of small letters.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading below that of the section.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Points without an order.
    Points(Vec<String>),
    /// Papers, numbered from 1.
    References(Vec<String>),
    /// A table.
    Table(Table),
    /// A picture as SVG, with its title.
    Figure(String, String),
    /// Names with their values.
    Facts(Vec<(String, String)>),
    /// A program, or a command, with its language.
    Code(String, String),
    /// What is folded away until somebody asks for it, with its title.
    Folded(String, Vec<Block>),
}

/// What a report is made from beside its results.
#[derive(Debug, Clone, Copy)]
pub struct Enclosed<'a> {
    /// The tables of the results.
    pub tables: &'a [Table],
    /// Figures: each with its title and its SVG.
    pub figures: &'a [(String, String)],
    /// Programs that repeat the draw: each with its language.
    pub draw_checks: &'a [(String, String)],
}

/// The report of a study.
pub fn document(
    results: &Results,
    protocol: &Protocol,
    provenance: &Provenance,
    enclosed: Enclosed<'_>,
) -> Document {
    let style = Style::from(protocol.report);
    let words = article(results, protocol, provenance, style.language);
    let prose = Prose::new(results, protocol, provenance, style);
    let page = Page { prose: &prose, words: &words, enclosed };
    Document {
        language: style.language,
        decimal_comma: style.decimal_comma,
        title: results.head.title.clone(),
        line: page_line(results, protocol),
        interim: page.interim(),
        glance: page.glance(),
        sections: page.sections(checklists(results, protocol, provenance, enclosed.tables)),
    }
}

/// What the sections are made from.
struct Page<'a> {
    prose: &'a Prose<'a>,
    words: &'a Article,
    enclosed: Enclosed<'a>,
}

/// Which section a table belongs to.
const ACCURACY: [&str; 2] = ["accuracy", "prevalence"];
const FLOW: [&str; 5] = ["flow", "baseline", "in-the-table", "raw-items", "found"];
const AGREEMENT: [&str; 2] = ["agreement", "weighted-agreement"];
const PARTS: [&str; 5] = ["by-", "prevalence-by-", "differences-", "homogeneity", "shrunken"];

impl Page<'_> {
    fn says(&self, texts: [&str; 2]) -> String {
        self.prose.says(texts)
    }

    fn sections(&self, checklists: Vec<Table>) -> Vec<Section> {
        let figures =
            self.enclosed.figures.iter().map(|(title, svg)| Block::Figure(title.clone(), svg.clone()));
        let sections = [
            ("done", ["Hvad der blev gjort", "What was done"], self.done()),
            ("accuracy", ["Registrets nøjagtighed", "Accuracy of the register"], self.accuracy()),
            (
                "flow",
                ["Fra registret til de læste journaler", "From the register to the records read"],
                self.tables(is_flow),
            ),
            (
                "agreement",
                ["Enighed mellem gennemgange", "Agreement between reviewers"],
                self.tables(is_agreement),
            ),
            ("parts", ["Dele af studiet", "Parts of the study"], self.tables(is_part)),
            ("more", ["Flere analyser", "More analyses"], self.tables(is_other)),
            ("figures", ["Figurer", "Figures"], figures.collect()),
            ("methods", ["Metoder", "Methods"], self.methods()),
            ("limits", ["Begrænsninger", "Limits"], self.limits()),
            ("checklists", ["Tjeklister", "Checklists"], self.checklists(checklists)),
            ("repeat", ["Gentag det selv", "Repeat it yourself"], self.repeat()),
            ("origin", ["Hvor tallene kommer fra", "Where the numbers come from"], self.origin()),
        ];
        let section = |(id, title, blocks): (&'static str, [&str; 2], Vec<Block>)| Section {
            id,
            title: self.says(title),
            blocks,
        };
        sections.into_iter().filter(|(_, _, blocks)| !blocks.is_empty()).map(section).collect()
    }

    fn done(&self) -> Vec<Block> {
        let population = self.prose.paragraph(&self.prose.population());
        let flow = self.words.results.first().cloned();
        std::iter::once(population).chain(flow).map(Block::Paragraph).collect()
    }

    fn accuracy(&self) -> Vec<Block> {
        let words = self.words.results.iter().skip(1).cloned().map(Block::Paragraph);
        self.tables(is_accuracy).into_iter().chain(words).collect()
    }

    /// The tables of a section, in the order of the documents, so that each has the number it has there.
    fn tables(&self, belongs: fn(&str) -> bool) -> Vec<Block> {
        let tables = self.enclosed.tables.iter().filter(|table| belongs(&table.name));
        tables.cloned().map(Block::Table).collect()
    }

    fn methods(&self) -> Vec<Block> {
        let paragraph = |(heading, text): &(String, String)| {
            [Block::Heading(heading.clone()), Block::Paragraph(text.clone())]
        };
        let mut blocks: Vec<Block> = self.words.methods.iter().flat_map(paragraph).collect();
        blocks.push(Block::Heading(self.says(["Litteratur", "References"])));
        blocks.push(Block::References(self.words.references.clone()));
        blocks
    }

    fn checklists(&self, tables: Vec<Table>) -> Vec<Block> {
        let folded = |table: Table| Block::Folded(table.title.clone(), vec![Block::Table(table)]);
        tables.into_iter().map(folded).collect()
    }
}

fn is_accuracy(name: &str) -> bool {
    ACCURACY.contains(&name)
}

fn is_flow(name: &str) -> bool {
    FLOW.contains(&name)
}

fn is_agreement(name: &str) -> bool {
    AGREEMENT.contains(&name)
}

fn is_part(name: &str) -> bool {
    PARTS.iter().any(|part| name.starts_with(part))
}

/// A table that no other section claims.
fn is_other(name: &str) -> bool {
    !(is_accuracy(name) || is_flow(name) || is_agreement(name) || is_part(name))
}
