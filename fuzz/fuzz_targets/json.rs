//! Compares the runtime's reader and writer of JSON with serde_json, for random texts: `json SECONDS`. The runtime's tests
//! do the same for three seconds.

#[path = "../../runtime/tests/json/check.rs"]
mod check;
#[path = "../../runtime/tests/json/texts.rs"]
mod texts;

use std::time::{Duration, Instant};

fn main() {
    let seconds = std::env::args().nth(1).and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut texts = texts::Texts::new(seed);
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut count, mut accepted) = (0_u64, 0_u64);
    while Instant::now() < end {
        accepted += u64::from(check::check(&texts.next()));
        count += 1;
    }
    println!("{count} texts, {accepted} of them accepted");
}
