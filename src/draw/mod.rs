//! Stage 5: which courses are reviewed: permanent random numbers, the smallest of each stratum, and the reserve.
//!
//! ```text
//! number = SHA-256( seed ‖ "|" ‖ record key )        UTF-8 bytes, compared as bytes
//! ```
//!
//! The courses with the smallest numbers in a stratum are its sample, the following ones its reserve, in order. With a
//! seed chosen without sight of the frame this is simple random sampling without replacement within strata. The numbers do
//! not depend on the order of the file, on the other strata, on threads or on software, so anybody with the frame
//! can repeat the draw in three lines of another language, enlarge it, or merge shards drawn apart.
//!
//! Reference: Ohlsson (1995), Coordination of samples using permanent random numbers, in Cox et al. (eds), Business
//! Survey Methods, Wiley, 153–169.

mod frame_digest;
mod number;
mod sample;
mod second_reading;
mod selection;
mod study_id;

pub use frame_digest::FrameDigest;
pub use number::{Number, Numbering};
pub use sample::{RegisterEntry, Sample, SampledCourse, SampledStratum};
pub use second_reading::has_second_reading;
pub use selection::Selection;
pub use study_id::{StudyId, deal_study_ids};
