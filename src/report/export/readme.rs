use super::Export;
use crate::report::Head;
use crate::protocol::Protocol;
pub fn export_readme(_e: &Export, _p: &Protocol, _h: &Head) -> String { String::new() }
