//! The serialization of parameters, and the cases that the standard leaves undefined.

use super::Lower;
use crate::api::is_json;
use crate::api::{Location, SchemaId, Shape, Style};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::node::NodeId;

/// Deepest level of a value that is read.
const DEEPEST: usize = 8;

/// The kinds of values of a style.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Plain,
    List,
    Object,
    /// A list of lists or objects.
    Lists,
    /// An object that holds lists or objects.
    Objects,
}

impl Lower<'_> {
    /// Style and explode of a parameter with a schema.
    pub(super) fn style_and_explode(&self, node: NodeId, location: Location) -> (Style, bool) {
        let default = match location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::QueryString | Location::Cookie => Style::Form,
        };
        if self.swagger {
            return match self.collection(node) {
                Some((Style::Form, false)) | None => (default, false),
                Some(other) => other,
            };
        }
        // The lint reports a style that the location does not allow.
        let style = self.document.tree.text_at(node, "style").and_then(|style| style_of(style, location));
        let style = style.unwrap_or(default);
        let explode = self.document.tree.bool_at(node, "explode");
        (style, explode.unwrap_or(matches!(style, Style::Form | Style::Cookie | Style::DeepObject)))
    }

    /// The collection format of Swagger 2.0.
    pub(super) fn collection(&self, node: NodeId) -> Option<(Style, bool)> {
        Some(match self.text(node, "collectionFormat")?.as_str() {
            "multi" => (Style::Form, true),
            "csv" => (Style::Form, false),
            "ssv" => (Style::SpaceDelimited, false),
            "tsv" => (Style::TabDelimited, false),
            "pipes" => (Style::PipeDelimited, false),
            _ => return None,
        })
    }

    /// Reports a serialization that the standard leaves undefined, with the one that the client uses.
    pub(super) fn check_style(&mut self, node: NodeId, style: Style, explode: bool, schema: SchemaId) {
        let values = self.values(schema, DEEPEST);
        let has = |value| values.contains(&value);
        let nested = has(Value::Lists) || has(Value::Objects);
        let words = match style {
            Style::Json => return,
            Style::DeepObject if has(Value::Plain) => {
                "`deepObject` is for objects; other values are written as `name=value`"
            }
            Style::DeepObject if nested || has(Value::List) => {
                "`deepObject` is for flat objects; nested values are written as `name[a][b]=value` and `name[a][]=value`"
            }
            Style::DeepObject => return,
            Style::Form | Style::Cookie if explode && has(Value::Objects) && !has(Value::Lists) => {
                "the style does not define nested arrays and objects; arrays in an object are written as `name=a&name=b`, other \
                 inner ones as JSON"
            }
            _ if nested => "the style does not define nested arrays and objects; the inner ones are written as JSON",
            Style::SpaceDelimited | Style::PipeDelimited if explode => {
                "the style is not defined with `explode`; the client writes it as `form`"
            }
            Style::SpaceDelimited | Style::PipeDelimited if has(Value::Plain) => {
                "the style is for arrays and objects; other values are written as `name=value`"
            }
            _ => return,
        };
        self.report_undefined_style(node, words);
    }

    /// The style of a parameter with a media type: JSON, or the string that the caller passes.
    pub(super) fn content_style(&mut self, node: NodeId, media: &str, schema: SchemaId) -> Style {
        if is_json(media) || media.contains('*') {
            return Style::Json;
        }
        let values = self.values(schema, DEEPEST);
        if !values.is_empty() && values.iter().all(|value| *value == Value::Plain) {
            return Style::Simple;
        }
        self.report_undefined_style(
            node,
            "the media type is neither JSON nor text; values other than strings are written as JSON",
        );
        Style::Json
    }

    /// Reports once for a parameter that several operations share.
    fn report_undefined_style(&mut self, node: NodeId, words: &'static str) {
        let span = self.document.tree.span(node);
        let same = |known: &Diagnostic| {
            known.code == Code::UndefinedStyle && known.primary.as_ref().is_some_and(|label| label.span == span)
        };
        if !self.diagnostics.list.iter().any(same) {
            self.diagnostics.report(Code::UndefinedStyle, span, words);
        }
    }

    /// The kinds of the values of a schema; none if they are unknown.
    fn values(&self, id: SchemaId, depth: usize) -> Vec<Value> {
        let Some(schema) = self.api.schemas.get(id).filter(|_| depth > 0) else { return Vec::new() };
        let is_plain = |id: SchemaId| self.values(id, depth - 1).iter().all(|value| *value == Value::Plain);
        match &schema.shape {
            Shape::Scalar(_) | Shape::Enum(_) => vec![Value::Plain],
            Shape::List(items) if is_plain(*items) => vec![Value::List],
            Shape::Tuple(tuple) if tuple.items.iter().chain(&tuple.extra.schema()).all(|item| is_plain(*item)) => {
                vec![Value::List]
            }
            Shape::List(_) | Shape::Tuple(_) => vec![Value::Lists],
            Shape::Map(values) if is_plain(*values) => vec![Value::Object],
            Shape::Object(object) if object.properties.iter().all(|property| is_plain(property.schema)) => {
                vec![Value::Object]
            }
            Shape::Map(_) | Shape::Object(_) => vec![Value::Objects],
            Shape::Union(union) => {
                union.members.iter().flat_map(|member| self.values(member.schema, depth - 1)).collect()
            }
            Shape::Same(other) => self.values(*other, depth - 1),
            Shape::Any(_) => Vec::new(),
        }
    }
}

/// The styles of a location.
pub(super) fn style_of(name: &str, location: Location) -> Option<Style> {
    Some(match (name, location) {
        ("simple", Location::Path | Location::Header) => Style::Simple,
        ("label", Location::Path) => Style::Label,
        ("matrix", Location::Path) => Style::Matrix,
        ("form", Location::Query | Location::Cookie) => Style::Form,
        ("spaceDelimited", Location::Query) => Style::SpaceDelimited,
        ("pipeDelimited", Location::Query) => Style::PipeDelimited,
        ("deepObject", Location::Query) => Style::DeepObject,
        ("cookie", Location::Cookie) => Style::Cookie,
        _ => return None,
    })
}
