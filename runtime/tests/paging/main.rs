//! Pagination on sockets: each kind of step to the next page, and the rules for all of them.
#![cfg(feature = "hyper")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics, also in its helper functions")]

#[path = "../loopback/api.rs"]
mod api;
mod encoding;
mod iteration;
mod lists;
#[path = "../loopback/server.rs"]
mod server;
mod steps;
