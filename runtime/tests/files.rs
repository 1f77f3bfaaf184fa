//! Files in forms, as generated calls send them: their names and media types, unions of files and other values, forms that
//! are unions, lists.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/files/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "loopback/server.rs"]
mod server;
#[path = "../../generator/tests/cases/bodies/files/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/way.rs"]
mod way;

use bytes::Bytes;
use call::Call;
use calls::{EditMixed, EditNested, EditParts, EitherByTextParts, EncodedParts, ImportDataFromAddressParts};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Body, Client, File, Json, Multipart, body};
use models::Reference;
use server::Server;
use way::{SendMode, both};

fn call(client: &Client) -> clientsmith_runtime::AnyCall<Bytes, Json> {
    client.call(&const { api::operation("POST", "/form") }, body::bytes, body::any)
}

/// The parts that a server receives, each as its head and body.
fn sent(way: SendMode, form: impl Into<Multipart>) -> Vec<String> {
    let echo = Server::echo();
    let client = api::builder(&echo.base).build().unwrap();
    let response = way.send(call(&client).multipart(form)).unwrap();
    let media = response.headers().get("content-type").unwrap().to_str().unwrap();
    let boundary = media.split("boundary=").nth(1).unwrap().split(';').next().unwrap();
    let text = String::from_utf8(response.to_vec()).unwrap();
    let delimiter = format!("--{boundary}");
    let parts = text.split(&delimiter).filter_map(|part| part.strip_prefix("\r\n"));
    let parts = parts.filter_map(|part| part.strip_suffix("\r\n")).filter(|part| !part.is_empty());
    parts.map(|part| part.replace("content-disposition: form-data; ", "").replace("\r\n", "|")).collect()
}

fn build_error(form: impl Into<Multipart>) -> String {
    let client = api::builder("http://pets.test").build().unwrap();
    let error = call(&client).multipart(form).into_request().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    error.to_string()
}

const OCTETS: &str = "content-type: application/octet-stream";

both!(names_a_file_after_its_part, |way| {
    let form = Multipart::new()
        .file("a", "image/png", "1")
        .file("b", "", File::new("2").named("own.bin"))
        .file("c", "image/png", File::new("3").unnamed())
        .files("d", "", [File::new("4"), File::new("5").named("five")])
        .part("e", Body::stream(Once(Some("6".into())), Some(1)))
        .part("f", File::new("7").media_type("application/pdf"))
        .part("g", File::new("8").media_type("text/plain"))
        .part("h", File::json(&9_i64))
        .part("text", "ü")
        .text("i", "10");
    assert_eq!(
        sent(way, form),
        [
            "name=\"a\"; filename=\"a\"|content-type: image/png||1",
            "name=\"b\"; filename=\"own.bin\"||2",
            "name=\"c\"|content-type: image/png||3",
            "name=\"d\"; filename=\"d\"||4",
            "name=\"d\"; filename=\"five\"||5",
            "name=\"e\"; filename=\"e\"||6",
            "name=\"f\"; filename=\"f\"|content-type: application/pdf||7",
            "name=\"g\"|content-type: text/plain||8",
            "name=\"h\"|content-type: application/json||9",
            "name=\"text\"||ü",
            "name=\"i\"||10",
        ]
    );
    let bytes = way.send(
        call(&api::builder(&Server::echo().base).build().unwrap()).multipart(Multipart::new().part("b", vec![0xff])),
    );
    assert!(String::from_utf8_lossy(&bytes.unwrap()).contains("name=\"b\"; filename=\"b\"\r\n"));
    // Parts of other bodies than forms have no field name.
    let related = sent(way, Multipart::of("multipart/related").file("a", "image/png", "1"));
    assert_eq!(related, ["content-id: <a>|content-type: image/png||1"]);
});

/// A stream of one chunk.
struct Once(Option<Bytes>);

impl futures_core::Stream for Once {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}

both!(sends_files_in_unions, |way| {
    let form = EditParts::new(File::new("1"))
        .mask("https://pets.test/mask")
        .mixed(vec![File::new("2").named("two").into(), EditMixed::from("three")])
        .nested(vec![EditNested::from(File::new("4")), Reference::default().with_url("5").into()])
        .either(vec![File::new("6"), File::new("7")])
        .reference(File::new("8"));
    assert_eq!(
        sent(way, form),
        [
            format!("name=\"image\"; filename=\"image\"|{OCTETS}||1"),
            "name=\"mask\"||https://pets.test/mask".to_owned(),
            format!("name=\"mixed\"; filename=\"two\"|{OCTETS}||2"),
            "name=\"mixed\"||three".to_owned(),
            format!("name=\"nested\"; filename=\"nested\"|{OCTETS}||4"),
            "name=\"nested\"|content-type: application/json||{\"url\":\"5\"}".to_owned(),
            format!("name=\"either\"; filename=\"either\"|{OCTETS}||6"),
            format!("name=\"either\"; filename=\"either\"|{OCTETS}||7"),
            format!("name=\"reference\"; filename=\"reference\"|{OCTETS}||8"),
        ]
    );
    let list = sent(way, EditParts::new(vec![File::new("1").media_type("image/png"), File::new("2")]));
    assert_eq!(
        list,
        [
            "name=\"image\"; filename=\"image\"|content-type: image/png||1".to_owned(),
            format!("name=\"image\"; filename=\"image\"|{OCTETS}||2"),
        ]
    );
});

both!(sends_each_variant_of_a_form_union, |way| {
    let address = sent(way, ImportDataFromAddressParts::new("https://pets.test"));
    assert_eq!(address, ["name=\"address\"||https://pets.test", "name=\"kind\"||address"]);
    let text = sent(way, EitherByTextParts::new("x"));
    assert_eq!(text, ["name=\"text\"||x", "name=\"flag\"||true"]);
});

both!(follows_the_encoding_of_a_part, |way| {
    let note = Reference::default().with_url("u");
    let form = EncodedParts::new("1")
        .logo(File::new("2").media_type("image/webp"))
        .any("3")
        .table("4")
        .word("5")
        .whole(vec!["a".to_owned(), "b".to_owned()])
        .items(vec![note.clone(), Reference::default()])
        .matrix(vec![vec![1, 2], Vec::new()])
        .note(&note)
        .styled("6")
        .styles(vec![File::new("7")]);
    assert_eq!(
        sent(way, form),
        [
            "name=\"photo\"; filename=\"photo\"|content-type: image/png||1".to_owned(),
            "name=\"logo\"; filename=\"logo\"|content-type: image/webp||2".to_owned(),
            format!("name=\"any\"; filename=\"any\"|{OCTETS}||3"),
            "name=\"table\"; filename=\"table\"|content-type: text/csv||4".to_owned(),
            "name=\"word\"||5".to_owned(),
            "name=\"whole\"|content-type: application/json||[\"a\",\"b\"]".to_owned(),
            "name=\"items\"|content-type: application/json||{\"url\":\"u\"}".to_owned(),
            "name=\"items\"|content-type: application/json||{}".to_owned(),
            "name=\"matrix\"|content-type: application/json||[1,2]".to_owned(),
            "name=\"matrix\"|content-type: application/json||[]".to_owned(),
            "name=\"note\"|content-type: text/plain||{\"url\":\"u\"}".to_owned(),
            format!("name=\"styled\"; filename=\"styled\"|{OCTETS}||6"),
            format!("name=\"styles\"; filename=\"styles\"|{OCTETS}||7"),
        ]
    );
});

#[test]
fn requires_a_media_type_for_a_range() {
    let error = build_error(EncodedParts::new("1").logo("2"));
    assert!(error.contains("logo") && error.contains("image/*") && error.contains("File::media"), "{error}");
}

#[test]
fn the_type_of_a_related_body_has_no_parameters() {
    let client = api::builder("https://pets.test").build().unwrap();
    for media in ["multipart/related", "Multipart/Related"] {
        let form = Multipart::of(media).file("a", "application/xop+xml; charset=\"utf-8\"", "<a/>");
        let request = call(&client).multipart(form).into_request().unwrap();
        let sent = request.headers().get("content-type").unwrap().to_str().unwrap();
        assert!(sent.ends_with("; type=\"application/xop+xml\""), "{sent}");
    }
}

both!(sends_a_file_without_a_known_length, |way| {
    // Its length is 0 whatever it contains.
    let path = "/proc/self/status";
    if cfg!(not(target_os = "linux")) {
        return;
    }
    let echo = Server::echo();
    let client = api::builder(&echo.base).build().unwrap();
    let response = way.send(call(&client).multipart(Multipart::new().part("a", File::open(path).unwrap()))).unwrap();
    assert!(String::from_utf8_lossy(&response).contains("Name:"), "{response:?}");
});

both!(sends_an_empty_file_with_its_length, |way| {
    let path = std::env::temp_dir().join(format!("clientsmith-empty-{}-{way:?}", std::process::id()));
    std::fs::write(&path, "").unwrap();
    let echo = Server::echo();
    let client = api::builder(&echo.base).build().unwrap();
    for (kind, form) in [("a form", true), ("a body", false)] {
        let file = File::open(&path).unwrap();
        let call = call(&client);
        let call = if form {
            call.multipart(Multipart::new().part("a", file))
        } else {
            call.file("application/octet-stream", file)
        };
        way.send(call).unwrap();
        let head = echo.head();
        assert!(head.contains("content-length: ") && !head.contains("transfer-encoding"), "{kind}: {head}");
    }
    std::fs::remove_file(&path).unwrap();
});
