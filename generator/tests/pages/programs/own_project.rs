async fn shared(pets: pets_client::Client, orders: my_api::Client) -> crate::Done {
    // block 1
    Ok(())
}
