use my_api::Client;
use my_api::models::BodyLogin;

async fn login(base: &str, password: &str) -> crate::Done {
    // block 1
    Ok(())
}
