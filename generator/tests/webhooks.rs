//! Webhooks and callbacks are in the map of the generated crate, with existing types.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use clientsmith::files::{Disk, Memory};
use clientsmith::{Config, generate};
use std::path::Path;

fn payloads(case: &str) -> Vec<[String; 5]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/payloads").join(case).join("openapi.yaml");
    let output = generate(&path, &Disk, &Config::default()).output.unwrap();
    let surface: serde_json::Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
    let models: String =
        output.files.iter().filter(|(path, _)| path.starts_with("src/models")).map(|file| file.1.as_str()).collect();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = surface["payloads"].as_array().unwrap().iter().map(|webhook| {
        let ty = text(&webhook["body"][0]["type"]);
        let name = ty.trim_start_matches("Vec<").trim_end_matches('>').trim_start_matches("models::");
        let is_defined = ["struct", "enum"].iter().any(|word| models.contains(&format!("pub {word} {name} ")));
        assert!(is_defined, "{ty} is not generated");
        let variant = text(&webhook["rust"]).trim_start_matches("webhooks::Webhook::").to_owned();
        [text(&webhook["kind"]), text(&webhook["name"]), text(&webhook["pointer"]), ty, variant]
    });
    list.collect()
}

#[test]
fn surface_lists_webhooks_and_callbacks() {
    let webhook =
        |name: &str, pointer: &str, ty: &str, variant: &str| ["webhook", name, pointer, ty, variant].map(str::to_owned);
    let callback = |name: &str, pointer: &str, ty: &str| ["callback", name, pointer, ty, ""].map(str::to_owned);
    assert_eq!(
        payloads("webhooks"),
        [
            webhook("newPet", "#/webhooks/newPet/post", "models::NewPetPayload", "NewPet"),
            webhook("petGone", "#/components/pathItems/gone/post", "models::Pet", "PetGoneLower"),
            webhook("everything", "#/webhooks/everything/post", "Vec<models::EventRequestItem>", "Everything"),
            webhook("PetGone", "#/components/pathItems/gone/post", "models::Pet", "PetGone"),
            webhook("kind", "#/webhooks/kind/post", "models::KindPayload", "Kind"),
            webhook("unknown", "#/webhooks/unknown/put", "models::Pet", "UnknownLower"),
            webhook("formOnly", "#/webhooks/formOnly/post", "models::Pet", ""),
        ]
    );
    let shipped = "#/paths/~1orders/post/callbacks/shipped/{$request.query.url}/post";
    assert_eq!(
        payloads("callbacks"),
        [
            webhook("ping", "#/x-webhooks/ping/post", "models::PingPayload", "Ping"),
            callback("createOrder shipped", shipped, "models::CreateOrderShippedPayload"),
            callback("Failed", "#/components/callbacks/Failed/{$request.query.url}/post", "models::FailedPayload"),
        ]
    );
}

/// The root and `models.rs` of a crate with a number of webhooks or callbacks.
fn documentation(count: usize, callback: bool) -> [String; 2] {
    let mut text = "openapi: 3.1.0\ninfo: { title: Case, version: '1' }\n".to_owned();
    text.push_str(if callback {
        "paths:\n  /a:\n    post:\n      operationId: a\n      responses: { '204': { description: Done } }\n      callbacks:\n"
    } else {
        "webhooks:\n"
    });
    for number in 1..=count {
        let start = if callback { format!("        event{number}: {{ 'x': ") } else { format!("  event{number}: ") };
        text.push_str(&format!(
            "{start}{{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {{ type: object, \
             properties: {{ id{number}: {{ type: string }} }} }} }} }} }} }} }}{}\n",
            if callback { " }" } else { "" }
        ));
    }
    let files = Memory(vec![("case.yaml".into(), text.into())]);
    let output = generate(Path::new("case.yaml"), &files, &Config::default()).output.unwrap();
    ["src/lib.rs", "src/models.rs"].map(|file| output.files[file].clone())
}

#[test]
fn root_lists_few_webhooks_and_callbacks() {
    let items = |text: &str| text.lines().filter(|line| line.starts_with("//! - `") && line.contains("event")).count();
    for (count, callback, of_root, of_models) in
        [(12, false, 12, 0), (12, true, 12, 0), (13, false, 0, 0), (13, true, 0, 13)]
    {
        let [root, models] = documentation(count, callback);
        assert_eq!([items(&root), items(&models)], [of_root, of_models], "{root}{models}");
        assert_eq!(root.contains("[`models`] lists the types"), of_models > 0, "{root}");
        assert_eq!(
            root.contains("The enum `webhooks::Webhook` lists the webhooks."),
            !callback && of_root == 0,
            "{root}"
        );
        assert_eq!(root.contains("webhooks::Webhook"), !callback, "{root}");
    }
}
