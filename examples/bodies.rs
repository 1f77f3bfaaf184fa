//! Uploads a file as multipart form data, and downloads one as a stream, at paths that the description does not define.
//! Generated calls do this for described bodies. See docs/bodies.md.
//!
//! Run it with `cargo run --example bodies -- https://url.of.an/api picture.png`.

use datadog_entity_context_sync::Client;
use datadog_entity_context_sync::runtime::{File, Method, Multipart};
use std::io::Write;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = std::env::args().nth(1).ok_or("the first argument is the base URL of an API")?;
    let path = std::env::args().nth(2).ok_or("the second argument is a file")?;
    let client = Client::builder().base_url(base).environment()?.build()?;

    let parts = Multipart::new()
        .text("title", "A picture")
        .file("picture", "image/png", File::open(&path)?)
        .part("meta", File::json(&vec!["small".to_owned()]).header("X-Hint", "tags"));
    let response = client.request(Method::POST, "/pictures").multipart(parts).send().await?;
    println!("{} {:?}", response.status(), response.headers().get("location"));

    let mut download = client.request(Method::GET, "/pictures/1").send_stream().await?;
    let mut file = std::fs::File::create("downloaded.png")?;
    while let Some(chunk) = download.chunk().await? {
        file.write_all(&chunk)?;
    }
    Ok(())
}
