//! Sizes of types in memory, and boxes for large ones. Types that contain types by value grow with each level, until
//! one of them is larger than a thread's stack. Knows the definitions of types.

use super::models::{ExtraField, Kind, Model};
use super::recursion::targets;
use super::rust_type::RustType;
use super::rust_type::facts::{JSON, MAP, Size, TEXT, WORD};
use std::collections::BTreeMap;

/// A type larger than this, in bytes, is boxed where another type contains it. Usual types are far smaller, and a
/// single field seldom makes a type larger than this (docs/decisions/0009).
const LARGEST: usize = 2048;

/// The same limit for optional values, whose space every value without them takes too.
const LARGEST_OPTIONAL: usize = 512;

/// The limit for a field or variant that the lock has without a box. A box would break code that uses it, so it comes only when
/// a value could be too large for a stack.
const LARGEST_LOCKED: usize = 8192;

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
            if inner.is_empty() {
                let size = sizes.settle(model);
                if let Some(slot) = sizes.of.get_mut(at) {
                    *slot = Some(size);
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
                let mut whole = if matches!(structure.extra, ExtraField::Stored(..)) { MAP } else { 0 };
                for field in &mut structure.fields {
                    whole += self.stored_size(&field.ty, &mut field.boxed, field.locked_unboxed);
                }
                whole
            }
            Kind::Union(union) => {
                let largest = union
                    .members
                    .iter_mut()
                    .map(|member| self.stored_size(&member.ty, &mut member.boxed, member.locked_unboxed))
                    .max();
                WORD + largest.unwrap_or(0).max(JSON)
            }
            Kind::Alias(ty) => self.size(ty),
            Kind::StringEnum(_) | Kind::IntegerEnum(_) => TEXT,
        }
    }

    /// The size of a field or member, which is boxed if it is large.
    fn stored_size(&self, ty: &RustType, boxed: &mut bool, is_locked_unboxed: bool) -> usize {
        let size = self.size(ty);
        let largest = match ty {
            _ if is_locked_unboxed => LARGEST_LOCKED,
            RustType::Option(_) | RustType::Maybe(_) => LARGEST_OPTIONAL,
            _ => LARGEST,
        };
        *boxed |= size > largest;
        if *boxed { WORD } else { size }
    }

    fn size(&self, ty: &RustType) -> usize {
        let inner = || ty.children().iter().map(|inner| self.size(inner)).sum();
        match ty.facts().size {
            Size::Bytes(bytes) => bytes,
            Size::Sum => inner(),
            Size::Optional => match inner() {
                // A number has no niche for `None`.
                WORD if !matches!(ty.children(), [RustType::Boxed(_)]) => 2 * WORD,
                size => size,
            },
            Size::Model => ty.models().first().and_then(|name| self.of_model(name)).unwrap_or(WORD),
        }
    }

    fn of_model(&self, name: &str) -> Option<usize> {
        self.of.get(*self.names.get(name)?).copied().flatten()
    }
}
