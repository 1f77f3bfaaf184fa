async fn call() -> crate::Done {
    // block 1
    Ok(())
}

mod types {
    // block 2
}

async fn conditional(client: my_api::Client) -> crate::Done {
    // block 3
    Ok(())
}

mod hooks {
    use my_api::Client;
    use my_api::runtime::client::hook::{CallInfo, Hook};
    use my_api::runtime::transport::BoxFuture;
    use my_api::runtime::{Body, TransportError};
    struct LogRetries;
    // block 4
}

fn large() -> crate::Done {
    use my_api::Client;
    // block 5
    Ok(())
}

fn traces() -> crate::Done {
    fn current_trace() -> u128 {
        1
    }
    use my_api::Client;
    use my_api::runtime::client::hook::CallInfo;
    // block 6
    Ok(())
}
