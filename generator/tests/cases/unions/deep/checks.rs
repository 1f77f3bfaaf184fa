//! Work is counted in allocations: of twice as much, there are about twice as many, for every kind of union.

use serde_json::Value;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use unions_deep::models::*;

struct Counting;

thread_local!(static COUNT: Cell<u64> = const { Cell::new(0) });

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// How many allocations reading takes; what was read is written as it came.
fn work<T: serde::Serialize + serde::de::DeserializeOwned>(text: &str) -> u64 {
    let before = COUNT.get();
    let value: T = serde_json::from_str(text).unwrap();
    let work = COUNT.get() - before;
    assert_eq!(serde_json::to_value(&value).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    work
}

/// Values of this depth and twice it, alone and in lists of twice the length.
fn linear<T: serde::Serialize + serde::de::DeserializeOwned>(name: &str, head: &str, leaf: &str, tail: &str) {
    let deep = |depth: usize| format!("{}{leaf}{}", head.repeat(depth), tail.repeat(depth));
    let works: Vec<u64> = [10, 20, 40].into_iter().map(|depth| work::<T>(&deep(depth))).collect();
    println!("{name}: {works:?} allocations at depths of 10, 20 and 40");
    for pair in works.windows(2) {
        assert!(pair[1] < pair[0] * 5 / 2, "{name}: {works:?}");
    }
    let wide = |width: usize| format!("[{}]", vec![deep(10); width].join(","));
    let (once, twice) = (work::<Vec<T>>(&wide(20)), work::<Vec<T>>(&wide(40)));
    assert!(twice < once * 9 / 4, "{name}: {once}, {twice}");
}

pub fn check() {
    for (tail, name) in [(r#","v":"x"}"#, "by shape, the second variant"), (r#","v":1}"#, "by shape, the first variant")] {
        linear::<Shape>(name, r#"{"next":"#, "null", tail);
    }
    linear::<Shape>("by shape, unknown", r#"{"next":"#, "null", r#","v":true}"#);
    linear::<Base>("base class, refused by the heir", r#"{"kind":"Heir","next":"#, "true", r#","v":"x"}"#);
    linear::<Base>("base class, the heir", r#"{"kind":"Heir","next":"#, r#""x""#, r#","v":1}"#);
    linear::<Base>("base class, the heir, more members", r#"{"kind":"Heir","next":"#, r#""x""#, r#","v":1,"w":[]}"#);
    linear::<Base>("base class, unlisted", r#"{"kind":"other","next":"#, r#""x""#, r#","w":1}"#);
    linear::<Tagged>("optional tag, absent", r#"{"next":"#, "{}", r#","v":"x"}"#);
    linear::<Tagged>("optional tag", r#"{"t":"TagB","next":"#, "{}", r#","v":"x"}"#);
    linear::<Tagged>("optional tag, nothing fits", r#"{"next":"#, "{}", r#","v":[]}"#);
    linear::<Fallback>("default variant", r#"{"t":"x","next":"#, r#""x""#, r#","v":"x"}"#);
    linear::<Fallback>("default variant, refused", r#"{"t":"x","next":"#, r#""x""#, r#","v":[]}"#);
    linear::<FallbackOrText>("default variant in a union", r#"{"next":"#, r#""x""#, r#","v":true}"#);
    linear::<Product>("several at one place", r#"{"a":"x","next":"#, r#"{"a":1,"v":1}"#, r#","v":"x"}"#);
    linear::<Keyed>("keyed", r#"{"not":{"and":["#, r#""x""#, r#"],"v":"x"}}"#);
    linear::<Layers>("layers", r#"{"next":"#, r#"{"v":1}"#, r#","v":"x"}"#);
    linear::<Layers>("layers, nothing fits", r#"{"next":"#, r#"{"v":1}"#, r#","v":{}}"#);
}
