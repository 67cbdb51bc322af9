//! The command line `hkm`.

fn main() {}
