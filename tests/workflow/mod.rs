//! Every command of a study through the binary, on a small study with an invented register.

mod adjudicate;
mod analyse;
mod check;
mod cohort;
mod comparisons;
mod disclosure;
mod draw;
mod enlarge;
mod finding_the_study;
mod form_books;
mod forms;
pub(crate) mod items;
mod new;
mod post_hoc;
mod post_stratify;
mod privacy;
mod record;
mod record_again;
mod redcap;
mod replace;
mod report_style;
mod sensitivity;
mod status;
mod strange_files;
mod verify;
mod whole_way;
