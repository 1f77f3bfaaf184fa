//! The arguments of a constructor, and the names of setters.

use super::field::CAN_BE_NULL;
use super::{Field, Struct};
use crate::plan::docs;
use crate::plan::overview::wrapped;
use crate::plan::rust_type::RustType;
use std::collections::BTreeSet;

impl Field {
    /// Returns true if it is an argument of the constructor.
    #[must_use]
    pub(crate) fn is_argument(&self) -> bool {
        (self.required || self.locked_argument) && !self.is_preset
    }

    /// Returns true if it is required and can be null.
    #[must_use]
    pub(crate) fn is_required_option(&self) -> bool {
        self.required && matches!(self.ty, RustType::Option(_))
    }

    /// The type of the value in the struct of arguments, without the `Option` of a locked argument.
    #[must_use]
    pub(crate) fn argument_type(&self) -> &RustType {
        match &self.ty {
            RustType::Option(inner) | RustType::Maybe(inner) if self.locked_argument => inner,
            other => other,
        }
    }

    /// The name of its setter.
    #[must_use]
    pub(crate) fn setter(&self) -> String {
        format!("with_{}", self.name.trim_end_matches('_'))
    }

    /// The type of the argument of the constructor, if it can also be `None`.
    #[must_use]
    pub(crate) fn argument_or_none(&self) -> Option<&RustType> {
        match &self.ty {
            RustType::Option(inner) => Some(inner),
            RustType::Maybe(inner) if self.locked_argument => Some(inner),
            _ => None,
        }
    }
}

impl Struct {
    /// Returns true if a constructor takes the required fields.
    #[must_use]
    pub(crate) fn has_constructor(&self) -> bool {
        self.fields.iter().any(|field| field.required || field.is_argument())
    }

    /// The fields that the constructor takes, in its order.
    #[must_use]
    pub(crate) fn constructor_arguments(&self) -> Vec<&Field> {
        let mut arguments: Vec<&Field> = self.fields.iter().filter(|field| field.is_argument()).collect();
        arguments.sort_by_key(|field| field.position.unwrap_or(u32::MAX));
        arguments
    }

    /// The first lines of the documentation of the constructor, with the fields that it sets to their only values.
    #[must_use]
    pub(crate) fn constructor_docs(&self) -> Vec<String> {
        const FIRST: &str = "Creates a value from the required fields.";
        let presets = self.fields.iter().filter(|field| field.is_preset && !field.is_argument());
        let mut presets: Vec<String> = presets
            .map(|field| {
                let value = field.preset_text.as_ref().map(|value| format!(" to `{}`", docs::escape_inline(value)));
                format!("`{}`{}", field.name, value.unwrap_or_default())
            })
            .collect();
        let Some(last) = presets.pop() else { return vec![FIRST.to_owned()] };
        let presets = if presets.is_empty() { last } else { format!("{} and {last}", presets.join(", ")) };
        wrapped(&format!("{FIRST} Sets {presets}."), "")
    }

    /// The list of the arguments in the documentation of the constructor, each with the first sentence about its field.
    /// Empty where the types of all arguments differ, so that the compiler finds arguments in the wrong order, and where the
    /// fields have the same sentence, or none.
    #[must_use]
    pub(crate) fn argument_list(&self) -> Vec<String> {
        let arguments = self.constructor_arguments();
        let types: BTreeSet<&RustType> = arguments.iter().map(|field| field.argument_type()).collect();
        let paragraph = |field: &&Field| field.docs.split(String::is_empty).next().unwrap_or_default().join(" ");
        let paragraphs: Vec<String> = arguments.iter().map(paragraph).collect();
        let sentence = |paragraph| docs::first_sentence(paragraph);
        // The type of the argument shows it.
        let sentences: Vec<&str> = paragraphs
            .iter()
            .map(|paragraph| sentence(paragraph))
            .map(|sentence| if sentence.trim() == CAN_BE_NULL { "" } else { sentence })
            .collect();
        if types.len() == arguments.len() || sentences.iter().collect::<BTreeSet<_>>().len() < 2 {
            return Vec::new();
        }
        let items = arguments.iter().zip(sentences).map(|(field, sentence)| match sentence {
            "" => format!("- `{}`", field.name),
            sentence => format!("- `{}`: {sentence}", field.name),
        });
        std::iter::once(String::new()).chain(items).collect()
    }
}

/// Names the setters of an explicit `null`. A read-only property has one too, so that a change to read-only breaks no program. If
/// another field's setter has that name, the `null` setter is left out.
pub(super) fn name_null_setters(fields: &mut [Field]) {
    let setters: BTreeSet<String> = fields.iter().map(Field::setter).collect();
    for field in fields {
        // Any JSON value can be null.
        let is_nullable = matches!(&field.ty, RustType::Maybe(inner) if **inner != RustType::Json);
        let name = format!("{}_null", field.setter());
        field.null_setter = (is_nullable && !setters.contains(&name)).then_some(name);
    }
}
