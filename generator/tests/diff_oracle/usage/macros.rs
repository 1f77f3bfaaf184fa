//! The public items that macros of the runtime define.

use super::Usage;
use quote::ToTokens;

impl Usage<'_> {
    /// The items of a macro call.
    pub(super) fn defined(&mut self, call: &syn::Macro) {
        let (path, tokens) = (call.path.to_token_stream().to_string(), call.tokens.to_string());
        match path.as_str() {
            "runtime :: webhook_enum" => self.webhooks(&tokens),
            "runtime :: other_names" => self.other_names(&tokens),
            "runtime :: parts" => self.implements(&tokens, "Into<runtime::Multipart>"),
            path if path.ends_with("_enum") => self.listed(path, &tokens),
            _ => {}
        }
    }

    /// An enum of listed values, which a macro defines: `pub enum Name { Variant = "value", … } else Fallback`.
    fn listed(&mut self, macro_name: &str, tokens: &str) {
        let (_, rest) = tokens.split_once("pub enum ").unwrap();
        let (name, rest) = rest.split_once('{').unwrap();
        let name = name.trim().to_owned();
        let body = rest.rsplit_once('}').unwrap();
        let whole: syn::ItemEnum = syn::parse_str(&format!("pub enum {name} {{ {} }}", body.0)).unwrap();
        let is_text = !macro_name.contains("integer");
        let is_open = macro_name.contains("open");
        let mut arms = Vec::new();
        for variant in &whole.variants {
            let path = format!("{name}::{}", variant.ident);
            self.function(
                &format!("fn (value: &{name}) -> bool"),
                &format!("match value {{ {path} => true, _ => false }}"),
            );
            self.function(&format!("fn () -> {name}"), &path);
            arms.push(format!("{path} => {{}}"));
        }
        for bound in [
            "Debug",
            "Clone",
            "PartialEq",
            "Eq",
            "std::hash::Hash",
            "PartialOrd",
            "Ord",
            "runtime::Decode",
            "runtime::Encode",
        ] {
            self.implements(&name, bound);
        }
        if is_open {
            let fallback = body.1.trim().strip_prefix("else ").unwrap().split([' ', ',']).next().unwrap().to_owned();
            self.function(
                &format!("fn (value: &{name}) -> bool"),
                &format!("match value {{ {name}::{fallback}(_) => true, _ => false }}"),
            );
            let from: &[&str] = if is_text { &["From<&'static str>", "From<String>"] } else { &["From<i64>"] };
            from.iter().for_each(|bound| self.implements(&name, bound));
        } else {
            self.implements(&name, "Copy");
            self.function(&format!("fn (value: &{name})"), &format!("match value {{ {} }}", arms.join(", ")));
        }
        if is_text {
            self.function(&format!("fn (value: &{name}) -> &str"), "value.as_str()");
            self.implements(&name, "std::fmt::Display + std::str::FromStr");
        }
    }

    /// The enum of webhooks, which a macro defines: `Webhook { "name" as Variant: Body, … }`.
    fn webhooks(&mut self, tokens: &str) {
        let (name, rows) = tokens.split_once('{').unwrap();
        let name = name.trim().to_owned();
        for row in without_end(rows).split(", \"") {
            let (variant, ty) = row.split_once("\" as ").unwrap().1.split_once(':').unwrap();
            let path = format!("{name}::{}", variant.trim());
            self.function(
                &format!("fn (value: &{name}) -> Option<&{ty}>"),
                &format!("match value {{ {path}(inner) => Some(inner), _ => None }}"),
            );
            self.function(&format!("fn (inner: {ty}) -> {name}"), &format!("{path}(inner)"));
        }
        self.implements(&name, "std::fmt::Debug + Clone + PartialEq");
        self.function("fn (body: &[u8])", &format!("drop({name}::decode(\"a\", body));"));
        self.function(&format!("fn (value: &{name}) -> &str"), "value.name()");
    }

    /// Other names of a type: `Name { Other, … }`.
    fn other_names(&mut self, tokens: &str) {
        let (of, names) = tokens.split_once('{').unwrap();
        for name in without_end(names).split(',') {
            self.function(&format!("fn (value: {name}) -> {of}"), "value");
        }
    }
}

/// The rows of a list without its bracket.
fn without_end(rows: &str) -> &str {
    rows.trim_end_matches(['}', ' ', ',', '\n'])
}
