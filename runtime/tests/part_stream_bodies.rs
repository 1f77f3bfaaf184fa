//! Request bodies that are streams of parts: generated calls against loopback servers, async and blocking.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/streams/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "loopback/server.rs"]
mod server;
#[path = "../../generator/tests/cases/bodies/streams/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/way.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod way;

use call::Call;
use calls::Calls;
use clientsmith_runtime::error::ErrorKind;

use clientsmith_runtime::{Client, ItemStream, Multipart, Part};
use http::{HeaderMap, HeaderValue};
use models::Line;
use server::Server;
use way::both;

fn client(base: &str) -> Client {
    api::builder(base).build().unwrap()
}

both!(writes_each_value_as_a_part, |way| {
    let client = client(&Server::echo().base);
    let calls = Calls::new(&client);
    let headers = HeaderMap::from_iter([
        ("x-hint".parse().unwrap(), HeaderValue::from_static("small")),
        ("content-type".parse().unwrap(), HeaderValue::from_static("image/png")),
    ]);
    let parts = || {
        let named =
            Part::new(Line::new("--")).named("two>").with_media("application/json").with_headers(headers.clone());
        [Part::new(Line::new("1\r\n")), named, Part::new(Line::new(""))]
    };
    for items in [ItemStream::from(parts()), ItemStream::whole(parts())] {
        let raw = way.raw(calls.add_batch(items)).unwrap();
        assert!(
            raw.headers().get("content-type").unwrap().to_str().unwrap().starts_with("multipart/mixed; boundary=part-")
        );
        let found = raw.parts().unwrap();
        let values: Vec<Line> = found.iter().map(|part| part.json().unwrap()).collect();
        assert_eq!(values, parts().map(|part| part.body));
        let media: Vec<&str> = found.iter().map(|part| part.media.as_deref().unwrap()).collect();
        assert_eq!(media, ["application/line+json", "application/json", "application/line+json"]);
        let [first, second, _] = &found[..] else { unreachable!("{found:?}") };
        assert_eq!((first.headers.len(), second.headers.len()), (1, 3));
        assert_eq!((second.name.as_deref(), second.headers.get("x-hint")), (Some("two"), headers.get("x-hint")));
    }
    let many = (0..20_000).map(|number| Part::new(Line::new(number.to_string())));
    assert_eq!(way.raw(calls.add_batch(many)).unwrap().parts().unwrap().len(), 20_000);
    assert!(way.raw(calls.add_batch(Vec::new())).unwrap().parts().unwrap().is_empty());
});

both!(writes_strings_as_parts, |way| {
    let client = client(&Server::echo().base);
    let calls = Calls::new(&client);
    let notes = ["a\nb", "\"ü\""].map(|text| Part::new(text.to_owned()));
    let raw = way.raw(calls.add_notes().body(notes)).unwrap();
    let media = raw.headers().get("content-type").unwrap().to_str().unwrap().to_owned();
    assert!(
        media.starts_with("multipart/related; boundary=part-") && media.ends_with("; type=\"text/plain\""),
        "{media}"
    );
    let found = raw.parts().unwrap();
    assert_eq!(found.iter().map(|part| part.text().unwrap()).collect::<Vec<_>>(), ["a\nb", "\"ü\""]);
    // Parts without a described value are a `Multipart` of the caller.
    let images = Multipart::of("multipart/mixed").file("", "image/png", vec![0x89]);
    assert_eq!(way.raw(calls.add_images(images)).unwrap().parts().unwrap().len(), 1);
});

both!(reports_the_number_of_an_invalid_part, |way| {
    let client = client(&Server::echo().base);
    let calls = Calls::new(&client);
    let fine = || Part::new(Line::new("a"));
    for (part, line) in [
        (fine().with_media("a\nb"), "value 2 of the body cannot be written: the content-type of the part"),
        (Part::new(Line::new("b").with_ratio(f64::NAN)), "value 2 of the body cannot be written: NaN is not a number"),
    ] {
        let error = way.raw(calls.add_batch([fine(), part.clone()])).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.to_string().contains(line), "{error}\n{line}");
        let error = way.raw(calls.add_batch(ItemStream::whole([fine(), part]))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().contains(line), "{error}\n{line}");
    }
});
