//! The text of `clientsmith.lock.toml`: one line for each name, sorted, so that branches merge.

use super::check::check;
use super::{Entries, Entry, Gone, Lock, Members};
use crate::diagnostic::Code;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;
use toml::Spanned;

/// The version of the format.
const VERSION: u32 = 1;

const HEAD: &str =
    "# The names of the generated crate by their places in the description. clientsmith writes this file; commit it.\n";

/// The reason why a lock cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LockError {
    /// The code of the diagnostic.
    pub code: Code,
    /// Bytes of the file.
    pub span: Range<usize>,
    /// The message.
    pub message: String,
}

type Rows<T> = BTreeMap<String, T>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    version: Spanned<u32>,
    #[serde(default)]
    groups: Rows<Spanned<Row>>,
    #[serde(default)]
    operations: Rows<Spanned<Row>>,
    #[serde(default)]
    parameters: Rows<Rows<Spanned<Row>>>,
    #[serde(default)]
    operation_types: Rows<Rows<Spanned<Row>>>,
    #[serde(default)]
    types: Rows<Spanned<Row>>,
    #[serde(default)]
    fields: Rows<Rows<Spanned<Row>>>,
    #[serde(default)]
    variants: Rows<Rows<Spanned<Row>>>,
    #[serde(default)]
    gone: Rows<Spanned<GoneRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    module: Option<String>,
    id: Option<String>,
    kind: Option<String>,
    at: Option<u32>,
    argument: Option<u32>,
    success: Option<String>,
    error: Option<String>,
    rest: Option<String>,
    arguments: Option<String>,
    of: Option<String>,
    #[serde(default)]
    gone: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GoneRow {
    place: String,
    now: Option<String>,
    module: Option<String>,
    since: Option<String>,
    remove: Option<String>,
}

impl Lock {
    /// Reads a file.
    ///
    /// # Errors
    /// Returns an error for a file that is not TOML, has unknown keys or a name that is no identifier (`E0904`), and for two
    /// places with one name (`E0905`).
    pub(crate) fn parse(text: &str) -> Result<Self, LockError> {
        let invalid = |error: toml::de::Error| {
            // Markers of a merge are the usual reason.
            let marker = text.lines().position(|line| line.starts_with("<<<<<<<"));
            let start = marker.map(|line| text.split_inclusive('\n').take(line).map(str::len).sum::<usize>());
            let reason = if marker.is_some() { "; the file has conflict markers" } else { "" };
            let message = format!("the lock cannot be read: {}{reason}", error.message());
            let span = start.map_or_else(|| error.span().unwrap_or_default(), |start| start..start.saturating_add(7));
            LockError { code: Code::LockInvalid, span, message }
        };
        let tables: Tables = toml::from_str(&without_repeated_lines(text)).map_err(invalid)?;
        if *tables.version.get_ref() != VERSION {
            let message = format!(
                "the lock has version {}, and this clientsmith reads version {VERSION}",
                tables.version.get_ref()
            );
            return Err(LockError { code: Code::LockInvalid, span: tables.version.span(), message });
        }
        let lock = Self {
            groups: entries(tables.groups),
            operations: entries(tables.operations),
            parameters: members(tables.parameters),
            operation_types: members(tables.operation_types),
            types: entries(tables.types),
            fields: members(tables.fields),
            variants: members(tables.variants),
            gone: tables.gone.into_iter().map(gone).collect(),
        };
        check(&lock)?;
        Ok(lock)
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("{HEAD}version = {VERSION}\n");
        table(&mut text, "groups", &self.groups);
        table(&mut text, "operations", &self.operations);
        member_table(&mut text, "parameters", &self.parameters);
        member_table(&mut text, "operation_types", &self.operation_types);
        table(&mut text, "types", &self.types);
        member_table(&mut text, "fields", &self.fields);
        member_table(&mut text, "variants", &self.variants);
        start(&mut text, !self.gone.is_empty());
        for (name, gone) in &self.gone {
            let optional = [("now", &gone.now), ("module", &gone.module)];
            let optional = optional.into_iter().chain([("since", &gone.since), ("remove", &gone.remove)]);
            let values = optional.filter_map(|(key, value)| Some((key, quoted(value.as_ref()?))));
            line(
                &mut text,
                &format!("gone.{}", quoted(name)),
                std::iter::once(("place", quoted(&gone.place))).chain(values),
            );
        }
        text
    }
}

fn entries(rows: Rows<Spanned<Row>>) -> Entries {
    rows.into_iter().map(|(place, row)| (place, entry(row))).collect()
}

fn members(rows: Rows<Rows<Spanned<Row>>>) -> Members {
    rows.into_iter().map(|(place, rows)| (place, entries(rows))).collect()
}

fn entry(row: Spanned<Row>) -> Entry {
    let span = row.span();
    let Row { name, module, id, kind, at, argument, success, error, rest, arguments, of, gone } = row.into_inner();
    Entry { name, module, id, kind, at, argument, success, error, rest, arguments, of, gone, span }
}

fn gone((name, row): (String, Spanned<GoneRow>)) -> (String, Gone) {
    let span = row.span();
    let GoneRow { place, now, module, since, remove } = row.into_inner();
    (name, Gone { place, now, module, since, remove, span })
}

fn table(text: &mut String, name: &str, entries: &Entries) {
    start(text, !entries.is_empty());
    for (place, entry) in entries {
        line(text, &format!("{name}.{}", quoted(place)), values(entry));
    }
}

fn member_table(text: &mut String, name: &str, members: &Members) {
    start(text, !members.is_empty());
    for (place, entries) in members {
        for (key, entry) in entries {
            line(text, &format!("{name}.{}.{}", quoted(place), quoted(key)), values(entry));
        }
    }
}

/// An empty line before a table that has any names.
fn start(text: &mut String, is_needed: bool) {
    if is_needed {
        text.push('\n');
    }
}

/// The text without lines that are there twice: a merge that keeps the lines of both branches repeats those between them.
/// Spaces stand for them, so that all others keep their positions.
fn without_repeated_lines(text: &str) -> String {
    let mut known = BTreeSet::new();
    let lines = text.split_inclusive('\n').map(|line| {
        let plain = line.trim_end();
        if plain.contains(" = {") && !known.insert(plain) {
            line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

/// A line with the whole path of its name: lines of two branches can stand in any order.
fn line(text: &mut String, key: &str, values: impl Iterator<Item = (&'static str, String)>) {
    let values: Vec<String> = values.map(|(key, value)| format!("{key} = {value}")).collect();
    let _ = writeln!(text, "{key} = {{ {} }}", values.join(", "));
}

fn values(entry: &Entry) -> impl Iterator<Item = (&'static str, String)> {
    let text = |key, value: &Option<String>| value.as_ref().map(|value| (key, quoted(value)));
    let number = |key, value: Option<u32>| value.map(|value| (key, value.to_string()));
    let values = [
        Some(("name", quoted(&entry.name))),
        text("module", &entry.module),
        text("id", &entry.id),
        text("kind", &entry.kind),
        number("at", entry.at),
        number("argument", entry.argument),
        text("success", &entry.success),
        text("error", &entry.error),
        text("rest", &entry.rest),
        text("arguments", &entry.arguments),
        text("of", &entry.of),
        entry.gone.then(|| ("gone", "true".to_owned())),
    ];
    values.into_iter().flatten()
}

/// A string of TOML on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
