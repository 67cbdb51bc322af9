//! How far can a clinical register be trusted?
//!
//! The study in order: a [`protocol`] says who belongs to the study and what the indicators are; the [`register`]'s rows
//! become a [`cohort`]; a [`plan`] spreads the sample over the strata; the [`draw`] decides who is in it; a [`review`] of the
//! charts gives the reference standard; [`accuracy`] holds the register against it; a [`report`] shows what may be
//! shown. [`stats`] is the arithmetic below all of them, and knows nothing of charts or registers. [`io`] opens files, [`store`]
//! is the study's memory, [`study`] joins them to whole commands, and [`cli`] is what people type.
//!
//! From a seed and a frame to the numbers of a table:
//!
//! ```
//! use hjertekommidt::draw::{Numbering, Selection};
//! use hjertekommidt::plan::{Bounds, allocate};
//! use hjertekommidt::protocol::Seed;
//! use hjertekommidt::stats::{ConfidenceLevel, IntervalMethod, Measure, TwoByTwo};
//!
//! // Two strata of 900 and 100 courses give 45 and 5 to a sample of 50.
//! let courses = [900, 100];
//! let bounds = courses.map(|most| Bounds { fewest: 2, most });
//! assert_eq!(allocate(50, &courses, &bounds)?, [45, 5]);
//!
//! // In each, the courses with the smallest numbers are drawn: anybody with the frame can repeat it.
//! let numbering = Numbering::new(&Seed::new("Lotto 2026-12-05 4 11 17").unwrap());
//! let mut drawn = Selection::of_at_most(5);
//! for course in 0..100 {
//!     let key = format!("course {course}");
//!     drawn.offer(numbering.number(&key), || course);
//! }
//! assert_eq!(drawn.into_ordered().count(), 5);
//!
//! // The reviewed charts against the register.
//! let table = TwoByTwo { tp: 231, fp: 32, fn_: 27, tn: 54 };
//! let sensitivity = table.estimate(Measure::Sensitivity, IntervalMethod::ClopperPearson, ConfidenceLevel::NINETY_FIVE);
//! let interval = sensitivity.interval.unwrap();
//! assert_eq!(sensitivity.value, Ok(231.0 / 258.0));
//! assert_eq!(format!("{:.3} to {:.3}", interval.lower(), interval.upper()), "0.851 to 0.930");
//! # Ok::<(), hjertekommidt::plan::AllocationError>(())
//! ```

pub mod digest;
pub mod error;
pub mod random;

pub mod stats;

pub mod protocol;

pub mod register;

pub mod cohort;

pub mod plan;

pub mod draw;

pub mod review;

pub mod accuracy;

pub mod report;

pub mod io;

pub mod store;

pub mod study;

pub mod demo;

pub mod cli;
