//! Boxes of fields and variants stay as the lock has them.

use super::{description, has, locked, models, run};

/// A component with a number of optional string properties and other properties.
fn object(name: &str, strings: usize, others: &str) -> String {
    let strings: String = (0..strings).map(|at| format!("p{at}: {{type: string}}, ")).collect();
    format!("{name}: {{type: object, properties: {{{strings}{others}}}}}")
}

fn field(name: &str, target: &str) -> String {
    format!("{name}: {{$ref: '#/components/schemas/{target}'}}")
}

#[test]
fn types_that_grow_and_shrink_keep_their_boxes() {
    let schemas = |strings| {
        let union = "Any: {oneOf: [{$ref: '#/components/schemas/Part'}, {type: string}]}";
        let of = format!("{}, {}", field("part", "Part"), field("any", "Any"));
        description("", &[object("Whole", 0, &of), object("Part", strings, ""), union.to_owned()].join(", "))
    };
    let (small, large) = (locked(&schemas(1), None), locked(&schemas(100), None));
    assert!(!small.contains("boxed"), "{small}");
    has(
        &large,
        &[
            "\"part\" = { name = \"part\", kind = \"object\", at = 1, boxed = true }",
            "\"#/components/schemas/Any\".\"#/components/schemas/Part\" = { name = \"Part\", at = 1, boxed = true }",
        ],
    );
    let boxed = ["pub part: Option<Box<Part>>", "Part(Box<Part>)"];
    let plain = ["pub part: Option<Part>", "Part(Part)"];
    has(&models(&run(&schemas(100), None)), &boxed);
    has(&models(&run(&schemas(100), Some(&small))), &plain);
    has(&models(&run(&schemas(1), Some(&large))), &boxed);
    assert_eq!(locked(&schemas(100), Some(&small)).matches("boxed").count(), 0);
    // A lock of an older version says nothing about boxes.
    let older = small.replace("version = 2", "version = 1");
    has(&models(&run(&schemas(100), Some(&older))), &boxed);
    // A value that could be too large for a stack is boxed all the same.
    has(&models(&run(&schemas(400), Some(&small))), &boxed);
}

#[test]
fn new_property_of_a_cycle_has_the_box() {
    // Types are visited in the order of the description, so that without a lock `A.b` closes the cycle.
    let schemas = |back: &str| description("", &[object("B", 0, back), object("A", 0, &field("b", "B"))].join(", "));
    let (old, new) = (schemas("x: {type: string}"), schemas(&field("a", "A")));
    has(&models(&run(&new, None)), &["pub b: Option<Box<B>>", "pub a: Option<A>"]);
    let lock = locked(&old, None);
    let after = run(&new, Some(&lock));
    has(&models(&after), &["pub b: Option<B>", "pub a: Option<Box<A>>"]);
    let lock = after.lock.unwrap().text;
    assert_eq!(locked(&new, Some(&lock)), lock);
}

#[test]
fn new_property_inside_a_locked_cycle_has_the_box() {
    // The search starts at `Start`, enters the locked chain at its end, and closes the cycle with a locked property.
    let schemas = |start: &str, end: &str| {
        let all = [
            object("Start", 0, start),
            object("One", 0, &field("two", "Two")),
            object("Two", 0, &format!("{}{}", field("three", "Three"), field(", other", "Three"))),
            object("Three", 0, end),
        ];
        description("", &all.join(", "))
    };
    let lock = locked(&schemas("x: {type: string}", "x: {type: string}"), None);
    let after = run(&schemas(&field("three", "Three"), &field("one", "One")), Some(&lock));
    has(
        &models(&after),
        &["pub two: Option<Two>", "pub three: Option<Three>", "pub other: Option<Three>", "pub one: Option<Box<One>>"],
    );
}

#[test]
fn property_of_another_type_loses_its_box() {
    let schemas = |of: &str| description("", &[object("Whole", 0, of), object("Part", 100, "")].join(", "));
    let lock = locked(&schemas(&field("part", "Part")), None);
    has(&models(&run(&schemas("part: {type: string}"), Some(&lock))), &["pub part: Option<String>"]);
}
