use my_api::{Client, models};

async fn names(client: Client, id: &str) -> crate::Done {
    // block 1
    Ok(())
}
