//! Sample values of types, for examples. Knows planned types; does not know tokens.

use super::methods::{Part, PartKind};
use super::models::{Kind, Model, Struct};
use super::rust_type::RustType;
use std::collections::BTreeMap;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sample {
    /// A string literal, which `Into` converts to the type.
    Text(String),
    /// Rust that needs no import: `1`, `true`, `()`.
    Literal(&'static str),
    /// A number of any size.
    Number,
    /// A point in time.
    DateTime,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A duration.
    Duration,
    /// `Lenient::Value(…)`
    Lenient(Box<Sample>),
    /// A number of `Numeric`.
    Numeric(Box<Sample>),
    /// `None`
    None,
    /// Any JSON.
    Json,
    /// Bytes in Base64.
    Base64,
    /// A multipart form.
    Multipart,
    /// `runtime::File::new(…)`
    File(String),
    /// `api::module::Name::new(…)`, and whether each argument is passed by reference.
    Parts(String, String, Vec<(Sample, bool)>),
    /// `runtime::Name::new(…)`
    Around(&'static str, Box<Sample>),
    /// A list of this item, or an empty one.
    List(Option<Box<Sample>>),
    /// `(…, …)`
    Tuple(Vec<Sample>),
    /// A string that is parsed as a type of another crate.
    ViaFromStr(String, String),
    /// An empty map.
    Map,
    /// `models::Name::new(…)`
    New(String, Vec<Sample>),
    /// `models::Name::new(models::Fields { … })`: field, whether it is boxed, value.
    Fields(String, String, Vec<(String, bool, Sample)>),
    /// `models::Name::default()`
    Default(String),
    /// `models::Name::Variant`
    Variant(String, String),
    /// `models::Name::Variant(…)`, and whether the value is boxed.
    Member(String, String, bool, Box<Sample>),
}

/// Types deeper than this are not shown.
const DEEPEST: usize = 8;

/// Every planned type by its name.
pub(super) struct Samples<'m>(BTreeMap<&'m str, &'m Model>);

impl<'m> Samples<'m> {
    pub(super) fn new(models: &'m [Model]) -> Self {
        Self(models.iter().map(|model| (model.name.as_str(), model)).collect())
    }

    /// A value of a type. `name` is the name of its field or argument. `None` if the type contains itself.
    pub(super) fn of(&self, ty: &RustType, name: &str) -> Option<Sample> {
        self.at(ty, name, DEEPEST)
    }

    /// A value of a part of a form.
    pub(super) fn of_part(&self, part: &Part) -> Option<Sample> {
        let Some(choice) = &part.choice else { return self.of(&part.ty, &part.wire) };
        let file = || Sample::File(part.wire.clone());
        let has = |ty: &RustType| choice.variants.iter().any(|variant| variant.ty == *ty);
        match part.kind {
            PartKind::Choices => Some(Sample::List(None)),
            _ if has(&RustType::File) => Some(file()),
            _ => has(&RustType::List(Box::new(RustType::File))).then(|| Sample::List(Some(Box::new(file())))),
        }
    }

    fn at(&self, ty: &RustType, name: &str, depth: usize) -> Option<Sample> {
        let depth = depth.checked_sub(1)?;
        Some(match ty {
            RustType::Bool => Sample::Literal("true"),
            RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => Sample::Literal("1"),
            RustType::F64 => Sample::Literal("1.0"),
            RustType::Number => Sample::Number,
            RustType::Unit => Sample::Literal("()"),
            RustType::Text | RustType::Secret | RustType::Bytes | RustType::File => Sample::Text(name.to_owned()),
            RustType::ViaFromStr(path) => Sample::ViaFromStr(path.clone(), name.to_owned()),
            RustType::DateTime => Sample::DateTime,
            RustType::Date => Sample::Date,
            RustType::Time => Sample::Time,
            RustType::Duration => Sample::Duration,
            RustType::Lenient(inner) => Sample::Lenient(Box::new(self.at(inner, name, depth)?)),
            RustType::Numeric(inner) => Sample::Numeric(Box::new(self.at(inner, name, depth)?)),
            RustType::Base64 => Sample::Base64,
            RustType::Json => Sample::Json,
            RustType::Multipart => Sample::Multipart,
            RustType::Part => return None,
            RustType::Option(_) | RustType::Maybe(_) => Sample::None,
            RustType::Map(_) => Sample::Map,
            RustType::List(item) | RustType::ItemStream(item) => Sample::List(self.at(item, name, depth).map(Box::new)),
            RustType::Event(data) => Sample::Around("Event", Box::new(self.at(data, name, depth)?)),
            RustType::PartOf(body) => Sample::Around("Part", Box::new(self.at(body, name, depth)?)),
            RustType::Tuple(items) => {
                let items: Option<Vec<Sample>> = items.iter().map(|item| self.at(item, name, depth)).collect();
                Sample::Tuple(items?)
            }
            RustType::Boxed(inner) => self.at(inner, name, depth)?,
            RustType::Model { name, .. } => self.model(self.0.get(name.as_str())?, depth)?,
        })
    }

    fn model(&self, model: &Model, depth: usize) -> Option<Sample> {
        let name = || model.name.clone();
        match &model.kind {
            Kind::Struct(structure) => self.structure(name(), structure, depth),
            Kind::TextEnum(listed) | Kind::IntegerEnum(listed) => {
                listed.values.first().map(|(_, variant, _)| Sample::Variant(name(), variant.clone()))
            }
            Kind::Union(choice) => choice.members.iter().find_map(|member| {
                let value = Box::new(self.at(&member.ty, &member.variant, depth)?);
                Some(Sample::Member(name(), member.variant.clone(), member.boxed, value))
            }),
            Kind::Alias(aliased) => self.at(aliased, &model.name, depth),
        }
    }

    fn structure(&self, name: String, structure: &Struct, depth: usize) -> Option<Sample> {
        let required = structure.fields.iter().filter(|field| field.is_argument());
        if structure.fields.iter().all(|field| !field.required) {
            return Some(Sample::Default(name));
        }
        let mut values = Vec::new();
        for field in required {
            values.push((field.name.clone(), field.boxed, self.at(&field.ty, &field.wire, depth)?));
        }
        Some(match &structure.arguments {
            Some(fields) => Sample::Fields(name, fields.clone(), values),
            None => Sample::New(name, values.into_iter().map(|(_, _, value)| value).collect()),
        })
    }
}
