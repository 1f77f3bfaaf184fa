use my_api::Client;

async fn own(client: Client) -> crate::Done {
    // block 2
    Ok(())
}
