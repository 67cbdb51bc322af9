//! What the hidden sheet of a study's workbooks says, and what it means that a returned one says something else.

use crate::digest;
use crate::draw::StudyId;
use crate::error::Result;
use crate::protocol::{Frozen, Protocol};
use crate::review::{FormKind, FormStamp, asked_text};
use crate::store::Store;

/// The digests of this study.
pub(in crate::study) struct StudyStamp {
    study: String,
    draw: String,
    codebook: String,
}

impl StudyStamp {
    /// The digests of a drawn study. That of the draw is of the frame and the study ids that were drawn first, so that an enlargement
    /// leaves it as it is; no register value is in it.
    pub(in crate::study) fn of(store: &Store, protocol: &Protocol) -> Result<Self> {
        let study: Vec<String> = Frozen::of(protocol).texts().into_iter().map(|(_, text)| text).collect();
        let first = store.draws()?.into_iter().next();
        let ids = first.as_ref().map_or(Ok(Vec::new()), |draw| store.courses_of_draw(draw.number))?;
        let frame = first.map(|draw| draw.frame_digest);
        let drawn: Vec<String> = frame.into_iter().chain(ids.iter().map(StudyId::to_string)).collect();
        Ok(StudyStamp {
            study: digest::of_text(&study.join("\n")),
            draw: digest::of_text(&drawn.join("\n")),
            codebook: digest::of_text(&asked_text(protocol)),
        })
    }

    /// The stamp of a file.
    pub(in crate::study) fn stamp(&self, kind: FormKind, stratum: Option<&str>) -> FormStamp {
        FormStamp {
            kind,
            stratum: stratum.map(str::to_owned),
            study: self.study.clone(),
            draw: self.draw.clone(),
            codebook: self.codebook.clone(),
        }
    }

    /// The digest of what reviewers decide by.
    pub(in crate::study) fn codebook(&self) -> &str {
        &self.codebook
    }

    /// Whether a file that says this of itself belongs to another study, or to another draw.
    pub(in crate::study) fn is_of_other_study(&self, stamp: &FormStamp) -> bool {
        stamp.study != self.study || stamp.draw != self.draw
    }

    /// Whether its reviewers had another codebook than the study has now.
    pub(in crate::study) fn has_older_codebook(&self, stamp: &FormStamp) -> bool {
        stamp.codebook != self.codebook
    }
}
