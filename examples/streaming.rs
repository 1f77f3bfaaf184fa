//! Follows server-sent events at a path of your own, with new connections where one breaks: what printed calls of streams do,
//! by hand. See docs/streaming.md.
//!
//! Run it with `cargo run --example streaming -- https://the.address.of/an/api /events`.

use clientsmith_runtime::{Json, Method};
use spec_sync::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = std::env::args().nth(1).ok_or("the first argument is the address of an API")?;
    let path = std::env::args().nth(2).ok_or("the second argument is a path")?;
    let client = Client::builder().base_url(base).environment()?.build()?;

    let events = client.request(Method::GET, &path).events::<Json>().await?;
    let mut events = events.until("[DONE]").reconnect(3);
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => println!("{} {:?}: {}", event.event, event.id, event.data),
            // The next one may be what it should be.
            Err(error) if error.is_decode() => eprintln!("{error}"),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
