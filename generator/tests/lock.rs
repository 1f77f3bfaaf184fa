//! The lock: names, orders and old names hold from one edition of a description to the next.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "lock/boxes.rs"]
mod boxes;
#[path = "lock/faults.rs"]
mod faults;
#[path = "lock/merge.rs"]
mod merge;
#[path = "lock/operations.rs"]
mod operations;
#[path = "lock/programs.rs"]
mod programs;
#[path = "lock/unions.rs"]
mod unions;

use clientsmith::diagnostic::render;
use clientsmith::files::Memory;
use clientsmith::{Config, Generated, generate};
use std::path::Path;

fn description(paths: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{{paths}}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
    )
}

fn run_with(text: &str, lock: Option<&str>, settings: &str) -> Generated {
    let lock = lock.map(|lock| ("clientsmith.lock.toml".into(), lock.as_bytes().to_vec()));
    let files = Memory([("api.yaml".into(), text.as_bytes().to_vec())].into_iter().chain(lock).collect());
    generate(Path::new("api.yaml"), &files, &Config::parse(settings).unwrap())
}

fn run(text: &str, lock: Option<&str>) -> Generated {
    run_with(text, lock, "")
}

/// The lock for a description after another lock.
fn locked(text: &str, lock: Option<&str>) -> String {
    let generated = run(text, lock);
    let findings = render::short(&generated.diagnostics.list, &generated.sources);
    generated.lock.ok_or(findings).unwrap().text
}

fn file(generated: &Generated, path: &str) -> String {
    let findings = render::short(&generated.diagnostics.list, &generated.sources);
    generated.output.as_ref().ok_or(findings).unwrap().files[path].clone()
}

fn models(generated: &Generated) -> String {
    file(generated, "src/models.rs")
}

/// Asserts that a text has each of these parts.
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
}

fn get(path: &str, rest: &str) -> String {
    format!("'{path}': {{get: {{{rest}, responses: {{'204': {{description: A.}}}}}}}}")
}

const ORDER: &str =
    "Order: {type: object, required: [id, note], properties: {id: {type: string}, note: {type: string}}}";

#[test]
fn the_same_description_has_the_same_lock() {
    let text = description(&get("/x", "operationId: x"), ORDER);
    let lock = locked(&text, None);
    assert_eq!(locked(&text, Some(&lock)), lock);
    has(
        &lock,
        &[
            "\"#/components/schemas/Order\" = { name = \"Order\"",
            "\"#/components/schemas/Order\".\"note\" = { name = \"note\", kind = \"string\", at = 2, argument = 2 }",
            "\"GET /x\" = { name = \"api::Calls::x\", id = \"x\",",
            "\"\" = { name = \"api::Calls\", module = \"calls\" }",
        ],
    );
    let outdated = |lock: &str| run(&text, Some(lock)).lock.unwrap().is_outdated();
    assert!(!outdated(&lock) && outdated("version = 1\n") && !run(&text, None).lock.unwrap().is_outdated());
}

#[test]
fn locked_names_win_against_new_rivals() {
    let order = "Order: {type: object, properties: {status: {type: string, enum: [on, off]}}}";
    let lock = locked(&description("", order), None);
    let rival = "OrderStatus: {type: object, properties: {a: {type: string}}}";
    let code = models(&run(&description("", &format!("{rival}, {order}")), Some(&lock)));
    has(&code, &["pub status: Option<OrderStatus>", "pub struct OrderStatusCapital"]);
    let lower = locked(&description("", "order: {type: object, properties: {a: {type: string}}}"), None);
    let both = description("", &format!("{ORDER}, order: {{type: object, properties: {{a: {{type: string}}}}}}"));
    has(
        &locked(&both, Some(&lower)),
        &["schemas/order\" = { name = \"Order\"", "schemas/Order\" = { name = \"OrderCapital\""],
    );
}

#[test]
fn setter_of_a_header_of_the_client_keeps_its_name() {
    let header = |required: bool, more: &str| {
        format!("parameters: [{{name: X-Tenant, in: header, required: {required}, schema: {{type: string}}}}{more}]")
    };
    let paths = |more: &str| {
        let required = ["/a", "/b", "/c"].map(|path| get(path, &header(true, "")));
        format!("{}, {}", required.join(", "), get("/d", &header(false, more)))
    };
    let old = description(&paths(""), "");
    let new = description(&paths(", {name: x_tenant, in: query, schema: {type: integer}}"), "");
    let setter = "pub fn x_tenant(mut self, x_tenant: impl Into<String>) -> Self";
    has(&file(&run(&old, None), "src/api/calls.rs"), &[setter]);
    assert!(!file(&run(&new, None), "src/api/calls.rs").contains(setter));
    has(&file(&run(&new, Some(&locked(&old, None))), "src/api/calls.rs"), &[setter]);
}

#[test]
fn fields_and_variants_keep_their_names() {
    let pet = |properties: &str| format!("Pet: {{type: object, properties: {{{properties}}}}}");
    let kind = |values: &str| format!("Kind: {{type: string, enum: [{values}]}}");
    let before = description("", &format!("{}, {}", pet("a-b: {type: string}"), kind("x-y")));
    let lock = locked(&before, None);
    let new = pet("a_b: {type: integer}, extra: {type: string}, a-b: {type: string}");
    let after = description("", &format!("{new}, {}", kind("x_y, unknown, x-y")));
    let now = run(&after, Some(&lock));
    has(
        &models(&now),
        &["pub a_b: Option<String>", "pub extra: runtime::Extra", "} else Unknown", "UnknownLower = \"unknown\""],
    );
    let lock = now.lock.unwrap().text;
    has(
        &lock,
        &[
            "\"a-b\" = { name = \"a_b\", kind = \"string\", at = 1 }",
            "\"x-y\" = { name = \"XY\", at = 1 }",
            "\"x_y\" = { name = \"XUnderscoreY\", at = 2 }",
            "{ name = \"Kind\", rest = \"Unknown\" }",
        ],
    );
    assert!(!lock.contains("\"unknown\" = { name = \"Unknown\""), "{lock}");
    // A name that is gone is given to nothing else, and comes back with its place.
    let gone = locked(&description("", &format!("{}, {}", pet("z: {type: string}"), kind("q"))), Some(&lock));
    has(&gone, &["\"a-b\" = { name = \"a_b\", kind = \"string\", at = 1, gone = true }"]);
    let back = locked(&after, Some(&gone));
    has(&back, &["\"a-b\" = { name = \"a_b\", kind = \"string\", at = 1 }"]);
    let rival = description("", &format!("{}, {}", pet("A_B: {type: string}"), kind("q")));
    has(&locked(&rival, Some(&gone)), &["\"A_B\" = { name = \"a_underscore_b_upper\""]);
}

#[test]
fn arguments_fields_and_values_have_the_locked_order() {
    let parameter = |name: &str| format!("{{name: {name}, in: query, required: true, schema: {{type: string}}}}");
    let call = |names: &[&str]| {
        let parameters: Vec<String> = names.iter().map(|name| parameter(name)).collect();
        get("/x", &format!("operationId: x, parameters: [{}]", parameters.join(", ")))
    };
    let text = description(&call(&["a", "b"]), &format!("{ORDER}, Kind: {{type: string, enum: [x, y]}}"));
    let lock = locked(&text, None);
    let order = "Order: {type: object, required: [new, note, id], properties: {early: {type: string}, new: {type: string}, \
                 note: {type: string}, id: {type: string}}}";
    let after = description(&call(&["c", "b", "a"]), &format!("Kind: {{type: string, enum: [z, y, x]}}, {order}"));
    let after = run(&after, Some(&lock));
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let code = plain(&models(&after));
    has(&code, &["pub fn new( id: impl Into<String>, note: impl Into<String>, new: impl Into<String>, )"]);
    let field = |name: &str| code.find(&format!("pub {name}: ")).unwrap();
    assert!(field("id") < field("note") && field("note") < field("early") && field("early") < field("new"), "{code}");
    let variant = |name: &str| code.find(&format!(" {name} = ")).unwrap();
    assert!(variant("X") < variant("Y") && variant("Y") < variant("Z"), "{code}");
    let calls = plain(&file(&after, "src/api/calls.rs"));
    has(&calls, &["&self, a: impl Into<String>, b: impl Into<String>, c: impl Into<String>,"]);
}

#[test]
fn optional_field_becomes_the_last_argument_and_a_required_one_stays() {
    let order = |required: &str| {
        format!(
            "Order: {{type: object, required: [{required}], properties: {{a: {{type: string}}, b: {{type: string}}, c: {{type: string}}}}}}"
        )
    };
    let lock = locked(&description("", &order("b, c")), None);
    let after = run(&description("", &order("a, b")), Some(&lock));
    let code = models(&after).split_whitespace().collect::<Vec<_>>().join(" ");
    has(
        &code,
        &[
            "b: impl Into<String>, c: impl runtime::OrNone<String, C_IS_OPTION>, a: impl Into<String>, ) -> Self",
            "pub c: Option<String>",
            "c: c.into_option()",
        ],
    );
    // Without any required field there is still a constructor.
    let none = run(&description("", &order("")), Some(&lock));
    has(
        &models(&none),
        &["b: impl runtime::OrNone<String, B_IS_OPTION>,", "c: impl runtime::OrNone<String, C_IS_OPTION>,", "Default"],
    );
    assert_eq!(
        locked(&description("", &order("")), Some(&none.lock.unwrap().text)),
        locked(&description("", &order("")), Some(&lock))
    );
}

#[test]
fn groups_keep_their_names_and_the_types_beside_operations_too() {
    let call = |path: &str, tag: &str, id: &str| {
        format!(
            "{path}: {{get: {{tags: ['{tag}'], operationId: {id}, responses: {{'400': {{description: A., content: {{application/json: \
             {{schema: {{type: string}}}}}}}}, '404': {{description: A., content: {{application/json: {{schema: {{type: integer}}}}}}}}}}}}}}"
        )
    };
    let lock = locked(&description(&call("/a", "alpha", "get"), ""), None);
    has(
        &lock,
        &[
            "\"alpha\" = { name = \"api::Alpha\", module = \"alpha\" }",
            "\"GET /a\".\"Error\" = { name = \"GetError\" }",
        ],
    );
    let paths = [call("/c", "alpha", "get_error"), call("/b", "Alpha!", "get"), call("/a", "alpha", "get")].join(", ");
    let after = locked(&description(&paths, ""), Some(&lock));
    has(
        &after,
        &[
            "\"GET /a\" = { name = \"api::Alpha::get\", id = \"get\",",
            "\"GET /a\".\"Error\" = { name = \"GetError\" }",
            "\"GET /c\" = { name = \"api::Alpha::get_error\", id = \"get_error\",",
        ],
    );
    assert!(!after.contains("\"GET /c\".\"operation\" = { name = \"GetError\" }"), "{after}");
}

/// A locked argument would keep `Default` from a struct, except that its field is optional.
#[test]
fn locked_argument_of_an_optional_field_derives_default_once() {
    let order = |required: &str| format!("Order: {{type: object, {required}properties: {{id: {{type: string}}}}}}");
    let lock = locked(&description("", &order("required: [id], ")), None);
    let code = models(&run_with(&description("", &order("")), Some(&lock), "derives = ['Default']"));
    assert_eq!(code.matches("Default").count(), 1, "{code}");
}

#[test]
fn names_that_are_gone_stay_reserved_and_come_back() {
    let pet = |name: &str, property: &str| {
        description("", &format!("{ORDER}, {name}: {{type: object, properties: {{{property}: {{type: string}}}}}}"))
    };
    let lock = locked(&pet("Pet", "a"), None);
    let gone = locked(&description("", ORDER), Some(&lock));
    has(&gone, &["\"models::Pet\" = { place = \"#/components/schemas/Pet\" }"]);
    has(&locked(&pet("pet", "b"), Some(&gone)), &["\"#/components/schemas/pet\" = { name = \"PetLower\""]);
    let back = locked(&pet("Pet", "c"), Some(&gone));
    assert!(
        back.contains("\"#/components/schemas/Pet\" = { name = \"Pet\"") && !back.contains("models::Pet\""),
        "{back}"
    );
}

#[test]
fn renamed_component_leaves_a_deprecated_alias() {
    let lock = locked(&description("", ORDER), None);
    let purchase = ORDER.replace("Order:", "Purchase:");
    let after = run(&description("", &purchase), Some(&lock));
    let alias = "#[deprecated(since = \"0.1.0\", note = \"renamed to `Purchase`\")]\npub type Order = Purchase;";
    has(&models(&after), &["pub struct Purchase", alias]);
    let lock = after.lock.unwrap().text;
    has(
        &lock,
        &[
            "\"models::Order\" = { place = \"#/components/schemas/Order\", now = \"#/components/schemas/Purchase\", since = \"0.1.0\" }",
        ],
    );
    assert_eq!(locked(&description("", &purchase), Some(&lock)), lock);
    let until = lock.replace("since = \"0.1.0\"", "since = \"0.1.0\", remove = \"3.0.0\"");
    for (version, is_there) in [("2.9.0", true), ("3.0.0", false), ("10.0.0", false)] {
        let settings = format!("version = '{version}'");
        let code = models(&run_with(&description("", &purchase), Some(&until), &settings));
        assert_eq!(code.contains("pub type Order"), is_there, "{version}");
    }
    // A second move takes the first name along.
    let sale = run(&description("", &ORDER.replace("Order:", "Sale:")), Some(&lock));
    has(&models(&sale), &["pub type Order = Sale;", "pub type Purchase = Sale;"]);
}

#[test]
fn inline_type_that_becomes_a_component_has_its_name() {
    let inline = "Order: {type: object, properties: {status: {type: string, enum: [on, off]}}}";
    let lock = locked(&description("", inline), None);
    let moved = "Order: {type: object, properties: {status: {$ref: '#/components/schemas/OrderStatus'}}}, OrderStatus: {type: string, enum: [on, off]}";
    let after = locked(&description("", moved), Some(&lock));
    has(&after, &["\"#/components/schemas/OrderStatus\" = { name = \"OrderStatus\""]);
    assert!(!after.contains("models::OrderStatus"), "{after}");
}

/// Equal inline types are one type, and the parts of the other places have no lines of their own.
#[test]
fn another_name_that_becomes_a_type_keeps_the_names_of_its_parts() {
    let schemas = |second: &str| {
        let state =
            |values: &str| format!("{{type: object, properties: {{state: {{type: string, enum: [{values}]}}}}}}");
        description("", &format!("A: {}, B: {}", state("on, off"), state(second)))
    };
    let lock = locked(&schemas("on, off"), None);
    has(
        &lock,
        &[
            "\"#/components/schemas/B/properties/state\" = { name = \"BState\", of = \"#/components/schemas/A/properties/state\" }",
        ],
    );
    let names = |lock: Option<&str>| models(&run(&schemas("ON, on, off"), lock));
    has(&names(Some(&lock)), &["pub enum BState {", "On = \"on\",", "OnUpper = \"ON\""]);
    assert!(names(None).contains("OnLower = \"on\""), "{}", names(None));
}

#[test]
fn settings_come_before_the_lock() {
    let text = description(&get("/x", "operationId: x"), ORDER);
    let lock = locked(&text, None);
    let settings = "rename = {'#/components/schemas/Order' = 'Sale', x = 'call_it'}\nversion = '1.2.0'\n";
    let after = run_with(&text, Some(&lock), settings);
    has(&models(&after), &["pub struct Sale", "pub type Order = Sale;"]);
    has(&file(&after, "src/api/calls.rs"), &["pub fn call_it(", "since = \"1.2.0\"", "pub fn x("]);
}

#[test]
fn types_of_results_stay_until_their_keys_are_deleted() {
    let operation = |responses: &str| {
        let schemas =
            "A: {type: object, properties: {a: {type: string}}}, B: {type: object, properties: {b: {type: string}}}";
        description(&format!("/x: {{get: {{operationId: x, responses: {{{responses}}}}}}}"), schemas)
    };
    let json = |status: &str, name: &str| {
        let schema = format!("{{$ref: '#/components/schemas/{name}'}}");
        format!("'{status}': {{description: A., content: {{application/json: {{schema: {schema}}}}}}}")
    };
    let results = |generated: &Generated| {
        let calls = file(generated, "src/api/calls.rs");
        let line = |start: &str| calls.lines().find_map(|line| line.trim().strip_prefix(start)).map(str::to_owned);
        let error = line("pub type XError = ").or_else(|| line("type Error = "));
        [line("type Success = ").unwrap(), error.unwrap()]
    };
    let one = operation(&format!("{}, {}", json("200", "A"), json("400", "A")));
    let lock = locked(&one, None);
    has(&lock, &["id = \"x\", success = \"200\", error = \"400\" }"]);
    // A status with the type joins it, and one with another type does not.
    let all = [json("200", "A"), json("400", "A"), json("404", "B"), json("409", "A"), json("202", "B")].join(", ");
    let later = run(&operation(&all), Some(&lock));
    assert_eq!(results(&later), ["models::A;", "models::A;"]);
    has(&later.lock.unwrap().text, &["success = \"200\", error = \"400 409\" }"]);
    let chosen = run(&operation(&all), Some(&lock.replace(", error = \"400\"", "")));
    assert_eq!(results(&chosen), ["models::A;", "XError;"]);
    let lock = chosen.lock.unwrap().text;
    has(&lock, &["success = \"200\", error = \"enum\" }"]);
    // An enum stays an enum, and the type follows where the statuses of the lock are gone or have another one.
    assert_eq!(results(&run(&one, Some(&lock))), ["models::A;", "XError;"]);
    let other = operation(&format!("{}, {}", json("200", "B"), json("422", "B")));
    assert_eq!(results(&run(&other, Some(&locked(&one, None)))), ["models::B;", "models::B;"]);
    let untyped = locked(&operation(&json("200", "A")), None);
    has(&untyped, &["error = \"any\" }"]);
    assert_eq!(results(&run(&one, Some(&untyped))), ["models::A;", "runtime::Json;"]);
    // A success of any JSON has a type too.
    let any = operation("'200': {description: A., content: {application/json: {schema: {}}}}");
    let lock = locked(&any, None);
    has(&lock, &["success = \"200\", error = \"any\" }"]);
    let again = run(&any, Some(&lock));
    assert_eq!(results(&again), ["runtime::Json;", "runtime::Json;"]);
    assert_eq!(again.lock.unwrap().text, lock);
}
