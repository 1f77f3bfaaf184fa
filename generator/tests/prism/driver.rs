//! A program for each description: it sends the calls and prints a line with the result of each.

use super::arguments::{Arguments, Extent, Place};
use super::methods::{Function, Methods, converted, single};
use clientsmith::output::Output;
use quote::ToTokens;
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use syn::Type;

/// The shared code of the programs: values from JSON, and the output of results.
const HEAD: &str = r##"#![allow(warnings)]
#![recursion_limit = "1024"]
use CRATE::{Client, api, models};
use clientsmith_runtime as runtime;

fn v<T: runtime::serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn report<T, E: std::fmt::Debug + Send + Sync + 'static>(
    call: &str,
    result: Result<runtime::Response<T>, runtime::Error<E>>,
) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let header = |headers: Option<&runtime::HeaderMap>, name: &str| {
        headers.and_then(|headers| headers.get(name)).map(|value| text(value.as_bytes()))
    };
    let report = match result {
        Ok(response) => serde_json::json!({
            "call": call,
            "status": response.status().as_u16(),
            "violations": header(Some(response.headers()), "sl-violations"),
        }),
        Err(error) => serde_json::json!({
            "call": call,
            "status": error.status().map(|status| status.as_u16()),
            "violations": header(error.headers(), "sl-violations"),
            "media": header(error.headers(), "content-type"),
            "body": error.raw_body().map(|body| text(body)),
            "error": error.to_string(),
        }),
    };
    println!("{report}");
}

"##;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/prism")
}

/// Adds a package with the generated crate and the program that calls it. Returns the names of the calls, and of those
/// without arguments.
pub(crate) fn add(
    program: &str,
    output: &Output,
    surface: &Value,
    arguments: &Arguments,
) -> (Vec<String>, Vec<String>) {
    let package = folder().join(program);
    let library = surface["crate"].as_str().unwrap();
    let methods = Methods::of(output);
    let text = HEAD.replace("CRATE", library);
    let mut writer = Writer { methods: &methods, arguments, calls: Vec::new(), without_arguments: Vec::new(), text };
    for operation in surface["operations"].as_array().unwrap() {
        writer.operation(operation);
    }
    let Writer { calls, without_arguments, mut text, .. } = writer;
    text.push_str("#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {\n");
    text.push_str("    let base = std::env::args().nth(1).unwrap();\n");
    writeln!(text, "    let client = Client::builder().base_url(base).max_retries(0){};", methods.credentials.concat())
        .unwrap();
    text.push_str("    let client = client.build().unwrap();\n");
    (0..calls.len()).for_each(|index| writeln!(text, "    call_{index}(&client).await;").unwrap());
    text.push_str("}\n");
    output.files.iter().for_each(|(path, file)| put(&package.join("generated").join(path), file));
    put(&package.join("src/main.rs"), &text);
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let name = library.replace('_', "-");
    put(
        &package.join("Cargo.toml"),
        &format!(
            "[package]\nname = {program:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{name} = {{ path = \
             \"generated\" }}\nclientsmith-runtime = {{ path = {runtime:?} }}\nserde_json = \"1\"\ntokio = {{ version = \
             \"1\", features = [\"macros\", \"rt\"] }}\n",
        ),
    );
    (calls, without_arguments)
}

/// Compiles the programs.
pub(crate) fn build(programs: &[&str]) {
    let members = programs.iter().map(|name| format!("{name:?}, \"{name}/generated\""));
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        members.collect::<Vec<_>>().join(", ")
    );
    put(&folder().join("Cargo.toml"), &manifest);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "-q"]).current_dir(folder()).env("CARGO_TARGET_DIR", target());
    cargo.args(programs.iter().flat_map(|name| ["-p", name]));
    let done = cargo.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Runs a program, and returns the result of each call.
pub(crate) fn run(program: &str, base: &str) -> Vec<Value> {
    let done = Command::new(target().join("debug").join(program)).arg(base).output().unwrap();
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    let lines = String::from_utf8(done.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn target() -> PathBuf {
    folder().join("../corpus/target")
}

/// Writes a file only if it differs, so that cargo does not compile it again.
fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

struct Writer<'w> {
    methods: &'w Methods,
    arguments: &'w Arguments,
    calls: Vec<String>,
    without_arguments: Vec<String>,
    text: String,
}

impl Writer<'_> {
    /// The calls of an operation: with required and with all arguments, and one for each media type of the body.
    fn operation(&mut self, operation: &Value) {
        let name = operation["operation_id"].as_str().unwrap_or_default();
        let (verb, path) = (operation["method"].as_str().unwrap(), operation["path"].as_str().unwrap());
        let medias = operation["request"].as_array().unwrap().len().max(1);
        for extent in [Extent::Minimal, Extent::Maximal] {
            for media in 0..medias {
                let given = if extent == Extent::Minimal { "minimal" } else { "maximal" };
                let mut call = format!("{verb} {path} {name} {given}");
                if media > 0 {
                    call.push_str(&format!(" {}", operation["request"][media]["media"].as_str().unwrap()));
                }
                let Some(code) = self.call(operation, extent, media) else {
                    self.without_arguments.push(call);
                    continue;
                };
                let index = self.calls.len();
                writeln!(
                    self.text,
                    "async fn call_{index}(client: &Client) {{\n    report({call:?}, {code}.send().await);\n}}\n"
                )
                .unwrap();
                self.calls.push(call);
            }
        }
    }

    fn call(&self, operation: &Value, extent: Extent, media: usize) -> Option<String> {
        let path = operation["rust"].as_str().unwrap();
        let (group, module, method, function) = self.methods.operation(path);
        let scope = Scope { writer: self, operation, extent, media, module, function };
        let given = function.arguments.iter().map(|(name, ty)| scope.argument(name, ty));
        let given: Vec<String> = given.collect::<Option<_>>()?;
        let mut code = format!("client.{group}().{method}({})", given.join(", "));
        let Some(named) = function.returns.as_ref().filter(|_| extent == Extent::Maximal) else { return Some(code) };
        for (name, place) in scope.places() {
            // A setter has the name of its argument.
            if function.arguments.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let setter = self.methods.function(module, named, &name);
            let setter = setter.unwrap_or_else(|| panic!("{path}: no setter {name} for {place:?}"));
            write!(code, ".{name}({})", scope.argument(&name, &setter.arguments[0].1)?).unwrap();
        }
        Some(code)
    }
}

/// One call.
struct Scope<'s> {
    writer: &'s Writer<'s>,
    operation: &'s Value,
    extent: Extent,
    media: usize,
    module: &'s str,
    function: &'s Function,
}

impl Scope<'_> {
    /// Rust name and place of every argument of the operation.
    fn places(&self) -> Vec<(String, Place)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let parameters = self.operation["parameters"].as_array().unwrap().iter();
        let mut places: Vec<_> = parameters
            .map(|one| (text(&one["rust"]), Place::Parameter(text(&one["in"]), text(&one["wire"]))))
            .collect();
        if let Some(request) = self.operation["request"].get(self.media) {
            // If a parameter is named `body`, the body has another name.
            let taken = places.iter().any(|(name, _)| name == "body");
            places.push((if taken { "body_" } else { "body" }.to_owned(), Place::Body(text(&request["media"]))));
        }
        places
    }

    fn argument(&self, name: &str, ty: &Type) -> Option<String> {
        let pointer = self.operation["pointer"].as_str().unwrap();
        let found = self.places().into_iter().find(|(known, _)| known == name);
        let (_, place) = found.unwrap_or_else(|| panic!("{pointer}: what is {name}?"));
        let value = self.writer.arguments.value(pointer, &place, self.extent);
        self.value(ty, value.as_ref())
    }

    /// An expression of a type.
    fn value(&self, ty: &Type, value: Option<&Value>) -> Option<String> {
        if let Type::Reference(lent) = ty {
            return Some(format!("&{}", self.value(&lent.elem, value)?));
        }
        let ty = converted(ty).unwrap_or(ty);
        let spelled = ty.to_token_stream().to_string().replace(' ', "");
        if let Some(variants) = single(ty).and_then(|name| self.writer.methods.choice(self.module, &name)) {
            let (variant, held) = &variants[self.media];
            return Some(format!("api::{}::{spelled}::{variant}({})", self.module, self.value(held, value)?));
        }
        if let Some(parts) = single(ty).filter(|name| name.ends_with("Parts")) {
            return self.parts(&parts, value);
        }
        Some(match spelled.as_str() {
            "runtime::Multipart" => {
                let named = self.function.returns.clone().unwrap_or_else(|| upper_camel(self.operation));
                format!("runtime::Multipart::from({})", self.parts(&format!("{named}Parts"), value)?)
            }
            "runtime::Body" | "runtime::File" => format!("{spelled}::from(\"bytes\".to_owned())"),
            _ => format!("v::<{spelled}>({:?})", value?.to_string()),
        })
    }

    /// A multipart form, part by part.
    fn parts(&self, name: &str, value: Option<&Value>) -> Option<String> {
        let functions = self.writer.methods.functions(self.module, name);
        let functions = functions.unwrap_or_else(|| panic!("{name} is not there"));
        let part = |wire: &str, ty: &Type| self.value(ty, value.and_then(|value| value.get(wire)));
        let new = &functions["new"];
        let required = new.arguments.iter().zip(&new.wires).map(|((_, ty), wire)| part(wire, ty));
        let required: Vec<String> = required.collect::<Option<_>>()?;
        let mut code = format!("api::{}::{name}::new({})", self.module, required.join(", "));
        let optional = functions.iter().filter(|(name, _)| *name != "new" && self.extent == Extent::Maximal);
        for (name, setter) in optional {
            write!(code, ".{name}({})", part(&setter.wires[0], &setter.arguments[0].1)?).unwrap();
        }
        Some(code)
    }
}

/// The method of an operation as the name of a type.
fn upper_camel(operation: &Value) -> String {
    let method = operation["rust"].as_str().unwrap().rsplit("::").next().unwrap();
    method.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
