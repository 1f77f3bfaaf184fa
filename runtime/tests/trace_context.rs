//! The hook that sends the trace context, on a real socket, async and blocking.
#![cfg(all(feature = "blocking", feature = "hyper"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::client::hook::{CallInfo, SendTraceContext, TraceContext};
use server::{Server, json, reply};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use way::both;

const TRACE: u128 = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736;

/// The values of a header in a request.
fn values(head: &str, name: &str) -> Vec<String> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).collect()
}

both!(each_attempt_has_its_own_parent_id, |way| {
    let late = || reply(503, &[("retry-after", "0")], "");
    let server = Server::start(vec![late(), late(), json(200, "1")]);
    let retries = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&retries);
    let source = move |info: &CallInfo| {
        seen.lock().unwrap().push(info.retry);
        Some(TraceContext::new(TRACE).sampled(true).state("vendor=1,other=2"))
    };
    let hook = SendTraceContext::new([server.base.as_str()], source).unwrap();
    let client = builder(&server.base).hook(hook).build().unwrap();
    way.send(call(&client, &operation("GET", "/pets"))).unwrap();
    let heads = server.requests();
    let parents: Vec<String> = heads.iter().flat_map(|head| values(head, "traceparent")).collect();
    assert_eq!((parents.len(), parents.iter().collect::<BTreeSet<_>>().len()), (3, 3), "{parents:?}");
    for parent in &parents {
        assert!(parent.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-") && parent.ends_with("-01"), "{parent}");
        assert_eq!(parent.len(), 55);
        assert!(TraceContext::parse(parent).is_some_and(|read| read == TraceContext::new(TRACE).sampled(true)));
    }
    assert_eq!(values(&heads[2], "tracestate"), ["vendor=1,other=2"]);
    assert_eq!(*retries.lock().unwrap(), [0, 1, 2]);
});

both!(other_origins_get_no_trace_context, |way| {
    let (allowed, other) = (Server::respond(|_, _| json(200, "1")), Server::respond(|_, _| json(200, "1")));
    for (base, count) in [(&allowed.base, 1), (&other.base, 0)] {
        // The port is part of the origin.
        let source = |_: &CallInfo| Some(TraceContext::new(TRACE));
        let hook = SendTraceContext::new(["https://api.example.com", allowed.base.as_str()], source).unwrap();
        let client = builder(base).hook(hook).build().unwrap();
        way.send(call(&client, &operation("GET", "/pets"))).unwrap();
        let server = if count == 1 { &allowed } else { &other };
        assert_eq!(values(&server.requests()[0], "traceparent").len(), count, "{base}");
    }
});

both!(invalid_ids_and_states_are_not_sent, |way| {
    let server = Server::respond(|_, _| json(200, "1"));
    let contexts = [
        (None, 0, 0),
        (Some(TraceContext::new(0)), 0, 0),
        (Some(TraceContext::new(TRACE).parent_id(0)), 0, 0),
        (Some(TraceContext::new(TRACE).state("a=\u{e4}")), 1, 0),
        (Some(TraceContext::new(TRACE).state("a".repeat(513))), 1, 0),
        (Some(TraceContext::new(TRACE).state("a=b\r\nx-evil: 1")), 1, 0),
        (Some(TraceContext::new(TRACE).parent_id(0x00f0_67aa_0ba9_02b7)), 1, 0),
    ];
    for (index, (context, parents, states)) in contexts.into_iter().enumerate() {
        let hook = SendTraceContext::new([server.base.as_str()], move |_| context.clone()).unwrap();
        let client = builder(&server.base).hook(hook).build().unwrap();
        way.send(call(&client, &operation("GET", "/pets"))).unwrap();
        let head = &server.requests()[index];
        assert_eq!((values(head, "traceparent").len(), values(head, "tracestate").len()), (parents, states), "{head}");
    }
    let last = values(&server.requests()[6], "traceparent");
    assert_eq!(last, ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"]);
});

both!(a_traceparent_of_the_call_is_not_replaced, |way| {
    let server = Server::respond(|_, _| json(200, "1"));
    let hook = SendTraceContext::new([server.base.as_str()], |_: &CallInfo| Some(TraceContext::new(TRACE))).unwrap();
    let client = builder(&server.base).hook(hook).build().unwrap();
    let own = "00-00000000000000000000000000000001-0000000000000002-00";
    way.send(call(&client, &operation("GET", "/pets")).header("traceparent", own)).unwrap();
    assert_eq!(values(&server.requests()[0], "traceparent"), [own]);
});

#[test]
fn reads_only_valid_traceparents() {
    let parse = TraceContext::parse;
    assert_eq!(
        parse("00-0000000000000000000000000000000a-0000000000000001-01"),
        Some(TraceContext::new(10).sampled(true))
    );
    // A later version has more parts.
    assert!(parse("01-0000000000000000000000000000000a-0000000000000001-00-x").is_some());
    for wrong in [
        "",
        "00-0000000000000000000000000000000a-0000000000000001",
        "00-0000000000000000000000000000000A-0000000000000001-00",
        "00-00000000000000000000000000000000-0000000000000001-00",
        "00-0000000000000000000000000000000a-0000000000000000-00",
        "00-0000000000000000000000000000000a-0000000000000001-00-x",
        "ff-0000000000000000000000000000000a-0000000000000001-00",
        "00-+000000000000000000000000000000a-0000000000000001-00",
    ] {
        assert_eq!(parse(wrong), None, "{wrong}");
    }
    for wrong in ["api.example.com", "/path", "", "https://"] {
        assert!(SendTraceContext::new([wrong], |_: &CallInfo| None).is_err(), "{wrong}");
    }
}
