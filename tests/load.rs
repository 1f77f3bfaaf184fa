//! Many concurrent calls to a server that resets, rejects or delays some requests. Every call ends within its deadline,
//! and nearly all succeed. `cargo bench --bench load` makes more calls, and measures.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../benches/plain/mod.rs"]
mod plain;
#[path = "../benches/load/server.rs"]
#[allow(dead_code, reason = "benches start it as a process")]
mod server;

use spec_sync::Client;
use spec_sync::runtime::{ErrorKind, XmlLimits};
use std::net::TcpListener;
use std::time::{Duration, Instant};

const CALLS: usize = 2_000;
const IN_FLIGHT: usize = 64;
const ID: &str = "11111111-2222-3333-4444-555555555555";

#[tokio::test(flavor = "multi_thread")]
async fn every_call_succeeds_or_fails_within_its_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || server::serve_on(&listener, true));
    let deadline = Duration::from_secs(20);
    let builder = Client::builder().base_url(base).api_key_auth("key").app_key_auth("application");
    let builder = builder.max_pacing_wait(deadline).max_empty_pages(1).xml_limits(XmlLimits::default());
    let client = builder.attempt_timeout(server::SLOW / 3).timeout(deadline).build().unwrap();
    let tasks: Vec<_> =
        (0..IN_FLIGHT).map(|_| tokio::spawn(work(client.clone(), CALLS / IN_FLIGHT, deadline))).collect();
    let mut good = 0;
    for task in tasks {
        good += task.await.unwrap();
    }
    let calls = CALLS / IN_FLIGHT * IN_FLIGHT;
    // Three percent of the calls would fail without retries. Few calls need more retries than the limit.
    assert!(good >= calls - calls / 100, "{good} of {calls} calls succeeded");
}

/// Sends calls one after the other, and counts the successes.
async fn work(client: Client, calls: usize, deadline: Duration) -> usize {
    let mut good = 0;
    for _ in 0..calls {
        let start = Instant::now();
        let result = client.security_monitoring().get_security_monitoring_integration_config(ID).send().await;
        assert!(start.elapsed() < deadline + Duration::from_secs(5), "a call took {:?}", start.elapsed());
        match result {
            Ok(config) => {
                assert_eq!(config.data.id, ID);
                good += 1;
            }
            Err(error) => {
                assert!(matches!(error.kind(), ErrorKind::Api | ErrorKind::Timeout | ErrorKind::Transport), "{error}")
            }
        }
    }
    good
}
