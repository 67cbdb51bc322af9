//! Text in XML and HTML, the same in Word files, pages and figures.

/// A text that is nothing but text, between tags and in attributes. Neither XML 1.0 nor HTML has a place for most control characters:
/// they become blanks, so that what stood on both sides stays apart.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(letter),
            '\u{fffe}' | '\u{ffff}' => safe.push(' '),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_taken_for_markup() {
        assert_eq!(escaped("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    }

    #[test]
    fn what_xml_has_no_place_for_becomes_a_blank_and_lines_stay_lines() {
        assert_eq!(escaped("a\u{7}b\rc\u{ffff}d\ne\tf→😀"), "a b c d\ne\tf→😀");
    }
}
