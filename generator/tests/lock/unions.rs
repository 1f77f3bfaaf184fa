//! Members of unions stay where the lock has them.

use super::{description, has, locked, run};

#[test]
fn items_of_a_union_that_grow_keep_their_names() {
    let schemas = |more: &str| {
        let one = |name: &str, of: &str| {
            format!("{name}: {{type: object, properties: {{type: {{type: string}}, value: {of}{more}}}}}")
        };
        let all =
            "All: {required: [type], oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]}";
        let items = [one("One", "{type: string}"), one("Two", "{type: integer}"), all.to_owned()];
        description("", &items.join(", "))
    };
    let lock = locked(&schemas(""), None);
    let after = locked(&schemas(", a: {type: string}, b: {type: string}, c: {type: string}"), Some(&lock));
    for item in ["schemas/All/oneOf/0\" = { name = \"AllOne\"", "schemas/All/oneOf/1\" = { name = \"AllTwo\""] {
        assert!(lock.contains(item) && after.contains(item), "{item}\n{lock}\n{after}");
    }
}

/// Members of one kind stay apart, and the crate is the same as without a lock.
#[test]
fn members_of_one_kind_keep_their_order() {
    let list = |of: &str| format!("{{type: array, items: {{type: {of}}}}}");
    let any = format!("Any: {{anyOf: [{}, {ORDER_INLINE}, {}, {{type: string}}]}}", list("string"), list("integer"));
    let text = description("", &any);
    let before = run(&text, None);
    let lock = before.lock.as_ref().unwrap().text.clone();
    has(&lock, &["\"list\" = { name = ", "\"list 2\" = { name = "]);
    let after = run(&text, Some(&lock));
    assert_eq!(before.output.unwrap().files, after.output.unwrap().files);
}

const ORDER_INLINE: &str = "{type: object, required: [id], properties: {id: {type: string}, note: {type: string}}}";

/// An enum whose values are also words for the members of unions.
#[test]
fn an_enum_of_kind_words_stays_an_enum() {
    let enums = "Kind: {oneOf: [{const: string}, {const: number}]}, Target: {anyOf: [{enum: ['#/a']}, {enum: ['#/b']}]}, \
                 Plain: {type: string, enum: [object, list]}, Text: {oneOf: [{type: string, enum: [any]}, {type: string}]}";
    let text = description("", enums);
    let before = run(&text, None);
    let lock = before.lock.as_ref().unwrap().text.clone();
    has(&lock, &["\"#/components/schemas/Kind\" = { name = \"Kind\", rest = \"Unknown\", enum = true }"]);
    let after = run(&text, Some(&lock));
    assert_eq!(after.lock.as_ref().unwrap().text, lock);
    assert_eq!(before.output.unwrap().files, after.output.unwrap().files);
}
