//! What is printed, under which names and types, as YAML: shorter to read than the surface's JSON. Knows only the
//! surface's text.

/// The surface as YAML; empty when it is no JSON.
#[must_use]
pub fn plan(surface: &str) -> String {
    let surface: Option<serde_json::Value> = serde_json::from_str(surface).ok();
    surface.and_then(|surface| serde_yaml::to_string(&surface).ok()).unwrap_or_default()
}
