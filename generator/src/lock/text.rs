//! Reads and writes the text of `clientsmith.lock.toml`: one line for each name, sorted, so that branches merge.

use super::Lock;
use super::check::check;
use super::entries::{ByPlace, ChildEntries, ChildEntry, GoneEntry, GroupEntry, OperationEntry, TypeEntry};
use crate::diagnostic::Code;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;
use toml::Spanned;

/// The version of the format.
const VERSION: u32 = 2;
/// The version whose fields and variants do not say if they are in a box.
const WITHOUT_BOXES: u32 = 1;

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    version: Spanned<u32>,
    #[serde(default)]
    groups: ByPlace<Spanned<GroupEntry>>,
    #[serde(default)]
    operations: ByPlace<Spanned<OperationEntry>>,
    #[serde(default)]
    parameters: ByPlace<ByPlace<Spanned<ChildEntry>>>,
    #[serde(default)]
    operation_types: ByPlace<ByPlace<Spanned<ChildEntry>>>,
    #[serde(default)]
    types: ByPlace<Spanned<TypeEntry>>,
    #[serde(default)]
    fields: ByPlace<ByPlace<Spanned<ChildEntry>>>,
    #[serde(default)]
    variants: ByPlace<ByPlace<Spanned<ChildEntry>>>,
    #[serde(default)]
    webhooks: ByPlace<Spanned<ChildEntry>>,
    #[serde(default)]
    gone: ByPlace<Spanned<GoneEntry>>,
}

impl Lock {
    /// Reads a file.
    ///
    /// # Errors
    /// Returns an error for a file that is not TOML, has unknown keys or a name that is not an identifier (`E0904`), and for two
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
        let version = *tables.version.get_ref();
        if ![WITHOUT_BOXES, VERSION].contains(&version) {
            let message = format!(
                "the lock has version {version}, and this clientsmith reads versions {WITHOUT_BOXES} and {VERSION}"
            );
            return Err(LockError { code: Code::LockInvalid, span: tables.version.span(), message });
        }
        let mut lock = Self {
            groups: entries(tables.groups),
            operations: entries(tables.operations),
            parameters: children(tables.parameters),
            operation_types: children(tables.operation_types),
            types: entries(tables.types),
            fields: children(tables.fields),
            variants: children(tables.variants),
            webhooks: entries(tables.webhooks),
            gone: entries(tables.gone),
        };
        if version != WITHOUT_BOXES {
            for child in lock.fields.values_mut().chain(lock.variants.values_mut()).flat_map(|all| all.values_mut()) {
                child.boxed.get_or_insert(false);
            }
        }
        check(&lock)?;
        Ok(lock)
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("{HEAD}version = {VERSION}\n");
        table(&mut text, "groups", &self.groups);
        table(&mut text, "operations", &self.operations);
        child_table(&mut text, "parameters", &self.parameters);
        child_table(&mut text, "operation_types", &self.operation_types);
        table(&mut text, "types", &self.types);
        child_table(&mut text, "fields", &self.fields);
        child_table(&mut text, "variants", &self.variants);
        table(&mut text, "webhooks", &self.webhooks);
        table(&mut text, "gone", &self.gone);
        text
    }
}

fn entries<E: Line>(rows: ByPlace<Spanned<E>>) -> ByPlace<E> {
    let entries = rows.into_iter().map(|(place, row)| {
        let span = row.span();
        let mut entry = row.into_inner();
        *entry.span() = span;
        (place, entry)
    });
    entries.collect()
}

fn children(rows: ByPlace<ByPlace<Spanned<ChildEntry>>>) -> ByPlace<ChildEntries> {
    rows.into_iter().map(|(place, rows)| (place, entries(rows))).collect()
}

fn table(text: &mut String, name: &str, entries: &ByPlace<impl Line>) {
    start(text, !entries.is_empty());
    for (place, entry) in entries {
        line(text, &format!("{name}.{}", quoted(place)), entry);
    }
}

fn child_table(text: &mut String, name: &str, children: &ByPlace<ChildEntries>) {
    start(text, !children.is_empty());
    for (place, entries) in children {
        for (key, entry) in entries {
            line(text, &format!("{name}.{}.{}", quoted(place), quoted(key)), entry);
        }
    }
}

/// An empty line before a table that has any names.
fn start(text: &mut String, is_needed: bool) {
    if is_needed {
        text.push('\n');
    }
}

/// The text without repeated lines. `merge=union` keeps both versions of a conflict, so lines that are in both occur twice. Spaces
/// replace the second one, so that later spans stay right.
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
fn line(text: &mut String, key: &str, entry: &impl Line) {
    let values: Vec<String> = entry.values().into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
    let _ = writeln!(text, "{key} = {{ {} }}", values.join(", "));
}

/// An entry as a line of the file.
trait Line {
    /// The position of the line.
    fn span(&mut self) -> &mut Range<usize>;

    /// The keys with their values as TOML.
    fn values(&self) -> Vec<(&'static str, String)>;
}

/// The keys of an entry that have a value, after its name.
fn with_options<const N: usize>(
    first: (&'static str, &str),
    options: [(&'static str, &Option<String>); N],
) -> Vec<(&'static str, String)> {
    let options = options.into_iter().filter_map(|(key, value)| Some((key, quoted(value.as_ref()?))));
    std::iter::once((first.0, quoted(first.1))).chain(options).collect()
}

impl Line for GroupEntry {
    fn span(&mut self) -> &mut Range<usize> {
        &mut self.span
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        with_options(("name", &self.name), [("module", &self.module)])
    }
}

impl Line for OperationEntry {
    fn span(&mut self) -> &mut Range<usize> {
        &mut self.span
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        with_options(("name", &self.name), [("id", &self.id), ("success", &self.success), ("error", &self.error)])
    }
}

impl Line for TypeEntry {
    fn span(&mut self) -> &mut Range<usize> {
        &mut self.span
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        let options = [("rest", &self.rest), ("arguments", &self.arguments), ("of", &self.of)];
        let mut values = with_options(("name", &self.name), options);
        values.extend(self.is_enum.then(|| ("enum", "true".to_owned())));
        values
    }
}

impl Line for ChildEntry {
    fn span(&mut self) -> &mut Range<usize> {
        &mut self.span
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        let mut values = with_options(("name", &self.name), [("kind", &self.kind)]);
        let numbers = [("at", self.position), ("argument", self.argument_position)];
        values.extend(numbers.into_iter().filter_map(|(key, number)| Some((key, number?.to_string()))));
        values.extend(self.boxed.filter(|boxed| *boxed).map(|_| ("boxed", "true".to_owned())));
        values.extend(self.gone.then(|| ("gone", "true".to_owned())));
        values
    }
}

impl Line for GoneEntry {
    fn span(&mut self) -> &mut Range<usize> {
        &mut self.span
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        let options = [("now", &self.now), ("module", &self.module), ("since", &self.since), ("remove", &self.remove)];
        with_options(("place", &self.place), options)
    }
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
