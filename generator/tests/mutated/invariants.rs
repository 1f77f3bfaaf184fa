//! Properties of every run, for any input.

use clientsmith::diagnostic::SourceMap;
use clientsmith::diagnostic::render;
use clientsmith::diagnostic::{Diagnostic, Label, Severity};
use clientsmith::files::Memory;
use clientsmith::{Config, generate};
use std::path::{Component, Path, PathBuf};

/// Generates a crate from bytes, and returns the violated property.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    let files = Memory(vec![(PathBuf::from("api.yaml"), bytes.to_vec())]);
    let generated = generate(Path::new("api.yaml"), &files, &Config::default());
    let list = &generated.diagnostics.list;
    for found in list {
        is_placed(found, &generated.sources)?;
    }
    let human = render::human(list, &generated.sources, false);
    let short = render::short(list, &generated.sources);
    let json = render::json(list, &generated.sources);
    if short.lines().count() != list.len() || json.lines().count() != list.len() || human.is_empty() != list.is_empty()
    {
        return Err(format!("a finding is not one line:\n{short}"));
    }
    let error = list.iter().any(|found| found.severity == Severity::Error);
    if error == generated.output.is_some() {
        return Err(format!("errors and output exclude each other:\n{short}"));
    }
    for (path, text) in generated.output.iter().flat_map(|output| &output.files) {
        is_sound(path, text)?;
    }
    Ok(())
}

/// Every span is a range of whole characters of a file.
fn is_placed(found: &Diagnostic, sources: &SourceMap) -> Result<(), String> {
    for Label { span, .. } in found.primary.iter().chain(&found.related) {
        let text = sources.text(span.file);
        let (start, end) = (span.start as usize, span.end as usize);
        if sources.paths().len() <= span.file.0 as usize
            || start > end
            || start > text.len()
            || !text.is_char_boundary(start)
        {
            return Err(format!("{found:?} has no place in {} bytes", text.len()));
        }
        if sources.line_column(*span).line > text.lines().count().max(1) + 1 {
            return Err(format!("{found:?} is on no line"));
        }
    }
    if found.message.is_empty() || found.message.contains('\n') {
        return Err(format!("{found:?} is not one line"));
    }
    Ok(())
}

/// A generated file is inside the directory, and has the syntax of its name.
fn is_sound(path: &str, text: &str) -> Result<(), String> {
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if !inside || path.is_empty() {
        return Err(format!("`{path}` is outside"));
    }
    if path.ends_with(".rs") {
        syn::parse_file(text).map_err(|error| format!("{path}: {error}\n{text}"))?;
    }
    if path.ends_with(".json") {
        serde_json::from_str::<serde_json::Value>(text).map_err(|error| format!("{path}: {error}"))?;
    }
    Ok(())
}
