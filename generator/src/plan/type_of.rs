//! The Rust type of each schema. No other module decides it.

use super::conversions::conversions;
use super::names::{Scope, type_name};
use super::renames::Renames;
use super::rust_type::{Class, PlaceAlias, RustType};
use super::scalar::{by_format, scalar};
use super::type_names::{self, Alias, TypeNames};
use crate::api::{Api, EnumType, Schema, SchemaId, ServerVariable, Shape, Union};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics};
use crate::lock::{self, LockedNames};
use serde_json::Value;

/// Longest chain of types without a name of their own.
const DEEPEST: usize = 24;

/// Names and types of all schemas.
#[derive(Debug)]
pub(crate) struct Types<'a> {
    api: &'a Api,
    config: &'a Config,
    names: TypeNames,
    renames: Renames<'a>,
    locked: &'a LockedNames,
}

impl<'a> Types<'a> {
    /// Names every schema that gets a type of its own, and the types of server variables.
    pub(crate) fn new(
        api: &'a Api,
        config: &'a Config,
        locked: &'a LockedNames,
        variables: &[&str],
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let renames = Renames::new(api, &config.rename);
        let names = type_names::type_names(api, &renames, locked, variables, scope);
        for (component, id) in &api.components {
            let Some(schema) = api.schemas.get(id) else { continue };
            if locked.schema_name(*id).is_some() {
                continue;
            }
            let plain = type_name(renames.schema(schema).unwrap_or(component.as_str()));
            if let Some(name) = names.schemas.get(id).filter(|name| **name != plain) {
                let message = format!("`{component}` is named `{name}`, because something else is `{plain}`");
                diagnostics.report(Code::NameChanged, schema.origin.span, message);
            }
        }
        Self { api, config, names, renames, locked }
    }

    /// The names from the settings.
    #[must_use]
    pub(crate) const fn renames(&self) -> &Renames<'a> {
        &self.renames
    }

    /// The names of the lock.
    #[must_use]
    pub(crate) const fn locked(&self) -> &'a LockedNames {
        self.locked
    }

    /// The schema of an id.
    #[must_use]
    pub(crate) fn schema(&self, id: SchemaId) -> Option<&'a Schema> {
        self.api.schemas.get(id)
    }

    /// The shape of the schema that an id stands for.
    #[must_use]
    pub(crate) fn shape(&self, id: SchemaId) -> Option<&'a Shape> {
        self.schema(self.resolve(id).0).map(|schema| &schema.shape)
    }

    /// The keys of the members of a union in the lock.
    #[must_use]
    pub(crate) fn member_keys(&self, union: &Union) -> Vec<String> {
        lock::member_keys(self.api, union)
    }

    /// Returns true if each item of a header parameter's list is a line of its own.
    #[must_use]
    pub(crate) fn header_lines(&self, header: &str) -> bool {
        self.config.header_lines.has(|name| name.eq_ignore_ascii_case(header))
    }

    /// The name of a schema's own type or alias.
    #[must_use]
    pub(crate) fn name(&self, id: SchemaId) -> Option<&str> {
        self.names.schemas.get(&id).map(String::as_str)
    }

    /// The alias of a place for the type of an equal schema, if it has one.
    fn place_alias(&self, mut place: SchemaId) -> Option<&str> {
        for _ in 0..DEEPEST {
            let Shape::Same(next) = self.schema(place)?.shape else { break };
            if let Some(name) = self.names.places.get(&place) {
                return Some(name);
            }
            place = next;
        }
        None
    }

    /// The aliases of types.
    pub(crate) fn aliases(&self) -> &[Alias] {
        &self.names.aliases
    }

    /// The server variables of the client.
    pub(crate) fn server_variables(&self) -> &'a [ServerVariable] {
        &self.api.variables
    }

    /// The name of the type of a server variable.
    #[must_use]
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.names.variables.get(name).map(String::as_str)
    }

    /// Returns true if a schema is one of these, by the name of its component or type.
    #[must_use]
    pub(crate) fn is_one_of(&self, id: SchemaId, names: &[String]) -> bool {
        let component = |name: &String| self.api.components.get(name) == Some(&id);
        names.iter().any(|name| self.name(id) == Some(name) || component(name))
    }

    /// Returns true if the settings close the enum of a schema, so that it has no `From`.
    #[must_use]
    pub(crate) fn is_closed(&self, id: SchemaId) -> bool {
        self.is_one_of(id, &self.config.closed_enums)
    }

    /// The schema at the end of a chain of references, and whether `null` is a value too.
    #[must_use]
    pub(crate) fn resolve(&self, id: SchemaId) -> (SchemaId, bool) {
        self.api.schemas.resolve(id)
    }

    /// The examples of a schema and of what it refers to; those of the items where a list has none.
    #[must_use]
    pub(crate) fn examples(&self, id: SchemaId) -> Vec<Value> {
        self.examples_in(id, DEEPEST)
    }

    fn examples_in(&self, id: SchemaId, depth: usize) -> Vec<Value> {
        let Some(schema) = self.schema(id).filter(|_| depth > 0) else { return Vec::new() };
        let mut found = schema.examples.0.clone();
        match schema.shape {
            Shape::Same(next) => found.extend(self.examples_in(next, depth - 1)),
            Shape::List(items) if found.is_empty() => {
                let items = self.examples_in(items, depth - 1).into_iter();
                found.extend(items.map(|item| Value::Array(vec![item])));
            }
            _ => {}
        }
        found
    }

    /// The type of a value that is present. The caller of this function handles null.
    #[must_use]
    pub(crate) fn of(&self, id: SchemaId) -> RustType {
        self.of_in(id, DEEPEST)
    }

    /// The type of a value, as `Option` if the schema allows null.
    #[must_use]
    pub(crate) fn nullable_type(&self, id: SchemaId) -> RustType {
        self.nullable_type_in(id, DEEPEST)
    }

    /// The type of an item of a list or of a value of a map, the container. It can be null too if the settings allow wrong items of
    /// responses.
    #[must_use]
    pub(crate) fn item_type(&self, container: &Schema, id: SchemaId) -> RustType {
        self.item_type_in(container, id, DEEPEST)
    }

    /// As [`nullable_type`](Self::nullable_type), up to a depth of types without names.
    fn nullable_type_in(&self, id: SchemaId, depth: usize) -> RustType {
        let inner = self.of_in(id, depth);
        let (_, nullable) = self.resolve(id);
        if nullable && inner != RustType::Json { inner.option() } else { inner }
    }

    /// As [`item_type`](Self::item_type), up to a depth of types without names.
    fn item_type_in(&self, container: &Schema, id: SchemaId, depth: usize) -> RustType {
        match self.nullable_type_in(id, depth) {
            plain @ (RustType::Json | RustType::Option(_) | RustType::Unit) => plain,
            inner if self.config.lenient && container.received => inner.option(),
            inner => inner,
        }
    }

    /// The type of a schema, up to a depth of types without names.
    fn of_in(&self, place: SchemaId, depth: usize) -> RustType {
        let (id, _) = self.resolve(place);
        let Some(schema) = self.schema(id).filter(|_| depth > 0) else { return RustType::Json };
        let alias = PlaceAlias(self.place_alias(place).map(str::to_owned));
        let model = |class| RustType::Model { name: self.name(id).unwrap_or("Json").to_owned(), class, alias };
        match &schema.shape {
            Shape::Scalar(scalar_type) => {
                if schema.has_chosen_type {
                    return by_format(scalar_type);
                }
                let ty = scalar(scalar_type, schema.secret, self.config);
                let ty = if schema.in_string && schema.received { RustType::Numeric(Box::new(ty)) } else { ty };
                let lenient = self.config.lenient_formats && schema.received && ty.is_formatted();
                if lenient { RustType::Lenient(Box::new(ty)) } else { ty }
            }
            Shape::List(items) => RustType::List(Box::new(self.item_type_in(schema, *items, depth - 1))),
            Shape::Map(values) => RustType::Map(Box::new(self.item_type_in(schema, *values, depth - 1))),
            Shape::Tuple(tuple) if tuple.is_rust_tuple() => {
                RustType::Tuple(tuple.items.iter().map(|item| self.nullable_type_in(*item, depth - 1)).collect())
            }
            // Callers make no values of a union that is only received, so it needs no conversions.
            Shape::Union(union) if schema.sent || !schema.received => {
                let is_converted = conversions(union, self).iter().any(Option::is_some);
                model(if is_converted { Class::Scalars } else { Class::Data })
            }
            Shape::Object(_) | Shape::Union(_) | Shape::Tuple(_) => model(Class::Data),
            Shape::Enum(listed) => match listed.value_type {
                EnumType::String => model(Class::String),
                EnumType::Integer => model(Class::Integer),
            },
            Shape::Same(_) | Shape::Any(_) => RustType::Json,
        }
    }
}

/// Returns true if a schema gets a type with a name of its own.
pub(super) fn is_named(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Object(_) | Shape::Union(_) | Shape::Enum(_) => true,
        Shape::Tuple(tuple) => !tuple.is_rust_tuple(),
        Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) | Shape::Same(_) | Shape::Any(_) => false,
    }
}
