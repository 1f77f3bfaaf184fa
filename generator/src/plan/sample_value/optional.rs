//! Optional fields of a value that a program sends.

use super::{DEEPEST, Sample, Samples, field_value};
use crate::plan::models::{Field, Kind};
use crate::plan::rust_type::{Class, RustType};
use serde_json::Value;

/// Maximum number of optional fields that a program sets.
const MAX: usize = 2;

impl Samples<'_> {
    /// The value of a type with setters of its first simple optional fields, if it has any.
    pub(in crate::plan) fn with_optional(&self, ty: &RustType, value: Sample, examples: &[Value]) -> Sample {
        let RustType::Model { name, .. } = ty else { return value };
        let Some(model) = self.0.get(name.as_str()) else { return value };
        let Kind::Struct(structure) = &model.kind else { return value };
        let is_built = matches!(value, Sample::New(..) | Sample::Fields(..) | Sample::Default(_));
        let optional = structure.fields.iter().filter(|field| is_built && !structure.is_tuple() && is_optional(field));
        let setters = optional.filter_map(|field| {
            let inner = simple(&field.ty)?;
            let inside =
                examples.iter().chain(&model.examples).filter_map(|example| field_value(example, field, structure));
            let inside: Vec<&Value> = inside.chain(&field.examples).collect();
            Some((field.setter(), self.sample_within(inner, &field.wire, &inside, DEEPEST)?))
        });
        let setters: Vec<(String, Sample)> = setters.take(MAX).collect();
        if setters.is_empty() { value } else { Sample::With(Box::new(value), setters) }
    }
}

/// Returns true for a field that a caller can leave out.
fn is_optional(field: &Field) -> bool {
    !field.required && !field.is_argument() && !field.withheld && field.fixed_value.is_none()
}

/// The type of the setter's argument, if a program can show a value of it in a few words.
fn simple(ty: &RustType) -> Option<&RustType> {
    let (RustType::Option(inner) | RustType::Maybe(inner)) = ty else { return None };
    let is_simple = match &**inner {
        RustType::String | RustType::Bool | RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => true,
        RustType::Model { class, .. } => matches!(class, Class::String | Class::Integer),
        _ => false,
    };
    is_simple.then_some(inner)
}
