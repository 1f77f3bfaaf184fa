//! The section about webhooks and callbacks: the type of each body, and a function that decodes them. Knows the requests that the
//! API sends; does not know tokens.

use super::{Overview, wrapped};
use crate::api::Api;
use crate::plan::docs;
use crate::plan::modules::Module;
use crate::plan::operations::type_in_words;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use crate::plan::webhooks::{WebhookEnum, feature, json_body, spelling};

/// A longer list has no place in the documentation of the root.
const MAX: usize = 12;

/// The sentences about callbacks.
const CALLBACKS: &str = " [`runtime::from_json_slice`] decodes the body of a callback. It does not check which callback it is: the body of \
    another one can decode too, with `Unknown` for a value that the type does not have.";

/// The JSON bodies of the requests that the API sends, for the documentation.
pub(in crate::plan) struct WebhookDocs {
    /// Name, true for a callback, and type.
    bodies: Vec<(String, bool, RustType)>,
    /// The features of webhooks and of callbacks.
    features: [Option<&'static str>; 2],
    /// The example of a webhook.
    webhook_example: Option<WebhookExample>,
}

/// A function that decodes the body of a callback.
#[derive(Debug)]
pub(crate) struct CallbackExample {
    /// The type of the body.
    pub ty: RustType,
    /// The cargo feature that it needs.
    pub feature: Option<&'static str>,
}

/// A function that decodes the body of any webhook.
#[derive(Debug, Clone)]
pub(crate) struct WebhookExample {
    /// A variant of the enum.
    pub variant: String,
    /// The sentences about names.
    spelling: String,
    /// The cargo feature that it needs.
    pub feature: Option<String>,
}

impl WebhookDocs {
    pub(in crate::plan) fn new(
        api: &Api,
        types: &Types<'_>,
        modules: &[Module],
        webhooks: Option<&WebhookEnum>,
    ) -> Self {
        let bodies = api
            .webhooks
            .iter()
            .filter_map(|webhook| Some((webhook.name.clone(), webhook.callback, json_body(webhook, types)?)));
        let webhook_example = webhooks.and_then(|webhooks| {
            let variant = webhooks.plainest()?.variant.clone();
            let spelling = spelling(&webhooks.variants);
            Some(WebhookExample { variant, spelling, feature: webhooks.feature.clone() })
        });
        let features = ["webhooks", "callbacks"].map(|name| feature(modules, name));
        Self { bodies: bodies.collect(), features, webhook_example }
    }

    /// The list of the bodies of callbacks for the documentation of `models`. Empty where the root has it.
    pub(in crate::plan) fn callback_list(&self) -> Vec<Overview> {
        let callbacks: Vec<_> = self.bodies.iter().filter(|(_, callback, _)| *callback).collect();
        if callbacks.is_empty() || self.bodies.len() <= MAX {
            return Vec::new();
        }
        let head = ["", "# Callbacks", "", "The bodies of the callbacks:", ""].map(str::to_owned);
        std::iter::once(Overview::Lines(head.to_vec()))
            .chain(callbacks.into_iter().map(|body| self.item(body)))
            .collect()
    }

    /// The title of a section about the bodies, and the words for the requests; none where there is no body.
    fn senders(&self) -> Option<(&'static str, &'static str)> {
        let is_any = |callback: bool| self.bodies.iter().any(|(_, is_callback, _)| *is_callback == callback);
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
        let callback = self.bodies.iter().find(|(_, callback, _)| *callback);
        let webhooks = self.webhook_example.as_ref().map_or_else(String::new, |example| {
            let spelling = &example.spelling;
            format!(" Then `webhooks::Webhook::decode` decodes the body by the name of the webhook. {spelling}")
        });
        let text = format!(
            "The API also sends requests to your program: the {senders} of the description. The crate has types for their \
            bodies{}. Your HTTP server checks the signature of a request first: the crate does not.{webhooks}{}",
            self.needed(),
            if callback.is_some() { CALLBACKS } else { "" },
        );
        let mut parts = vec![Overview::Lines([vec![String::new()], wrapped(&text, "")].concat())];
        parts.push(match (&self.webhook_example, callback) {
            (Some(webhook_example), _) => Overview::Webhook(webhook_example.clone()),
            (None, Some((_, callback, ty))) => {
                Overview::Callback(CallbackExample { ty: ty.clone(), feature: self.feature(*callback) })
            }
            (None, None) => return None,
        });
        parts.push(Overview::Lines(vec![String::new()]));
        if self.bodies.len() <= MAX {
            parts.extend(self.bodies.iter().map(|body| self.item(body)));
            return Some((title, parts));
        }
        let webhooks = self.webhook_example.is_some().then_some("The enum `webhooks::Webhook` lists the webhooks.");
        let callbacks = callback.map(|_| "[`models`] lists the types by the names of the callbacks.");
        let lists: Vec<&str> = webhooks.into_iter().chain(callbacks).collect();
        parts.push(Overview::Lines(wrapped(&lists.join(" "), "")));
        Some((title, parts))
    }

    fn item(&self, (name, callback, ty): &(String, bool, RustType)) -> Overview {
        let name = docs::escape_inline(&docs::one_line(name));
        let line = match type_in_words(ty) {
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
        let needed = [false, true]
            .into_iter()
            .filter(|callback| self.bodies.iter().any(|(_, is_callback, _)| is_callback == callback));
        let needed: Vec<&str> = needed.filter_map(|callback| self.feature(callback)).collect();
        match needed.as_slice() {
            [] => String::new(),
            [one] => format!(" (cargo feature `{one}`)"),
            several => format!(" (cargo features `{}`)", several.join("`, `")),
        }
    }

    fn feature(&self, callback: bool) -> Option<&'static str> {
        let [webhooks, callbacks] = self.features;
        if callback { callbacks } else { webhooks }
    }
}
