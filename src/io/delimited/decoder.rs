//! UTF-8 or Windows-1252: decided by the first row that is not plain ASCII.
//!
//! Danish text in Windows-1252 is practically never valid UTF-8 (æ, ø and å are single bytes above 0x7F), so one such
//! row settles the file. A later row that contradicts it is a fault, because then the file was joined from two.

use encoding_rs::WINDOWS_1252;

use crate::io::row_faults::RowFault;

/// The bytes that Windows-1252 leaves undefined (browsers map them to control characters).
const UNDEFINED: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// The encoding as far as the rows have shown it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Undecided,
    Utf8,
    Windows1252,
}

#[derive(Debug, Clone)]
pub(in crate::io) struct Decoder {
    encoding: Encoding,
    decoded: String,
}

impl Decoder {
    /// With a byte order mark the text is UTF-8; without it the rows will tell.
    pub(super) fn new(bom: bool) -> Self {
        let encoding = if bom { Encoding::Utf8 } else { Encoding::Undecided };
        Decoder { encoding, decoded: String::new() }
    }

    /// Whether a row has shown which encoding it is.
    pub(super) fn is_settled(&self) -> bool {
        self.encoding != Encoding::Undecided
    }

    pub(in crate::io) fn is_utf8(&self) -> bool {
        self.encoding == Encoding::Utf8
    }

    pub(in crate::io) fn is_windows_1252(&self) -> bool {
        self.encoding == Encoding::Windows1252
    }

    /// The text of a row.
    pub(super) fn decode<'a>(&'a mut self, line: &'a [u8]) -> Result<&'a str, RowFault> {
        let text = str::from_utf8(line);
        if self.encoding == Encoding::Undecided && !line.is_ascii() {
            self.encoding = if text.is_ok() { Encoding::Utf8 } else { Encoding::Windows1252 };
        }
        match (self.encoding, text) {
            (Encoding::Windows1252, Ok(text)) if text.is_ascii() => Ok(text),
            (Encoding::Windows1252, Ok(_)) => Err(RowFault::Utf8AfterAll),
            (Encoding::Windows1252, Err(_)) => self.windows_1252(line),
            (_, Ok(text)) => Ok(text),
            (_, Err(_)) => Err(RowFault::NotUtf8),
        }
    }

    fn windows_1252(&mut self, line: &[u8]) -> Result<&str, RowFault> {
        if line.iter().any(|byte| UNDEFINED.contains(byte)) {
            return Err(RowFault::NotWindows1252);
        }
        self.decoded.clear();
        self.decoded.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0);
        Ok(&self.decoded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(decoder: &mut Decoder, line: &[u8]) -> Result<String, RowFault> {
        decoder.decode(line).map(str::to_owned)
    }

    #[test]
    fn the_first_row_beyond_ascii_settles_the_encoding() {
        let mut decoder = Decoder::new(false);
        assert_eq!(decode(&mut decoder, b"Aarhus").as_deref(), Ok("Aarhus"));
        assert!(!decoder.is_utf8() && !decoder.is_windows_1252());
        assert_eq!(decode(&mut decoder, b"Sams\xF8").as_deref(), Ok("Samsø"));
        assert!(decoder.is_windows_1252());
        assert_eq!(decode(&mut decoder, b"\xC5rhus \x80").as_deref(), Ok("Århus €"));
        assert_eq!(decode(&mut decoder, b"Viborg").as_deref(), Ok("Viborg"));
    }

    #[test]
    fn a_row_that_contradicts_the_rows_before_is_a_fault() {
        let mut utf8 = Decoder::new(false);
        assert_eq!(decode(&mut utf8, "Samsø".as_bytes()).as_deref(), Ok("Samsø"));
        assert_eq!(decode(&mut utf8, b"Sams\xF8"), Err(RowFault::NotUtf8));
        let mut windows = Decoder::new(false);
        assert_eq!(decode(&mut windows, b"Sams\xF8").as_deref(), Ok("Samsø"));
        assert_eq!(decode(&mut windows, "Samsø".as_bytes()), Err(RowFault::Utf8AfterAll));
    }

    #[test]
    fn a_byte_order_mark_settles_utf8_at_once() {
        assert_eq!(decode(&mut Decoder::new(true), b"Sams\xF8"), Err(RowFault::NotUtf8));
    }

    #[test]
    fn bytes_that_windows_1252_leaves_undefined_are_a_fault() {
        for byte in UNDEFINED {
            assert_eq!(decode(&mut Decoder::new(false), &[b'a', byte]), Err(RowFault::NotWindows1252));
        }
    }
}
