//! Code against the names of operations compiles, whether the errors of operations are one type or not.

use responses_shared_errors::api::pets::{CreatePetError, FirstPetError, ListPetsError, ListPetsHeaders};
use responses_shared_errors::api::toys::DeleteToyError;
use responses_shared_errors::{Client, RawResponse, Response};

fn message(error: &ListPetsError) -> &str {
    match error {
        ListPetsError::Status404(problem) => &problem.message,
        _ => "invalid",
    }
}

fn first(error: &FirstPetError) -> bool {
    matches!(error, FirstPetError::Default(_))
}

fn deleted(error: &DeleteToyError) -> bool {
    matches!(error, DeleteToyError::Status409(_))
}

async fn calls(client: &Client) -> (usize, Option<String>, Option<i64>) {
    let listed = client.pets().list_pets().send().await.err();
    let created: Option<CreatePetError> = client.pets().create_pet().send().await.err().and_then(|e| e.api().cloned());
    let toys = client.toys().delete_toy("1").send().await.err().and_then(|e| e.api().map(deleted));
    let first = client.pets().first_pet().send().await.err().and_then(|e| e.api().map(first));
    let shown = created.as_ref().or(listed.as_ref().and_then(|e| e.api())).map(|error| message(error).to_owned());
    (usize::from(toys == first), shown, None)
}

fn total(response: &Response<serde_json::Value>) -> bool {
    ListPetsHeaders::from(response).x_total().is_ok()
}

pub fn check() {
    let _ = (calls, total, std::mem::size_of::<RawResponse>());
}
