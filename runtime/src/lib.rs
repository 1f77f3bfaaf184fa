//! The runtime of crates that clientsmith generates: the codec of models and the pipeline of calls.
//!
//! Users work with [`Call`], [`Response`], [`Error`], [`Maybe`] and the value types. Items that only
//! generated code uses are hidden from the documentation.

pub mod auth;
pub mod body;
pub mod call;
pub mod client;
pub mod codec;
pub mod error;
pub mod events;
pub mod macros;
pub mod paging;
pub mod pipeline;
#[cfg(feature = "test-util")]
pub mod testing;
pub mod transport;
pub mod values;

pub use auth::{ClientAuthentication, CredentialRequest, CredentialSource, IssuedToken, OAuth, SecurityRequirement};
pub use body::item_stream::ItemStream;
pub use body::multipart::{File, Multipart, Part};
pub use bytes::Bytes;
pub use call::headers::Headers;
pub use call::param::{Encoding, Style};
pub use call::response::{RawResponse, Response};
pub use call::{Call, Draft, IntoCall, Operation, OperationSpec, Paged, Responses, StreamOf, Streamed};
pub use client::{
    Api, Client, ClientBuilder, ClientHeader, ConfigError, SchemeKind, SecurityScheme, ServerVariable, XmlLimits,
};
pub use codec::json::{from_json_slice, read_json_slice, to_json_vec, to_value};
pub use codec::record::Closed;
pub use codec::record::Member::{Optional, ReadOnly, Required};
pub use codec::slot::Slot;
pub use codec::union::{Buffered, Candidate, Constant, JsonKind, Trial};
pub use codec::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Fields, Sink, Source};
/// Short paths, because a generated crate names these functions once for each model.
#[doc(hidden)]
pub use codec::{record, row, union};
pub use error::{Error, ErrorKind};
pub use events::{
    Event, EventBody, EventData, EventText, Events, JsonStream, PartStream, SentData, StreamFlag, StreamFlagPlace,
    StreamSpec,
};
pub use http::{self, HeaderMap, Method, StatusCode};
pub use paging::{Items, PageToken, Pages, Paging, Place as PagePlace, Step as PageStep};
pub use serde;
pub use serde_json::Value as Json;
pub use transport::{Body, Transport, TransportError};
pub use values::closed_enum::{ClosedEnum, ClosedIntegerEnum};
pub use values::extra::{Extra, Map};
pub use values::from_str::ViaFromStr;
pub use values::lenient::{Lenient, Unread};
pub use values::maybe::Maybe;
pub use values::number::Number;
pub use values::numeric::Numeric;
pub use values::open_enum::{OpenEnum, OpenIntegerEnum, UnknownInteger, UnknownText};
pub use values::primitives::Base64;
pub use values::secret::Secret;
pub use values::time::{Date, DateTime, Duration, Time};
