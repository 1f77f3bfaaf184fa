//! A value of each type that a caller could pass, as examples show it: one of the description's examples where one fits the
//! type. Knows planned types; must not know tokens.

mod fitted;
mod format;
mod optional;

use super::models::{Field, Kind, Model, Struct, UnionType};
use super::operations::{Part, PartKind};
use super::rust_type::{PlaceAlias, RustType};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sample {
    /// A string literal, which `Into` converts to the type.
    String(String),
    /// Rust that needs no import: `1`, `true`, `()`.
    Literal(String),
    /// A number of any size.
    Number,
    /// `"…".parse::<runtime::Name>()?`
    Parsed(&'static str, String),
    /// `Lenient::Value(…)`
    Lenient(Box<Sample>),
    /// A number of `Numeric`.
    Numeric(Box<Sample>),
    /// `None`
    None,
    /// `Some(…)`
    Some(Box<Sample>),
    /// `runtime::Json::Null`
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
    /// `vec![…]`
    List(Vec<Sample>),
    /// `(…, …)`
    Tuple(Vec<Sample>),
    /// A string that is parsed as a type of another crate.
    ViaFromStr(String, String),
    /// A map with these entries.
    Map(Vec<(String, Sample)>),
    /// `models::Name::new(…)`
    New(String, Vec<Sample>),
    /// `models::Name::new(models::Fields { … })`: field, true if it is boxed, value.
    Fields(String, String, Vec<(String, bool, Sample)>),
    /// A struct with setters of optional fields: the name of each, and its value.
    With(Box<Sample>, Vec<(String, Sample)>),
    /// `models::Name::default()`
    Default(String),
    /// `models::Name::Variant`
    Variant(String, String),
    /// `models::Name::Variant(…)`, and true if the value is boxed.
    Member(String, String, bool, Box<Sample>),
}

/// A module of the crate that code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Module {
    /// `api`
    Api,
    /// `models`
    Models,
    /// `runtime`
    Runtime,
}

impl Sample {
    /// The modules that the value and the values in it need.
    #[must_use]
    pub(crate) fn modules(&self) -> BTreeSet<Module> {
        self.children().into_iter().flat_map(Self::modules).chain(self.module()).collect()
    }

    /// The module that the value itself needs.
    const fn module(&self) -> Option<Module> {
        match self {
            Self::String(_)
            | Self::Literal(_)
            | Self::None
            | Self::Some(_)
            | Self::List(_)
            | Self::Tuple(_)
            | Self::With(..) => None,
            Self::Parts(..) => Some(Module::Api),
            Self::New(..) | Self::Fields(..) | Self::Default(_) | Self::Variant(..) | Self::Member(..) => {
                Some(Module::Models)
            }
            Self::Number
            | Self::Parsed(..)
            | Self::Lenient(_)
            | Self::Numeric(_)
            | Self::Json
            | Self::Base64
            | Self::Multipart
            | Self::File(_)
            | Self::Around(..)
            | Self::ViaFromStr(..)
            | Self::Map(_) => Some(Module::Runtime),
        }
    }

    /// The value with the alias that its place uses for the type.
    fn with_alias(mut self, alias: &PlaceAlias) -> Self {
        let name = match &mut self {
            Self::New(name, _)
            | Self::Fields(name, ..)
            | Self::Default(name)
            | Self::Variant(name, _)
            | Self::Member(name, ..) => Some(name),
            _ => None,
        };
        if let Some((name, alias)) = name.zip(alias.0.as_ref()) {
            alias.clone_into(name);
        }
        self
    }

    /// The values in it.
    #[must_use]
    pub(crate) fn children(&self) -> Vec<&Self> {
        match self {
            Self::Lenient(inner)
            | Self::Numeric(inner)
            | Self::Some(inner)
            | Self::Around(_, inner)
            | Self::Member(_, _, _, inner) => vec![inner],
            Self::List(items) | Self::Tuple(items) | Self::New(_, items) => items.iter().collect(),
            Self::Parts(_, _, values) => values.iter().map(|(value, _)| value).collect(),
            Self::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
            Self::With(inner, setters) => {
                std::iter::once(&**inner).chain(setters.iter().map(|(_, value)| value)).collect()
            }
            Self::Fields(_, _, values) => values.iter().map(|(_, _, value)| value).collect(),
            Self::String(_)
            | Self::Literal(_)
            | Self::Number
            | Self::Parsed(..)
            | Self::None
            | Self::Json
            | Self::Base64
            | Self::Multipart
            | Self::File(_)
            | Self::ViaFromStr(..)
            | Self::Default(_)
            | Self::Variant(..) => Vec::new(),
        }
    }
}

/// Types deeper than this are not shown.
const DEEPEST: usize = 8;

/// Every planned type by its name.
pub(super) struct Samples<'m>(BTreeMap<&'m str, &'m Model>);

impl<'m> Samples<'m> {
    pub(super) fn new(models: &'m [Model]) -> Self {
        Self(models.iter().map(|model| (model.name.as_str(), model)).collect())
    }

    /// The type with a name.
    pub(super) fn definition(&self, name: &str) -> Option<&'m Model> {
        self.0.get(name).copied()
    }

    /// A value of a type: the first of the examples that fits, otherwise one with the name of its use. `None` for a type that
    /// contains itself.
    pub(super) fn of<'v>(
        &self,
        ty: &RustType,
        name: &str,
        examples: impl IntoIterator<Item = &'v Value>,
    ) -> Option<Sample> {
        self.sample_within(ty, name, &examples.into_iter().collect::<Vec<_>>(), DEEPEST)
    }

    /// A value of a part of a form, with the examples of the whole form.
    pub(super) fn of_part(&self, part: &Part, forms: &[Value]) -> Option<Sample> {
        let Some(choice) = &part.choice else {
            let of_form = forms.iter().filter_map(|form| form.get(&part.wire));
            return self.of(&part.ty, &part.wire, of_form.chain(&part.examples));
        };
        let file = || Sample::File(part.wire.clone());
        let has = |ty: &RustType| choice.variants.iter().any(|variant| variant.ty == *ty);
        match part.kind {
            PartKind::Choices => Some(Sample::List(Vec::new())),
            _ if has(&RustType::File) => Some(file()),
            _ => has(&RustType::List(Box::new(RustType::File))).then(|| Sample::List(vec![file()])),
        }
    }

    /// A sample of a type: of an example that fits, else one that is made up.
    fn sample_within(&self, ty: &RustType, name: &str, examples: &[&Value], depth: usize) -> Option<Sample> {
        if let Some(fitted) = examples.iter().find_map(|example| self.fitted(ty, example, depth)) {
            return Some(fitted);
        }
        let depth = depth.checked_sub(1)?;
        let text = |text: &str| text.to_owned();
        Some(match ty {
            RustType::Bool => Sample::Literal(text("true")),
            RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => Sample::Literal(text("1")),
            RustType::F64 => Sample::Literal(text("1.0")),
            RustType::Number => Sample::Number,
            RustType::Unit => Sample::Literal(text("()")),
            RustType::String | RustType::Secret | RustType::Bytes | RustType::File => Sample::String(text(name)),
            RustType::ViaFromStr(path) => Sample::ViaFromStr(path.clone(), text(name)),
            RustType::DateTime => Sample::Parsed("DateTime", text("2026-01-31T12:00:00Z")),
            RustType::Date => Sample::Parsed("Date", text("2026-01-31")),
            RustType::Time => Sample::Parsed("Time", text("12:00:00")),
            RustType::Duration => Sample::Parsed("Duration", text("PT1H")),
            RustType::Lenient(inner) => Sample::Lenient(Box::new(self.sample_within(inner, name, examples, depth)?)),
            RustType::Numeric(inner) => Sample::Numeric(Box::new(self.sample_within(inner, name, examples, depth)?)),
            RustType::Base64 => Sample::Base64,
            RustType::Json => Sample::Json,
            RustType::Multipart => Sample::Multipart,
            RustType::Part => return None,
            RustType::Option(_) | RustType::Maybe(_) => Sample::None,
            RustType::Map(_) => Sample::Map(Vec::new()),
            RustType::List(item) | RustType::Slice(item) | RustType::ItemStream(item) => {
                let items: Vec<&Value> = examples.iter().filter_map(|list| list.as_array()).flatten().collect();
                Sample::List(self.sample_within(item, name, &items, depth).into_iter().collect())
            }
            RustType::Event(data) => {
                Sample::Around("Event", Box::new(self.sample_within(data, name, examples, depth)?))
            }
            RustType::PartOf(body) => {
                Sample::Around("Part", Box::new(self.sample_within(body, name, examples, depth)?))
            }
            RustType::Tuple(items) => {
                let items: Option<Vec<Sample>> =
                    items.iter().map(|item| self.sample_within(item, name, &[], depth)).collect();
                Sample::Tuple(items?)
            }
            RustType::Boxed(inner) => self.sample_within(inner, name, examples, depth)?,
            RustType::Model { name, alias, .. } => {
                self.model(self.0.get(name.as_str())?, examples, depth)?.with_alias(alias)
            }
        })
    }

    /// A sample of a generated type.
    fn model(&self, model: &Model, examples: &[&Value], depth: usize) -> Option<Sample> {
        let name = || model.name.clone();
        let examples: Vec<&Value> = examples.iter().copied().chain(&model.examples).collect();
        match &model.kind {
            Kind::Struct(structure) => {
                let value = |field: &Field| {
                    let inside = examples.iter().filter_map(|example| field_value(example, field, structure));
                    let inside: Vec<&Value> = inside.chain(&field.examples).collect();
                    self.sample_within(field.argument_type(), &field.wire, &inside, depth)
                };
                constructed(name(), structure, value)
            }
            Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => {
                let fitted = examples.iter().find_map(|example| fitted::variant(&name(), listed, example));
                fitted.or_else(|| listed.values.first().map(|value| Sample::Variant(name(), value.variant.clone())))
            }
            Kind::Union(union) => {
                let shown = examples.iter().find_map(|example| self.union(name(), union, example, depth));
                shown.or_else(|| {
                    union.members.iter().find_map(|member| {
                        let value = Box::new(self.sample_within(&member.ty, &member.variant, &[], depth)?);
                        Some(Sample::Member(name(), member.variant.clone(), member.boxed, value))
                    })
                })
            }
            Kind::Alias(aliased) => self.sample_within(aliased, &model.name, &examples, depth),
        }
    }

    /// The variant that an example is meant for.
    fn union(&self, name: String, union: &UnionType, example: &Value, depth: usize) -> Option<Sample> {
        let member = self.meant(union, example, depth)?;
        let value = Box::new(self.sample_within(&member.ty, &member.variant, &[example], depth)?);
        Some(Sample::Member(name, member.variant.clone(), member.boxed, value))
    }
}

/// The value of a field in an example of its struct.
fn field_value<'v>(example: &'v Value, field: &Field, structure: &Struct) -> Option<&'v Value> {
    match structure.required_items {
        Some(_) => example.get(field.wire.parse::<usize>().ok()?),
        None => example.get(&field.wire),
    }
}

/// A struct, by the values of its arguments.
fn constructed(name: String, structure: &Struct, value: impl Fn(&Field) -> Option<Sample>) -> Option<Sample> {
    if !structure.has_constructor() {
        return Some(Sample::Default(name));
    }
    let mut values = Vec::new();
    for field in structure.constructor_arguments() {
        values.push((field.name.clone(), field.boxed, value(field)?));
    }
    Some(match &structure.arguments {
        Some(fields) => Sample::Fields(name, fields.clone(), values),
        None => Sample::New(name, values.into_iter().map(|(_, _, value)| value).collect()),
    })
}
