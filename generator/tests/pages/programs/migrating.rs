use my_api::Client;
use std::time::Duration;

async fn own(client: Client) -> crate::Done {
    // block 2
    Ok(())
}

async fn progenitor() -> crate::Done {
    // block 3
    Ok(())
}

async fn openapi_generator(token: &str) -> crate::Done {
    // block 4
    Ok(())
}

fn openapi_to_rust() -> crate::Done {
    // block 5
    Ok(())
}
