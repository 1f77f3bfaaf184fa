//! The runtime of crates that clientsmith generates: the codec of models and the pipeline of calls.
//!
//! Users work with the calls of their crate, [`Response`], [`Error`], [`Maybe`] and the value types. Items that only
//! generated code uses are hidden from the documentation.

pub mod auth;
pub mod body;
pub mod call;
pub mod client;
pub mod codec;
pub mod error;
#[cfg(not(unused = "streams"))]
pub mod events;
pub mod macros;
#[cfg(not(unused = "paging"))]
pub mod paging;
mod pipeline;
mod request;
pub mod response;
pub mod retry;
mod secrets;
#[cfg(feature = "test-util")]
pub mod testing;
pub mod transport;
mod uri;
pub mod values;

#[cfg(not(unused = "oauth"))]
pub use auth::{ClientAuthentication, IssuedToken, OAuth};
pub use auth::{CredentialRequest, CredentialSource, SchemeKind, SecurityRequirement, SecurityScheme};
#[cfg(not(unused = "file"))]
pub use body::file::File;
#[cfg(not(unused = "streams"))]
pub use body::item_stream::ItemStream;
#[cfg(not(unused = "multipart"))]
pub use body::multipart::{Multipart, Part};
pub use bytes::Bytes;
#[cfg(not(unused = "headers"))]
pub use call::headers::Headers;
pub use call::{AnyCall, IntoCall, Operation, Responses, StreamOf, StreamSpec, Streamed};
pub use client::{Api, Client, ClientBuilder, ClientHeader, ConfigError, ServerVariable};
#[cfg(feature = "drift")]
pub use codec::drift::{Drift, DriftEntry, DriftKind};
pub use codec::extra::{Extra, Map};
pub use codec::json::{from_json_slice, read_json_slice, to_json_vec, to_value};
pub use codec::number::Number;
pub use codec::param::{Encoding, Style};
/// Short paths, because a generated crate names these functions once for each model.
#[doc(hidden)]
pub use codec::record;
pub use codec::record::Closed;
pub use codec::record::Group;
#[doc(hidden)]
#[cfg(not(unused = "row"))]
pub use codec::row;
pub use codec::slot::Slot;
#[doc(hidden)]
#[cfg(not(unused = "union"))]
pub use codec::union;
#[cfg(not(unused = "union"))]
pub use codec::union::{Buffered, Candidate, Constant, JsonKind, Trial};
pub use codec::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Fields, Sink, Source};
pub use error::{Error, ErrorKind};
#[cfg(not(unused = "multipart"))]
#[cfg(not(unused = "streams"))]
pub use events::PartStream;
#[cfg(not(unused = "streams"))]
pub use events::{Event, EventBody, EventData, EventText, Events, JsonStream, SentData};
pub use http::{self, HeaderMap, Method, StatusCode};
#[cfg(not(unused = "paging"))]
pub use paging::{Items, PageLocation, PageToken, Paged, Pages, Paging, Step as PageStep};
pub use request::{Draft, OperationSpec};
#[cfg(not(unused = "streams"))]
pub use request::{StreamFlag, StreamFlagLocation};
pub use response::{RawResponse, Response, XmlLimits};
pub use secrets::Secret;
pub use serde;
pub use serde_json::Value as Json;
pub use transport::{Body, Transport, TransportError};
#[cfg(not(unused = "enums"))]
pub use values::closed_enum::{ClosedEnum, ClosedIntegerEnum};
#[cfg(not(unused = "from_str"))]
pub use values::from_str::ViaFromStr;
#[cfg(not(unused = "lenient"))]
pub use values::lenient::{Lenient, Unread};
pub use values::maybe::Maybe;
#[cfg(not(unused = "numeric"))]
pub use values::numeric::Numeric;
#[cfg(not(unused = "enums"))]
pub use values::open_enum::{OpenEnum, OpenIntegerEnum, UnknownInteger, UnknownText};
#[cfg(not(unused = "or_none"))]
pub use values::or_none::{OrNone, SliceOrNone};
pub use values::primitives::Base64;
#[cfg(not(unused = "time"))]
pub use values::time::{Date, DateTime, Duration, Time};
