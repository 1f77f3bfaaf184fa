//! The runtime's sources, for crates that carry it with them. Knows how its text changes on the way; a test holds the
//! table against the folder.

/// Every source but `lib.rs`.
const SOURCES: &[(&str, &str)] = &[
    ("auth.rs", include_str!("../../../runtime/src/auth.rs")),
    ("body.rs", include_str!("../../../runtime/src/body.rs")),
    ("call.rs", include_str!("../../../runtime/src/call.rs")),
    ("call/options.rs", include_str!("../../../runtime/src/call/options.rs")),
    ("client.rs", include_str!("../../../runtime/src/client.rs")),
    ("client/builder.rs", include_str!("../../../runtime/src/client/builder.rs")),
    ("codec.rs", include_str!("../../../runtime/src/codec.rs")),
    ("codec/error.rs", include_str!("../../../runtime/src/codec/error.rs")),
    ("codec/json.rs", include_str!("../../../runtime/src/codec/json.rs")),
    ("codec/reading.rs", include_str!("../../../runtime/src/codec/reading.rs")),
    ("codec/tree.rs", include_str!("../../../runtime/src/codec/tree.rs")),
    ("codec/writing.rs", include_str!("../../../runtime/src/codec/writing.rs")),
    ("error.rs", include_str!("../../../runtime/src/error.rs")),
    ("extra.rs", include_str!("../../../runtime/src/extra.rs")),
    ("macros.rs", include_str!("../../../runtime/src/macros.rs")),
    ("maybe.rs", include_str!("../../../runtime/src/maybe.rs")),
    ("multipart.rs", include_str!("../../../runtime/src/multipart.rs")),
    ("open_enum.rs", include_str!("../../../runtime/src/open_enum.rs")),
    ("param.rs", include_str!("../../../runtime/src/param.rs")),
    ("path.rs", include_str!("../../../runtime/src/path.rs")),
    ("pipeline.rs", include_str!("../../../runtime/src/pipeline.rs")),
    ("plain.rs", include_str!("../../../runtime/src/plain.rs")),
    ("response.rs", include_str!("../../../runtime/src/response.rs")),
    ("retry.rs", include_str!("../../../runtime/src/retry.rs")),
    ("secret.rs", include_str!("../../../runtime/src/secret.rs")),
    ("slot.rs", include_str!("../../../runtime/src/slot.rs")),
    ("time.rs", include_str!("../../../runtime/src/time.rs")),
    ("transport.rs", include_str!("../../../runtime/src/transport.rs")),
    ("transport/reqwest.rs", include_str!("../../../runtime/src/transport/reqwest.rs")),
    ("transport/ureq.rs", include_str!("../../../runtime/src/transport/ureq.rs")),
    ("union.rs", include_str!("../../../runtime/src/union.rs")),
];

const ROOT: &str = include_str!("../../../runtime/src/lib.rs");

/// Path inside the printed crate, and text, of every file of the runtime.
#[must_use]
pub(super) fn files() -> Vec<(String, String)> {
    let macros = "pub use crate::{model, named_call, open_enum, open_integer_enum};\n";
    let root = ("src/runtime.rs".to_owned(), format!("{}{macros}", moved(ROOT)));
    let rest = SOURCES.iter().map(|(path, text)| (format!("src/runtime/{path}"), moved(text)));
    std::iter::once(root).chain(rest).collect()
}

/// Paths from the crate's root lead to the module now.
fn moved(text: &str) -> String {
    text.replace("$crate::", "$crate::runtime::")
        .replace(" crate::", " crate::runtime::")
        .replace("(crate::", "(crate::runtime::")
        .replace("[crate::", "[crate::runtime::")
        .replace("[`crate::", "[`crate::runtime::")
        .replace("&crate::", "&crate::runtime::")
        .replace("<crate::", "<crate::runtime::")
}

#[cfg(test)]
mod tests {
    use super::SOURCES;
    use std::path::Path;

    fn count(folder: &Path) -> usize {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }

    #[test]
    fn the_table_is_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
        assert_eq!(SOURCES.len() + 1, count(&folder));
    }
}
