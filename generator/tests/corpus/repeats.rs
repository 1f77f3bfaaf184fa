//! Names with repeated words: methods that begin with the words of their group, variants with those of their union.

use serde_json::Value;
use std::collections::BTreeSet;

/// The words of an identifier.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if c == '_' || c.is_uppercase() {
            words.push(String::new());
        }
        if c != '_' {
            words.last_mut().unwrap().extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A word and its possible singulars.
fn singulars(word: &str) -> BTreeSet<String> {
    let cut = ["s", "es"].iter().filter_map(|end| word.strip_suffix(end)).map(str::to_owned);
    let ies = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    cut.chain(ies).chain([word.to_owned()]).filter(|word| word.len() > 1).collect()
}

fn repeats(name: &str, around: &str) -> bool {
    let (name, around) = (words(name), words(around));
    let same = |(one, other): (&String, &String)| !singulars(one).is_disjoint(&singulars(other));
    !around.is_empty() && name.len() >= around.len() && around.iter().zip(&name).all(same)
}

/// The names with repeated words of a generated crate, from its `surface.json`.
pub(crate) fn of(surface: &Value) -> Vec<String> {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
    let last = |path: &str| path.rsplit("::").next().unwrap().to_owned();
    let mut found = Vec::new();
    for operation in surface["operations"].as_array().unwrap() {
        let rust = text(operation, "rust");
        if let Some((group, method)) = rust.strip_prefix("api::").and_then(|rest| rest.split_once("::"))
            && repeats(method, group)
        {
            found.push(format!("{group}::{method}"));
        }
    }
    for union in surface["types"].as_array().unwrap().iter().filter(|one| one["kind"] == "union") {
        let name = last(&text(union, "rust"));
        let variants = union["members"].as_array().unwrap().iter().map(|member| text(member, "rust"));
        found.extend(variants.filter(|variant| repeats(variant, &name)).map(|variant| format!("{name}::{variant}")));
    }
    found
}

#[test]
fn detects_repeated_words() {
    assert!(repeats("repo_list", "Repos") && repeats("repos_list", "Repo") && repeats("ShapeCircle", "Shape"));
    assert!(!repeats("list_repos", "Repos") && !repeats("report", "Repos") && !repeats("CircleShape", "Shape"));
}
