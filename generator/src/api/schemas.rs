//! The schemas of an API. They refer to each other by index, so that recursion needs no pointers.

use super::{Schema, Shape};
use std::borrow::Borrow;
use std::fmt;

/// Index of a schema in [`Schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(u32);

impl SchemaId {
    /// The id of a schema at an index.
    pub(crate) fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The index, for tables with an entry for each schema.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Longest chain of schemas that are only names for others.
const LONGEST_CHAIN: usize = 64;

/// The arena of schemas.
#[derive(Debug, Default)]
pub(crate) struct Schemas(Vec<Schema>);

impl Schemas {
    /// Number of schemas.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// The id of each schema.
    pub(crate) fn ids(&self) -> impl Iterator<Item = SchemaId> + use<> {
        (0..self.0.len()).map(SchemaId::at)
    }

    /// The schema of an id.
    pub(crate) fn get(&self, id: impl Borrow<SchemaId>) -> Option<&Schema> {
        self.0.get(id.borrow().index())
    }

    /// The schema of an id, to change it.
    pub(crate) fn get_mut(&mut self, id: impl Borrow<SchemaId>) -> Option<&mut Schema> {
        self.0.get_mut(id.borrow().index())
    }

    /// The schema that another one is only a name for, and whether `null` is a value too. A chain that is longer than 64
    /// schemas, or leads back to itself, ends somewhere within it.
    #[must_use]
    pub(crate) fn resolve(&self, mut id: SchemaId) -> (SchemaId, bool) {
        let mut nullable = false;
        for _ in 0..LONGEST_CHAIN {
            let Some(schema) = self.get(id) else { break };
            nullable |= schema.nullable;
            match schema.shape {
                Shape::Same(next) => id = next,
                _ => break,
            }
        }
        (id, nullable)
    }

    /// A schema, and those that it is only a name for.
    pub(crate) fn chain(&self, start: SchemaId) -> impl Iterator<Item = SchemaId> {
        let next = |id: &SchemaId| match self.get(id)?.shape {
            Shape::Same(next) => Some(next),
            _ => None,
        };
        std::iter::successors(Some(start), next).take(LONGEST_CHAIN)
    }

    /// Adds a schema.
    pub(crate) fn push(&mut self, schema: Schema) -> SchemaId {
        let id = SchemaId::at(self.0.len());
        self.0.push(schema);
        id
    }

    /// The schemas in the order of their ids.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Schema> {
        self.0.iter()
    }

    /// The schemas in the order of their ids, to change them.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Schema> {
        self.0.iter_mut()
    }

    /// Each schema with its id.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.ids().zip(&self.0)
    }

    /// Keeps the schemas with a mark. Ids change: the caller renumbers what refers to schemas.
    pub(crate) fn retain(&mut self, marks: &[bool]) {
        let mut marks = marks.iter();
        self.0.retain(|_| marks.next().copied().unwrap_or(true));
    }
}

impl<'s> IntoIterator for &'s Schemas {
    type Item = &'s Schema;
    type IntoIter = std::slice::Iter<'s, Schema>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'s> IntoIterator for &'s mut Schemas {
    type Item = &'s mut Schema;
    type IntoIter = std::slice::IterMut<'s, Schema>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
