//! The shapes of values. Plain data.

use super::SchemaId;
use serde_json::Value;
use std::hash::{Hash, Hasher};

/// The shape of a schema's values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    /// A scalar.
    Scalar(Scalar),
    /// An array.
    List(SchemaId),
    /// An array with a type for each position.
    Tuple(Tuple),
    /// An object with arbitrary keys.
    Map(SchemaId),
    /// An object with known properties.
    Object(Object),
    /// An enum. The description lists its values; other values may be sent.
    Enum(Enum),
    /// A union.
    Union(Union),
    /// The same type as another schema, for a component that is only a `$ref`.
    Same(SchemaId),
    /// Any JSON value, with the reason (`schema allows any value`, or the cause of the fallback).
    Any(Any),
}

/// The reason for a value without a type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Any {
    /// Text for the `untyped` list of the surface.
    pub reason: String,
    /// True for a fallback of the generator, false for a description without a type.
    pub fallback: bool,
}

/// Scalars.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    /// `true` or `false`.
    Bool,
    /// A whole number. Format and bounds determine its width.
    Integer {
        /// `int32`, `uint64`, …
        format: Option<String>,
        /// Minimum.
        minimum: Option<i128>,
        /// Maximum.
        maximum: Option<i128>,
    },
    /// A number as a float, with its format if the settings name it.
    Float(Option<String>),
    /// A number without loss of digits, with its format if the settings name it.
    Decimal(Option<String>),
    /// A string with its format (`date-time`, `uuid`, `byte`, `binary`, …).
    String(Option<String>),
    /// Only `null`.
    Null,
}

/// An array with a type for each position.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Tuple {
    /// Types by position.
    pub items: Vec<SchemaId>,
    /// Number of required items.
    pub least: usize,
    /// Type of further items.
    pub extra: Extra,
    /// The tuple contains itself, and needs a type of its own.
    pub own: bool,
}

impl Tuple {
    /// Maximum number of items of a Rust tuple. A longer array becomes a struct.
    const MAX_ITEMS: usize = 6;

    /// Returns true if every item is required and no further item is allowed.
    #[must_use]
    pub(crate) fn is_rust_tuple(&self) -> bool {
        let exact = self.extra == Extra::None && self.least == self.items.len();
        exact && !self.own && self.items.len() <= Self::MAX_ITEMS
    }
}

/// Properties of an object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Object {
    /// Properties in the order of the description.
    pub properties: Vec<Property>,
    /// Additional properties.
    pub extra: Extra,
}

/// Additional properties or items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) enum Extra {
    /// Any value.
    #[default]
    Any,
    /// None (`additionalProperties: false`).
    None,
    /// Values of one type.
    Of(SchemaId),
}

impl Extra {
    /// The type of the values, if they have one.
    #[must_use]
    pub(crate) const fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::Of(values) => Some(*values),
            Self::Any | Self::None => None,
        }
    }
}

/// True if the description requires a property. It is not part of the type, so two properties that differ in it are equal.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DeclaredRequired(pub bool);

impl PartialEq for DeclaredRequired {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for DeclaredRequired {}

impl Hash for DeclaredRequired {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// Examples of a value in the order of the description. They are not part of the type, so two schemas that differ in them are
/// equal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Examples(pub Vec<Value>);

impl PartialEq for Examples {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Examples {}

impl Hash for Examples {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// A property.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Property {
    /// Key on the wire.
    pub name: String,
    /// Type.
    pub schema: SchemaId,
    /// Required.
    pub required: bool,
    /// True if the description requires it. `required` also depends on the settings and the direction of values.
    pub declared_required: DeclaredRequired,
    /// Only sent by servers (`readOnly`).
    pub read_only: bool,
    /// Omitted in requests.
    pub withheld: bool,
    /// Only sent by callers (`writeOnly`).
    pub write_only: bool,
    /// Description beside the reference, if it differs from the type's.
    pub description: Option<String>,
    /// Deprecated beside the reference.
    pub deprecated: bool,
    /// The discriminator value of the object, if it is the same in all unions with the object.
    pub discriminator_value: Option<String>,
    /// Examples beside the reference.
    pub examples: Examples,
}

impl Property {
    /// An optional property without flags.
    #[must_use]
    pub(crate) const fn new(name: String, schema: SchemaId) -> Self {
        Self {
            name,
            schema,
            required: false,
            declared_required: DeclaredRequired(false),
            read_only: false,
            withheld: false,
            write_only: false,
            description: None,
            deprecated: false,
            discriminator_value: None,
            examples: Examples(Vec::new()),
        }
    }
}

/// An enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Enum {
    /// Values in the order of the description, without duplicates and `null`.
    pub values: Vec<EnumValue>,
    /// Type of the values. A list of several types becomes a union.
    pub value_type: EnumType,
}

/// JSON type of the values of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum EnumType {
    /// Strings.
    String,
    /// Integers.
    Integer,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct EnumValue {
    /// Value on the wire. An integer is written in decimal.
    pub wire: String,
    /// Name from `x-enum-varnames` or a similar extension.
    pub name: Option<String>,
    /// Description from `x-enum-descriptions` or a similar extension.
    pub description: Option<String>,
}

/// A union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Union {
    /// The members in the order of the description, without `null`. One alone if the lock or a base schema makes it a union.
    pub members: Vec<Member>,
    /// The property that is the discriminator, if the members have distinct values of it.
    pub discriminator: Option<String>,
    /// Index of the member for discriminator values that no other member has: `defaultMapping`, or the base schema.
    pub default_member: Option<usize>,
    /// True if the default member is the base schema of the others: it also accepts values that do not match the member of their
    /// discriminator value.
    pub base: bool,
}

/// A member of a union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Member {
    /// Type.
    pub schema: SchemaId,
    /// Discriminator values of this member. The first is written.
    pub discriminator_values: Vec<String>,
    /// Short name for the variant, if the description has one (a title, or the name of the reference).
    pub name: Option<String>,
}
