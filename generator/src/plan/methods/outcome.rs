//! What a call gives: one type, or one of several by status.

use super::codec::ResponseCodec;
use crate::api::Status;
use crate::plan::rust_type::{Class, RustType};

/// What a call gives.
#[derive(Debug)]
pub enum Outcome {
    /// One type, whatever the status.
    One(RustType, ResponseCodec),
    /// By status.
    Several {
        /// The enum.
        name: String,
        /// In the order in which they are looked at.
        cases: Vec<Case>,
    },
}

/// One of several answers.
#[derive(Debug)]
pub struct Case {
    /// When it comes.
    pub status: Status,
    /// Only with this media type, in lower case and without parameters.
    pub media: Option<String>,
    /// Its variant.
    pub variant: String,
    /// What the variant holds.
    pub ty: RustType,
    /// The code that reads it.
    pub codec: ResponseCodec,
}

impl Outcome {
    /// The type that a caller sees.
    #[must_use]
    pub fn ty(&self) -> RustType {
        match self {
            Self::One(ty, codec) if *codec == ResponseCodec::JSON_OR_EMPTY => ty.clone().option(),
            Self::One(ty, _) => ty.clone(),
            Self::Several { name, .. } => RustType::Model { name: name.clone(), class: Class::Outcome },
        }
    }

    /// The same where a JSON success may be empty or null.
    pub(super) fn optional(self) -> Self {
        let perhaps = |ty: RustType, codec: ResponseCodec| match ty {
            ty if codec != ResponseCodec::JSON => (ty, codec),
            RustType::Option(ty) => (*ty, ResponseCodec::JSON_OR_EMPTY),
            ty => (ty, ResponseCodec::JSON_OR_EMPTY),
        };
        match self {
            Self::One(ty, codec) => {
                let (ty, codec) = perhaps(ty, codec);
                Self::One(ty, codec)
            }
            Self::Several { name, cases } => {
                let optional = |case: Case| {
                    let (ty, codec) = perhaps(case.ty, case.codec);
                    let ty = if codec == ResponseCodec::JSON_OR_EMPTY { ty.option() } else { ty };
                    Case { ty, codec, ..case }
                };
                Self::Several { name, cases: cases.into_iter().map(optional).collect() }
            }
        }
    }

    /// Whether it is bytes, which can be handed on as they come.
    #[must_use]
    pub fn is_bytes(&self) -> bool {
        matches!(self, Self::One(RustType::Bytes, codec) if *codec == ResponseCodec::BYTES)
    }
}
