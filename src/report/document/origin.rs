//! Where the numbers come from, and how anybody can repeat them.

use super::{Block, Page};
use crate::report::{SOFTWARE, Table, frame_of_snippets, status_text};

/// What checks a study against itself.
const VERIFY: &str = "hkm verify";

impl Page<'_> {
    pub(super) fn repeat(&self) -> Vec<Block> {
        let mut blocks = vec![
            Block::Paragraph(self.says([
                "Har man studiets mappe, laver denne kommando lodtrækningen om, efterser revisionssporet og genskaber hver fil i results/ \
                 byte for byte:",
                "With the study's folder, this command redoes the draw, checks the audit trail and reproduces every file of results/ \
                 byte for byte:",
            ])),
            Block::Code("sh".to_owned(), VERIFY.to_owned()),
            Block::Paragraph(self.says([
                "Har man kun registret, er reglen denne: hvert forløbs tal er SHA-256 af startværdien (seed), tegnet | og registernøglen i UTF-8, og i \
                 hvert stratum er forløbene med de mindste tal udtrukket.",
                "With the register alone, the rule is this: each course's number is the SHA-256 of the seed, the sign | and the record key \
                 in UTF-8, and in each stratum the courses with the smallest numbers were drawn.",
            ])),
        ];
        let checks = self.enclosed.draw_checks.iter();
        if checks.len() > 0 {
            blocks.push(Block::Paragraph(frame_of_snippets(self.prose.protocol, self.prose.style)));
        }
        blocks.extend(checks.map(|(language, code)| Block::Code(language.clone(), code.clone())));
        blocks
    }

    pub(super) fn origin(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Facts(self.facts()), Block::Table(self.draws())];
        let provenance = self.prose.provenance;
        let digests = provenance.protocol.iter().map(|(name, digest)| format!("[{name}] {digest}"));
        let fold = |title: [&str; 2], lines: Vec<String>| {
            Block::Folded(self.says(title), vec![Block::Points(lines)])
        };
        blocks.push(fold(
            ["SHA-256 af protokollens fastlåste afsnit", "SHA-256 of the frozen sections of the protocol"],
            digests.collect(),
        ));
        let settings = provenance.settings_in_words.iter().map(|one| self.prose.style.of(one).to_owned());
        blocks.push(fold(["Analysens indstillinger", "Settings of the analysis"], settings.collect()));
        blocks.push(Block::Paragraph(self.says([
            "manifest.json ved siden af denne side har SHA-256 af hver fil.",
            "manifest.json beside this page holds the SHA-256 of every file.",
        ])));
        blocks
    }

    fn facts(&self) -> Vec<(String, String)> {
        let (prose, provenance) = (self.prose, self.prose.provenance);
        let (head, sampling) = (&prose.results.head, &prose.protocol.sampling);
        let facts = [
            (["Program", "Software"], Some(SOFTWARE.to_owned())),
            (["Resultater", "Results"], Some(status_text(prose.results, prose.style).to_owned())),
            (["Startværdi (seed)", "Seed"], sampling.seed.as_ref().map(ToString::to_string)),
            (["Startværdiens kilde", "Source of the seed"], sampling.seed_source.clone()),
            (["Data (SHA-256)", "Data (SHA-256)"], Some(head.data_digest.clone())),
            (["Post i revisionssporet", "Entry of the audit trail"], Some(provenance.audit.to_string())),
            (["Kodebog (SHA-256)", "Codebook (SHA-256)"], Some(provenance.codebook.clone())),
        ];
        facts.into_iter().filter_map(|(name, value)| Some((self.says(name), value?))).collect()
    }

    fn draws(&self) -> Table {
        let style = self.prose.style;
        let headers = style.says([
            ["udtrækning", ">forløb", "fil", "filens SHA-256", "rammens digest"],
            ["draw", ">courses", "file", "SHA-256 of the file", "digest of the frame"],
        ]);
        let title = style.says(["Udtrækninger", "Draws"]);
        let mut table = Table::new(title, &headers).named("draws");
        for draw in &self.prose.provenance.draws {
            let (number, total) = (draw.number.to_string(), style.count(draw.total));
            table.row([&number, &total, &draw.register_file, &draw.register_sha256, &draw.frame_digest]);
        }
        table
    }
}
