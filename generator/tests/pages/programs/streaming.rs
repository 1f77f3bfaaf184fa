use my_api::runtime::{self, ItemStream};
use my_api::{Client, models};
use std::time::Duration;

async fn received(client: Client, request: models::ChatRequest, lines: Vec<models::Line>) -> crate::Done {
    // block 1
    Ok(())
}

async fn sent(
    client: Client,
    lines: Vec<models::Line>,
    receiver: std::pin::Pin<Box<dyn futures_core::Stream<Item = models::Line> + Send>>,
    file_lines: std::vec::IntoIter<String>,
) -> crate::Done {
    // block 2
    Ok(())
}

async fn events(client: Client, ticks: std::vec::IntoIter<models::Tick>) -> crate::Done {
    // block 3
    Ok(())
}
