//! Descriptions changed in their structure: `cargo fuzz run documents --features libfuzzer CORPUS`.
#![no_main]

use clientsmith_fuzz::invariants::check;
use clientsmith_fuzz::tree::Value;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| {
    if let Err(broken) = check(bytes) {
        panic!("{broken}");
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let Some(mut value) = std::str::from_utf8(&data[..size]).ok().and_then(Value::read) else {
        return fuzzer_mutate(data, size, max_size);
    };
    value.mutate(&mut fastrand::Rng::with_seed(seed.into()));
    let mut text = String::new();
    value.write(&mut text);
    match data.get_mut(..text.len()) {
        Some(place) if text.len() <= max_size => place.copy_from_slice(text.as_bytes()),
        _ => return fuzzer_mutate(data, size, max_size),
    }
    text.len()
});
