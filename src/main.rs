//! The `recto` program. Everything it does is in the library.

use std::process::ExitCode;

/// See `Cargo.toml` for why.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    recto::cli::main()
}
