//! Paths in commands that are shown: whoever copies the line must reach the same folder.

use std::path::Path;

/// A path as it is typed behind an option: in quotation marks if a shell would take it apart.
pub(super) fn typed(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c) || (cfg!(windows) && c == '\\');
    match () {
        () if !text.is_empty() && text.chars().all(plain) => text,
        () if cfg!(windows) => format!("\"{text}\""),
        () => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_where_a_shell_would_take_it_apart() {
        for (path, shown) in [
            ("mit-studie_1/æøå.2", "mit-studie_1/æøå.2"),
            ("mit studie æ", "'mit studie æ'"),
            ("a$b", "'a$b'"),
            ("Ole's", r"'Ole'\''s'"),
            ("", "''"),
        ] {
            assert_eq!(typed(Path::new(path)), shown);
        }
    }
}
