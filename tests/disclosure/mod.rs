//! Can a reader recover what small cells hide? An attacker puts together all numbers that the results show of every table family.
//! An eighth of `HKM_PROPERTY_CASES` is how many studies are tried.

mod agreement;
mod attacker;
mod bounds;
mod documents;
mod formats;
mod invented;
mod long_tables;
mod opened;
mod readings;
mod recovered;
mod weighted;
mod whole_study;
