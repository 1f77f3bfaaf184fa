//! Promises of docs/stability.md for code that only passes values, and for crates with a lock.

use super::edits::list;
use super::places::{object, rename, reorder};
use super::promises::{BOTH, Promise};
use serde_json::json;

/// Code that only passes values compiles after these changes.
pub(crate) const PASSED: &[Promise] = &[Promise {
    change: "a value becomes nullable",
    edit: |document| {
        for (schema, name) in [("NewBook", "title"), ("Query", "text"), ("Book", "added"), ("Book", "state")] {
            let place = format!("/components/schemas/{schema}/properties/{name}");
            object(document, &place)?.insert("nullable".to_owned(), json!(true));
        }
        let body = object(document, "/paths/~1books/post/requestBody/content/application~1json")?;
        let nullable = json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/NewBook" }] });
        body.insert("schema".to_owned(), nullable);
        let shelf = object(document, "/paths/~1books/get/parameters/0/schema")?;
        shelf.insert("nullable".to_owned(), json!(true));
        Some(())
    },
    program: PASSING,
}];

/// With a lock, code compiles after these changes.
pub(crate) const LOCKED: &[Promise] = &[
    Promise {
        change: "a component, an operation or a tag is renamed",
        edit: |document| {
            object(document, "/paths/~1books/get")?.insert("operationId".to_owned(), json!("findBooks"));
            rename(object(document, "/components/schemas")?, "Loan", "Lending")?;
            let text = document.to_string().replace("schemas/Loan\"", "schemas/Lending\"");
            *document = serde_json::from_str(&text.replace("[\"books\"]", "[\"volumes\"]")).ok()?;
            Some(())
        },
        program: BOTH,
    },
    Promise {
        change: "required properties or parameters change their order",
        edit: |document| {
            reorder(object(document, "/components/schemas/Book/properties")?, |all| all.reverse());
            reorder(object(document, "/components/schemas/NewBook/properties")?, |all| all.reverse());
            Some(())
        },
        program: BOTH,
    },
    Promise {
        change: "an operation gets another type of success or error, or the first type of its errors",
        edit: |document| {
            let new = json!({ "description": "New.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Loan" } } } });
            let responses = object(document, "/paths/~1books/get/responses")?;
            responses.insert("404".to_owned(), new.clone());
            responses.insert("202".to_owned(), new.clone());
            let csv = json!({ "schema": { "type": "string" } });
            object(document, "/paths/~1books/get/responses/200/content")?.insert("text/csv".to_owned(), csv);
            object(document, "/paths/~1events/get/responses")?.insert("400".to_owned(), new);
            Some(())
        },
        program: BOTH,
    },
    Promise {
        change: "an object of requests does not allow other properties any more",
        edit: |document| {
            object(document, "/components/schemas/NewBook")?.insert("additionalProperties".to_owned(), json!(false));
            Some(())
        },
        program: EXTRA,
    },
    Promise {
        change: "a parameter or a request body is not required any more",
        edit: |document| {
            object(document, "/paths/~1books/get/parameters/0")?.insert("required".to_owned(), json!(false));
            for place in ["~1books/post", "~1books~1{book}~1cover/put", "~1books~1{book}~1text/put", "~1search/post"] {
                object(document, &format!("/paths/{place}/requestBody"))?.insert("required".to_owned(), json!(false));
            }
            Some(())
        },
        program: BOTH,
    },
];

/// With a lock, code that only passes values compiles after these changes.
pub(crate) const LOCKED_PASSED: &[Promise] = &[
    Promise {
        change: "a property is not required any more",
        edit: |document| {
            for (schema, index) in [("NewBook", 1), ("Query", 0), ("Book", 4), ("Book", 1)] {
                list(object(document, &format!("/components/schemas/{schema}"))?, "required")?.remove(index);
            }
            Some(())
        },
        program: PASSING,
    },
    Promise {
        change: "a string has only one possible value",
        edit: |document| {
            let author = object(document, "/components/schemas/Book/properties/author")?;
            author.insert("enum".to_owned(), json!(["author"]));
            Some(())
        },
        program: LITERALS,
    },
];

/// A program with unknown fields of a request.
const EXTRA: &str = "
fn extra(mut book: api::models::NewBook) -> usize {
    book.extra.insert(\"color\", api::runtime::Json::Null);
    book.extra.len()
}
";

/// A program that passes string literals.
const LITERALS: &str = "
fn literals(at: api::runtime::DateTime) {
    let _ = api::models::Book::new(\"id\", \"title\", \"author\", \"lent\", at);
}
";

/// A program that passes values in every way.
const PASSING: &str = "
struct Title;
impl From<Title> for String {
    fn from(_: Title) -> Self { String::new() }
}
fn passing(client: &api::Client, text: &String, at: api::runtime::DateTime, genre: api::models::Genre) {
    let book = api::models::NewBook::new(\"title\", Title).with_pages(3).with_genre(genre).with_subtitle(\"s\").with_genre(\"novel\");
    let _ = api::models::NewBook::new(text, text.as_str()).with_subtitle(text);
    let _ = api::models::NewBook::new(std::borrow::Cow::Borrowed(\"a\"), 'a').with_subtitle(text.clone());
    let _ = api::models::Query::new(text.clone()).with_exact(true);
    let _ = api::models::Book::new(\"id\", format!(\"{text}\"), Title, \"lent\", at.clone());
    let _ = api::models::Book::new(\"id\", \"title\", text, api::models::BookState::Lent, at.clone());
    let _: Vec<_> = [\"a\", \"b\"].into_iter().map(api::models::Query::new).collect();
    let _ = client.books().create_book(&book);
    let _ = client.books().list_books(Title).limit(3);
    let _ = client.books().list_books(text).x_trace(text).genres(vec![\"novel\".into()]);
}
";
