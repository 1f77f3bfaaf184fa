//! The promise of docs/stability.md: each row of its lists is a change of a description, and a program that was written
//! against the crate before the change.

use super::bases::{read, read_locked};
use super::compiler::{self, Pair};
use super::described;
use super::edits::list;
use super::locked_promises::{LOCKED, LOCKED_PASSED, PASSED};
use super::places::{insert_before, object, rename, reorder};
use super::usage::ROOT;
use clientsmith::diff::{self, RustVerdict};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A row of a list.
pub(crate) struct Promise {
    /// The change, as the page has it.
    pub(crate) change: &'static str,
    pub(crate) edit: fn(&mut Value) -> Option<()>,
    /// Items of the program. `api` is the crate.
    pub(crate) program: &'static str,
}

/// Code compiles and means the same after these changes.
const COMPILES: &[Promise] = &[
    Promise {
        change: "an operation is added",
        edit: |document| {
            let added = json!({ "get": { "tags": ["books"], "operationId": "listAuthors", "responses": { "204": { "description": "New." } } } });
            Some(insert_before(object(document, "/paths")?, "/books", "/authors", added))
        },
        program: CALLS,
    },
    Promise {
        change: "an optional parameter is added, also the first one of an operation",
        edit: |document| {
            let added = json!({ "name": "depth", "in": "query", "schema": { "type": "integer" } });
            list(object(document, "/paths/~1books/get")?, "parameters")?.insert(0, added.clone());
            list(object(document, "/paths/~1events/get")?, "parameters")?.insert(0, added);
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "an optional request body is added",
        edit: |document| {
            let body = json!({ "content": { "application/json": { "schema": { "type": "object", "properties": { "why": { "type": "string" } } } } } });
            object(document, "/paths/~1books~1{book}/delete")?.insert("requestBody".to_owned(), body);
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "a request body gets another media type (one of bytes: a media type that is not text)",
        edit: |document| {
            let content = object(document, "/paths/~1books/post/requestBody/content")?;
            content.insert("text/plain".to_owned(), json!({ "schema": { "type": "string" } }));
            let content = object(document, "/paths/~1books~1{book}~1text/put/requestBody/content")?;
            content.insert("application/json".to_owned(), json!({ "schema": { "$ref": "#/components/schemas/Loan" } }));
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "an optional property is added",
        edit: |document| {
            object(document, "/components/schemas/NewBook/properties")?
                .insert("color".to_owned(), json!({ "type": "string" }));
            object(document, "/components/schemas/Book/properties")?
                .insert("color".to_owned(), json!({ "type": "string" }));
            Some(())
        },
        program: MODELS,
    },
    Promise {
        change: "a value of an enum is added, where the settings do not close the enum",
        edit: |document| {
            document.pointer_mut("/components/schemas/Genre/enum")?.as_array_mut()?.insert(0, json!("drama"));
            document.pointer_mut("/components/schemas/Order/enum")?.as_array_mut()?.push(json!(3));
            Some(())
        },
        program: MODELS,
    },
    Promise {
        change: "a variant of a union is added",
        edit: |document| {
            let added =
                json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" } } });
            object(document, "/components/schemas")?.insert("Sold".to_owned(), added);
            list(object(document, "/components/schemas/Event")?, "oneOf")?
                .insert(0, json!({ "$ref": "#/components/schemas/Sold" }));
            let mapping = object(document, "/components/schemas/Event/discriminator/mapping")?;
            mapping.insert("sold".to_owned(), json!("#/components/schemas/Sold"));
            Some(())
        },
        program: MODELS,
    },
    Promise {
        change: "another error status is documented, with a type that an error status has already",
        edit: |document| {
            let responses = object(document, "/paths/~1books/get/responses")?;
            let known = responses.get("400")?.clone();
            responses.insert("404".to_owned(), known);
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "a header of a response is documented",
        edit: |document| {
            let header = json!({ "schema": { "type": "string" } });
            object(document, "/paths/~1books/get/responses/200/headers")?.insert("X-Shelf".to_owned(), header.clone());
            object(document, "/paths/~1events/get/responses/200")?
                .insert("headers".to_owned(), json!({ "X-Id": header }));
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "an operation accepts another security scheme, or needs no credential any more",
        edit: |document| {
            let scheme = json!({ "type": "http", "scheme": "basic" });
            object(document, "/components/securitySchemes")?.insert("staff".to_owned(), scheme);
            list(document.as_object_mut()?, "security")?.push(json!({ "staff": [] }));
            object(document, "/paths/~1search/post")?.insert("security".to_owned(), json!([]));
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "a server variable gets another value, or the server another address",
        edit: |document| {
            let server = object(document, "/servers/0")?;
            server.insert("url".to_owned(), json!("https://{region}.books.example/v2"));
            document.pointer_mut("/servers/0/variables/region/enum")?.as_array_mut()?.push(json!("ap"));
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "the order of paths, operations, components, optional properties, values of an enum, variants of a union or optional parameters changes",
        edit: |document| {
            for place in ["/paths", "/components/schemas", "/components/schemas/Query/properties", "/paths/~1books"] {
                reorder(object(document, place)?, |all| all.reverse());
            }
            document.pointer_mut("/components/schemas/Genre/enum")?.as_array_mut()?.reverse();
            list(object(document, "/components/schemas/Event")?, "oneOf")?.reverse();
            list(object(document, "/paths/~1books/get")?, "parameters")?.reverse();
            Some(())
        },
        program: BOTH,
    },
    Promise {
        change: "an operation gets another path or method, and keeps its `operationId`",
        edit: |document| {
            rename(object(document, "/paths")?, "/search", "/v2/search")?;
            rename(object(document, "/paths/~1books~1{book}")?, "patch", "put")
        },
        program: CALLS,
    },
    Promise {
        change: "a path parameter is renamed",
        edit: |document| {
            rename(object(document, "/paths")?, "/books/{book}/cover", "/books/{id}/cover")?;
            object(document, "/paths/~1books~1{id}~1cover/parameters/0")?.insert("name".to_owned(), json!("id"));
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "a bound, a pattern, a default or an example changes",
        edit: |document| {
            let limit = object(document, "/paths/~1books/get/parameters/2/schema")?;
            limit.insert("maximum".to_owned(), json!(50));
            limit.insert("default".to_owned(), json!(10));
            let title = object(document, "/components/schemas/NewBook/properties/title")?;
            title.insert("maxLength".to_owned(), json!(80));
            title.insert("pattern".to_owned(), json!("^[A-Z]"));
            title.insert("example".to_owned(), json!("A title"));
            Some(())
        },
        program: BOTH,
    },
    Promise {
        change: "a description or a summary changes",
        edit: |document| {
            object(document, "/components/schemas/Book")?.insert("description".to_owned(), json!("Another text."));
            object(document, "/paths/~1books/get")?.insert("summary".to_owned(), json!("Another text."));
            Some(())
        },
        program: BOTH,
    },
    Promise {
        change: "an operation, a property or a parameter is deprecated",
        edit: |document| {
            for place in
                ["/paths/~1books/get", "/components/schemas/Book/properties/pages", "/paths/~1books/get/parameters/2"]
            {
                object(document, place)?.insert("deprecated".to_owned(), json!(true));
            }
            Some(())
        },
        program: BOTH,
    },
];

/// Code may not compile, or means something else, after these changes. `diff` says `major`.
const BROKEN: &[Promise] = &[
    Promise {
        change: "an operation, a type, a property, a parameter or a value is removed",
        edit: |document| object(document, "/components/schemas/Book/properties")?.shift_remove("pages").map(drop),
        program: MODELS,
    },
    Promise {
        change: "a required property or parameter is added",
        edit: |document| {
            object(document, "/components/schemas/NewBook/properties")?
                .insert("isbn".to_owned(), json!({ "type": "string" }));
            Some(list(object(document, "/components/schemas/NewBook")?, "required")?.push(json!("isbn")))
        },
        program: MODELS,
    },
    Promise {
        change: "a value becomes required, optional or nullable",
        edit: |document| {
            object(document, "/components/schemas/Book/properties/title")?.insert("nullable".to_owned(), json!(true));
            Some(())
        },
        program: MODELS,
    },
    Promise {
        change: "a value gets another type",
        edit: |document| {
            object(document, "/components/schemas/Book/properties/pages")?.insert("type".to_owned(), json!("string"));
            object(document, "/components/schemas/Book/properties/pages")?.shift_remove("format").map(drop)
        },
        program: MODELS,
    },
    Promise {
        change: "a second type of success or error is added, without a lock",
        edit: |document| {
            let other = json!({ "description": "New.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Loan" } } } });
            object(document, "/paths/~1books/get/responses")?.insert("404".to_owned(), other);
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "an operation, a tag, a component or a property is renamed, without the setting `rename` or a lock",
        edit: |document| {
            object(document, "/paths/~1books/get")?.insert("operationId".to_owned(), json!("findBooks"));
            Some(())
        },
        program: CALLS,
    },
    Promise {
        change: "required properties or parameters change their order, without a lock",
        edit: |document| {
            let properties = object(document, "/components/schemas/Lent/properties")?;
            properties.insert("shelf".to_owned(), json!({ "type": "integer" }));
            reorder(object(document, "/components/schemas/Book/properties")?, |all| all.reverse());
            Some(())
        },
        program: MODELS,
    },
];

/// A program with calls.
const CALLS: &str = "
struct Jobs { list: api::Call<api::api::books::ListBooks>, latest: api::Call<api::api::calls::LatestEvent> }
type Latest = Result<api::runtime::Response<api::models::Event>, api::runtime::Error<api::runtime::Json>>;
async fn calls(client: api::Client, book: api::models::NewBook) -> Result<(), Box<dyn std::error::Error>> {
    let jobs = Jobs { list: client.books().list_books(\"a\").limit(3).query_extra(\"x\", \"y\"), latest: client.calls().latest_event() };
    let response = jobs.list.send().await?;
    let total: Option<i64> = api::api::books::ListBooksHeaders::from(&response).x_total()?;
    for one in response.into_inner() { let _: String = one.title; }
    let latest: Latest = jobs.latest.send().await;
    let _event: api::models::Event = latest?.into_inner();
    match client.books().list_books(\"a\").genres(vec![\"novel\".into()]).x_trace(\"t\").send().await {
        Ok(_) => {}
        Err(error) if error.is_not_found() => {}
        Err(error) => if let Some(problem) = error.api() { let _: &String = &problem.message; },
    }
    let _ = client.books().create_book(&book).send().await;
    let _ = client.books().get_book(\"b\").send().await?;
    let _ = client.books().update_book(\"b\").body(&api::models::UpdateBookRequest::default()).send().await?;
    let _ = client.books().delete_book(\"b\").reason(\"lost\").send().await?;
    let parts = api::api::books::PutCoverParts::new(vec![1_u8]).caption(\"c\");
    let _: String = client.books().put_cover(\"b\", parts).send().await?.into_inner();
    let _ = client.books().put_text(\"b\", vec![1_u8]).send().await?;
    let _ = client.books().put_text(\"b\", \"text\").send().await?;
    let query = api::models::Query::new(\"text\").with_exact(true);
    let _ = client.search().search(&query).send().await?;
    let _ = api::Client::builder().key(\"k\").login(\"l\").region(api::models::Region::Eu).build()?;
    Ok(())
}
";

/// A program with models.
const MODELS: &str = "
fn models(book: api::models::Book, event: api::models::Event, order: api::models::Order) -> Option<i32> {
    let new = api::models::NewBook::new(\"title\", \"author\").with_pages(3).with_genre(api::models::Genre::Novel);
    let mut other = new.clone();
    other.pages = Some(4);
    let api::models::Book { id, title, tags, .. } = &book;
    let _: (&String, &String, &Option<Vec<String>>) = (id, title, tags);
    match &new.genre { Some(api::models::Genre::Poetry) => {} Some(other) => { let _ = other.as_str(); } None => {} }
    match event {
        api::models::Event::Lent(lent) => { let _: String = lent.book; }
        api::models::Event::Returned(returned) => { let _: Option<bool> = returned.late; }
        _ => {}
    }
    let _ = (other == new, order, format!(\"{new:?}\"));
    let added: api::runtime::DateTime = \"2026-01-01T00:00:00Z\".parse().ok()?;
    let made = api::models::Book::new(\"id\", \"title\", \"author\", \"lent\", added);
    made.pages
}
";

/// Both programs.
pub(crate) const BOTH: &str = "";

fn program(promise: &Promise) -> String {
    let text = if promise.program.is_empty() { format!("{CALLS}{MODELS}") } else { promise.program.to_owned() };
    format!("use {ROOT} as api;\n{text}")
}

/// The rows of the page's list that has this sentence before it.
fn rows(heading: &str) -> Vec<String> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/stability.md")).unwrap();
    let (_, list) = page.split_once(heading).unwrap_or_else(|| panic!("no {heading}"));
    let lines = list.lines().skip_while(|line| !line.starts_with("- ")).take_while(|line| !line.is_empty());
    let mut rows: Vec<String> = Vec::new();
    for line in lines {
        match (line.strip_prefix("- "), rows.last_mut()) {
            (Some(start), _) => rows.push(start.to_owned()),
            (None, Some(row)) => row.push_str(&format!(" {}", line.trim())),
            (None, None) => {}
        }
    }
    rows.iter().map(|row| row.trim_end_matches(['.', ';']).to_owned()).collect()
}

/// A list of the page: the sentence before it, its rows, and true if code compiles with a lock and without. `None` for
/// a lock that makes no difference.
type List = (&'static str, &'static [Promise], Option<bool>, bool);

const LISTS: [List; 5] = [
    ("Code that compiles with a generated crate still compiles", COMPILES, None, true),
    ("Code that only passes values", PASSED, None, true),
    ("With a [lock](lock.md)", LOCKED, Some(true), false),
    ("With a lock, code that only passes values", LOCKED_PASSED, Some(true), false),
    ("Code may have to change when", BROKEN, None, false),
];

#[test]
fn the_page_promises_what_compiles() {
    let document = described::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff_oracle/base.yaml"));
    let (side, output) = read(&document).unwrap();
    let lock = side.lock();
    let mut pairs = vec![Pair { output, program: format!("use {ROOT} as api;\n{CALLS}{MODELS}") }];
    // Of each program after the first one: its name, true if it must compile, and the verdict.
    let mut expected: Vec<(String, bool, Option<RustVerdict>)> = Vec::new();
    for (heading, promises, locked, free) in LISTS {
        let changes: Vec<&str> = promises.iter().map(|promise| promise.change).collect();
        assert_eq!(rows(heading), changes, "{heading}");
        for promise in promises {
            let mut new = document.clone();
            (promise.edit)(&mut new).unwrap_or_else(|| panic!("{}", promise.change));
            let kinds = [(None, Some(free)), (Some(&*lock), locked)];
            for (lock, compiles) in kinds.into_iter().filter_map(|(lock, compiles)| Some((lock, compiles?))) {
                let (other, output) = read_locked(&new, lock).unwrap_or_else(|| panic!("{}", promise.change));
                let name = format!("{}{}", promise.change, if lock.is_some() { ", with a lock" } else { "" });
                // A field that such code does not read has another type.
                let is_whole = !heading.contains("only passes") || !compiles;
                expected.push((name, compiles, is_whole.then(|| diff::compare(&side, &other).rust())));
                pairs.push(Pair { output, program: program(promise) });
            }
        }
    }
    let failures = compiler::failures(&compiler::folder("promises"), &pairs);
    assert_eq!(failures.get(&0), None, "the programs do not compile with the crate before the change");
    for (index, (name, compiles, verdict)) in expected.into_iter().enumerate() {
        let failure = failures.get(&(index + 1));
        assert_eq!(failure.is_none(), compiles, "{name}: {failure:?}");
        if let Some(verdict) = verdict {
            assert_eq!(verdict < RustVerdict::Major, compiles, "{name}: {verdict:?}");
        }
    }
}
