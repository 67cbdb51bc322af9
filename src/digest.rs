//! SHA-256 of files and of canonical texts, as lower-case hexadecimal.
//!
//! Every digest that the study stores or prints comes from here, so that a reader can
//! repeat it with `sha256sum`.

use std::fmt::Write as _;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// The SHA-256 of a byte string, as its 32 bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-256 of a text, as 64 lower-case hexadecimal digits.
///
/// ```
/// let digest = hjertekommidt::digest::of_text("abc");
/// assert!(digest.starts_with("ba7816bf"));
/// ```
pub fn of_text(text: &str) -> String {
    hexadecimal(&sha256(text.as_bytes()))
}

/// The SHA-256 of everything that a reader yields, as `sha256sum` prints it.
///
/// # Errors
/// What the reader reports.
pub fn of_reader(mut reader: impl Read) -> io::Result<String> {
    let mut state = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match reader.read(&mut block)? {
            0 => return Ok(hexadecimal(&state.finalize())),
            read => state.update(&block[..read]),
        }
    }
}

/// Bytes as lower-case hexadecimal digits, two a byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_and_a_text_of_the_same_bytes_have_the_same_digest() {
        let text = "æøå".repeat(50_000);
        assert_eq!(of_reader(text.as_bytes()).unwrap(), of_text(&text));
    }

    #[test]
    fn the_empty_text_has_the_published_digest() {
        assert_eq!(of_text(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
