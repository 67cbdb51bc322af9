//! What `hkm forms` says of the forms that are out already.

use crate::report::counted;
use crate::study::{FormFormat, FormsReport};

/// Forms whose reviewers decide by another codebook, and the way to new ones.
pub(super) fn outdated(files: &[String]) -> Option<String> {
    const NAMED: usize = 6;
    let named = files.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = match files.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let told = || {
        format!(
            "Out with an older codebook, and waiting for reviews: {named}{more}. For forms with the codebook as it is now, move \
             these out of forms/ and run `hkm forms --again`. What comes back on the old ones is taken by `hkm record \
             --accept-older-codebook`, if the change does not touch their answers."
        )
    };
    (!files.is_empty()).then(told)
}

/// Courses that do not stand on what was asked for now, because they went out otherwise.
pub(super) fn other_formats(report: &FormsReport, asked: FormFormat) -> Option<String> {
    let told = |(format, courses): &(FormFormat, usize)| {
        format!("{} {}", counted(*courses as u64, "course"), format_word(*format))
    };
    let told = report.other_formats.iter().map(told).collect::<Vec<_>>().join(", ");
    let out = format!(
        "Out since before: {told}. A course stands on one form only, so they are not written {} as well; `hkm record` takes what \
         comes back in every format.",
        format_word(asked)
    );
    let again = format!(
        " To have all courses {}, before any is reviewed: draw in a new folder with the same study.toml and register, which gives the \
         same courses, and write the forms there.",
        format_word(asked)
    );
    (!told.is_empty()).then(|| if report.written.is_empty() { out + &again } else { out })
}

fn format_word(format: FormFormat) -> &'static str {
    match format {
        FormFormat::Workbook => "on workbooks",
        FormFormat::Csv => "on text files",
        FormFormat::RedCap => "in REDCap",
    }
}
