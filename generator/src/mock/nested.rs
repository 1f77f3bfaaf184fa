//! Names with brackets, by which forms and queries have objects in objects: `a[b][0]=1`.

use indexmap::IndexMap;
use serde_json::Value;

/// Maximum number of levels of brackets. Further ones belong to the last name.
const DEEPEST: usize = 16;

/// The texts of a name, and the members in its brackets.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    pub texts: Vec<String>,
    pub members: IndexMap<String, Node>,
}

impl Node {
    /// The members of pairs. The brackets of a name are part of it where the whole is the name of a property (`is_own`).
    pub(super) fn new(pairs: &[(String, String)], is_own: impl Fn(&str) -> bool) -> Self {
        let mut root = Self::default();
        for (name, text) in pairs {
            let steps = if is_own(name) { vec![name.as_str()] } else { steps(name) };
            let mut node = &mut root;
            for (depth, step) in steps.into_iter().enumerate() {
                // `a[]=1&a[]=2` are the texts of `a`.
                if depth == 0 || !step.is_empty() {
                    node = node.members.entry(step.to_owned()).or_default();
                }
            }
            node.texts.push(text.clone());
        }
        root
    }

    /// The members whose names are numbers, in the order of these.
    pub(super) fn items(&self) -> Vec<&Self> {
        let mut items: Vec<(&str, &Self)> =
            self.members.iter().map(|(name, node)| (name.trim_start_matches('0'), node)).collect();
        // Of two numbers without leading zeros, the longer one is larger.
        items.sort_by_key(|(digits, _)| (digits.len(), *digits));
        items.into_iter().map(|(_, node)| node).collect()
    }

    /// The value without a schema.
    pub(super) fn untyped(&self) -> Value {
        if self.members.is_empty() {
            return untyped(&self.texts);
        }
        Value::Object(self.members.iter().map(|(name, node)| (name.clone(), node.untyped())).collect())
    }
}

/// The value of texts without a schema.
pub(super) fn untyped(texts: &[String]) -> Value {
    match texts {
        [text] => Value::String(text.clone()),
        texts => texts.iter().cloned().map(Value::String).collect(),
    }
}

/// The name and the names in its brackets. A name whose brackets do not match is one step.
pub(super) fn steps(name: &str) -> Vec<&str> {
    let Some((first, rest)) = name.split_once('[').filter(|(first, _)| !first.is_empty()) else { return vec![name] };
    let Some(rest) = rest.strip_suffix(']') else { return vec![name] };
    std::iter::once(first).chain(rest.splitn(DEEPEST, "][")).collect()
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn brackets_are_members() {
        let value = |pairs: &[(&str, &str)]| {
            let pairs: Vec<_> = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            Node::new(&pairs, |name| name == "own[a]").untyped().to_string()
        };
        assert_eq!(
            value(&[("a[b][0]", "1"), ("a[b][1]", "2"), ("c", "3")]),
            r#"{"a":{"b":{"0":"1","1":"2"}},"c":"3"}"#
        );
        assert_eq!(value(&[("a[]", "1"), ("a[]", "2"), ("own[a]", "3")]), r#"{"a":["1","2"],"own[a]":"3"}"#);
        assert_eq!(
            value(&[("a[", "1"), ("[b]", "2"), ("c]", "3"), ("", "4")]),
            r#"{"a[":"1","[b]":"2","c]":"3","":"4"}"#
        );
    }
}
