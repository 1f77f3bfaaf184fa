//! Programs that were written against a crate, compiled against the crates of later editions.

use clientsmith::diagnostic::render;
use clientsmith::files::Memory;
use clientsmith::{Config, generate};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SHOP: &str = include_str!("shop.yaml");

/// A program that uses what the first edition offers.
const PROGRAM: &str = r#"
#![allow(deprecated)]
use shop::{Call, Client, api, models};

pub fn order() -> models::Order {
    models::Order::new("1", 2).with_status(models::OrderStatus::On)
}

pub fn side(shape: models::Shape) -> i64 {
    match shape {
        models::Shape::Circle(circle) => circle.radius,
        models::Shape::Square(square) => square.side,
        models::Shape::Unknown(_) | _ => 0,
    }
}

pub fn is_on(order: &models::Order) -> bool {
    matches!(order.status, Some(models::OrderStatus::On)) && !matches!(order.status, Some(models::OrderStatus::Unknown(_)))
}

pub fn circle() -> models::Circle {
    models::Circle::new(3).with_color("red")
}

pub fn list(client: &Client) -> Call<api::orders::ListOrders> {
    let orders: api::Orders<'_> = client.orders();
    orders.list_orders().limit(3)
}

pub fn get(client: &Client) -> Call<api::orders::GetOrder> {
    client.orders().get_order("1", "shop", 7)
}

pub fn create(client: &Client) -> Call<api::orders::CreateOrder> {
    client.orders().create_order(&order())
}

pub fn shops(client: &Client) -> Call<api::shops::ListShops> {
    client.shops().list_shops()
}

// As in the rules of a mock server.
pub fn values() -> (api::orders::ListOrders, api::shops::ListShops) {
    (api::orders::ListOrders, api::shops::ListShops)
}

pub fn text(error: api::orders::CreateOrderError) -> Option<String> {
    match error {
        api::orders::CreateOrderError::Status400(error) => error.text,
        api::orders::CreateOrderError::Status404(text) => Some(text),
        _ => None,
    }
}

pub fn code(error: models::CreateOrder400Error) -> Option<String> {
    error.code
}

pub fn number(receipt: models::Receipt) -> String {
    receipt.number
}
"#;

/// An edition: its name, the changes of the text, and true if the program would compile without a lock.
type Edition = (&'static str, &'static [(&'static str, &'static str)], bool);

const MOVED_TO_PURCHASES: &[(&str, &str)] = &[("tags: [orders]", "tags: [purchases]")];

const EDITIONS: &[Edition] = &[
    ("nothing", &[], true),
    (
        "orders",
        &[
            ("        id: {type: string}\n        note: {type: integer}\n", ""),
            (
                "        shape: {$ref: '#/components/schemas/Shape'}\n",
                "        shape: {$ref: '#/components/schemas/Shape'}\n        note: {type: integer}\n        id: {type: string}\n",
            ),
            (
                "[{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]",
                "[{$ref: '#/components/schemas/Square'}, {$ref: '#/components/schemas/Circle'}]",
            ),
            ("enum: ['on', 'off']", "enum: ['off', 'on']"),
        ],
        false,
    ),
    (
        "parameters",
        &[
            ("        - {name: area, in: query, required: true, schema: {type: integer}}\n", ""),
            (
                "        - {name: shop, in",
                "        - {name: area, in: query, required: true, schema: {type: integer}}\n        - {name: shop, in",
            ),
            ("/orders/{id}:", "/orders/{order_id}:"),
            ("{name: id, in: path", "{name: order_id, in: path"),
        ],
        false,
    ),
    (
        "components renamed",
        &[
            ("schemas/Order'", "schemas/Purchase'"),
            ("    Order:", "    Purchase:"),
            ("schemas/Circle'", "schemas/Round'"),
            ("    Circle:", "    Round:"),
        ],
        false,
    ),
    (
        "operations renamed",
        &[
            ("listOrders", "searchOrders"),
            ("getOrder", "readOrder"),
            ("createOrder", "add"),
            ("listShops", "shops"),
            ("setShops", "place"),
        ],
        false,
    ),
    ("tag renamed", MOVED_TO_PURCHASES, false),
    (
        "operation of another tag",
        &[("[orders]\n      operationId: createOrder", "[shops]\n      operationId: createOrder")],
        false,
    ),
    (
        "operation of a new tag",
        &[("[orders]\n      operationId: createOrder", "[sales]\n      operationId: addSale")],
        false,
    ),
    (
        "new required property",
        &[("required: [number], properties: {", "required: [date, number], properties: {date: {type: string}, ")],
        true,
    ),
    ("required no more", &[("required: [id, note]", "required: [id]")], false),
    ("parameter required no more", &[("{name: area, in: query, required: true,", "{name: area, in: query,")], false),
    (
        "rivals",
        &[
            ("enum: ['on', 'off']", "enum: ['unknown', 'on', 'ON', 'off']"),
            (
                "    Receipt:",
                "    OrderStatus: {type: object, properties: {a: {type: string}}}\n    order: {type: object, properties: {a: {type: string}}}\n    Receipt:",
            ),
            (
                "  /shops:",
                "  /o:\n    get: {tags: [Orders], operationId: create_order, responses: {'204': {description: A.}}}\n  /shops:",
            ),
        ],
        false,
    ),
    (
        "all renamed",
        &[
            ("tags: [orders]", "tags: [purchases]"),
            ("tags: [shops]", "tags: [Markets]"),
            ("schemas/Order'", "schemas/Purchase'"),
            ("    Order:", "    Purchase:"),
            ("schemas/Circle'", "schemas/Round'"),
            ("    Circle:", "    Round:"),
            ("listOrders", "searchPurchases"),
            ("getOrder", "readPurchase"),
            ("createOrder", "add"),
        ],
        false,
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().canonicalize().unwrap()
}

fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn text(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(SHOP.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "no {from}");
        text.replace(from, to)
    })
}

/// Generates a crate into a directory. Returns its lock.
fn write(text: &str, lock: Option<&str>, name: &str, folder: &Path) -> String {
    let lock = lock.map(|lock| ("clientsmith.lock.toml".into(), lock.as_bytes().to_vec()));
    let files = Memory([("api.yaml".into(), text.as_bytes().to_vec())].into_iter().chain(lock).collect());
    let settings = format!("name = '{name}'\nruntime = 'path:{}'\n", root().join("runtime").display());
    let generated = generate(Path::new("api.yaml"), &files, &Config::parse(&settings).unwrap());
    let findings = render::short(&generated.diagnostics.list, &generated.sources);
    let _ = fs::remove_dir_all(folder.join("src"));
    for (path, text) in generated.output.ok_or(findings).unwrap().files {
        put(&folder.join(path), &text);
    }
    generated.lock.unwrap().text
}

/// Checks the packages of a workspace. Returns the messages.
fn check(folder: &Path, package: &str) -> Result<String, String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "-p", package]).current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", root().join("target/corpus/target")).env_remove("RUSTFLAGS");
    let done = cargo.output().unwrap();
    let messages = String::from_utf8_lossy(&done.stderr).into_owned();
    if done.status.success() { Ok(messages) } else { Err(messages) }
}

/// The editions with a lock compile without a warning of the crate. The same edition without a lock does not, so that the
/// program says something.
#[test]
fn old_programs_compile_against_later_editions() {
    let folder = root().join("target/lock_programs");
    let lock = write(SHOP, None, "shop", &folder.join("first"));
    let mut members = String::new();
    let mut packages: Vec<(String, bool, String)> = Vec::new();
    for (index, (name, changes, without)) in EDITIONS.iter().enumerate() {
        for (lock, kind, is_right) in [(Some(&*lock), "locked", true), (None, "free", *without)] {
            let (shop, program) = (format!("shop-{index}-{kind}"), format!("program-{index}-{kind}"));
            let text = text(changes);
            let after = write(&text, lock, &shop, &folder.join(&shop));
            if lock.is_some() {
                assert_eq!(
                    write(&text, Some(&after), &shop, &folder.join(&shop)),
                    after,
                    "{name}: the lock of the lock"
                );
            }
            let manifest = format!(
                "[package]\nname = \"{program}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nshop = {{ package = \"{shop}\", \
                 path = \"../{shop}\", default-features = false }}\n"
            );
            put(&folder.join(&program).join("Cargo.toml"), &manifest);
            put(&folder.join(&program).join("src/lib.rs"), PROGRAM);
            write!(members, "\"{shop}\", \"{program}\", ").unwrap();
            packages.push((program, is_right, format!("{name}, {kind}")));
        }
    }
    put(
        &folder.join("Cargo.toml"),
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
        ),
    );
    put(&folder.join("Cargo.lock"), &fs::read_to_string(root().join("Cargo.lock")).unwrap());
    for (program, is_right, name) in packages {
        match check(&folder, &program) {
            Ok(messages) => {
                assert!(is_right, "{name}: the program says nothing");
                assert!(!messages.contains("warning: "), "{name}\n{messages}");
            }
            Err(messages) => assert!(!is_right, "{name}\n{messages}"),
        }
    }
}
