//! Where results come from: what a manifest and a report say of the draw, the data and the settings.

use crate::protocol::Bilingual;

/// What the results rest on. No clock, user or path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The entry of the audit trail up to which data were used.
    pub audit: i64,
    /// The draw and its enlargements, in order.
    pub draws: Vec<DrawMade>,
    /// The frozen sections of the protocol, each with the SHA-256 of its canonical text.
    pub protocol: Vec<(&'static str, String)>,
    /// The SHA-256 of the codebook's canonical text.
    pub codebook: String,
    /// How many people have reviewed charts.
    pub reviewers: u64,
    /// Whether one of the two readers settled a disagreement.
    pub settled_by_reader: bool,
    /// Whether a review is dated before the day of the draw.
    pub read_before_draw: bool,
    /// The settings of the analysis, a canonical line each.
    pub settings: Vec<String>,
    /// The same in words, with those that are off.
    pub settings_in_words: Vec<Bilingual>,
}

/// A draw, or an enlargement of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawMade {
    /// 1 for the first, 2 for its first enlargement, …
    pub number: i64,
    /// How many courses were asked for in all.
    pub total: u64,
    /// The name of the register's file.
    pub register_file: String,
    /// The SHA-256 of that file.
    pub register_sha256: String,
    /// The order-free digest of the frame.
    pub frame_digest: String,
}

impl Provenance {
    /// How many courses the sample was meant to have, the last enlargement included; 0 before any draw.
    pub fn total(&self) -> u64 {
        self.draws.last().map_or(0, |draw| draw.total)
    }
}
