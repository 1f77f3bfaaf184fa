use my_api::Client;

async fn results(client: Client) -> crate::Done {
    // block 1
    Ok(())
}
