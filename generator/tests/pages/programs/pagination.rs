use my_api::Client;

async fn pages(client: Client) -> crate::Done {
    // block 1
    Ok(())
}

fn resumed(client: Client, mut pets: my_api::runtime::Items<my_api::models::Pet, my_api::runtime::Json>, stored: &str) -> crate::Done {
    // block 2
    Ok(())
}
