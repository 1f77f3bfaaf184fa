//! Locks that cannot be used: each is a located error, and no lock is made.

use super::{ORDER, description, run};
use crate::locked;
use clientsmith::diagnostic::{Code, Diagnostic, Severity};

/// The errors about a lock with their lines.
fn errors(text: &str, lock: &str) -> Vec<(Code, usize, String)> {
    let generated = run(text, Some(lock));
    assert!(generated.output.is_none() && generated.lock.is_none());
    let list = generated.diagnostics.list.iter().filter(|found| found.severity == Severity::Error);
    let place = |found: &Diagnostic| {
        let span = found.primary.as_ref().unwrap().span;
        assert_eq!(generated.sources.name(span.file), "clientsmith.lock.toml");
        (found.code, generated.sources.line_column(span).line, found.message.clone())
    };
    list.map(place).collect()
}

#[test]
fn ambiguous_places_are_an_error_with_the_candidates() {
    let lock = locked(&description("", ORDER), None);
    let (one, other) = (ORDER.replace("Order:", "Purchase:"), ORDER.replace("Order:", "Sale:"));
    let text = description("", &format!("{one}, {other}"));
    let errors = errors(&text, &lock);
    assert_eq!(errors.len(), 1);
    let (code, line, message) = &errors[0];
    let found = lock.lines().nth(line - 1).unwrap();
    assert!(code.as_str() == "E0906" && found.starts_with("types.\"#/components/schemas/Order\" = "), "{found}");
    assert!(message.contains("`#/components/schemas/Purchase` or `#/components/schemas/Sale`"), "{message}");
    // The cure of the help: the right pointer, or no line.
    let right = lock.replace("schemas/Order\"", "schemas/Sale\"");
    assert!(locked(&text, Some(&right)).contains("\"#/components/schemas/Sale\" = { name = \"Order\""));
    let without: String =
        lock.lines().filter(|line| !line.contains("schemas/Order\"")).map(|line| format!("{line}\n")).collect();
    assert!(locked(&text, Some(&without)).contains("\"#/components/schemas/Sale\" = { name = \"Sale\""));
}

#[test]
fn wrong_locks_are_located_errors() {
    let text = description("", ORDER);
    let head = "version = 1\n[types]\n\"#/components/schemas/Order\" = { name = \"Order\" }\n";
    let one = |lock: &str| {
        let errors = errors(&text, lock);
        assert_eq!(errors.len(), 1, "{errors:?}");
        (errors[0].0.as_str(), errors[0].1)
    };
    assert_eq!(one("version = 1\n[types\n").0, "E0904");
    assert_eq!(one("version = 3\n"), ("E0904", 1));
    assert_eq!(one(""), ("E0904", 1));
    assert_eq!(one("version = 1\nnames = 3\n"), ("E0904", 2));
    assert_eq!(one(&format!("{head}<<<<<<< HEAD\n")), ("E0904", 4));
    assert_eq!(one(&format!("{head}\"#/x\" = {{ name = \"A B\" }}\n")), ("E0904", 4));
    assert_eq!(one(&format!("{head}\"#/x\" = {{ name = \"struct\" }}\n")), ("E0904", 4));
    assert_eq!(one(&format!("{head}\"#/x\" = {{ name = \"X\", colour = 1 }}\n")), ("E0904", 4));
    assert_eq!(one(&format!("{head}\"#/components/schemas/Order\" = {{ name = \"Other\" }}\n")).0, "E0904");
    let twice = one(&format!("{head}\"#/components/schemas/order\" = {{ name = \"Order\" }}\n"));
    assert_eq!(twice, ("E0905", 4));
    let fields = "[fields]\n\"#/a\".\"x\" = { name = \"x\" }\n\"#/a\".\"y\" = { name = \"x\" }\n";
    assert_eq!(one(&format!("{head}{fields}")), ("E0905", 6));
    let calls = "[operations]\n\"GET /a\" = { name = \"api::A::x\" }\n\"GET /b\" = { name = \"api::A::x\" }\n";
    assert_eq!(one(&format!("{head}{calls}")), ("E0905", 6));
    let both = one(&format!("{head}[gone]\n\"models::Order\" = {{ place = \"#/x\" }}\n"));
    assert_eq!(both, ("E0905", 5));
    for target in [
        "\"models::Old\" = { place = \"#/x\", now = \"#/y\" }",
        "\"api::A::x\" = { place = \"GET /x\", now = \"GET /y\" }",
    ] {
        assert_eq!(one(&format!("{head}[gone]\n{target}\n")), ("E0907", 5), "{target}");
    }
}
