use my_api::Client;
use std::time::Duration;

fn settings() -> crate::Done {
    // block 1
    Ok(())
}
