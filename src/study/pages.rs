//! The files of `results/` that are read rather than pasted: the words, the checklists, and the report as one page.

use super::Study;
use super::basis::{Basis, codebook_text, settings_text};
use super::products::Product;
use super::record::day_of_draw;
use super::setting_words::all_in_words;
use super::status::reviewers;
use crate::digest;
use crate::error::Result;
use crate::io::{figure_svg_inline, html, markdown, words};
use crate::protocol::{Frozen, Language, Protocol};
use crate::report::{
    COPY_FROM_HERE, DrawMade, Enclosed, Figure, Provenance, Results, Table, article, checklists, document,
    page_line, repeat_draw_snippets,
};
use crate::review::{Review, some_settled_by_reader};
use crate::store::Store;

/// What the report encloses that other files of `results/` hold as well.
pub(super) struct Pages<'a> {
    pub(super) results: &'a Results,
    pub(super) protocol: &'a Protocol,
    pub(super) provenance: &'a Provenance,
    pub(super) tables: &'a [Table],
    pub(super) figures: &'a [Figure],
}

impl Pages<'_> {
    /// `report.html`, `text.md` and `checklists.md`.
    pub(super) fn products(&self) -> Vec<Product> {
        let product = |name: &str, text: String| Product { name: name.to_owned(), bytes: text.into_bytes() };
        vec![
            product("report.html", self.page()),
            product("text.md", self.text()),
            product("checklists.md", self.checklists()),
        ]
    }

    fn page(&self) -> String {
        let drawn = |figure: &Figure| (figure.title.clone(), figure_svg_inline(figure));
        let figures: Vec<(String, String)> = self.figures.iter().map(drawn).collect();
        let checks = repeat_draw_snippets(self.protocol).into_iter();
        let draw_checks: Vec<(String, String)> =
            checks.map(|one| (one.language.to_owned(), one.code)).collect();
        let enclosed = Enclosed { tables: self.tables, figures: &figures, draw_checks: &draw_checks };
        html(&document(self.results, self.protocol, self.provenance, enclosed))
    }

    /// The words in both languages, that of the report first.
    fn text(&self) -> String {
        let own = self.protocol.report.language;
        let other = if own == Language::Da { Language::En } else { Language::Da };
        let of = |language: Language| {
            let title = if language == Language::Da { "Dansk" } else { "English" };
            let article = article(self.results, self.protocol, self.provenance, language);
            format!("# {title}\n\n{}", words(&article))
        };
        let [danish, english] = COPY_FROM_HERE;
        let line = page_line(self.results, self.protocol);
        format!("{line}\n\n> {danish}\n>\n> {english}\n\n{}\n{}", of(own), of(other))
    }

    fn checklists(&self) -> String {
        let tables = checklists(self.results, self.protocol, self.provenance, self.tables);
        let tables: Vec<String> = tables.iter().map(markdown).collect();
        format!("{}\n\n{}", page_line(self.results, self.protocol), tables.join("\n"))
    }
}

/// What the results rest on.
pub(super) fn provenance(study: &Study, basis: &Basis, store: &Store) -> Result<Provenance> {
    let protocol = &study.protocol;
    let draws = store.draws_as_of(basis.audit)?.into_iter().map(|draw| DrawMade {
        number: draw.number,
        total: draw.total,
        register_file: draw.register_file,
        register_sha256: draw.register_sha256,
        frame_digest: draw.frame_digest,
    });
    let state = &basis.state;
    let settled = store.adjudications(basis.audit)?;
    let drawn = day_of_draw(&store.audit_trail()?);
    let is_early = |review: &Review| drawn.is_some_and(|drawn| review.date < drawn);
    Ok(Provenance {
        audit: basis.audit,
        draws: draws.collect(),
        protocol: Frozen::of(protocol).digests(),
        codebook: digest::of_text(&codebook_text(protocol)),
        reviewers: reviewers(&state.reviews).len() as u64,
        settled_by_reader: some_settled_by_reader(&settled, &state.disagreements, &state.reviews),
        read_before_draw: state.reviews.all_latest().any(is_early),
        settings: settings_text(protocol).lines().map(str::to_owned).collect(),
        settings_in_words: all_in_words(&settings_text(protocol), protocol.report),
    })
}
