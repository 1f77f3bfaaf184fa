//! Allocations for each item of a list of 10,000: `cargo bench --bench allocations`.

mod plain;

use plain::{ignoring, keeping, list};
use serde::de::DeserializeOwned;
use spec_sync::models::SecurityMonitoringIntegrationConfigData;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn count<T: DeserializeOwned>(name: &str, text: &str) {
    let region = Region::new(ALLOCATOR);
    let items: Vec<T> = serde_json::from_str(text).unwrap();
    let change = region.change();
    let (each, kept) =
        (change.allocations / items.len(), (change.bytes_allocated - change.bytes_deallocated) / items.len());
    println!("{name}: {each} allocations and {kept} bytes for each item");
}

fn main() {
    let list = list();
    count::<SecurityMonitoringIntegrationConfigData>("printed", &list);
    count::<keeping::Data>("serde, unknown members kept", &list);
    count::<ignoring::Data>("serde, unknown members ignored", &list);
}
