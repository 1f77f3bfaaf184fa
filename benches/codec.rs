//! Decoding and encoding against plain serde structs of the same shape: `cargo bench --bench codec`.

mod plain;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use plain::{PAGE, ignoring, list, preserving};
use serde::Serialize;
use serde::de::DeserializeOwned;
use spec_sync::models::{SecurityMonitoringIntegrationConfigData, SecurityMonitoringIntegrationConfigResponse};
use std::hint::black_box;
use std::time::Duration;

fn both<T: Serialize + DeserializeOwned>(criterion: &mut Criterion, group: &str, name: &str, text: &str) {
    let mut group = criterion.benchmark_group(group);
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20).measurement_time(Duration::from_secs(3));
    group.bench_function(format!("decode/{name}"), |bencher| {
        bencher.iter(|| serde_json::from_str::<T>(black_box(text)).unwrap());
    });
    let value: T = serde_json::from_str(text).unwrap();
    group.bench_function(format!("encode/{name}"), |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&value)).unwrap());
    });
    group.finish();
}

fn codec(criterion: &mut Criterion) {
    both::<SecurityMonitoringIntegrationConfigResponse>(criterion, "example", "generated", PAGE);
    both::<preserving::Response>(criterion, "example", "serde, unknown fields preserved", PAGE);
    both::<ignoring::Response>(criterion, "example", "serde, unknown fields ignored", PAGE);
    let list = list();
    both::<Vec<SecurityMonitoringIntegrationConfigData>>(criterion, "list of 10,000", "generated", &list);
    both::<Vec<preserving::Data>>(criterion, "list of 10,000", "serde, unknown fields preserved", &list);
    both::<Vec<ignoring::Data>>(criterion, "list of 10,000", "serde, unknown fields ignored", &list);
}

criterion_group!(benches, codec);
criterion_main!(benches);
