//! Every message that a study can give, as the user reads it.

mod adjudicate;
mod analyse;
mod danish;
mod draw;
mod folder;
mod protocol;
mod protocol_contradictions;
mod protocol_items;
mod record;
mod register;
mod replace;
mod rows;
mod store;

use crate::small_study::SmallStudy;

/// What a refused command tells, with the temporary folder and the day taken out.
fn told(study: &SmallStudy, arguments: &[&str]) -> String {
    let ran = study.run(arguments);
    assert_ne!(ran.code, Some(0), "{arguments:?} was not refused: {}", ran.out);
    match ran.err.is_empty() {
        false => without_place_and_day(study, &ran.err),
        // What was asked for stands on stdout; the summary below it is left out.
        true => {
            without_place_and_day(study, ran.out.trim_end().rsplit_once("\n\n").map_or("", |(told, _)| told))
        }
    }
}

/// The same text whatever the temporary folder and the day.
fn without_place_and_day(study: &SmallStudy, text: &str) -> String {
    let folder = study.folder().canonicalize().unwrap();
    let text = text.replace(&*folder.to_string_lossy(), "FOLDER");
    let text = text.replace(&*study.folder().to_string_lossy(), "FOLDER");
    let today = jiff::Zoned::now().date().to_string();
    text.replace(&today, "TODAY").trim_end().to_owned()
}
