fn proxy(der: Vec<u8>) -> crate::Done {
    use datadog_entity_context_sync::Client;
    // block 1
    Ok(())
}

mod own {
    use my_api::runtime::transport::{BoxFuture, AttemptLimits};
    use my_api::runtime::{Body, Transport, TransportError};
    use std::time::Duration;

    struct MyTransport;

    impl MyTransport {
        async fn exchange(&self, request: http::Request<Body>, timeout: Duration) -> Result<http::Response<Body>, TransportError> {
            Ok(http::Response::new(Body::default()))
        }
    }

    // block 2
}
