//! Generated calls with streams as responses, against a server on real sockets. A program uses the crates of two cases.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use clientsmith::files::Disk;
use clientsmith::{Config, generate};
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn reads_typed_streams_async_and_blocking() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = root.join("../target/streams");
    let runtime = root.join("../runtime").canonicalize().unwrap();
    for case in ["items", "legacy_descriptions"] {
        let mut config = Config::default();
        config.set_name(&format!("streams-{case}")).unwrap();
        config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
        let description = root.join("tests/cases/streams").join(case).join("openapi.yaml");
        for (path, text) in generate(&description, &Disk, &config).output.unwrap().files {
            put(&workspace.join(case).join(path), &text);
        }
    }
    let program = root.join("tests/streams/program.rs");
    put(
        &workspace.join("program/Cargo.toml"),
        &format!(
            "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             streams-items = {{ path = \"../items\", features = [\"blocking\"] }}\n\
             streams-legacy_descriptions = {{ path = \"../legacy_descriptions\", features = [\"blocking\"] }}\n\
             clientsmith-runtime = {{ path = {:?}, default-features = false }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n",
            runtime.display()
        ),
    );
    let text = fs::read_to_string(program).unwrap();
    put(&workspace.join("program/src/main.rs"), &text);
    let server = fs::read_to_string(runtime.join("tests/loopback/server.rs")).unwrap();
    put(&workspace.join("program/src/server.rs"), &server);
    put(
        &workspace.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"program\", \"items\", \"legacy_descriptions\"]\n",
    );
    let mut run = Command::new(env!("CARGO"));
    run.args(["run", "-q", "-p", "program"]).current_dir(&workspace);
    run.env("CARGO_TARGET_DIR", root.join("../target/corpus/target")).env("RUSTFLAGS", "-D warnings");
    let done = run.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
