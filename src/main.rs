//! The command line `hkm`: everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    hjertekommidt::cli::run()
}
