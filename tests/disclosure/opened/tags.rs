//! The tags of an XML text in their order, each with the words behind it.

/// A tag: `w:p`, `/w:p` where it closes one, `!--` and what follows where it is a comment.
pub(super) struct Tag<'x> {
    pub(super) name: &'x str,
    /// The tag without its name.
    inner: &'x str,
    /// The words up to the next tag.
    pub(super) text: String,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(super) fn value(&self, attribute: &str) -> Option<String> {
        let from = format!(" {attribute}=\"");
        let (_, rest) = self.inner.split_once(&from)?;
        rest.split('"').next().map(unescaped)
    }
}

/// The tags of a part.
pub(super) fn tags(xml: &str) -> Vec<Tag<'_>> {
    let tag = |piece| {
        let (tag, text): (&str, &str) = str::split_once(piece, '>').unwrap();
        let tag = tag.strip_suffix('/').unwrap_or(tag);
        let (name, _) = tag.split_once(' ').unwrap_or((tag, ""));
        Tag { name, inner: &tag[name.len()..], text: unescaped(text) }
    };
    xml.split('<').skip(1).map(tag).collect()
}

/// The words of a part, piece by piece.
pub(super) fn texts(xml: &str) -> Vec<String> {
    tags(xml).into_iter().map(|tag| tag.text).filter(|text| !text.trim().is_empty()).collect()
}

/// An ampersand stands for itself last, so that nothing is read twice.
fn unescaped(text: &str) -> String {
    let signs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")];
    signs.into_iter().fold(text.to_owned(), |text, (written, sign)| text.replace(written, sign))
}
