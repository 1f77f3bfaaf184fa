//! What a call gives: one type, or one of several by status.

use super::Form;
use crate::api::Status;
use crate::plan::rust_type::{Class, RustType};

/// What a call gives.
#[derive(Debug)]
pub enum Outcome {
    /// One type, whatever the status.
    One(RustType, Form),
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
    /// How it is read.
    pub form: Form,
}

impl Outcome {
    /// The type that a caller sees.
    #[must_use]
    pub fn ty(&self) -> RustType {
        match self {
            Self::One(ty, Form::Perhaps) => ty.clone().option(),
            Self::One(ty, _) => ty.clone(),
            Self::Several { name, .. } => RustType::Model { name: name.clone(), class: Class::Outcome },
        }
    }

    /// The same where a JSON success may be empty or null.
    pub(super) fn optional(self) -> Self {
        let perhaps = |ty: RustType, form: Form| match (ty, form) {
            (RustType::Option(ty), Form::Json) => (*ty, Form::Perhaps),
            (ty, Form::Json) => (ty, Form::Perhaps),
            other => other,
        };
        match self {
            Self::One(ty, form) => {
                let (ty, form) = perhaps(ty, form);
                Self::One(ty, form)
            }
            Self::Several { name, cases } => {
                let optional = |case: Case| {
                    let (ty, form) = perhaps(case.ty, case.form);
                    Case { ty: if form == Form::Perhaps { ty.option() } else { ty }, form, ..case }
                };
                Self::Several { name, cases: cases.into_iter().map(optional).collect() }
            }
        }
    }

    /// Whether it is bytes, which can be handed on as they come.
    #[must_use]
    pub const fn is_bytes(&self) -> bool {
        matches!(self, Self::One(RustType::Bytes, Form::Bytes))
    }
}

/// A status as a pattern of integers: first and last.
#[must_use]
pub fn statuses(status: Status) -> Option<(u16, u16)> {
    match status {
        Status::Exact(status) => Some((status, status)),
        Status::Range(range) => Some((u16::from(range) * 100, u16::from(range) * 100 + 99)),
        Status::Default => None,
    }
}
