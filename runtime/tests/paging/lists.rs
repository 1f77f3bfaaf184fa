//! Paginated lists, and the rules of their pagination.

use super::api::{builder, call, operation};
use super::server::{Server, json};
use clientsmith_runtime::{AnyCall, Client, Error, Items, Json, PageLocation, PageStep, Paging};
use serde_json::json as value;

const fn list(step: PageStep) -> Paging {
    Paging::new(step, &["data"]).total(&["meta", "total"]).more(&["more"]).last(&["last"])
}

const CURSOR: PageLocation = PageLocation::Query("page[cursor]");
pub(super) static BY_CURSOR: Paging = list(PageStep::cursor(CURSOR, &["meta", "after"]));
pub(super) static BY_BODY: Paging = list(PageStep::cursor(PageLocation::Body(&["page", "cursor"]), &["meta", "after"]));
pub(super) static BY_HEADER: Paging = list(PageStep::cursor(PageLocation::Header("x-next"), &["meta", "after"]));
pub(super) static BY_ITEM: Paging = list(PageStep::last_item(PageLocation::Query("after"), &["id"]));
pub(super) static BY_OFFSET: Paging = list(PageStep::offset(PageLocation::Query("offset"), 0).own(&["start"]));
pub(super) static BY_NUMBER: Paging =
    list(PageStep::number(PageLocation::Query("page"), 1).own(&["page"]).pages(&["pages"]));
pub(super) static BY_BARE_NUMBER: Paging = list(PageStep::number(PageLocation::Query("page"), 0));
pub(super) static BY_URL: Paging = list(PageStep::url(&["links", "next"]));
pub(super) static BY_LINKED_DATA: Paging = list(PageStep::Link);
pub(super) static BY_LINK: Paging = Paging::new(PageStep::Link, &[]);

/// A server that selects the page by the query of the request. A page with an empty query is the first.
pub(super) fn pages(pages_by_query: &[(&str, Json)]) -> Server {
    let pages_by_query: Vec<(String, String)> =
        pages_by_query.iter().map(|(query, json)| ((*query).to_owned(), json.to_string())).collect();
    Server::respond(move |base, request| {
        let target = request.split(' ').nth(1).unwrap_or_default();
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let found = pages_by_query.iter().find(|(known, _)| known == query);
        found.map_or_else(|| json(404, "{}"), |(_, text)| json(200, &text.replace("BASE", base)))
    })
}

pub(super) fn client(routes: &Server) -> Client {
    builder(&routes.base).max_retries(0).build().unwrap()
}

pub(super) fn pets(routes: &Server) -> AnyCall<Json, Json> {
    call(&client(routes), &operation("GET", "/pets"))
}

/// The request targets, and the IDs of the items.
pub(super) async fn iterate(routes: &Server, facts: &'static Paging) -> (Vec<String>, Vec<i64>) {
    let ids = all(pets(routes).items(facts)).await.unwrap();
    (targets(routes), ids)
}

pub(super) fn targets(routes: &Server) -> Vec<String> {
    let target = |request: &String| request.split(' ').nth(1).unwrap_or_default().to_owned();
    routes.to("/").iter().map(target).collect()
}

pub(super) async fn all(mut items: Items<Json, Json>) -> Result<Vec<i64>, Error<Json>> {
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item?["id"].as_i64().unwrap());
    }
    Ok(ids)
}

pub(super) fn page(ids: &[i64], rest: Json) -> Json {
    let mut page = rest;
    page["data"] = ids.iter().map(|id| value!({ "id": id })).collect();
    page
}
