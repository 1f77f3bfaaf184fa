//! The description that the page shows, its crate, and the requests about them.

use crate::effects::{self, CrateFiles};
use crate::message::{Request, Response, Task};
use crate::settings;
use clientsmith::diagnostic::{Code, Diagnostic, SourceMap, render as findings};
use clientsmith::diff::render::{self, Release};
use clientsmith::diff::{self, Comparison, Side};
use clientsmith::files::Memory;
use clientsmith::{Config, SETTINGS_SCHEMA, generate};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The state behind the page.
#[derive(Debug, Default)]
pub struct Session {
    entry: PathBuf,
    files: Memory,
    /// The files of the crate. Empty if the description has errors.
    generated: CrateFiles,
    /// The files of the crate for other settings.
    before: CrateFiles,
}

impl Session {
    /// Runs a request.
    pub fn respond(&mut self, request: Request) -> Response {
        self.run(request).unwrap_or_else(|refusal| refusal)
    }

    fn run(&mut self, Request { task, files }: Request) -> Result<Response, Response> {
        match task {
            Task::Generate { entry, settings } => {
                (self.entry, self.files) = (entry, files);
                self.generate(&settings)
            }
            Task::File { path } => match self.generated.get(&path) {
                Some(text) => Ok(Response::text(text.as_str())),
                None => Err(Response::error(&"the crate has no such file")),
            },
            Task::Effects { settings, without } => self.effects(&settings, without.as_deref()),
            Task::LineChanges { path } => {
                let text = |files: &CrateFiles| files.get(&path).cloned().unwrap_or_default();
                Ok(Response::text(effects::line_changes(&text(&self.before), &text(&self.generated))))
            }
            Task::Compare { old, new, settings } => compare(&old, &new, &files, &settings),
            Task::Options { settings } => Ok(options(&settings)),
            Task::SetOption { settings, option, value } => {
                with_option(&settings, &option, value.as_deref()).map(Response::text)
            }
            Task::Schema => Ok(Response::text(SETTINGS_SCHEMA)),
            Task::Explain { code } => match Code::parse(&code) {
                Some(code) => {
                    Ok(Response { head: json!({ "title": code.title() }), text: code.explanation().to_owned() })
                }
                None => Err(Response::error(&format!("there is no code {code}"))),
            },
        }
    }

    fn generate(&mut self, settings: &str) -> Result<Response, Response> {
        (self.generated, self.before) = (CrateFiles::default(), CrateFiles::default());
        let generated = generate(&self.entry, &self.files, &config(settings)?);
        let (found, sources) = (&generated.diagnostics.list, &generated.sources);
        let (list, count, operations) = (list(found, sources), findings::count(found), generated.operation_count());
        let files = generated.output.map(|output| {
            self.generated = output.with_list().files;
            self.generated.keys().collect::<Vec<_>>()
        });
        Ok(Response::of(json!({ "findings": list, "count": count, "operations": operations, "files": files })))
    }

    fn effects(&mut self, settings: &str, without: Option<&str>) -> Result<Response, Response> {
        let with = config(settings)?;
        let before = match without {
            Some(option) => config(&with_option(settings, option, None)?)?,
            None => Config::default(),
        };
        let (old, new) = (side(&self.entry, &self.files, &before)?, side(&self.entry, &self.files, &with)?);
        let none = Comparison { changes: Vec::new(), operations: 0, types: 0 };
        let comparison = diff::with_settings(none, diff::compare_settings(&old, &new), &new);
        self.before = generate(&self.entry, &self.files, &before).output.unwrap_or_default().with_list().files;
        let head = json!({ "files": effects::changed_files(&self.before, &self.generated) });
        Ok(Response { head, text: render::json(&comparison, &Release::default()) })
    }
}

fn config(settings: &str) -> Result<Config, Response> {
    Config::parse(settings).map_err(|error| Response::of(json!({ "settings_error": error.to_string() })))
}

fn with_option(settings: &str, option: &str, value: Option<&str>) -> Result<String, Response> {
    settings::with_option(settings, option, value).map_err(|error| Response::error(&error))
}

/// A description for a comparison. The response for one with errors has the findings.
fn side(entry: &Path, files: &Memory, config: &Config) -> Result<Side, Response> {
    diff::read(entry, files, config)
        .map_err(|unread| Response::of(json!({ "findings": list(&unread.diagnostics.list, &unread.sources) })))
}

/// Findings as the page shows them.
fn list(found: &[Diagnostic], sources: &SourceMap) -> Value {
    findings::json(found, sources).lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).collect()
}

fn compare(old: &Path, new: &Path, files: &Memory, settings: &str) -> Result<Response, Response> {
    let config = config(settings)?;
    let comparison = diff::compare(&side(old, files, &config)?, &side(new, files, &config)?);
    let release = Release::default();
    let head = json!({ "summary": render::summary(&comparison, &release) });
    Ok(Response { head, text: render::json(&comparison, &release) })
}

/// The options in settings, and the reason why the generator does not accept them.
fn options(text: &str) -> Response {
    let error = Config::parse(text).err().map(|error| error.to_string());
    Response::of(json!({ "options": settings::options(text), "error": error }))
}

#[cfg(test)]
mod tests;
