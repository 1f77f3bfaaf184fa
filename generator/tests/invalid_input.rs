//! Invalid input gives a clear diagnostic. Nothing panics.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use clientsmith::diagnostic::render;
use clientsmith::files::{Disk, Memory};
use clientsmith::output::{Mode, WriteError, write};
use clientsmith::{Config, generate};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The findings in the one-line form.
fn findings(text: impl Into<Vec<u8>>) -> String {
    let text = text.into();
    let length = text.len();
    let files = Memory(vec![(PathBuf::from("api.yaml"), text)]);
    let generated = generate(Path::new("api.yaml"), &files, &Config::default());
    let found = render::short(&generated.diagnostics.list, &generated.sources);
    assert_eq!(generated.output.is_none(), found.contains("error["), "{found}");
    let places = generated.diagnostics.list.iter().filter_map(|one| one.primary.as_ref());
    assert!(places.map(|label| label.span).all(|span| span.start as usize <= length), "{found}");
    let _ = render::human(&generated.diagnostics.list, &generated.sources, false);
    let _ = render::json(&generated.diagnostics.list, &generated.sources);
    found
}

#[test]
fn each_kind_of_invalid_file_has_a_code() {
    let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
    let reference = format!(
        "{head}paths: {{}}\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties:\n        b:\n          $ref: '#/components/schemas/Nowhere'\n"
    );
    let circle = format!(
        "{head}paths: {{}}\ncomponents:\n  schemas:\n    A:\n      $ref: '#/components/schemas/B'\n    B:\n      $ref: '#/components/schemas/A'\n"
    );
    let deep = "[".repeat(100_000);
    let cases: [(&[u8], &str); 11] = [
        (b"", "E0105"),
        (b"\xff\xfe", "E0104"),
        (b"a: [1, 2", "api.yaml:1:"),
        (b"{\"openapi\": \"3.0.0\"", "api.yaml:1:"),
        (b"{\n  \"a\": \"b\\", "api.yaml:2:"),
        (b"- 1\n- 2\n", "E0201"),
        (b"openapi: 4.0.0\n", "E0202"),
        (b"a: 1\n---\nb: 2\n", "E0109"),
        (reference.as_bytes(), "api.yaml:10:17: skipped[S0301]"),
        (circle.as_bytes(), "S0302"),
        (deep.as_bytes(), "E0107"),
    ];
    for (text, expected) in cases {
        let found = findings(text);
        let shown: String = String::from_utf8_lossy(text).chars().take(80).collect();
        assert!(found.contains(expected), "{shown}\n{found}");
    }
}

#[test]
fn reports_missing_files_and_directories() {
    // A name that no file system allows.
    let impossible = "long".repeat(1000);
    for (path, code) in [("no/such/file.yaml", "E0101"), ("src", "E0102"), (impossible.as_str(), "E0103")] {
        let generated = generate(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path), &Disk, &Config::default());
        assert!(render::short(&generated.diagnostics.list, &generated.sources).contains(code), "{path}");
    }
}

/// A missing file, a file with a syntax error and a binary file have the same effect on the parts that refer to them.
#[test]
fn unreadable_reference_leaves_out_only_its_users() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {$ref: 'other.yaml#/A'}\n    B: {type: object}\n";
    let bytes: [(Option<&[u8]>, &str); 5] = [
        (None, "api.yaml:6:15: "),
        (Some(b"A: [1, 2"), "other.yaml:1:4: "),
        (Some(b"A: x\nB: \xff"), "other.yaml:2:4: "),
        (Some(b""), "other.yaml:1:1: "),
        (Some(b"A: x\n---\nA: y\n"), "other.yaml:2:1: "),
    ];
    for (other, place) in bytes {
        for (strict, word) in [(false, "skipped[S0304]"), (true, "error[S0304]")] {
            let other = other.map(|other| (PathBuf::from("other.yaml"), other.to_vec()));
            let files = Memory([(PathBuf::from("api.yaml"), text.into())].into_iter().chain(other).collect());
            let config = Config::parse(&format!("strict = {strict}")).unwrap();
            let generated = generate(Path::new("api.yaml"), &files, &config);
            let found = render::short(&generated.diagnostics.list, &generated.sources);
            assert!(found.starts_with(&format!("{place}{word}: ")) && found.lines().count() == 1, "{found}");
            let surface = generated.output.map(|output| output.files["surface.json"].clone());
            assert_eq!(surface.is_none(), strict, "{found}");
            let surface: serde_json::Value = serde_json::from_str(surface.as_deref().unwrap_or("{}")).unwrap();
            let skipped = surface["skipped"].as_array().into_iter().flatten().map(|one| &one["code"]);
            assert!(strict || skipped.eq(["S0304"]), "{surface}");
        }
    }
}

/// The missing file is an input, so that a build script runs again when it exists.
#[test]
fn missing_referenced_file_is_an_input() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("api.yaml");
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {$ref: 'parts/gone.yaml#/A'}\n    B: {$ref: 'there.yaml'}\n";
    std::fs::write(&spec, text).unwrap();
    std::fs::write(folder.path().join("there.yaml"), "type: string\n").unwrap();
    let report = clientsmith::Builder::new(&spec).out(folder.path().join("out")).run().unwrap();
    let lines = report.cargo_lines();
    for name in ["api.yaml", "there.yaml", "parts/gone.yaml"] {
        let line = format!("cargo::rerun-if-changed={}", folder.path().join(name).display());
        assert!(lines.lines().any(|known| known == line), "{lines}");
    }
}

#[test]
fn reads_nested_yaml_aliases_once() {
    let mut text = String::from("openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\nx-0: &a0 [x, x]\n");
    for level in 1..40 {
        writeln!(text, "x-{level}: &a{level} [*a{0}, *a{0}]", level - 1).unwrap();
    }
    text.push_str("components:\n  schemas:\n    A:\n      type: string\n      default: *a39\n");
    assert!(!findings(text).contains("error["));
}

#[test]
fn does_not_overwrite_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("Cargo.toml");
    std::fs::write(&foreign, "mine").unwrap();
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";
    let files = Memory(vec![(PathBuf::from("api.yaml"), text.into())]);
    let output = generate(Path::new("api.yaml"), &files, &Config::default()).output.unwrap();
    let refused = write(&output, folder.path(), Mode::Write { force: false });
    assert!(matches!(refused, Err(WriteError::Foreign(_))));
    assert_eq!(std::fs::read_to_string(&foreign).unwrap(), "mine");
    write(&output, folder.path(), Mode::Write { force: true }).unwrap();
    assert!(write(&output, folder.path(), Mode::Check).unwrap().is_empty());
}

#[test]
fn output_is_deterministic() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.yaml");
    let first = generate(&spec, &Disk, &Config::default()).output.unwrap();
    let second = generate(&spec, &Disk, &Config::default()).output.unwrap();
    assert_eq!(first, second);
}

#[test]
fn truncated_descriptions_do_not_panic() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.yaml");
    let whole = std::fs::read(spec).unwrap();
    let mut state = 7_u64;
    for _ in 0..300 {
        let mut text = whole.clone();
        for _ in 0..4 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).unwrap() % text.len();
            let byte = b" :-{}[]'\"$#*&\n0"[usize::try_from(state & 0xf).unwrap() % 15];
            if let Some(place) = text.get_mut(at) {
                *place = byte;
            }
        }
        let _ = findings(text);
    }
}

#[test]
fn long_chain_of_all_of_is_no_recursion() {
    let mut text =
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A0: {type: object}\n"
            .to_owned();
    for level in 1..50 {
        let _ = writeln!(
            text,
            "    A{level}: {{allOf: [{{$ref: '#/components/schemas/A{}'}}, {{properties: {{p{level}: {{type: string}}}}}}]}}",
            level - 1
        );
    }
    let found = findings(text);
    assert!(found.contains("more than 40 levels of `allOf`") && !found.contains("refers to itself"), "{found}");
}
