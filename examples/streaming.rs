//! Reads server-sent events at a path that the description does not define, and reconnects after a broken connection.
//! Generated calls do this for described streams. See docs/streaming.md.
//!
//! Run it with `cargo run --example streaming -- https://url.of.an/api /events`.

use datadog_entity_context_sync::Client;
use datadog_entity_context_sync::runtime::{Json, Method};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = std::env::args().nth(1).ok_or("the first argument is the base URL of an API")?;
    let path = std::env::args().nth(2).ok_or("the second argument is a path")?;
    let client = Client::builder().base_url(base).environment()?.build()?;

    let events = client.request(Method::GET, &path).events::<Json>().await?;
    let mut events = events.until("[DONE]").reconnect(3);
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => println!("{} {:?}: {}", event.event, event.id, event.data),
            // Later events may be valid.
            Err(error) if error.is_decode() => eprintln!("{error}"),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
