//! What is printed in Danish or in English.

use crate::protocol::Language;

/// The words for one or several of something.
pub(super) type Counted = [&'static str; 2];

/// So many of something, in Danish.
pub(super) fn danish(number: usize, [one, several]: Counted) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// The one of two texts that is in the language, Danish first.
pub(super) fn pick<W>(language: Language, [danish, english]: [W; 2]) -> W {
    if language == Language::Da { danish } else { english }
}
