//! An axum application, described by utoipa, with cases that are difficult for clients. It echoes requests, and serves
//! its description at `/openapi.json`. Its first argument is the port.

mod models;
mod wire;

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(info(title = "Awkward", version = "1"), modifiers(&Schemes))]
struct Description;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        openapi.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let port: u16 = std::env::args().nth(1).and_then(|port| port.parse().ok()).expect("a port");
    let (router, description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(models::internal))
        .routes(routes!(models::adjacent))
        .routes(routes!(models::external))
        .routes(routes!(models::untagged))
        .routes(routes!(models::numbers))
        .routes(routes!(models::times))
        .routes(routes!(models::flat))
        .routes(routes!(models::flat_choice))
        .routes(routes!(models::nullable))
        .routes(routes!(models::page))
        .routes(routes!(models::found))
        .routes(routes!(wire::query))
        .routes(routes!(wire::upload))
        .routes(routes!(wire::form))
        .routes(routes!(wire::text))
        .routes(routes!(wire::quoted))
        .routes(routes!(wire::bytes))
        .routes(routes!(wire::lines))
        .routes(routes!(wire::fail))
        .routes(routes!(wire::me))
        .split_for_parts();
    let router = router.route("/openapi.json", axum::routing::get(|| async { axum::Json(description) }));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a free port");
    axum::serve(listener, router).await.expect("a server");
}
