use my_api::Client;

async fn parameters(client: Client) -> crate::Done {
    // block 1
    Ok(())
}

fn header() -> crate::Done {
    // block 2
    Ok(())
}
