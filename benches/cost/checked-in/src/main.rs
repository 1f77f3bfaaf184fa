use datadog_entity_context_sync::Client;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(call())
}

async fn call() -> Result<(), Box<dyn std::error::Error>> {
    let id = std::env::args().nth(1).unwrap_or_default();
    let client = Client::from_env()?;
    let config = client.security_monitoring().get_security_monitoring_integration_config(id).send().await?;
    println!("{} is {:?}", config.data.attributes.domain, config.data.attributes.state);
    Ok(())
}
