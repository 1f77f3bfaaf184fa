use my_api::Client;
use my_api::api::pets::GetPetError;

async fn errors(client: Client) -> crate::Done {
    // block 1
    Ok(())
}
