//! How far can a clinical register be trusted?

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
