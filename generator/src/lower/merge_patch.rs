//! Merge patches (RFC 7396). A property may be absent, which leaves it unchanged, or null, which removes it, whatever the
//! schema of the resource requires. A schema that only patches use keeps its `required`. Knows only the `Api`.

use super::prune::reachable;
use super::prune::visit_shape_ids;
use crate::api::{Api, Extra, Media, Operation, Schema, SchemaId, Shape, Webhook, essence};
use std::collections::{BTreeMap, BTreeSet};

/// Gives each body that is a merge patch the schema of the patch. A schema with other uses keeps its meaning, and the
/// patch is a separate schema. A schema that only patches use becomes the schema of the patch.
pub(super) fn set(api: &mut Api) {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref()).flat_map(|body| &body.media);
    let (patches, bodies): (Vec<&Media>, Vec<&Media>) = bodies.partition(|media| is_patch(media));
    let patches: Vec<SchemaId> = patches.into_iter().filter_map(|media| media.schema).collect();
    if patches.is_empty() {
        return;
    }
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let mut others: Vec<SchemaId> = bodies.into_iter().flat_map(Media::schemas).collect();
    others.extend(parameters.map(|parameter| parameter.schema));
    others.extend(api.operations.iter().flat_map(received));
    others.extend(api.webhooks.iter().flat_map(Webhook::schemas));
    let patched = merged_schemas(api, &patches);
    others.extend(api.components.values().filter(|id| !patched.contains(id)));
    // A patch replaces an array as a whole. Its items are not patches.
    others.extend(patched.iter().filter_map(|id| api.schemas.get(id)).flat_map(items));
    let shared = reachable(api, others);
    let discriminators = super::direction::discriminator_properties(api);
    let mut patch = Patch { api, shared, discriminators, known: BTreeMap::new() };
    let roots: BTreeMap<SchemaId, SchemaId> = patches.into_iter().map(|root| (root, patch.of(root))).collect();
    for media in
        api.operations.iter_mut().filter_map(|operation| operation.body.as_mut()).flat_map(|body| &mut body.media)
    {
        if is_patch(media) {
            media.schema = media.schema.map(|root| roots.get(&root).copied().unwrap_or(root));
        }
    }
}

fn is_patch(media: &Media) -> bool {
    essence(&media.name).ends_with("merge-patch+json")
}

/// The schemas of an operation's responses.
fn received(operation: &Operation) -> Vec<SchemaId> {
    let media = operation.responses.iter().flat_map(|response| &response.media).flat_map(Media::schemas);
    let headers = operation.responses.iter().flat_map(|response| &response.headers).map(|header| header.schema);
    media.chain(headers).collect()
}

/// The schemas of an array's items.
fn items(schema: &Schema) -> Vec<SchemaId> {
    match &schema.shape {
        Shape::List(items) => vec![*items],
        Shape::Tuple(tuple) => tuple.items.iter().copied().chain(tuple.extra.schema()).collect(),
        _ => Vec::new(),
    }
}

/// The schemas of values that a patch merges, and does not replace.
fn merged_schemas(api: &mut Api, roots: &[SchemaId]) -> BTreeSet<SchemaId> {
    let (mut open, mut found) = (roots.to_vec(), BTreeSet::new());
    while let Some(id) = open.pop() {
        let shape = api.schemas.get_mut(id).map(|schema| &mut schema.shape);
        let merged = !matches!(shape, Some(Shape::List(_) | Shape::Tuple(_)));
        if found.insert(id) && merged {
            visit_shape_ids(shape, |inner| open.push(*inner));
        }
    }
    found
}

struct Patch<'a> {
    api: &'a mut Api,
    /// Schemas with other uses than in patches.
    shared: Vec<bool>,
    /// The properties that are discriminators of unions.
    discriminators: BTreeSet<(SchemaId, String)>,
    known: BTreeMap<SchemaId, SchemaId>,
}

impl Patch<'_> {
    /// The schema of the patch of a schema.
    fn of(&mut self, id: SchemaId) -> SchemaId {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let Some(schema) = self.api.schemas.get(id).filter(|_| self.differs(id, &mut BTreeSet::new())) else {
            return id;
        };
        let mut schema = schema.clone();
        let shared = self.shared.get(id.index()).copied().unwrap_or_default();
        let patch = if shared { self.add(renamed_to_patch(schema.clone())) } else { id };
        self.known.insert(id, patch);
        match &mut schema.shape {
            Shape::Object(object) => {
                for property in &mut object.properties {
                    let is_discriminator = self.discriminators.contains(&(id, property.name.clone()));
                    let has_only_value = self.has_only_value(property.schema);
                    property.required &= is_discriminator || !shared;
                    let stays = is_discriminator || has_only_value && property.required;
                    if !stays {
                        property.schema = self.nullable_patch(property.schema);
                    }
                }
                if let Extra::Of(values) = &mut object.extra {
                    *values = self.nullable_patch(*values);
                }
            }
            Shape::Map(values) => *values = self.nullable_patch(*values),
            shape => visit_shape_ids(Some(shape), |inner| *inner = self.of(*inner)),
        }
        if let Some(known) = self.api.schemas.get_mut(patch) {
            known.shape = schema.shape;
        }
        patch
    }

    /// The patch of a value that may be removed.
    fn nullable_patch(&mut self, id: SchemaId) -> SchemaId {
        let patch = self.of(id);
        let Some(schema) = self.api.schemas.get(patch) else { return patch };
        if schema.nullable || matches!(schema.shape, Shape::Any(_)) {
            return patch;
        }
        let schema = Schema { shape: Shape::Same(patch), nullable: true, xml: None, ..schema.clone() };
        self.add(schema)
    }

    fn add(&mut self, schema: Schema) -> SchemaId {
        self.api.schemas.push(schema)
    }

    /// Returns true if a schema has only one value.
    fn has_only_value(&self, mut id: SchemaId) -> bool {
        // Earlier steps removed circular chains.
        while let Some(schema) = self.api.schemas.get(id) {
            match schema.shape {
                Shape::Same(next) => id = next,
                _ => return schema.only_value.is_some(),
            }
        }
        false
    }

    /// Returns true if the values have members that a patch may remove.
    fn differs(&self, id: SchemaId, seen: &mut BTreeSet<SchemaId>) -> bool {
        let Some(schema) = self.api.schemas.get(id).filter(|_| seen.insert(id)) else { return false };
        match &schema.shape {
            Shape::Object(object) => !object.properties.is_empty() || object.extra.schema().is_some(),
            Shape::Map(values) => {
                let values = self.api.schemas.get(values);
                values.is_some_and(|values| !values.nullable && !matches!(values.shape, Shape::Any(_)))
            }
            Shape::Union(union) => union.members.iter().any(|member| self.differs(member.schema, seen)),
            Shape::Same(other) => self.differs(*other, seen),
            Shape::Scalar(_) | Shape::List(_) | Shape::Tuple(_) | Shape::Enum(_) | Shape::Any(_) => false,
        }
    }
}

/// Returns a schema with the name and the description of its patch.
fn renamed_to_patch(mut schema: Schema) -> Schema {
    for words in [&mut schema.name_words, &mut schema.place_words] {
        if let Some(last) = words.last_mut() {
            last.push_str(" patch");
        }
    }
    let description = schema.description.take().map(|description| format!("\n\n{description}")).unwrap_or_default();
    let about = "Changes as a merge patch (RFC 7396): what is absent stays as it is, what is null is removed.";
    schema.description = Some(format!("{about}{description}"));
    schema
}
