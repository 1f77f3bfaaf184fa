//! Lists that come in pages, on real sockets: each way from one page to the next, and what holds for all of them.
#![cfg(feature = "reqwest")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed test says so by a panic, in its shared functions too"
)]

#[path = "../loopback/api.rs"]
mod api;
mod lists;
#[path = "../loopback/server.rs"]
mod server;
mod unusual;
mod walks;
mod ways;
