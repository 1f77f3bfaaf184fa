//! Arbitrary bytes: `cargo fuzz run bytes --features libfuzzer`.
#![no_main]

use clientsmith_fuzz::invariants::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(broken) = check(bytes) {
        panic!("{broken}");
    }
});
