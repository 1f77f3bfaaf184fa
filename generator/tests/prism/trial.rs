//! One description: its calls with the results of Prism.

use super::arguments::Arguments;
use super::{described, descriptions, driver, peers};
use clientsmith::files::Disk;
use clientsmith::{Config, generate};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A description with its program.
pub(crate) struct Trial {
    /// Name in the ledger.
    pub(crate) description: String,
    pub(crate) path: PathBuf,
    /// Name of the program.
    pub(crate) program: String,
    operations: usize,
    calls: Vec<String>,
    /// Calls without arguments.
    without_arguments: Vec<String>,
}

/// The result of a description.
pub(crate) struct Tally {
    pub(crate) description: String,
    /// Line of the ledger.
    pub(crate) line: String,
    /// Calls with a violation, and the violation.
    pub(crate) violations: BTreeMap<String, String>,
    /// Calls with a response that was not decoded, and the reason. Prism makes responses from the description's
    /// examples.
    pub(crate) undecoded: BTreeMap<String, String>,
}

impl Trial {
    /// Generates the crate and adds its program.
    pub(crate) fn prepare(description: &str, path: &Path) -> Self {
        let name = descriptions::package(description).replacen("c-", "p-", 1);
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
        let mut config = Config::default();
        config.set_name(&name).unwrap();
        config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
        let output = generate(path, &Disk, &config).output.unwrap();
        let surface: Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
        let arguments = Arguments::of(&described::read(path), &surface);
        let program = format!("{name}-calls");
        let (calls, without_arguments) = driver::add(&program, &output, &surface, &arguments);
        let operations = surface["operations"].as_array().unwrap().len();
        Self {
            description: description.to_owned(),
            path: path.to_owned(),
            program,
            operations,
            calls,
            without_arguments,
        }
    }

    /// Runs the calls against the description.
    pub(crate) fn run(&self) -> Tally {
        self.run_against(&self.path)
    }

    /// Runs the calls against another description.
    pub(crate) fn run_against(&self, path: &Path) -> Tally {
        let prism = peers::programs::prism(path).unwrap();
        let report = driver::run(&self.program, &prism.base());
        assert_eq!(report.len(), self.calls.len(), "{}", self.description);
        let (mut violations, mut undecoded, mut decoded, mut without_response) =
            (BTreeMap::new(), BTreeMap::new(), 0, 0);
        for call in &self.without_arguments {
            violations.insert(call.clone(), "no arguments were found for it".to_owned());
        }
        for one in &report {
            let call = one["call"].as_str().unwrap().to_owned();
            match outcome(one) {
                CallOutcome::Decoded => decoded += 1,
                CallOutcome::WithoutResponse => without_response += 1,
                CallOutcome::Violation(reason) => drop(violations.insert(call, reason)),
                CallOutcome::Undecoded(reason) => drop(undecoded.insert(call, reason)),
            }
        }
        let line = format!(
            "{} operations={} calls={} decoded={decoded} undecoded={} without_response={without_response} violations={}",
            self.description,
            self.operations,
            self.calls.len(),
            undecoded.len(),
            violations.len(),
        );
        Tally { description: self.description.clone(), line, violations, undecoded }
    }
}

/// The result of a call.
enum CallOutcome {
    /// As documented, and decoded.
    Decoded,
    /// Without a violation. Prism could not make a response.
    WithoutResponse,
    /// As documented, and not decoded.
    Undecoded(String),
    /// With a violation, or without a request.
    Violation(String),
}

/// Errors of Prism that concern its response and not the request.
const OF_RESPONSES: [&str; 5] =
    ["VIOLATIONS", "NO_COMPLEX_OBJECT_TEXT", "SCHEMA_TOO_COMPLEX", "NOT_FOUND", "NO_RESPONSE_DEFINED"];

fn outcome(report: &Value) -> CallOutcome {
    let Some(status) = report["status"].as_u64() else {
        return CallOutcome::Violation(report["error"].to_string());
    };
    let violations: Value =
        report["violations"].as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    if let Some(reason) = of_request(&violations) {
        return CallOutcome::Violation(reason);
    }
    if report.get("error").is_none() {
        return CallOutcome::Decoded;
    }
    let body: Value = report["body"].as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let problem = body["type"].as_str().and_then(|kind| kind.strip_prefix("https://stoplight.io/prism/errors#"));
    // An error for a media type that Prism cannot write.
    let unwritten = body["title"].as_str().is_some_and(|title| title.starts_with("Cannot find serializer"));
    match problem {
        Some(kind) if (unwritten || OF_RESPONSES.contains(&kind)) && of_request(&body["validation"]).is_none() => {
            CallOutcome::WithoutResponse
        }
        Some(kind) => {
            let reason = of_request(&body["validation"]).unwrap_or_else(|| body["detail"].to_string());
            CallOutcome::Violation(format!("{kind} {reason}"))
        }
        None if status < 400 => CallOutcome::Undecoded(report["error"].as_str().unwrap().to_owned()),
        None => CallOutcome::Violation(format!("{status} {}", report["body"])),
    }
}

/// The violations of the request. Deprecated parts are allowed.
fn of_request(list: &Value) -> Option<String> {
    let list = list.as_array()?.iter().filter(|one| one["location"][0] != "response" && one["code"] != "deprecated");
    let report: Vec<String> = list.map(|one| format!("{} {}", one["location"], one["message"])).collect();
    (!report.is_empty()).then(|| report.join("; "))
}
