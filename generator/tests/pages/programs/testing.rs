use my_api::{Client, models};

#[tokio::test]
async fn rules() -> crate::Done {
    // block 1
    Ok(())
}

fn changed(server: my_api::testing::MockServer) -> crate::Done {
    use my_api::api::pets::GetPet;
    use my_api::testing::Reply;
    // block 2
    Ok(())
}
