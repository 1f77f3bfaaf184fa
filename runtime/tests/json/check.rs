//! Compares the readings of one text: the first pass of the runtime, its reader over serde, and serde_json alone.

use clientsmith_runtime::{
    self as runtime, Base64, Buffered, DateTime, Decode, DecodeErrorKind, Encode, Extra, Json, Lenient, Map, Maybe,
    Number, Numeric, Secret,
};
use runtime::codec::json::from_json_once;

runtime::open_enum! {
    pub enum State { Valid = "valid", Invalid = "in\"valid" } else Unknown
}

runtime::open_integer_enum! {
    pub enum Level { Low = 1, High = -2 } else Unknown
}

/// A field of each type.
#[derive(Debug, PartialEq, Default)]
pub(crate) struct All {
    string: Option<String>,
    whole: Option<i64>,
    small: Option<i8>,
    large: Option<u64>,
    float: Option<f64>,
    single: Option<f32>,
    flag: Option<bool>,
    maybe: Maybe<i64>,
    list: Option<Vec<Option<f64>>>,
    map: Option<Map<i64>>,
    any: Option<Json>,
    time: Option<DateTime>,
    bytes: Option<Base64>,
    number: Option<Number>,
    state: Option<State>,
    level: Option<Level>,
    shape: Option<Shape>,
    inner: Option<Box<All>>,
    all: Option<Vec<All>>,
    numeric: Option<Numeric<i64>>,
    lenient: Option<Lenient<bool>>,
    pair: Option<(i64, String)>,
    skipping: Option<Skipping>,
    extra: Extra,
}

runtime::object!(All {
    string: Optional("string"),
    whole: Optional("whole"),
    small: Optional("small"),
    large: Optional("large"),
    float: Optional("float"),
    single: Optional("single"),
    flag: Optional("flag"),
    maybe: Optional("maybe"),
    list: Optional("list"),
    map: Optional("map"),
    any: Optional("any"),
    time: Optional("time"),
    bytes: Optional("bytes"),
    number: Optional("number"),
    state: Optional("state"),
    level: Optional("level"),
    shape: Optional("shape"),
    inner: Optional("inner"),
    all: Optional("all"),
    numeric: Optional("numeric"),
    lenient: Optional("lenient"),
    pair: Optional("pair"),
    skipping: Optional("skipping"),
    ..extra
}
    as runtime::Group(
        (
            (string, whole, small, large, float, single, flag, maybe, list, map, any, time),
            (bytes, number, state, level, shape, inner, all, numeric, lenient, pair, skipping),
        ),
    ));

/// Skips the fields that it does not have.
#[derive(Debug, PartialEq)]
pub(crate) struct Skipping {
    id: i64,
}

runtime::object!(Skipping { id: Required("id") });

#[derive(Debug, PartialEq)]
pub(crate) struct Circle {
    radius: f64,
    kind: Option<String>,
    extra: Extra,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Square {
    side: i64,
    around: Option<Box<Shape>>,
    kind: Option<String>,
    extra: Extra,
}

runtime::object!(Circle { kind: Optional("kind"), radius: Required("radius"), ..extra });
runtime::object!(Square { kind: Optional("kind"), around: Optional("around"), side: Required("side"), ..extra });

/// A union with a tag, which may be absent. Then the keys decide.
#[derive(Debug, PartialEq)]
pub(crate) enum Shape {
    Circle(Circle),
    Square(Square),
    Text(String),
    Unknown(Json),
}

impl Decode for Shape {
    fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
        use runtime::{Candidate, JsonKind};
        const MEMBERS: &[Candidate] = &[
            Candidate::new(JsonKind::Object).required(&["radius"]).properties(&["radius", "kind"]),
            Candidate::new(JsonKind::Object).required(&["side"]).properties(&["side", "kind", "around"]),
            Candidate::new(JsonKind::Text),
        ];
        let by_keys = |value: Buffered<'_>| {
            let found = value.trials(MEMBERS).find_map(|trial| match trial.variant {
                0 => value.try_decode(trial).map(Self::Circle),
                1 => value.try_decode(trial).map(Self::Square),
                _ => value.try_decode(trial).map(Self::Text),
            });
            found.map_or_else(|| value.unknown().map(Self::Unknown), Ok)
        };
        runtime::union::decode(source, Self::Unknown, |value| match value.tag("kind") {
            Some("circle" | "true" | "1") => value.decode("Circle").map(Self::Circle),
            Some("square") => value.decode("Square").map(Self::Square),
            Some(_) => value.default_member(Self::Circle, Self::Unknown),
            None => by_keys(value),
        })
    }
}

impl Encode for Shape {
    fn encode(&self, sink: &mut dyn runtime::Sink) -> Result<(), runtime::EncodeError> {
        match self {
            Self::Circle(value) => runtime::union::tagged(sink, "kind", &["circle"], value),
            Self::Square(value) => runtime::union::tagged(sink, "kind", &["square"], value),
            Self::Text(value) => value.encode(sink),
            Self::Unknown(value) => value.encode(sink),
        }
    }
}

/// A union of another union, a map and any value.
#[derive(Debug, PartialEq)]
pub(crate) enum Outer {
    Shape(Shape),
    Map(Map<Json>),
    Any(Json),
    Unknown(Json),
}

impl Decode for Outer {
    fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
        runtime::union::decode(source, Self::Unknown, |value| match value.tag("kind") {
            Some("circle" | "square") => value.decode("Shape").map(Self::Shape),
            Some("x") => value.decode("Map").map(Self::Map),
            Some("1") => value.decode("Any").map(Self::Any),
            _ => value.unknown().map(Self::Unknown),
        })
    }
}

impl Encode for Outer {
    fn encode(&self, sink: &mut dyn runtime::Sink) -> Result<(), runtime::EncodeError> {
        match self {
            Self::Shape(value) => value.encode(sink),
            Self::Map(value) => runtime::union::tagged(sink, "kind", &["x"], value),
            Self::Any(value) | Self::Unknown(value) => value.encode(sink),
        }
    }
}

#[derive(Debug, PartialEq)]
pub(crate) struct Identified {
    id: i64,
    extra: Extra,
}

runtime::object!(Identified { id: Required("id"), ..extra });

/// A union without a tag, whose variants share a key.
#[derive(Debug, PartialEq)]
pub(crate) enum Keyed {
    Radius(Circle),
    Side(Square),
    Id(Identified),
    Unknown(Json),
}

impl Decode for Keyed {
    fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
        use runtime::{Candidate, JsonKind};
        const MEMBERS: &[Candidate] = &[
            Candidate::new(JsonKind::Object).required(&["radius"]).properties(&["kind", "radius", "whole"]),
            Candidate::new(JsonKind::Object)
                .required(&["side", "whole"])
                .properties(&["side", "kind", "around", "whole"]),
            Candidate::new(JsonKind::Object).required(&["id"]).properties(&["id", "whole"]),
        ];
        runtime::union::decode(source, Self::Unknown, |value| {
            let found = value.trials(MEMBERS).find_map(|trial| match trial.variant {
                0 => value.try_decode(trial).map(Self::Radius),
                1 => value.try_decode(trial).map(Self::Side),
                _ => value.try_decode(trial).map(Self::Id),
            });
            found.map_or_else(|| value.unknown().map(Self::Unknown), Ok)
        })
    }
}

impl Encode for Keyed {
    fn encode(&self, sink: &mut dyn runtime::Sink) -> Result<(), runtime::EncodeError> {
        match self {
            Self::Radius(value) => value.encode(sink),
            Self::Side(value) => value.encode(sink),
            Self::Id(value) => value.encode(sink),
            Self::Unknown(value) => value.encode(sink),
        }
    }
}

/// Checks all readings of a text as several types. Returns `true` when one of them accepts it.
pub(crate) fn check(text: &[u8]) -> bool {
    let any = compare_any(text);
    let Ok(text) = std::str::from_utf8(text) else { return any };
    // The reader over serde has no limit of levels.
    let levels = text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
    if levels > 200 {
        return any;
    }
    compare::<All>(text)
        | compare::<Vec<All>>(text)
        | compare::<Vec<Shape>>(text)
        | compare::<Shape>(text)
        | compare::<Vec<Outer>>(text)
        | compare::<Outer>(text)
        | compare::<Vec<Keyed>>(text)
        | compare::<Keyed>(text)
        | compare::<Map<Secret>>(text)
        | compare::<i64>(text)
        | compare::<f64>(text)
        | compare::<String>(text)
        | any
}

/// Compares any JSON with serde_json's own type.
fn compare_any(text: &[u8]) -> bool {
    let own = runtime::read_json_slice::<Json>(text);
    let mut peer = serde_json::Deserializer::from_slice(text);
    peer.disable_recursion_limit();
    let peer = <Json as serde::Deserialize>::deserialize(&mut peer).and_then(|value| peer.end().map(|()| value));
    let shown = String::from_utf8_lossy(text);
    match (own, peer) {
        (Ok((own, misfits)), Ok(peer)) => {
            assert!(misfits.is_empty(), "{shown}: {misfits:?}");
            assert_eq!(own, peer, "{shown}");
            assert_eq!(runtime::to_json_vec(&own).unwrap(), serde_json::to_vec(&peer).unwrap(), "{shown}");
            true
        }
        (Ok((_, misfits)), Err(error)) => {
            assert!(!misfits.is_empty() || text.starts_with(b"\xEF\xBB\xBF"), "{shown}: {error}");
            true
        }
        (Err(error), Ok(_)) => {
            assert_eq!(error.kind(), DecodeErrorKind::TooDeep, "{shown}: {error}");
            true
        }
        (Err(_), Err(_)) => false,
    }
}

/// Compares the first pass with the reader over serde, and the writers.
fn compare<T: Decode + Encode>(text: &str) -> bool {
    match (from_json_once::<T>(text), by_serde::<T>(text)) {
        (Some(own), Ok(peer)) => {
            let json = written(&own);
            assert_eq!(json, written_by_serde(&peer), "{text}");
            assert_eq!(json, written_by_serde(&own), "{text}");
            true
        }
        (None, Err(_)) => false,
        (None, Ok(peer)) => panic!("refused: {text} is {}", written(&peer)),
        (Some(own), Err(error)) => panic!("accepted: {text} is {}, {error}", written(&own)),
    }
}

fn by_serde<T: Decode>(text: &str) -> serde_json::Result<T> {
    let mut json = serde_json::Deserializer::from_str(text);
    json.disable_recursion_limit();
    let value = runtime::codec::json::deserialize(&mut json)?;
    json.end().map(|()| value)
}

fn written(value: &dyn Encode) -> String {
    String::from_utf8(runtime::to_json_vec(value).unwrap()).unwrap()
}

fn written_by_serde(value: &dyn Encode) -> String {
    let mut json = Vec::new();
    runtime::codec::json::serialize(value, &mut serde_json::Serializer::new(&mut json)).unwrap();
    String::from_utf8(json).unwrap()
}
