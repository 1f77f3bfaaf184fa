//! A walk over a list that comes in pages, stopped and taken up again, against a stand-in on the loopback interface. Calls
//! of printed lists have `items()` and `pages()` without the facts that stand here. See docs/pagination.md.

use axum::Router;
use axum::extract::RawQuery;
use axum::routing::get;
use spec_sync::Client;
use spec_sync::runtime::{Method, PagePlace, PageStep, PageToken, Paging};
use std::error::Error;

/// What the printed crate knows of its lists.
static PAGES: Paging =
    Paging::new(PageStep::cursor(PagePlace::Query("cursor"), &["next_cursor"]), &["data"]).total(&["total"]);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder().base_url(stand_in().await?).auth_z("stand-in").build()?;
    let list = || client.request(Method::GET, "/pets");

    let mut pets = list().items::<String>(&PAGES);
    for _ in 0..2 {
        if let Some(pet) = pets.next().await {
            println!("{} of {:?}", pet?, pets.total());
        }
    }
    let kept = pets.token().map(|token| token.to_string()).ok_or("the walk is over")?;
    println!("kept: {kept}");

    // In another process, perhaps.
    let token: PageToken = kept.parse()?;
    let mut pets = list().items::<String>(&PAGES).resume(&token);
    while let Some(pet) = pets.next().await {
        println!("{}", pet?);
    }

    let mut pages = list().pages(&PAGES);
    while let Some(page) = pages.next().await {
        println!("a page with {}", page?["data"]);
    }
    Ok(())
}

async fn stand_in() -> Result<String, Box<dyn Error>> {
    let answer = |RawQuery(query): RawQuery| async move {
        let page = match query.as_deref() {
            Some("cursor=b") => r#"{"data":["Tom","Rex"],"total":5,"next_cursor":null}"#,
            _ => r#"{"data":["Ada","Bob","Cid"],"total":5,"next_cursor":"b"}"#,
        };
        ([("content-type", "application/json")], page)
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/pets", get(answer))).await });
    Ok(format!("http://{address}"))
}
