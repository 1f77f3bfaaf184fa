//! Uploads a file in parts and downloads one as a stream, at paths of your own: what printed calls do with such bodies, by
//! hand. See docs/bodies.md.
//!
//! Run it with `cargo run --example bodies -- https://the.address.of/an/api picture.png`.

use spec_sync::Client;
use spec_sync::runtime::{File, Method};
use std::io::Write;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = std::env::args().nth(1).ok_or("the first argument is the address of an API")?;
    let path = std::env::args().nth(2).ok_or("the second argument is a file")?;
    let client = Client::builder().base_url(base).environment()?.build()?;

    let parts = spec_sync::runtime::Multipart::new()
        .text("title", "A picture")
        .file("picture", "image/png", File::open(&path)?)
        .part("meta", File::json(&vec!["small".to_owned()]).header("X-Hint", "tags"));
    let answer = client.request(Method::POST, "/pictures").multipart(parts).send().await?;
    println!("{} {:?}", answer.status(), answer.headers().get("location"));

    let mut download = client.request(Method::GET, "/pictures/1").send_stream().await?;
    let mut into = std::fs::File::create("downloaded.png")?;
    while let Some(chunk) = download.chunk().await? {
        into.write_all(&chunk)?;
    }
    Ok(())
}
