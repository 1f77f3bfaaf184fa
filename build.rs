//! Keeps `generated/` in step with `spec/` before the library, which is the same sources, compiles.

use std::env;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "false" && value != "0");
    let run = clientsmith::Builder::new(root.join("spec/openapi.yaml"))
        .settings(root.join("spec/clientsmith.toml"))
        .out(root.join("generated"))
        .display_root(root)
        .check(set("CI") || set("CLIENTSMITH_CHECK"))
        .run();
    match run {
        Ok(report) => {
            print!("{}", report.cargo_lines());
            ExitCode::SUCCESS
        }
        Err(error) => {
            print!("{}", error.cargo_lines());
            ExitCode::FAILURE
        }
    }
}
