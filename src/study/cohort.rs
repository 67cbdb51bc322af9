//! `hkm cohort`: who is in the frame and who is not, and why.

use super::scan::scan;
use super::{Session, Study};
use crate::cohort::{Flow, Frame};
use crate::draw::Numbering;
use crate::error::{Finding, Result};

/// The flow and the frame.
pub struct CohortReport {
    /// The flow from rows to frame.
    pub flow: Flow,
    /// The frame by stratum, and by the register's value of each indicator.
    pub frame: Frame,
    /// Everything wrong or odd, errors first.
    pub findings: Vec<Finding>,
}

/// Counts the frame.
///
/// # Errors
/// When the register's structure is wrong or it cannot be read.
pub fn cohort(study: &Study, session: &Session<'_>) -> Result<CohortReport> {
    let scan = scan(study, &Numbering::without_seed(), &[], session)?.accepted()?;
    Ok(CohortReport { flow: scan.flow, frame: scan.frame, findings: scan.findings })
}
