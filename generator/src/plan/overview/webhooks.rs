//! The section about webhooks and callbacks: the type of each body, and a function that decodes one. Knows the requests that the
//! API sends; does not know tokens.

use super::{Overview, wrapped};
use crate::api::Api;
use crate::plan::docs;
use crate::plan::modules::Module;
use crate::plan::operations::{in_words, media_kind::MediaKind};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

/// A longer list has no place in the documentation of the root.
const MOST: usize = 12;

/// The JSON bodies of the requests that the API sends.
pub(in crate::plan) struct Webhooks {
    /// Name, true for a callback, and type.
    bodies: Vec<(String, bool, RustType)>,
    /// True if webhooks have a cargo feature; the same for callbacks.
    has_feature: [bool; 2],
}

/// A function that decodes a body.
#[derive(Debug)]
pub(crate) struct Received {
    /// The type of the body.
    pub ty: RustType,
    /// The cargo feature that it needs.
    pub feature: Option<&'static str>,
}

impl Webhooks {
    pub(in crate::plan) fn new(api: &Api, types: &Types<'_>, modules: &[Module]) -> Self {
        let bodies = api.webhooks.iter().filter_map(|webhook| {
            let json = webhook.media.iter().find(|media| MediaKind::of_name(&media.name) == MediaKind::Json)?;
            Some((webhook.name.clone(), webhook.callback, types.item(json.schema?)))
        });
        let has =
            |name: &str| modules.iter().flat_map(|module| module.features.iter().flatten()).any(|own| own == name);
        Self { bodies: bodies.collect(), has_feature: [has("webhooks"), has("callbacks")] }
    }

    /// The list of all bodies for the documentation of `models`. Empty where the root has it.
    pub(in crate::plan) fn list(&self) -> Vec<Overview> {
        let Some((title, senders)) = self.senders().filter(|_| self.bodies.len() > MOST) else { return Vec::new() };
        let head = [
            String::new(),
            format!("# {title}"),
            String::new(),
            format!("The bodies of the {senders}:"),
            String::new(),
        ];
        let head = Overview::Lines(head.to_vec());
        std::iter::once(head).chain(self.bodies.iter().map(|body| self.item(body))).collect()
    }

    /// The title of a section about the bodies, and the words for the requests; none where there is no body.
    fn senders(&self) -> Option<(&'static str, &'static str)> {
        let is_any = |callback: bool| self.bodies.iter().any(|(_, own, _)| *own == callback);
        match (is_any(false), is_any(true)) {
            (true, true) => Some(("Webhooks and callbacks", "webhooks and callbacks")),
            (true, false) => Some(("Webhooks", "webhooks")),
            (false, true) => Some(("Callbacks", "callbacks")),
            (false, false) => None,
        }
    }

    /// The title and the parts of the section, if there is a body.
    pub(super) fn section(&self) -> Option<(&'static str, Vec<Overview>)> {
        let (title, senders) = self.senders()?;
        let text = format!(
            "The API sends requests to your program, the {senders} of the description. The crate has types for their \
            bodies{}. Decoding checks neither the signature of a request nor which of the {senders} it is: the body of another \
            request can decode too, with `Unknown` for a value that the type does not have. Your HTTP server checks both \
            first. Then [`runtime::from_json_slice`] decodes the bytes.",
            self.needed()
        );
        let (_, callback, ty) = self.bodies.first()?;
        let received = Received { ty: ty.clone(), feature: self.feature(*callback) };
        let text = [vec![String::new()], wrapped(&text, "")].concat();
        let mut parts = vec![Overview::Lines(text), Overview::Received(received)];
        parts.push(Overview::Lines(vec![String::new()]));
        if self.bodies.len() > MOST {
            parts.push(Overview::Lines(vec![format!("[`models`] lists the types by the names of the {senders}.")]));
        } else {
            parts.extend(self.bodies.iter().map(|body| self.item(body)));
        }
        Some((title, parts))
    }

    fn item(&self, (name, callback, ty): &(String, bool, RustType)) -> Overview {
        let name = docs::escape_inline(&docs::one_line(name));
        let line = match in_words(ty) {
            Some(ty) => format!("- `{name}`: {ty}"),
            None => format!("- `{name}`"),
        };
        match self.feature(*callback) {
            Some(feature) => Overview::Gated(vec![feature.to_owned()], line),
            None => Overview::Lines(vec![line]),
        }
    }

    /// The cargo features that the types need.
    fn needed(&self) -> String {
        let needed = [false, true].into_iter().filter(|callback| self.bodies.iter().any(|(_, own, _)| own == callback));
        let needed: Vec<&str> = needed.filter_map(|callback| self.feature(callback)).collect();
        match needed.as_slice() {
            [] => String::new(),
            [one] => format!(" (cargo feature `{one}`)"),
            several => format!(" (cargo features `{}`)", several.join("`, `")),
        }
    }

    fn feature(&self, callback: bool) -> Option<&'static str> {
        let [webhooks, callbacks] = self.has_feature;
        match callback {
            false => webhooks.then_some("webhooks"),
            true => callbacks.then_some("callbacks"),
        }
    }
}
