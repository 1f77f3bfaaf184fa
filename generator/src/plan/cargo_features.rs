//! The cargo features of the generated crate as its documentation lists them. Knows planned groups.

use super::modules::{Module, features_without_operations};
use super::operations::Group;

/// A cargo feature, or the features of all groups of operations together.
#[derive(Debug)]
pub(crate) struct CargoFeature {
    /// Its name.
    pub name: String,
    /// True if it is on by default.
    pub is_default: bool,
    /// The parts of the crate that it adds, in Markdown and without a full stop.
    pub adds: String,
}

/// The features of the runtime: name, whether it is on by default, and what it adds.
pub(crate) const OF_RUNTIME: [(&str, bool, &str); 12] = [
    ("hyper", true, "the HTTP transport"),
    ("tracing", true, "a span for each call"),
    ("blocking", false, "`send_blocking` on every call"),
    ("http2", false, "HTTP/2 in the HTTP transport"),
    ("gzip", false, "responses with `Content-Encoding: gzip`"),
    ("brotli", false, "responses with `Content-Encoding: br`"),
    ("native-tls", false, "the TLS of the operating system instead of rustls"),
    ("reqwest", false, "a transport on your own `reqwest::Client`"),
    ("metrics", false, "`ClientBuilder::meter`: metrics of durations and retries, with the names of OpenTelemetry"),
    (
        "drift",
        false,
        "`ClientBuilder::drift`: counts of fields and values in responses that the description does not define",
    ),
    ("test-util", false, "the module `testing`, a mock server in memory"),
    ("exact-numbers", false, "all digits of numbers in JSON values without a type, which are `f64` otherwise"),
];

/// The features of a crate, as its documentation lists them.
pub(super) fn documented_features(groups: &[Group], modules: &[Module], preview: Option<&str>) -> Vec<CargoFeature> {
    let mut features = Vec::new();
    if let Some(first) = groups.iter().find_map(|group| group.feature.as_ref()) {
        let others = features_without_operations(modules, groups).into_iter();
        let others = others.map(|name| match name {
            "unused" => ", `unused` (types that nothing refers to)".to_owned(),
            feature => format!(", `{feature}` (types of the bodies of {feature})"),
        });
        let others: String = others.collect();
        features.push(CargoFeature {
            name: "full".to_owned(),
            is_default: true,
            adds: format!(
                "all groups of operations{others}. Without it, name the features of the groups that you need, such as \
                 `{first}`"
            ),
        });
    }
    if let Some(preview) = preview {
        features.push(CargoFeature {
            name: preview.to_owned(),
            is_default: false,
            adds: "operations in preview, which may change without notice".to_owned(),
        });
    }
    features.extend(OF_RUNTIME.map(|(name, is_default, adds)| CargoFeature {
        name: name.to_owned(),
        is_default,
        adds: adds.to_owned(),
    }));
    features
}
