//! The types that the lock has.

use lock_results::runtime::{Error, Response};
use lock_results::{Client, api, models};

pub fn check() {}

pub async fn results(client: &Client) -> Option<models::Missing> {
    let order: Result<Response<models::Order>, Error<models::Problem>> = client.orders().get_order("1").send().await;
    let _: Result<Response<models::Orders>, Error<lock_results::runtime::Json>> = client.orders().list_orders().send().await;
    let _: Result<Response<models::Order>, Error<models::Problem>> = client.orders().create_order().send().await;
    let deleted: Response<()> = match client.orders().delete_order("1").send().await {
        Ok(deleted) => deleted,
        Err(error) => match error.api()? {
            api::orders::DeleteOrderError::Status400(problem) => panic!("{}", problem.message),
            _ => return None,
        },
    };
    let _: models::Order = deleted.body_as().ok()?;
    let free: Result<Response<api::orders::GetFreeOutcome>, Error<api::orders::GetFreeError>> =
        client.orders().get_free().send().await;
    drop(free);
    order.err()?.body_as::<models::Missing>().ok()
}
