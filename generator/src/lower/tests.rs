//! Small descriptions and their meaning as a dump.

mod bounds;
mod operations;
mod schemas;
mod unions;

use crate::diagnostic::{Code, Diagnostics};
use crate::resolve::resolve;
use crate::source::files::Memory;
use std::path::{Path, PathBuf};

/// Returns the dump of a description and the codes of its findings.
fn lowered(text: &str) -> (String, Vec<Code>) {
    let files = Memory(vec![(PathBuf::from("api.yaml"), text.as_bytes().to_vec())]);
    let mut diagnostics = Diagnostics::default();
    let (_, document) = resolve(Path::new("api.yaml"), &files, &[], &[], &mut diagnostics);
    let document = document.unwrap_or_else(|| panic!("{:?}", diagnostics.list));
    let api = super::lower(&document, &super::LowerOptions::default(), &mut diagnostics);
    // Most of these descriptions have only schemas.
    let codes = diagnostics.list.iter().map(|one| one.code).filter(|code| *code != Code::NoOperations);
    (crate::dump::api::api(&api), codes.collect())
}

/// Checks that the pointers of schemas lead to their nodes, except those with this start, which lead nowhere.
fn check_pointers(text: &str, without_node: &str) {
    let files = Memory(vec![(PathBuf::from("api.yaml"), text.as_bytes().to_vec())]);
    let mut diagnostics = Diagnostics::default();
    let (_, document) = resolve(Path::new("api.yaml"), &files, &[], &[], &mut diagnostics);
    let document = document.unwrap();
    let api = super::lower(&document, &super::LowerOptions::default(), &mut diagnostics);
    for schema in api.schemas.iter() {
        let pointer = schema.origin.pointer.as_str();
        let span = document.node_at(pointer).map(|node| document.tree.span(node));
        let expected = (!pointer.starts_with(without_node)).then_some(schema.origin.span);
        assert_eq!(span, expected, "{pointer}");
    }
}

/// Returns the dumped lines of a description with only these component schemas.
fn schemas(text: &str) -> (Vec<String>, Vec<Code>) {
    let indented: String = text.lines().map(|line| format!("    {line}\n")).collect();
    let whole = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n{indented}");
    let (dump, codes) = lowered(&whole);
    (dump.lines().skip(1).map(str::to_owned).collect(), codes)
}

/// Checks that the dump of these schemas is equal to this, without a finding.
fn check(text: &str, wanted: &[&str]) {
    let (lines, codes) = schemas(text);
    assert_eq!(lines, wanted);
    assert!(codes.is_empty(), "{codes:?}");
}
