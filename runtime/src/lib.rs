//! What crates printed by clientsmith run on: the codec of models, and the pipeline of calls.
//!
//! Users meet [`Call`], [`Response`], [`Error`], [`Maybe`] and the value types; the rest is for printed code.

pub mod auth;
#[cfg(feature = "blocking")]
mod blocking;
pub mod body;
pub mod call;
pub mod client;
mod clock;
pub mod closed_enum;
pub mod codec;
pub mod error;
pub mod events;
pub mod extra;
pub mod feed;
pub mod form;
pub mod formatted;
pub mod headers;
pub mod hook;
pub mod lenient;
pub mod macros;
pub mod maybe;
#[cfg(feature = "metrics")]
pub mod meter;
pub mod multipart;
pub mod number;
pub mod numeric;
pub mod open_enum;
pub mod paging;
pub mod param;
pub mod path;
pub mod pipeline;
pub mod plain;
pub mod record;
mod redactor;
pub mod response;
pub mod retry;
pub mod row;
pub mod secret;
pub mod slot;
#[cfg(feature = "test-util")]
pub mod testing;
pub mod threads;
pub mod time;
pub mod transport;
pub mod union;
#[cfg(feature = "xml")]
pub mod xml;

pub use auth::{ClientAuthentication, CredentialRequest, CredentialSource, IssuedToken, Need, OAuth};
pub use bytes::Bytes;
pub use call::{Call, Draft, IntoCall, Operation, OperationSpec, Paged, Responses, StreamOf, Streamed};
pub use client::{Api, Client, ClientBuilder, ClientHeader, ConfigError, Scheme, SchemeKind, Variable, XmlLimits};
pub use closed_enum::{ClosedEnum, ClosedIntegerEnum};
pub use codec::json::{from_json_slice, read_json_slice, to_json_vec, to_value};
pub use codec::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Fields, Sink, Source};
pub use error::{Error, ErrorKind};
pub use events::{
    Event, EventData, Events, JsonStream, PartStream, Sending, SentData, StreamSpec, Switch, SwitchPlace,
};
pub use extra::{Extra, Map};
pub use feed::Feed;
pub use formatted::Formatted;
pub use headers::Headers;
pub use http::{self, HeaderMap, Method, StatusCode};
pub use lenient::{Lenient, Unread};
pub use maybe::Maybe;
pub use multipart::{File, Multipart, Part};
pub use number::Number;
pub use numeric::Numeric;
pub use open_enum::{OpenEnum, OpenIntegerEnum, UnknownInteger, UnknownText};
pub use paging::{Items, PageToken, Pages, Paging, Place as PagePlace, Step as PageStep};
pub use param::{Encoding, Style};
pub use plain::Base64;
pub use record::Closed;
pub use record::Member::{Optional, ReadOnly, Required};
pub use response::{RawResponse, Response};
pub use secret::Secret;
pub use serde;
pub use serde_json::Value as Json;
pub use slot::Slot;
pub use time::{Date, DateTime, Duration, Time};
pub use transport::{Body, Transport, TransportError};
pub use union::{Attempt, Buffered, Candidate, Constant, JsonKind};
