//! Who gives out memory: jemalloc, where it is known to work, because a service that runs for years must not grow.
//!
//! The C library's own keeps what threads that come and go leave behind in pieces: ten minutes of mixed load took 6 MiB
//! more, and more the longer they lasted (docs/performance.md). Built without optimization jemalloc itself is slow, so
//! tests do without.

#[cfg(all(not(debug_assertions), target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
