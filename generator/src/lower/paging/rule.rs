//! The check of a pagination rule against the operation: every name must exist, with a fitting type.

use super::ApiLookup;
use super::candidates::spots;
use super::convention;
use super::rule_error::PagingRuleError;
use super::takers::takers;
use crate::api::{Location, Operation, PageLocation, Paging, PagingRule, SchemaId, Shape, Source, Step};
use crate::pattern::nearest;

/// The pagination by a rule, or the message of the error.
pub(super) fn check(
    view: &ApiLookup<'_>,
    operation: &Operation,
    rule: &PagingRule,
    source: Source,
) -> Result<Paging, PagingRuleError> {
    let check = RuleCheck { view, operation };
    let page = view.page(operation).ok_or(PagingRuleError::NoResponse)?;
    let (items, item) = match &rule.results {
        Some(results) => {
            let path = split(results);
            let found = check.member(page, &path, "the response")?;
            let item = found.and_then(|found| view.item(found));
            (path, item.ok_or_else(|| PagingRuleError::NotArray(results.clone()))?)
        }
        None => view.items(page).ok_or(PagingRuleError::AmbiguousItems)?,
    };
    let step = check.step(page, item, rule)?;
    let found = spots(view, page, &items);
    let [total, more, last] = convention::ends(view, operation, found);
    let path = |name: &Option<String>, usual| match name {
        Some(name) => {
            let path = split(name);
            check.member(page, &path, "the response").map(|_| Some(path))
        }
        None => Ok(usual),
    };
    Ok(Paging {
        step,
        items,
        item,
        total: path(&rule.total, total)?,
        more: path(&rule.more, more)?,
        last: path(&rule.last, last)?,
        size: convention::size(view, operation),
        source,
    })
}

/// The comparison of a rule with an operation.
struct RuleCheck<'a, 'v> {
    view: &'v ApiLookup<'a>,
    operation: &'v Operation,
}

impl RuleCheck<'_, '_> {
    /// The way to the next page, if the operation has the parameters and properties of the rule.
    fn step(&self, page: SchemaId, item: SchemaId, rule: &PagingRule) -> Result<Step, PagingRuleError> {
        let next = rule.next.as_deref().map(split);
        match (&rule.cursor, &rule.offset, &rule.page, rule.link, next) {
            (Some(cursor), None, None, false, Some(key)) if rule.last_item => {
                self.member(item, &key, "an item")?;
                Ok(Step::LastItem { location: self.location(cursor)?, key })
            }
            (Some(cursor), None, None, false, Some(next)) => {
                self.member(page, &next, "the response")?;
                Ok(Step::Cursor { location: self.location(cursor)?, next })
            }
            (None, Some(offset), None, false, None) => Ok(Step::Offset {
                location: self.location(offset)?,
                first: rule.first.unwrap_or(0),
                response_offset: None,
            }),
            (None, None, Some(number), false, None) => {
                let pages = rule.pages.as_deref().map(split);
                if let Some(pages) = &pages {
                    self.member(page, pages, "the response")?;
                }
                let first = rule.first.or_else(|| convention::first(self.view, self.operation, number)).unwrap_or(1);
                Ok(Step::Number { location: self.location(number)?, first, response_page: None, pages })
            }
            (None, None, None, false, Some(next)) => {
                let found = self.member(page, &next, "the response")?;
                if found.is_some_and(|found| !self.view.is_link(found)) {
                    return Err(PagingRuleError::NotUrl(next.join(".")));
                }
                Ok(Step::Url { next })
            }
            (None, None, None, true, None) => Ok(Step::Link),
            (Some(_), None, None, false, None) => Err(PagingRuleError::NoNextCursor),
            (None, None, None, false, None) => Err(PagingRuleError::NoStep),
            _ => Err(PagingRuleError::SeveralSteps),
        }
    }

    /// The schema at a path. `None` where the description leaves it open.
    fn member(&self, mut at: SchemaId, path: &[String], of: &'static str) -> Result<Option<SchemaId>, PagingRuleError> {
        for name in path {
            let properties = match self.view.shape(at) {
                Some(Shape::Object(object)) => &object.properties,
                Some(Shape::Map(_) | Shape::Any(_) | Shape::Union(_)) => return Ok(None),
                _ => {
                    return Err(PagingRuleError::NotObject { of, path: path.join("."), name: name.clone() });
                }
            };
            match properties.iter().find(|property| property.name == *name) {
                Some(property) => at = property.schema,
                None => {
                    let known: Vec<&str> = properties.iter().map(|property| property.name.as_str()).collect();
                    let meant = nearest(name, &known).map(str::to_owned);
                    return Err(PagingRuleError::NoProperty { of, path: path.join("."), meant });
                }
            }
        }
        Ok(Some(at))
    }

    /// A parameter by name, or a member of the body as `body.a.b`.
    fn location(&self, name: &str) -> Result<PageLocation, PagingRuleError> {
        let found = self.operation.parameters.iter().find(|parameter| parameter.name == name);
        match (found.map(|parameter| parameter.location), name.strip_prefix("body.")) {
            (Some(Location::Query), _) => Ok(PageLocation::Query(name.to_owned())),
            (Some(Location::Header), _) => Ok(PageLocation::Header(name.to_owned())),
            (Some(Location::Path | Location::Cookie | Location::QueryString), _) => {
                Err(PagingRuleError::NotQueryOrHeader(name.to_owned()))
            }
            (None, Some(path)) => {
                let path = split(path);
                let body = self.view.body(self.operation).ok_or(PagingRuleError::NoBody)?;
                self.member(body, &path, "the body")?;
                Ok(PageLocation::Body(path))
            }
            (None, None) if takers(self.view, self.operation).iter().any(|taker| taker.name == name) => {
                Ok(PageLocation::Query(name.to_owned()))
            }
            (None, None) => {
                let known: Vec<&str> = self.operation.parameters.iter().map(|known| known.name.as_str()).collect();
                Err(PagingRuleError::NoParameter {
                    name: name.to_owned(),
                    meant: nearest(name, &known).map(str::to_owned),
                })
            }
        }
    }
}

/// Names of properties, from the outside in.
fn split(path: &str) -> Vec<String> {
    path.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
