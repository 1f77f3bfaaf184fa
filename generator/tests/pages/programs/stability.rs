use my_api::{Client, models};

async fn order(client: Client) -> crate::Done {
    // block 1
    Ok(())
}
