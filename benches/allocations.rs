//! Allocations for each item of a list of 10,000, and for each of 1,000 calls: `cargo bench --bench allocations`.

#[path = "load/caller.rs"]
mod caller;
mod plain;
#[path = "load/server.rs"]
mod server;

use caller::{Caller, bare, generated};
use clientsmith_runtime::from_json_slice;
use plain::{ignoring, list, preserving};
use server::Server;
use spec_sync::models::SecurityMonitoringIntegrationConfigData;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn count<T>(name: &str, text: &str, decode: fn(&str) -> Vec<T>) {
    let region = Region::new(ALLOCATOR);
    let items = decode(text);
    let change = region.change();
    let (each, retained) =
        (change.allocations / items.len(), (change.bytes_allocated - change.bytes_deallocated) / items.len());
    println!("{name}: {each} allocations and {retained} bytes for each item");
}

/// Counts the allocations of sequential calls over one open connection.
fn count_calls(name: &str, caller: &impl Caller) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        caller.call().await;
        let region = Region::new(ALLOCATOR);
        for _ in 0..1_000 {
            assert_eq!(caller.call().await, "good");
        }
        let change = region.change();
        let (each, bytes) = (change.allocations as f64 / 1_000.0, change.bytes_allocated / 1_000);
        println!("{name}: {each:.1} allocations and {bytes} bytes for each call");
    });
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some("server") {
        server::serve(false);
    }
    let list = list();
    count::<SecurityMonitoringIntegrationConfigData>("generated", &list, |list| {
        from_json_slice(list.as_bytes()).unwrap()
    });
    count::<preserving::Data>("serde, unknown fields preserved", &list, |list| serde_json::from_str(list).unwrap());
    count::<ignoring::Data>("serde, unknown fields ignored", &list, |list| serde_json::from_str(list).unwrap());
    let server = Server::start(&["server"]);
    count_calls("generated", &generated(&server.base, false));
    count_calls("reqwest and serde", &bare(&server.base));
}
