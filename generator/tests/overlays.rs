//! Overlays, one action at a time: the description, the action, and the result or the finding.
#![cfg(feature = "overlays")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use clientsmith::dump::{Stage, dump};
use clientsmith::files::Memory;
use clientsmith::{Config, generate};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Result of the actions on a description, or the findings.
fn applied(description: &Value, version: &str, actions: &str) -> Result<Value, String> {
    let overlay = format!("overlay: {version}\ninfo: {{title: Test, version: '1'}}\nactions:\n{actions}");
    run(&description.to_string(), &overlay)
}

fn run(description: &str, overlay: &str) -> Result<Value, String> {
    let files = Memory(vec![
        (PathBuf::from("api.yaml"), description.as_bytes().to_vec()),
        (PathBuf::from("overlay.yaml"), overlay.as_bytes().to_vec()),
    ]);
    let mut config = Config::default();
    config.add_overlay("overlay.yaml");
    let dumped = dump(Stage::Description, None, Path::new("api.yaml"), &files, &config);
    let found = dumped.diagnostics.list.iter().map(|found| {
        let place = found.primary.as_ref().map(|label| dumped.sources.line_column(label.span).line).unwrap_or_default();
        format!("{}:{place}: {}", found.code.as_str(), found.message)
    });
    dumped.text.map(|text| serde_yaml::from_str(&text).unwrap()).ok_or_else(|| found.collect::<Vec<_>>().join("\n"))
}

#[test]
fn merges_by_the_rules_of_the_standard() {
    let base = || json!({"o": {"a": 1, "l": [1], "d": {"x": 1}}, "l": [{"n": "a"}, {"n": "b"}], "p": "old"});
    let cases = [
        ("$.o", "{b: 2}", json!({"o": {"a": 1, "l": [1], "d": {"x": 1}, "b": 2}})),
        ("$.o", "{a: two, l: [2], d: {y: 2}}", json!({"o": {"a": "two", "l": [1, 2], "d": {"x": 1, "y": 2}}})),
        ("$.o", "{a: null}", json!({"o": {"a": null, "l": [1], "d": {"x": 1}}})),
        ("$", "{new: {deep: [1]}}", json!({"new": {"deep": [1]}})),
        ("$.l", "{n: c}", json!({"l": [{"n": "a"}, {"n": "b"}, {"n": "c"}]})),
        ("$.l", "[{n: c}, {n: d}]", json!({"l": [{"n": "a"}, {"n": "b"}, {"n": "c"}, {"n": "d"}]})),
        ("$.l[?@.n == 'b']", "{m: 1}", json!({"l": [{"n": "a"}, {"n": "b", "m": 1}]})),
        ("$.l[*]", "{m: 1}", json!({"l": [{"n": "a", "m": 1}, {"n": "b", "m": 1}]})),
        ("$.l[-1]", "{n: z}", json!({"l": [{"n": "a"}, {"n": "z"}]})),
        ("$..x", "9", json!({"o": {"a": 1, "l": [1], "d": {"x": 9}}})),
        ("$['p']", "new", json!({"p": "new"})),
        ("$['p', 'p']", "1.50", json!({"p": 1.5})),
    ];
    for version in ["1.0.0", "1.1.0", "1.1.7"] {
        for (target, update, changed) in &cases {
            let action = format!("  - target: {}\n    update: {update}\n", json!(target));
            let mut expected = base();
            for (key, value) in changed.as_object().unwrap() {
                expected[key] = value.clone();
            }
            assert_eq!(applied(&base(), version, &action), Ok(expected), "{target} {update}");
        }
    }
}

#[test]
fn removes_and_copies() {
    let base = json!({"a": {"x": 1, "y": 2}, "l": [1, 2, 3, 2], "b": {}});
    let cases = [
        ("- {target: $.a.x, remove: true}", json!({"a": {"y": 2}, "l": [1, 2, 3, 2], "b": {}})),
        ("- {target: '$.l[?@ == 2]', remove: true}", json!({"a": {"x": 1, "y": 2}, "l": [1, 3], "b": {}})),
        // Each of these is another result in some tools (findings/).
        ("- {target: '$.l[0:2]', remove: true}", json!({"a": {"x": 1, "y": 2}, "l": [3, 2], "b": {}})),
        ("- {target: '$.l[0]', remove: true}", json!({"a": {"x": 1, "y": 2}, "l": [2, 3, 2], "b": {}})),
        (
            "- {target: $.b, remove: false, update: {z: 1}}",
            json!({"a": {"x": 1, "y": 2}, "l": [1, 2, 3, 2], "b": {"z": 1}}),
        ),
        ("- {target: '$..*', remove: true}", json!({})),
        ("- {target: $.a, remove: true, update: {z: 1}}", json!({"l": [1, 2, 3, 2], "b": {}})),
        ("- {target: $.b, copy: $.a}", json!({"a": {"x": 1, "y": 2}, "l": [1, 2, 3, 2], "b": {"x": 1, "y": 2}})),
        ("- {target: $.l, copy: $.l}", json!({"a": {"x": 1, "y": 2}, "l": [1, 2, 3, 2, 1, 2, 3, 2], "b": {}})),
        // Each action applies to the result of the one before, and a copy is not an alias.
        (
            "- {target: $.b, copy: $.a}\n  - {target: $.a, update: {x: 5}}\n  - {target: $.b.y, remove: true}",
            json!({"a": {"x": 5, "y": 2}, "l": [1, 2, 3, 2], "b": {"x": 1}}),
        ),
        ("- {target: $.none, remove: true, x-clientsmith-optional: true}", base.clone()),
    ];
    for (actions, expected) in cases {
        assert_eq!(applied(&base, "1.1.0", &format!("  {actions}\n")), Ok(expected), "{actions}");
    }
}

#[test]
fn reports_invalid_actions() {
    let base = json!({"a": {"x": 1}, "l": [1], "b": [2]});
    let cases = [
        ("- {target: $.none, update: {}}", "E0902:4: the target of the action matches nothing"),
        ("- {target: $.a, update: [1]}", "E0903:4: an array cannot be merged into an object"),
        ("- {target: $, update: {l: {}}}", "E0903:4: an object cannot be merged into an array"),
        ("- {target: $, update: {l: 1}}", "E0903:4: a primitive value cannot be merged into an array"),
        ("- {target: $.a.x, update: {y: 1}}", "E0903:4: an object cannot be merged into a primitive value"),
        ("- {target: $.*, update: 1}", "E0903:4: the target matches places of several types, one of them an array"),
        ("- {target: $, remove: true}", "E0903:4: the root cannot be removed"),
        ("- {target: $.a, copy: $.none}", "E0903:4: `copy` selects 0 places; it must select one"),
        ("- {target: $.l, copy: '$.*'}", "E0903:4: `copy` selects 3 places; it must select one"),
        ("- {target: $.a, copy: $.a, update: {}}", "E0901:4: `copy` and `update` exclude each other"),
        ("- {target: $.a}", "E0901:4: the action has none of `update`, `copy` and `remove: true`"),
        ("- {update: {}}", "E0901:4: the action has no `target`"),
        ("- {target: 7, update: {}}", "E0901:4: expected a JSONPath query, such as `$.info`"),
    ];
    for (action, expected) in cases {
        assert_eq!(applied(&base, "1.1.0", &format!("  {action}\n")), Err(expected.to_owned()), "{action}");
    }
    let wrong =
        |target: &str| applied(&base, "1.0.0", &format!("  - {{target: '{target}', remove: true}}\n")).unwrap_err();
    for target in ["$.a[", "a", "$..", "$[?@.x = 1]", "$.a.x b"] {
        let found = wrong(target);
        assert!(found.starts_with(&format!("E0901:4: `{target}` is not a JSONPath query (RFC 9535): ")), "{found}");
    }
    let old = applied(&base, "1.0.0", "  - {target: $.a, copy: $.a}\n").unwrap_err();
    assert_eq!(old, "E0901:4: `copy` needs `overlay: 1.1.0`");
    let version = applied(&base, "1.2.0", "  - {target: $.a, remove: true}\n").unwrap_err();
    assert_eq!(version, "E0901:1: version `1.2.0` of overlays is not supported; 1.0 and 1.1 are");
    assert!(run("{}", "{}").unwrap_err().starts_with("E0901:1: the file has no `overlay` field"));
    assert!(run("{}", "overlay: 1.0.0\nactions: []").unwrap_err().starts_with("E0901:1: the overlay has no list"));
    assert!(run("{}", "overlay: [").unwrap_err().starts_with("E0106"));
}

/// The YAML anchor `x` has two aliases. An action on one place must not change the other.
#[test]
fn changes_one_place_of_an_alias() {
    let overlay = "overlay: 1.0.0\nactions:\n  - {target: $.b, update: {y: 2}}\n";
    let result = run("a: &x {y: 1}\nb: *x\nc: *x\n", overlay);
    assert_eq!(result, Ok(json!({"a": {"y": 1}, "b": {"y": 2}, "c": {"y": 1}})));
}

/// A finding in a value of an overlay is shown there, with the place of the description.
#[test]
fn findings_show_both_places() {
    let description = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      \
                       operationId: list\n      responses: {'200': {description: Pets}}\n";
    let overlay = "overlay: 1.0.0\ninfo: {title: Test, version: '1'}\nactions:\n  - target: $.paths.*.get\n    update:\n      \
                   parameters:\n        - $ref: '#/components/parameters/Limit'\n";
    let files = Memory(vec![
        (PathBuf::from("api.yaml"), description.as_bytes().to_vec()),
        (PathBuf::from("overlay.yaml"), overlay.as_bytes().to_vec()),
    ]);
    let mut config = Config::default();
    config.add_overlay("overlay.yaml");
    let generated = generate(Path::new("api.yaml"), &files, &config);
    let found = generated.diagnostics.list.iter().find(|found| found.code.as_str() == "S0301").unwrap();
    let shown = |label: &clientsmith::diagnostic::Label| {
        let place = generated.sources.line_column(label.span);
        format!("{}:{}:{}", generated.sources.name(label.span.file), place.line, place.column)
    };
    assert_eq!(shown(found.primary.as_ref().unwrap()), "overlay.yaml:7:17");
    let related: Vec<_> = found.related.iter().map(|label| (shown(label), label.text.as_str())).collect();
    assert_eq!(related, [("api.yaml:6:7".to_owned(), "the overlay changes this place")]);
    assert!(generated.inputs.contains(&PathBuf::from("overlay.yaml")));
}

#[test]
fn a_description_that_aliases_make_too_large_is_reported() {
    let mut description = "x0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
    for n in 1..6 {
        let aliases = vec![format!("*a{}", n - 1); 10].join(", ");
        description.push_str(&format!("x{n}: &a{n} [{aliases}]\n"));
    }
    let error = run(
        &description,
        "overlay: 1.0.0\ninfo: {title: Test, version: '1'}\nactions: [{target: $, update: {y: 1}}]\n",
    );
    assert!(error.unwrap_err().contains("E0107:1: the description cannot be written: it has more than"));
}
