//! Result type of an operation: one type, or an enum by status.

use super::codec::ResponseCodec;
use crate::api::Status;
use crate::plan::rust_type::{Class, RustType};

/// The result of a success or an error.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// One type for every status, without the `Option` that [`Outcome::ty`] adds for a value that can be absent.
    One(RustType, ResponseCodec),
    /// By status.
    Several {
        /// Name of the enum.
        name: String,
        /// In the order in which the client compares them with a response.
        responses: Vec<TypedResponse>,
    },
}

/// A response with the type of its body, and with its variant in an enum by status.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TypedResponse {
    /// Statuses of this response.
    pub status: Status,
    /// Media type of this response, in lower case and without parameters, if it matters.
    pub media: Option<String>,
    /// Name of the variant.
    pub variant: String,
    /// Type of the variant's value.
    pub ty: RustType,
    /// The code that reads it.
    pub codec: ResponseCodec,
    /// Documentation of the variant.
    pub docs: VariantDocs,
}

/// Lines of the documentation of a variant. `==` ignores them, because types that differ only in their texts are one.
#[derive(Debug, Clone, Default)]
pub(crate) struct VariantDocs(pub Vec<String>);

impl PartialEq for VariantDocs {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Outcome {
    /// The type that a caller sees.
    #[must_use]
    pub(crate) fn ty(&self) -> RustType {
        match self {
            Self::One(ty, _) if self.is_optional() => ty.clone().option(),
            Self::One(ty, _) => ty.clone(),
            Self::Several { name, .. } => RustType::model(name.clone(), Class::Outcome),
        }
    }

    /// Returns true if a success can be `None`.
    #[must_use]
    pub(super) fn is_optional(&self) -> bool {
        matches!(self, Self::One(_, codec) if *codec == ResponseCodec::JSON_OR_EMPTY)
    }

    /// Replaces aliases of its types by the types.
    pub(super) fn remove_aliases(&mut self) {
        if let Self::Several { responses, .. } = self {
            responses.iter_mut().for_each(|response| response.ty.remove_aliases());
        }
    }

    /// The name of the enum.
    #[must_use]
    pub(crate) fn enum_name(&self) -> Option<&str> {
        if let Self::Several { name, .. } = self { Some(name) } else { None }
    }

    /// The type of the only result, if it is read as JSON.
    #[must_use]
    pub(crate) fn json(&self) -> Option<&RustType> {
        match self {
            Self::One(ty, codec) if *codec == ResponseCodec::JSON => Some(ty),
            Self::One(..) | Self::Several { .. } => None,
        }
    }

    /// The outcome whose JSON can be empty or null.
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
            Self::Several { name, responses } => {
                let optional = |response: TypedResponse| {
                    let (ty, codec) = perhaps(response.ty, response.codec);
                    let ty = if codec == ResponseCodec::JSON_OR_EMPTY { ty.option() } else { ty };
                    TypedResponse { ty, codec, ..response }
                };
                Self::Several { name, responses: responses.into_iter().map(optional).collect() }
            }
        }
    }

    /// Returns true for bytes, which can be streamed.
    #[must_use]
    pub(crate) fn is_bytes(&self) -> bool {
        matches!(self, Self::One(RustType::Bytes, codec) if *codec == ResponseCodec::BYTES)
    }
}
