//! Programs of the system that these tests call, and how many moments they try.

use std::process::{Command, Stdio};

/// Whether a program can be run. A test that needs an absent one says so; where all must be there, it fails.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
pub(crate) fn has(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    let ran =
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if ran.is_ok_and(|status| status.success()) {
        return true;
    }
    assert!(std::env::var_os("HKM_REQUIRE_TOOLS").is_none(), "`{program}` is needed and cannot be run");
    println!("skipped: `{program}` cannot be run here");
    false
}

/// At how many moments each command is stopped.
pub(super) fn kills() -> usize {
    std::env::var("HKM_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(2)
}
