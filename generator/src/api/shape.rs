//! What values of a schema look like. Plain data.

use super::SchemaId;

/// What values of a schema look like.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One plain value.
    Scalar(Scalar),
    /// An array.
    List(SchemaId),
    /// An array of items that have types of their own.
    Tuple(Tuple),
    /// An object with free keys.
    Map(SchemaId),
    /// An object with known properties.
    Object(Object),
    /// A closed list of values in the document; open on the wire.
    Enum(Enum),
    /// One of several.
    Union(Union),
    /// The same type as another schema (a component that is only a `$ref`).
    Same(SchemaId),
    /// Any JSON value; the text says why (`schema allows any value`, or what the reader fell back from).
    Any(Any),
}

/// Why there is no type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Any {
    /// For the surface's `untyped` list.
    pub reason: String,
    /// The tool gave up, the document did not.
    pub fallback: bool,
}

/// Plain values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// Whole number; the format and bounds say how wide.
    Integer {
        /// `int32`, `uint64`, …
        format: Option<String>,
        /// Smallest legal value.
        minimum: Option<i128>,
        /// Largest legal value.
        maximum: Option<i128>,
    },
    /// Any number, with its format where the settings speak of it.
    Number(Option<String>),
    /// A number of which every digit counts, with its format where the settings speak of it.
    Decimal(Option<String>),
    /// Text with its format (`date-time`, `uuid`, `byte`, `binary`, …).
    Text(Option<String>),
    /// Only `null`.
    Null,
}

/// An array of items that have types of their own by their position.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tuple {
    /// By position.
    pub items: Vec<SchemaId>,
    /// How many of them must be there.
    pub least: usize,
    /// What may stand behind them.
    pub rest: Extra,
    /// It needs a type of its own, because it holds itself.
    pub own: bool,
}

impl Tuple {
    /// Most items of a plain tuple; with more, names are needed.
    const MOST: usize = 6;

    /// Whether every item must be there, and nothing else may be.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let exact = self.rest == Extra::None && self.least == self.items.len();
        exact && !self.own && self.items.len() <= Self::MOST
    }
}

/// Properties of an object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Object {
    /// In document order.
    pub properties: Vec<Property>,
    /// What may stand beside them.
    pub extra: Extra,
}

/// Keys beside the known ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Extra {
    /// Anything.
    #[default]
    Any,
    /// Nothing (`additionalProperties: false`).
    None,
    /// Values of one type.
    Of(SchemaId),
}

impl Extra {
    /// The type of the values, when they have one.
    #[must_use]
    pub const fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::Of(values) => Some(*values),
            Self::Any | Self::None => None,
        }
    }
}

/// A property.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Property {
    /// Key on the wire.
    pub name: String,
    /// Type.
    pub schema: SchemaId,
    /// Must be there.
    pub required: bool,
    /// Only sent by the server.
    pub read_only: bool,
    /// Left out where a caller sends the object.
    pub withheld: bool,
    /// Only sent to the server.
    pub write_only: bool,
    /// Description at the place of use, where it differs from the type's.
    pub description: Option<String>,
    /// Deprecated at the place of use.
    pub deprecated: bool,
    /// It tells the variants of unions apart, and this is the only value that it has where the object is one of them.
    pub tag: Option<String>,
}

impl Property {
    /// An optional one without flags.
    #[must_use]
    pub const fn new(name: String, schema: SchemaId) -> Self {
        Self {
            name,
            schema,
            required: false,
            read_only: false,
            withheld: false,
            write_only: false,
            description: None,
            deprecated: false,
            tag: None,
        }
    }
}

/// Listed values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Enum {
    /// In document order, without duplicates and without `null`.
    pub values: Vec<EnumValue>,
    /// Which JSON type all of them have; mixed lists are lowered to a union.
    pub of: EnumOf,
}

/// JSON type of the values of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnumOf {
    /// Strings.
    Text,
    /// Integers.
    Integer,
}

/// One listed value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EnumValue {
    /// Text as on the wire; an integer in decimal.
    pub wire: String,
    /// `x-enum-varnames` or the like.
    pub name: Option<String>,
    /// `x-enum-descriptions` or the like.
    pub description: Option<String>,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Union {
    /// Members in document order, `null` taken out, at least two.
    pub members: Vec<Member>,
    /// Property that tells them apart, when each member has a distinct tag set.
    pub tag: Option<String>,
    /// The member that takes values whose tag is nobody's.
    pub rest: Option<usize>,
    /// That member is the base of the others: what one of them refuses is still one of its values.
    pub base: bool,
}

/// A member of a union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Member {
    /// Type.
    pub schema: SchemaId,
    /// Values of the tag that mean this member; the first one is written.
    pub tags: Vec<String>,
    /// Short name for the variant when the document gives one (title, ref name).
    pub name: Option<String>,
}
