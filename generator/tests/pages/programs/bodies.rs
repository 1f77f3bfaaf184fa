use my_api::api::pictures::UploadParts;
use my_api::runtime::{self, File};
use my_api::webhooks::Webhook;
use my_api::{Client, models};
use std::io::Write;

async fn bodies(client: Client, mut file: std::fs::File) -> crate::Done {
    // block 1
    Ok(())
}

async fn patch(client: Client, id: &str) -> crate::Done {
    // block 2
    Ok(())
}

async fn download(client: Client, mut file: std::fs::File) -> crate::Done {
    // block 3
    Ok(())
}

fn webhook(name: &str, bytes: Vec<u8>) -> crate::Done {
    // block 4
    Ok(())
}

fn webhook_in_parts(event: &str, bytes: Vec<u8>) -> crate::Done {
    // block 5
    drop(webhook);
    Ok(())
}
