//! The language of a finding: English for those who run the study, Danish for those who fill its forms.

/// The language in which a finding is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// Danish.
    Danish,
}

impl Tongue {
    /// One of two words.
    pub(super) fn says(self, [danish, english]: [&'static str; 2]) -> &'static str {
        if self == Tongue::Danish { danish } else { english }
    }
}
