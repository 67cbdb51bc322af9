//! What a short text came to before.

/// How many texts are remembered; a power of two.
const SLOTS: usize = 64;

/// Remembers what short texts came to: the codes of a register are few, and each stands in thousands of rows.
///
/// A text of more than eight bytes, or one whose place is taken by another, is looked up as if there were no memory.
#[derive(Debug, Clone)]
pub(crate) struct Memo<T> {
    slots: Vec<Option<(Word, T)>>,
}

/// A text of at most eight bytes, together with its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Word {
    bytes: u64,
    length: u8,
}

impl<T: Copy> Memo<T> {
    /// What a text came to before.
    pub(crate) fn get(&self, text: &str) -> Option<T> {
        let word = Word::of(text.as_bytes())?;
        self.slots[word.place()].filter(|(known, _)| *known == word).map(|(_, value)| value)
    }

    /// Remembers what a text comes to, if it is short; handed back.
    pub(crate) fn remember(&mut self, text: &str, value: T) -> T {
        if let Some(word) = Word::of(text.as_bytes()) {
            self.slots[word.place()] = Some((word, value));
        }
        value
    }
}

impl<T: Copy> Default for Memo<T> {
    fn default() -> Self {
        Memo { slots: vec![None; SLOTS] }
    }
}

/// A memory of what can be found again is no part of a value.
impl<T> PartialEq for Memo<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Memo<T> {}

impl Word {
    /// Of texts of the same length, no two have the same word.
    fn of(text: &[u8]) -> Option<Word> {
        let four = |at: usize| text[at..].first_chunk().map(|four| u64::from(u32::from_le_bytes(*four)));
        let byte = |at: usize| u64::from(text[at]);
        let length = text.len();
        let bytes = match length {
            0 => 0,
            1..=3 => byte(0) | byte(length / 2) << 8 | byte(length - 1) << 16,
            4..=8 => four(0)? | four(length - 4)? << 32,
            _ => return None,
        };
        Some(Word { bytes, length: length as u8 })
    }

    fn place(self) -> usize {
        let mixed = (self.bytes + u64::from(self.length)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 58) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_same_length_have_different_words() {
        let texts = [
            "", "1", "0", "ab", "ba", "aba", "abb", "6620", "6630", "66201", "66202", "DI219A", "6620121",
            "øæå1",
        ];
        for one in texts {
            for other in texts {
                let same = Word::of(one.as_bytes()) == Word::of(other.as_bytes());
                assert_eq!(same, one == other, "{one} {other}");
            }
        }
        assert_eq!(Word::of(b"123456789"), None);
    }

    #[test]
    fn every_text_comes_to_what_it_is_found_to_be() {
        let texts: Vec<String> = (0..3000).map(|number| format!("{}", number * 37)).collect();
        let mut memo = Memo::default();
        for text in &texts {
            assert!(memo.get(text).is_none());
            memo.remember(text, text.clone().leak() as &str);
            assert_eq!(memo.get(text), Some(text.as_str()));
        }
        let known: Vec<&String> = texts.iter().filter(|text| memo.get(text).is_some()).collect();
        assert!(known.len() > SLOTS / 2 && known.iter().all(|text| memo.get(text) == Some(text.as_str())));
    }

    #[test]
    fn a_long_text_is_not_remembered() {
        let mut memo = Memo::default();
        assert_eq!((memo.remember("6620", 1), memo.remember("Ringkøbing", 2)), (1, 2));
        assert_eq!((memo.get("6620"), memo.get("Ringkøbing"), memo.get("6630")), (Some(1), None, None));
    }
}
