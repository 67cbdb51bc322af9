//! What a short text came to before.

use std::ops::Range;

/// How many texts are remembered where the values are few: two to this power.
const FEW: u32 = 6;

/// The longest text that is remembered, in bytes.
const LONGEST: usize = 15;

/// Remembers what short texts came to: the codes of a register are few, and each stands in thousands of rows.
///
/// A long text, or one whose place is taken by another, is looked up as if there were no memory.
#[derive(Debug, Clone)]
pub(crate) struct Memo<T> {
    slots: Vec<(Word, Option<T>)>,
    /// How many bits of a word's mixture are not its place.
    shift: u32,
}

/// A text of at most 15 bytes as two numbers, the one byte that is left tells its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word([u64; 2]);

impl<T: Copy> Memo<T> {
    /// Room for two to this power of texts.
    pub(crate) fn of_power(power: u32) -> Self {
        Memo { slots: vec![(Word::NONE, None); 1 << power], shift: u64::BITS - power }
    }

    /// What a text came to before; `None` stands for a text that is too long.
    #[inline]
    pub(crate) fn get(&self, word: Option<Word>) -> Option<T> {
        let word = word?;
        let (known, value) = self.slots[word.place(self.shift)];
        if known == word { value } else { None }
    }

    /// Remembers what a text comes to, if it is short; handed back.
    pub(crate) fn remember(&mut self, word: Option<Word>, value: T) -> T {
        if let Some(word) = word {
            self.slots[word.place(self.shift)] = (word, Some(value));
        }
        value
    }
}

impl<T: Copy> Default for Memo<T> {
    fn default() -> Self {
        Memo::of_power(FEW)
    }
}

/// A memory of what can be found again is no part of a value.
impl<T> PartialEq for Memo<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Memo<T> {}

/// The bits of the first bytes of sixteen, for each length of a part: cheaper than to shift so many.
const PARTS: [u128; LONGEST + 1] = {
    let mut parts = [0; LONGEST + 1];
    let mut length = 1;
    while length <= LONGEST {
        parts[length] = parts[length - 1] << 8 | 0xFF;
        length += 1;
    }
    parts
};

/// A part at the end of its text, with zeros behind it.
#[cold]
fn padded(part: &[u8]) -> [u8; 16] {
    let mut sixteen = [0; 16];
    sixteen[..part.len()].copy_from_slice(part);
    sixteen
}

impl Word {
    /// No text's word: their last byte is more than 0.
    const NONE: Word = Word([0; 2]);

    /// The word of a part of a text. No two parts have the same one.
    ///
    /// Sixteen bytes are read at once, wherever the text goes on behind its part.
    #[inline]
    pub(crate) fn of(text: &[u8], part: Range<usize>) -> Option<Word> {
        let length = part.len();
        if length > LONGEST {
            return None;
        }
        let sixteen = text[part.start..].first_chunk().copied().unwrap_or_else(|| padded(&text[part]));
        let bytes = u128::from_le_bytes(sixteen) & PARTS[length];
        Some(Word([bytes as u64, (bytes >> 64) as u64 | (length as u64 + 1) << 56]))
    }

    #[inline]
    fn place(self, shift: u32) -> usize {
        let Word([low, high]) = self;
        let mixed = low.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ high.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
        (mixed >> shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Option<Word> {
        Word::of(text.as_bytes(), 0..text.len())
    }

    #[test]
    fn different_texts_have_different_words() {
        let texts = [
            "",
            "1",
            "0",
            "\0",
            "01",
            "ab",
            "ba",
            "aba",
            "abb",
            "6620",
            "66200",
            "66201",
            "DI219A",
            "6620121",
            "øæå1",
            "05-03-2021",
            "05-03-2022",
            "123456789012345",
            "023456789012345",
            "12345678901234",
        ];
        for one in texts {
            for other in texts {
                assert_eq!(word(one) == word(other), one == other, "{one} {other}");
            }
        }
        assert_eq!(word("1234567890123456"), None);
        assert!(texts.iter().all(|text| word(text) != Some(Word::NONE)));
    }

    #[test]
    fn a_part_has_the_word_of_its_text_whatever_stands_behind_it() {
        let text = "6620;DI219;05-03-2021;Ringkøbing;1;0;";
        for start in 0..text.len() {
            for end in start..text.len().min(start + LONGEST) {
                let part = text.as_bytes()[start..end].to_vec();
                assert_eq!(Word::of(text.as_bytes(), start..end), Word::of(&part, 0..part.len()));
            }
        }
    }

    #[test]
    fn every_text_comes_to_what_it_is_found_to_be() {
        let texts: Vec<String> = (0..3000).map(|number| format!("{}", number * 37)).collect();
        for power in [FEW, 11] {
            let mut memo = Memo::of_power(power);
            for text in &texts {
                assert!(memo.get(word(text)).is_none());
                memo.remember(word(text), text.clone().leak() as &str);
                assert_eq!(memo.get(word(text)), Some(text.as_str()));
            }
            let known: Vec<&String> = texts.iter().filter(|text| memo.get(word(text)).is_some()).collect();
            assert!(known.len() > (1 << power) / 2, "{} of {}", known.len(), 1 << power);
            assert!(known.iter().all(|text| memo.get(word(text)) == Some(text.as_str())));
        }
    }

    #[test]
    fn a_long_text_is_not_remembered() {
        let mut memo = Memo::default();
        let long = word("Ringkøbing-Skjern");
        assert_eq!((memo.remember(word("6620"), 1), memo.remember(long, 2)), (1, 2));
        assert_eq!((memo.get(word("6620")), memo.get(long), memo.get(word("6630"))), (Some(1), None, None));
    }
}
