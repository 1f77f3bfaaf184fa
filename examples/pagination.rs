//! Iterates over a paginated list, stops, and resumes with a stored token. A mock server on the loopback interface responds.
//! Generated calls have `items()` and `pages()` without the rule that stands here. See docs/pagination.md.

use axum::Router;
use axum::extract::RawQuery;
use axum::routing::get;
use datadog_entity_context_sync::Client;
use datadog_entity_context_sync::runtime::{Method, PageLocation, PageStep, PageToken, Paging};
use std::error::Error;

/// The pagination of the list. A generated crate has it for each list of the description.
static PAGES: Paging =
    Paging::new(PageStep::cursor(PageLocation::Query("cursor"), &["next_cursor"]), &["data"]).total(&["total"]);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder().base_url(mock_server().await?).auth_z("example").build()?;
    let list = || client.request(Method::GET, "/pets");

    let mut pets = list().items::<String>(&PAGES);
    for _ in 0..2 {
        if let Some(pet) = pets.try_next().await? {
            println!("{pet} of {:?}", pets.total());
        }
    }
    let stored = pets.token().map(|token| token.to_string()).ok_or("there are no more items")?;
    println!("stored: {stored}");

    // This could be another process.
    let token: PageToken = stored.parse()?;
    let mut pets = list().items::<String>(&PAGES).resume(&token);
    while let Some(pet) = pets.try_next().await? {
        println!("{pet}");
    }

    let mut pages = list().pages(&PAGES);
    while let Some(page) = pages.try_next().await? {
        println!("a page with the items {}", page["data"]);
    }
    Ok(())
}

async fn mock_server() -> Result<String, Box<dyn Error>> {
    let respond = |RawQuery(query): RawQuery| async move {
        let page = match query.as_deref() {
            Some("cursor=b") => r#"{"data":["Tom","Rex"],"total":5,"next_cursor":null}"#,
            _ => r#"{"data":["Ada","Bob","Cid"],"total":5,"next_cursor":"b"}"#,
        };
        ([("content-type", "application/json")], page)
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/pets", get(respond))).await });
    Ok(format!("http://{address}"))
}
