fn credentials(api_key: String, app_key: String) -> crate::Done {
    // block 1
    Ok(())
}

fn described_by_an_overlay(token: String) -> crate::Done {
    // block 2
    Ok(())
}

fn tokens(secret: String) -> crate::Done {
    use datadog_entity_context_sync::Client;
    // block 3
    Ok(())
}

#[derive(Clone)]
struct Vault;

impl Vault {
    async fn read(&self, scheme: &str, scopes: &[&str]) -> Result<String, std::io::Error> {
        Ok(scheme.to_owned())
    }
}

fn callback(vault: Vault) -> crate::Done {
    use datadog_entity_context_sync::Client;
    // block 4
    Ok(())
}
