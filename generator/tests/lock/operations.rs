//! Operations that move, and the types inside them.

use super::{description, get, has, locked, run};

#[test]
fn operations_are_matched_by_method_and_path_then_by_id_then_by_template() {
    let one = |path: &str, id: &str| description(&get(path, &format!("operationId: {id}")), "");
    let lock = locked(&one("/x/{a}", "list"), None);
    let renamed = locked(&one("/x/{a}", "listAll"), Some(&lock));
    has(
        &renamed,
        &[
            "\"GET /x/{a}\" = { name = \"api::Calls::list_all\", id = \"listAll\",",
            "\"api::Calls::list\" = { place = \"GET /x/{a}\", now = \"GET /x/{a}\", since = \"0.1.0\" }",
        ],
    );
    let moved = description(&format!("{}, {}", get("/z", "operationId: list_z"), get("/y", "operationId: list")), "");
    has(&locked(&moved, Some(&lock)), &["\"GET /y\" = { name = \"api::Calls::list\", id = \"list\","]);
    let other_template = locked(&one("/x/{b}", "list"), Some(&lock));
    has(&other_template, &["\"GET /x/{b}\" = { name = \"api::Calls::list\", id = \"list\","]);
    // A name that is gone is given to nothing else.
    let gone = locked(&one("/other", "other"), Some(&lock));
    has(&gone, &["\"api::Calls::list\" = { place = \"GET /x/{a}\" }"]);
    let again = locked(&one("/new", "list"), Some(&gone));
    assert!(!again.contains("name = \"api::Calls::list\","), "{again}");
    let back = locked(&one("/x/{a}", "list"), Some(&gone));
    has(&back, &["\"GET /x/{a}\" = { name = \"api::Calls::list\", id = \"list\","]);
}

#[test]
fn types_of_operations_with_other_methods_move_with_their_path() {
    let copy = |path: &str| {
        let body =
            "requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}";
        let operation = format!("{{operationId: copyIt, {body}, responses: {{'204': {{description: A.}}}}}}");
        let text = description(&format!("'{path}': {{additionalOperations: {{COPY: {operation}}}}}"), "");
        text.replace("3.1.0", "3.2.0")
    };
    let lock = locked(&copy("/a"), None);
    let place = |path: &str| {
        format!("types.\"#/paths/~1{path}/additionalOperations/COPY/requestBody/content/application~1json/schema\" = ")
    };
    let name = lock.lines().find_map(|line| line.strip_prefix(&place("a"))).unwrap().to_owned();
    // Another operation wants the name that the type has.
    let text = copy("/b");
    has(&locked(&text, Some(&lock)), &[&format!("{}{name}", place("b"))]);
    assert!(run(&text, Some(&lock)).diagnostics.list.is_empty());
}
