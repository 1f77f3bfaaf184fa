//! Two schemas at the same place: kinds, objects, lists, maps, enums.

use super::traversal::{Mode, Pair, Text, Traversal};
use super::{bounds, scalar, union};
use crate::api::{Extra, Object, Property, Schema, SchemaId, Shape, Tuple};
use crate::diff::change::{Change, WireVerdict};
use crate::diff::rules::Rule;
use crate::diff::side::Side;
use crate::syntax::pointer::escape;

/// The pointers of two compared schemas.
#[derive(Clone, Copy)]
pub(super) struct Pointers<'p> {
    pub(super) old: &'p str,
    pub(super) new: &'p str,
}

/// A change of a schema.
pub(super) fn add_change(
    traversal: &mut Traversal<'_>,
    mode: Mode,
    pointers: Pointers<'_>,
    (rule, verdict): (Rule, WireVerdict),
    message: String,
    (old_value, new_value): (String, String),
) {
    // A union stores such a value in its fallback variant: the program reads it, but as unknown.
    let verdict = if mode.is_tolerant && verdict == WireVerdict::Break { WireVerdict::Risk } else { verdict };
    let item = if pointers.new.is_empty() { pointers.old } else { pointers.new };
    let change = Change::wire(rule, verdict, item, message).with_values(old_value, new_value);
    traversal.add(Change { direction: Some(mode.direction), ..change }, pointers.old, pointers.new);
}

/// Compares a pair, and adds the pairs that it holds.
pub(super) fn compare(traversal: &mut Traversal<'_>, pair: Pair) {
    let (Some((old, old_null)), Some((new, new_null))) =
        (traversal.old_schema(pair.old), traversal.new_schema(pair.new))
    else {
        return;
    };
    let mode = pair.mode;
    let pointers = Pointers { old: &old.origin.pointer, new: &new.origin.pointer };
    let reads_any = matches!(old.shape, Shape::Any(_));
    if mode.is_request() && old_null && !new_null && !matches!(new.shape, Shape::Any(_)) {
        let message = "`null` is not accepted any more".to_owned();
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::ValuesNarrowed, WireVerdict::Break),
            message,
            ("nullable".into(), "not nullable".into()),
        );
    } else if !old_null && new_null {
        let is_safe = mode.is_request() || mode.null_ok || reads_any;
        let verdict = if is_safe { WireVerdict::Safe } else { WireVerdict::Break };
        let message = "`null` is a value now".to_owned();
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::MadeOptional, verdict),
            message,
            ("not nullable".into(), "nullable".into()),
        );
    }
    defaults(traversal, mode, pointers, (traversal.old, pair.old), (traversal.new, pair.new));
    if mode.is_xml && old.xml != new.xml {
        let message = "the XML representation changed".to_owned();
        let shown = |schema: &Schema| format!("{:?}", schema.xml);
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::SerializationChanged, WireVerdict::Break),
            message,
            (shown(old), shown(new)),
        );
    }
    let mode = Mode { null_ok: false, ..mode };
    shapes(traversal, Pair { mode, ..pair }, old, new, pointers);
    bounds::compare(traversal, Pair { mode, ..pair }, pointers);
}

/// Reports another default value.
fn defaults(
    traversal: &mut Traversal<'_>,
    mode: Mode,
    pointers: Pointers<'_>,
    (old, old_id): (&Side, SchemaId),
    (new, new_id): (&Side, SchemaId),
) {
    // A reference has the default of its target, unless it has its own.
    let value = |side: &Side, id: SchemaId| {
        let default = |id: SchemaId| side.api.schemas.get(id).and_then(|schema| schema.default.clone());
        default(id).or_else(|| default(side.api.schemas.resolve(id).0))
    };
    let (old_default, new_default) = (value(old, old_id), value(new, new_id));
    if old_default != new_default {
        let shown =
            |value: Option<serde_json::Value>| value.map_or_else(|| "none".to_owned(), |value| value.to_string());
        let message = "the default value changed".to_owned();
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::ServerStatusOrDefaultChanged, WireVerdict::Risk),
            message,
            (shown(old_default), shown(new_default)),
        );
    }
}

/// The JSON kind of a shape.
pub(super) fn kind(schema: &Schema) -> &'static str {
    match &schema.shape {
        Shape::Scalar(scalar) => scalar::kind(scalar),
        Shape::List(_) | Shape::Tuple(_) => "array",
        Shape::Map(_) | Shape::Object(_) => "object",
        Shape::Enum(listed) => match listed.value_type {
            crate::api::EnumType::String => "string",
            crate::api::EnumType::Integer => "number",
        },
        Shape::Union(_) => "union",
        Shape::Same(_) | Shape::Any(_) => "any",
    }
}

/// Compares the shapes of a pair.
fn shapes(traversal: &mut Traversal<'_>, pair: Pair, old: &Schema, new: &Schema, pointers: Pointers<'_>) {
    let mode = pair.mode;
    match (&old.shape, &new.shape) {
        (Shape::Any(old_shape), Shape::Any(new_shape)) => {
            if old_shape.fallback || new_shape.fallback {
                bounds::unjudged(traversal, mode, old, new, pointers);
            }
        }
        // The old reader keeps any value, and the new server accepts any value.
        (Shape::Any(_), _) if !mode.is_request() => {}
        (_, Shape::Any(_)) if mode.is_request() => {}
        (Shape::Any(_), _) | (_, Shape::Any(_)) => {
            let tolerant = matches!(old.shape, Shape::Union(_)) && !mode.is_request();
            let verdict = if tolerant { WireVerdict::Safe } else { WireVerdict::Risk };
            let message = "a type and any value took each other's place".to_owned();
            add_change(
                traversal,
                mode,
                pointers,
                (Rule::NotJudged, verdict),
                message,
                (kind(old).into(), kind(new).into()),
            );
        }
        (Shape::Union(_), _) | (_, Shape::Union(_)) => union::compare(traversal, pair, old, new, pointers),
        _ if kind(old) != kind(new) => {
            let is_open = scalar::reads_any_kind(traversal, old);
            let in_string = !mode.is_request() && old.in_string && kind(new) == "string";
            let is_read = !mode.is_request() && (is_open || in_string);
            let verdict = match scalar::as_text(traversal, mode, old, new) {
                Some(verdict) => verdict,
                None if is_read => WireVerdict::Safe,
                None => WireVerdict::Break,
            };
            let message = format!("the value was of kind {}, and is of kind {}", kind(old), kind(new));
            add_change(
                traversal,
                mode,
                pointers,
                (Rule::JsonKindChanged, verdict),
                message,
                (kind(old).into(), kind(new).into()),
            );
        }
        (Shape::List(old_shape), Shape::List(new_shape)) => traversal.child(*old_shape, *new_shape, mode),
        (Shape::Tuple(old_shape), Shape::Tuple(new_shape)) => tuples(traversal, mode, old_shape, new_shape, pointers),
        (Shape::Map(_) | Shape::Object(_), Shape::Map(_) | Shape::Object(_)) => {
            objects(traversal, mode, &as_object(old), &as_object(new), pointers);
        }
        (Shape::List(_) | Shape::Tuple(_), Shape::List(_) | Shape::Tuple(_)) => {
            let message = "a list and a tuple took each other's place".to_owned();
            add_change(
                traversal,
                mode,
                pointers,
                (Rule::NotJudged, WireVerdict::Risk),
                message,
                (kind(old).into(), kind(new).into()),
            );
        }
        _ => scalar::compare(traversal, mode, old, new, pointers),
    }
}

/// A map is an object with additional properties only.
fn as_object(schema: &Schema) -> Object {
    match &schema.shape {
        Shape::Object(object) => object.clone(),
        Shape::Map(values) => Object { properties: Vec::new(), extra: Extra::Of(*values) },
        _ => Object::default(),
    }
}

/// Compares the items of two tuples, by position.
fn tuples(traversal: &mut Traversal<'_>, mode: Mode, old: &Tuple, new: &Tuple, pointers: Pointers<'_>) {
    for (old_item, new_item) in old.items.iter().zip(&new.items) {
        traversal.child(*old_item, *new_item, mode);
    }
    let (sent, read) = if mode.is_request() { (old, new) } else { (new, old) };
    let is_short = sent.least < read.least;
    let is_long = read.extra == Extra::None && (sent.extra != Extra::None || sent.items.len() > read.items.len());
    let is_other = old.items.len() != new.items.len() || old.extra.schema().is_some() != new.extra.schema().is_some();
    if is_short || is_long || is_other {
        let verdict = if is_short || is_long { WireVerdict::Break } else { WireVerdict::Risk };
        let message = "the number of items changed".to_owned();
        let shown = |tuple: &Tuple| {
            let is_opened = (old.extra == Extra::None) != (new.extra == Extra::None) && tuple.extra != Extra::None;
            let end = if is_opened { " or more" } else { "" };
            format!("{} of {}{end}", tuple.least, tuple.items.len())
        };
        add_change(traversal, mode, pointers, (Rule::MadeRequired, verdict), message, (shown(old), shown(new)));
    }
    if let (Some(old_item), Some(new_item)) = (old.extra.schema(), new.extra.schema()) {
        traversal.child(old_item, new_item, mode);
    }
}

/// Returns true if a property is sent in a direction. Requests follow `withheld`, which the settings change. A property with
/// `readOnly` and `writeOnly` is sent in both directions.
fn is_sent(property: &Property, mode: Mode) -> bool {
    if mode.is_request() { !property.withheld } else { property.read_only || !property.write_only }
}

/// Compares the properties of two objects, and what further properties they allow.
fn objects(traversal: &mut Traversal<'_>, mode: Mode, old: &Object, new: &Object, pointers: Pointers<'_>) {
    for old_property in old.properties.iter().filter(|property| is_sent(property, mode)) {
        let (old_pointer, new_pointer) =
            (below(pointers.old, &old_property.name), below(pointers.new, &old_property.name));
        let pointers = Pointers { old: &old_pointer, new: &new_pointer };
        let new_property = new
            .properties
            .iter()
            .find(|new_property| new_property.name == old_property.name && is_sent(new_property, mode));
        match new_property {
            Some(new_property) => {
                required(traversal, mode, old_property, new_property, pointers);
                let null_ok = !mode.is_request() && !old_property.required;
                let text = text_of(traversal, mode, old_property);
                traversal.child(old_property.schema, new_property.schema, Mode { null_ok, text, ..mode });
            }
            None => removed(traversal, mode, old_property, new, pointers),
        }
    }
    added(traversal, mode, old, new, pointers);
    extras(traversal, mode, old, new, pointers);
}

/// The pointer of a property.
fn below(object: &str, property: &str) -> String {
    format!("{object}/properties/{}", escape(property))
}

const fn required_word(is_required: bool) -> &'static str {
    if is_required { "required" } else { "optional" }
}

/// Reports a property that the new object does not have.
fn removed(traversal: &mut Traversal<'_>, mode: Mode, old: &Property, new: &Object, pointers: Pointers<'_>) {
    use WireVerdict::{Break, Safe};
    let is_required = old.declared_required.0;
    // The value of a property that is read-only now is ignored.
    let is_ignored = new.properties.iter().any(|new_property| new_property.name == old.name);
    let verdict = match &new.extra {
        _ if !mode.is_request() && old.required && is_required => Break,
        _ if !mode.is_request() || is_ignored => Safe,
        Extra::None => Break,
        Extra::Of(values) => traversal.trial(old.schema, *values, mode),
        Extra::Any => Safe,
    };
    let message = format!("property `{}` is gone", old.name);
    let values = (required_word(is_required).into(), "gone".into());
    add_change(traversal, mode, pointers, (Rule::ValueRemoved, verdict), message, values);
}

/// Reports a property that is required in one of the objects only.
fn required(traversal: &mut Traversal<'_>, mode: Mode, old: &Property, new: &Property, pointers: Pointers<'_>) {
    use WireVerdict::{Break, Risk, Safe};
    let (was_required, is_required) = (old.declared_required.0, new.declared_required.0);
    if was_required == is_required {
        return;
    }
    let (rule, verdict, change) = match (is_required, mode.is_request()) {
        (true, true) => (Rule::MadeRequired, Break, "is required now"),
        (true, false) => (Rule::MadeRequired, Safe, "is required now"),
        (false, false) if old.required => (Rule::MadeOptional, Break, "is optional now"),
        (false, _) => (Rule::MadeOptional, Safe, "is optional now"),
    };
    let is_any = traversal.old_schema(old.schema).is_some_and(|(schema, _)| matches!(schema.shape, Shape::Any(_)));
    let verdict = if is_any && !mode.is_request() && verdict == Break { Risk } else { verdict };
    let message = format!("property `{}` {change}", old.name);
    let values = (required_word(was_required).into(), required_word(is_required).into());
    add_change(traversal, mode, pointers, (rule, verdict), message, values);
}

/// The part of a property's value that is text. Forms have objects as JSON.
fn text_of(traversal: &Traversal<'_>, mode: Mode, property: &Property) -> Text {
    let is_object =
        |(schema, _): (&Schema, bool)| matches!(schema.shape, Shape::Object(_) | Shape::Map(_) | Shape::Tuple(_));
    match mode.text {
        Text::Properties if traversal.old_schema(property.schema).is_some_and(is_object) => Text::None,
        Text::Properties => Text::Whole,
        other => other,
    }
}

/// Reports the properties that only the new object has.
fn added(traversal: &mut Traversal<'_>, mode: Mode, old: &Object, new: &Object, pointers: Pointers<'_>) {
    use WireVerdict::{Break, Safe};
    let in_request = mode.is_request();
    for new_property in new.properties.iter().filter(|property| is_sent(property, mode)) {
        if old
            .properties
            .iter()
            .any(|old_property| old_property.name == new_property.name && is_sent(old_property, mode))
        {
            continue;
        }
        let new_pointer = below(pointers.new, &new_property.name);
        let at = Pointers { old: pointers.old, new: &new_pointer };
        let respelled = old.properties.iter().find(|old_property| {
            is_sent(old_property, mode)
                && is_respelled(&old_property.name, &new_property.name)
                && !new.properties.iter().any(|two| two.name == old_property.name)
        });
        if let (Some(old_property), true) = (respelled, in_request) {
            let message = format!("property `{}` is spelled `{}` now", old_property.name, new_property.name);
            add_change(
                traversal,
                mode,
                at,
                (Rule::SerializationChanged, Break),
                message,
                (old_property.name.clone(), new_property.name.clone()),
            );
        }
        let verdict = match &old.extra {
            _ if in_request && new_property.declared_required.0 => Break,
            _ if in_request => Safe,
            Extra::Of(values) => traversal.trial(*values, new_property.schema, mode),
            Extra::Any | Extra::None => Safe,
        };
        let rule = if verdict == Safe || new_property.declared_required.0 {
            Rule::MadeRequired
        } else {
            Rule::JsonKindChanged
        };
        let word = required_word(new_property.declared_required.0);
        let message = format!("{word} property `{}` is new", new_property.name);
        add_change(traversal, mode, at, (rule, verdict), message, ("none".into(), word.into()));
    }
}

/// Returns true if two names differ only in their spelling.
fn is_respelled(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> String {
        name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    plain(one) == plain(other)
}

/// Compares the values of properties that the objects do not define.
fn extras(traversal: &mut Traversal<'_>, mode: Mode, old: &Object, new: &Object, pointers: Pointers<'_>) {
    use WireVerdict::{Risk, Safe};
    let word = |extra: &Extra| match extra {
        Extra::Any => "any",
        Extra::None => "none",
        Extra::Of(_) => "of a type",
    };
    let (verdict, rule) = match (&old.extra, &new.extra) {
        (Extra::Of(old_values), Extra::Of(new_values)) => {
            traversal.child(*old_values, *new_values, mode);
            return;
        }
        (Extra::Any, Extra::Any) | (Extra::None, Extra::None) => return,
        (Extra::Any | Extra::Of(_), Extra::None) | (Extra::Any, Extra::Of(_)) if mode.is_request() => {
            (Risk, Rule::BoundsChanged)
        }
        (Extra::Of(_), Extra::Any) if !mode.is_request() => (Risk, Rule::ValuesWidened),
        _ => (Safe, Rule::ValuesWidened),
    };
    let message = "the additional properties changed".to_owned();
    add_change(traversal, mode, pointers, (rule, verdict), message, (word(&old.extra).into(), word(&new.extra).into()));
}
