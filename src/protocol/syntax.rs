//! What to do about a line that is not TOML.

/// By what the reader of TOML says, and the line.
pub(super) fn remedy(message: &str, line: &str) -> &'static str {
    if message.contains("escape") {
        "write / in a path instead of \\, or put the text in 'single quotes'"
    } else if has_decimal_comma(line) {
        "write a number with a decimal point: 0.95"
    } else {
        "a text stands in \"quotes\", a list in [brackets], and a key only once in its table"
    }
}

/// Whether a key has a number with a comma: `level = 0,95`.
fn has_decimal_comma(line: &str) -> bool {
    let value =
        line.split_once('=').map_or("", |(_, value)| value.split('#').next().unwrap_or_default().trim());
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    value.split_once(',').is_some_and(|(whole, decimals)| is_number(whole) && is_number(decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_comma_is_told_from_a_list() {
        assert!(has_decimal_comma("level = 0,95   # as usual"));
        assert!(!has_decimal_comma("by = [\"sex\", \"year\"]"));
        assert!(!has_decimal_comma("seed = 1, 2 and 3"));
        assert!(remedy("unexpected key or value", "level = 0,95").contains("0.95"));
    }
}
