//! Sizes of types in memory, and boxes for large ones. Types that contain types by value grow with each level, until
//! one of them is larger than a thread's stack. Knows the definitions of types.

use super::models::{Kind, Model, Rest};
use super::recursion::targets;
use super::rust_type::{Class, RustType};
use std::collections::BTreeMap;

/// A type larger than this, in bytes, is boxed where another type contains it. Usual types are far smaller, and a
/// single field seldom makes a type larger than this (docs/decisions/0009).
const LARGEST: usize = 2048;

/// The same limit for optional values, whose space every value without them takes too.
const LARGEST_OPTIONAL: usize = 512;

/// Size in bytes of a string, a list or a date: a pointer, a length and a capacity, or as much.
const TEXT: usize = 24;
const WORD: usize = 8;
/// Size in bytes of any JSON value and of a map.
const JSON: usize = 72;
const MAP: usize = 32;

/// Boxes every field and every member of a union whose type is too large. Cycles are broken before.
pub(super) fn box_large(models: &mut [Model]) {
    let names: BTreeMap<String, usize> =
        models.iter().enumerate().map(|(at, model)| (model.name.clone(), at)).collect();
    let mut sizes = Sizes { names, of: vec![None; models.len()] };
    for start in 0..models.len() {
        let mut open = vec![start];
        while let Some(at) = open.last().copied() {
            let Some(model) = models.get_mut(at).filter(|_| sizes.of.get(at) == Some(&None)) else {
                open.pop();
                continue;
            };
            let inner: Vec<usize> =
                targets(model, &sizes.names).into_iter().filter(|inner| sizes.is_open(*inner)).collect();
            // A box closes a cycle, so a type on the path is already boxed.
            let inner: Vec<usize> = inner.into_iter().filter(|inner| !open.contains(inner)).collect();
            if inner.is_empty() {
                let size = sizes.settle(model);
                if let Some(place) = sizes.of.get_mut(at) {
                    *place = Some(size);
                }
                open.pop();
            } else {
                open.extend(inner);
            }
        }
    }
}

struct Sizes {
    names: BTreeMap<String, usize>,
    of: Vec<Option<usize>>,
}

impl Sizes {
    fn is_open(&self, at: usize) -> bool {
        self.of.get(at) == Some(&None)
    }

    /// Boxes the large fields of a type and returns its remaining size.
    fn settle(&self, model: &mut Model) -> usize {
        match &mut model.kind {
            Kind::Struct(structure) => {
                let mut whole = if matches!(structure.extra, Rest::Stored(..)) { MAP } else { 0 };
                for field in &mut structure.fields {
                    whole += self.held(&field.ty, &mut field.boxed);
                }
                whole
            }
            Kind::Union(choice) => {
                let largest = choice.members.iter_mut().map(|member| self.held(&member.ty, &mut member.boxed)).max();
                WORD + largest.unwrap_or(0).max(JSON)
            }
            Kind::Alias(ty) => self.size(ty),
            Kind::TextEnum(_) | Kind::IntegerEnum(_) => TEXT,
        }
    }

    fn held(&self, ty: &RustType, boxed: &mut bool) -> usize {
        let size = self.size(ty);
        let optional = matches!(ty, RustType::Option(_) | RustType::Maybe(_));
        *boxed |= size > if optional { LARGEST_OPTIONAL } else { LARGEST };
        if *boxed { WORD } else { size }
    }

    fn size(&self, ty: &RustType) -> usize {
        match ty {
            RustType::Unit => 0,
            RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::U32
            | RustType::U64
            | RustType::F64
            | RustType::Boxed(_) => WORD,
            RustType::Text
            | RustType::Number
            | RustType::DateTime
            | RustType::Date
            | RustType::Time
            | RustType::Duration
            | RustType::Base64
            | RustType::Secret
            | RustType::ViaFromStr(_)
            | RustType::List(_) => TEXT,
            RustType::Bytes
            | RustType::Multipart
            | RustType::File
            | RustType::Part
            | RustType::ItemStream(_)
            | RustType::Event(_)
            | RustType::PartOf(_)
            | RustType::Map(_) => MAP,
            // A value that does not decode is stored as JSON.
            RustType::Json | RustType::Lenient(_) => JSON,
            RustType::Numeric(_) => 3 * WORD,
            RustType::Tuple(items) => items.iter().map(|item| self.size(item)).sum(),
            RustType::Option(inner) | RustType::Maybe(inner) => match self.size(inner) {
                // A number has no value to spare for nothing.
                WORD if !matches!(**inner, RustType::Boxed(_)) => 2 * WORD,
                size => size,
            },
            RustType::Model { class: Class::Text | Class::Integer, .. } => TEXT,
            RustType::Model { name, .. } => {
                self.names.get(name).and_then(|at| self.of.get(*at).copied().flatten()).unwrap_or(WORD)
            }
        }
    }
}
