//! The documentation of the generated crate's root, and the text about the API in its README. Knows planned groups and
//! schemes; must not know tokens.
//!
//! The README has the whole description. The documentation of the root has the first paragraphs and the links.

mod builder;
mod calls;
mod limits;
mod testing;
mod values;
mod webhooks;

use super::Client;
use super::cargo_features::CargoFeature;
use super::docs;
use super::models::Model;
use super::operations::Group;
use super::security::{Scheme, SchemeForm, Takes};
use super::usage_example::{Snippet, Snippets};
pub(crate) use builder::TOKEN_HEADER;
pub(super) use builder::client_docs;
pub(super) use calls::call_docs;
use calls::calls;
pub(super) use testing::testing_docs;
pub(super) use webhooks::WebhookDocs;
pub(crate) use webhooks::{CallbackExample, WebhookExample};

/// A part of the documentation of the crate's root.
#[derive(Debug)]
pub(crate) enum Overview {
    /// Lines of Markdown.
    Lines(Vec<String>),
    /// A line that links to items behind all of these cargo features.
    Gated(Vec<String>, String),
    /// A program, or a function of one.
    Snippet(Snippet),
    /// A function that decodes the body of a callback.
    Callback(CallbackExample),
    /// A function that decodes the body of any webhook.
    Webhook(WebhookExample),
}

/// Maximum number of paragraphs of the description, without its title.
const PARAGRAPHS: usize = 3;

/// Maximum number of lines of these paragraphs together. The first paragraph is always whole.
const LINES: usize = 24;

/// Maximum number of columns of a line of prose.
const WIDTH: usize = 110;

/// Longest description of a group in the list of groups, in characters.
const LONGEST: usize = 140;

/// The contents of the crate that the documentation of the root names.
pub(super) struct Contents<'p> {
    /// Title and description, as documentation.
    pub about: &'p [String],
    /// The version of the API in the description.
    pub version: &'p str,
    pub package: &'p str,
    pub groups: &'p [Group],
    pub models: &'p [Model],
    pub client: &'p Client,
    pub preview: Option<&'p str>,
    pub cargo_features: &'p [CargoFeature],
    pub snippets: &'p Snippets,
    pub webhooks: &'p WebhookDocs,
}

/// The documentation of the root.
pub(super) fn overview(contents: &Contents<'_>) -> Vec<Overview> {
    let Contents { about, version, package, groups, models, client, preview, cargo_features, snippets, webhooks } =
        contents;
    let mut parts = Parts { list: vec![Overview::Lines(start(about))], snippets };
    parts.text(&source(version, client));
    if snippets.has(Snippet::FirstCall) {
        parts.section("First call", &[]);
        parts.snippet(Snippet::FirstCall);
        let read = if client.environment().is_empty() {
            ""
        } else {
            "[`Client::from_env`] reads the environment variables that it lists. [`Client::builder`] takes their values \
            and all other settings as arguments. "
        };
        parts.text(&format!("{read}`examples/` has a program for each group of operations."));
    } else {
        parts.text("Start with [`Client`].");
    }
    parts.section("Authentication", &authentication(client, package));
    parts.calls(groups, models, client);
    parts.section("Time limits and retries", &limits::limits());
    let errors = "A failed call returns an [`Error`]. [`Error::kind`] is the kind of the failure, [`Error::status`] the status \
        of the response, if there was one, [`Error::api`] the error body that the description documents, and [`Error::raw_body`] the body as it was received. Methods like \
        [`Error::is_not_found`] and [`Error::is_timeout`] test for one status or kind. `Display` writes one line with the \
        method, the path, the status and the message of the server.";
    parts.section("Errors", &wrapped(errors, ""));
    parts.snippet(Snippet::Failure);
    let values = values::values(models, client, snippets.has(Snippet::Items));
    if !values.is_empty() {
        parts.section("Unknown and missing values", &values);
    }
    if let Some((title, webhooks)) = webhooks.section() {
        parts.section(title, &[]);
        parts.list.extend(webhooks);
    }
    parts.section("Types", &types(client));
    parts.section("Cargo features", &features(cargo_features));
    parts.section("Operations", &operations(groups, *preview));
    let links = groups.iter().filter(|group| !group.on_client).map(|group| {
        let line = format!("- [`Client::{}`]: {}", group.module, group_summary(group));
        if group.needs.is_empty() { Overview::Lines(vec![line]) } else { Overview::Gated(group.needs.clone(), line) }
    });
    parts.list.extend(links);
    parts.list
}

/// The parts of the documentation, in order.
struct Parts<'s> {
    list: Vec<Overview>,
    snippets: &'s Snippets,
}

impl Parts<'_> {
    fn section(&mut self, title: &str, lines: &[String]) {
        let blank = (!lines.is_empty()).then(String::new);
        let head = [String::new(), format!("# {title}")].into_iter().chain(blank);
        self.list.push(Overview::Lines(head.chain(lines.iter().cloned()).collect()));
    }

    fn text(&mut self, text: &str) {
        self.list.push(Overview::Lines([vec![String::new()], wrapped(text, "")].concat()));
    }

    /// Adds a program, if the description has an operation for it.
    fn snippet(&mut self, snippet: Snippet) {
        if self.snippets.has(snippet) {
            self.list.push(Overview::Snippet(snippet));
        }
    }

    /// Adds the section about calls: their methods, and a program for each kind of operation.
    fn calls(&mut self, groups: &[Group], models: &[Model], client: &Client) {
        let first = format!(
            "An operation returns a [`Call`]. Optional parameters are methods of the call.{} [`ClientBuilder`] sets options for every \
            call of the client. A call has these methods:",
            calls::paths(groups)
        );
        self.section("Calls", &[wrapped(&first, ""), vec![String::new()], calls(groups, client)].concat());
        for (snippet, title, text) in [
            (
                Snippet::Body,
                "Request bodies",
                &*format!(
                    "A type of [`models`] has `new`, which takes the required fields{}, or `default()` if there are none.{} \
                    `with_…` sets an optional field.{} The types also work with serde.",
                    values::presets(models),
                    values::arguments(models, groups),
                    values::null_setters(models)
                ),
            ),
            (
                Snippet::Items,
                "Pagination",
                &*format!(
                    "The client requests each page of a paginated list when the program needs it. [`Call::items`] returns the items \
                    of all pages, [`Call::pages`] whole pages with their headers.{}",
                    calls::page_size(groups)
                ),
            ),
            (Snippet::Stream, "Streams", "A stream returns each value as it arrives."),
        ] {
            if self.snippets.has(snippet) {
                self.section(title, &wrapped(text, ""));
                self.snippet(snippet);
            }
        }
    }
}

/// The text of the description, and the list of the operations in preview.
pub(super) fn readme(about: &[String], groups: &[Group], preview: Option<&str>) -> Vec<String> {
    let mut lines = about.to_vec();
    let previews = previews(groups);
    if !previews.is_empty() {
        let behind = preview.map_or_else(String::new, |feature| format!(", behind the cargo feature `{feature}`"));
        let head = format!("Preview operations, which may change without notice{behind}:");
        docs::add_notes(&mut lines, [head]);
        lines.push(String::new());
        lines.extend(previews.iter().map(|call| format!("- `{call}`")));
    }
    lines
}

/// The calls of the operations in preview.
fn previews(groups: &[Group]) -> Vec<String> {
    let lines_of = |group: &Group| {
        let operations = group.operations.iter().filter(|operation| operation.preview);
        operations.map(|operation| group.call_expression(&operation.name)).collect::<Vec<_>>()
    };
    groups.iter().flat_map(lines_of).collect()
}

/// The title and the first paragraphs, up to the first heading, list, table or block of code.
fn start(about: &[String]) -> Vec<String> {
    let blocks: Vec<&[String]> = about.split(String::is_empty).filter(|block| !block.is_empty()).collect();
    let mut taken: Vec<&[String]> = Vec::new();
    let mut lines = 0;
    for block in blocks.iter().take(1 + PARAGRAPHS) {
        lines += block.len();
        if !taken.is_empty() && (!is_prose(block) || taken.len() > 1 && lines > LINES) {
            break;
        }
        taken.push(block);
    }
    let is_cut = taken.len() < blocks.len();
    // A paragraph that introduces a list says nothing without the list.
    let introduces = |block: &[String]| block.last().is_some_and(|line| line.ends_with(':'));
    while is_cut && taken.len() > 1 && taken.last().is_some_and(|block| introduces(block)) {
        taken.pop();
    }
    let mut start = taken.join(&String::new());
    if is_cut {
        start.extend([String::new(), "`README.md` has the whole text.".to_owned()]);
    }
    start
}

/// Returns true for a paragraph: no heading, list, table, quote or block of code.
pub(super) fn is_prose(block: &[String]) -> bool {
    let first = block.first().map(String::as_str).unwrap_or_default();
    let is_numbered = first.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ");
    !is_numbered && !["#", "- ", "* ", "|", "```", "~~~", ">", " "].iter().any(|sign| first.starts_with(sign))
}

/// The sentences about the description: its version and its server.
fn source(version: &str, client: &Client) -> String {
    let code = |text: &str| format!("`{}`", docs::escape_inline(&docs::one_line(text)));
    let version = if version.trim().is_empty() { String::new() } else { format!(", version {}", code(version)) };
    let server = client.server.starts_with("http").then(|| format!(" The server is {}.", code(&client.server)));
    format!(
        "This crate is generated from the OpenAPI description of the API{version}. In these docs, \"the description\" means that file.{}",
        server.unwrap_or_default()
    )
}

/// The builder with its credentials, and a line for each security scheme: the methods that set it, and its environment variable.
/// Without a scheme, the header that a caller can set.
fn authentication(client: &Client, package: &str) -> Vec<String> {
    let (text, lines) = if client.has_schemes() {
        let text = "The client sends the credentials that it has with the operations that require them:";
        let lines = client.schemes.iter().flat_map(|scheme| wrapped(&how_to_set(scheme), "  "));
        (text, [vec![String::new()], lines.collect()].concat())
    } else {
        let text = "The OpenAPI description defines no security scheme. If the API needs a key or a token, [`ClientBuilder::header`] sends \
            it with every request:";
        let expiring =
            "A token that expires needs a [hook](runtime::client::hook::Hook), which sets the header of each request.";
        (text, [vec![String::new()], wrapped(expiring, "")].concat())
    };
    [wrapped(text, ""), vec![String::new()], builder::program(client, package), lines].concat()
}

/// The methods that set the credential of a security scheme, and its environment variable.
fn how_to_set(scheme: &Scheme) -> String {
    let name = docs::escape_inline(&docs::one_line(&scheme.wire));
    let code = |text: &str| format!("`{}`", docs::escape_inline(text));
    let kind = match &scheme.kind {
        SchemeForm::Header(header) => format!("an API key in the header {}", code(header)),
        SchemeForm::Query(key) => format!("an API key in the query parameter {}", code(key)),
        SchemeForm::Cookie(cookie) => format!("an API key in the cookie {}", code(cookie)),
        SchemeForm::Basic => "a user name and a password".to_owned(),
        SchemeForm::Bearer => "a bearer token".to_owned(),
        SchemeForm::OAuth { .. } => "an OAuth 2.0 access token".to_owned(),
        SchemeForm::OpenId { .. } => "an OpenID Connect token".to_owned(),
        SchemeForm::Other => return format!("- `{name}`: only the transport can implement this scheme."),
    };
    let setters = scheme.setters.iter().filter(|setter| setter.takes != Takes::Source);
    let mut ways: Vec<String> = setters.map(|setter| format!("[`ClientBuilder::{}`]", setter.name)).collect();
    ways.extend(scheme.env.as_ref().map(|env| format!("the environment variable `{env}`")));
    let last = ways.pop().unwrap_or_default();
    let ways = if ways.is_empty() { last } else { format!("{} or {last}", ways.join(", ")) };
    format!("- `{name}`, {kind}: {ways}.")
}

/// A paragraph in lines of usual length; all but the first are indented.
pub(super) fn wrapped(text: &str, indent: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{indent}{word}")),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The types at the root, and the modules of the others.
fn types(client: &Client) -> Vec<String> {
    let mut names: Vec<&str> =
        vec!["Client", "ClientBuilder", "Call", "Response", "RawResponse", "Error", "ConfigError", "DecodeError"];
    names.extend(client.variables.iter().filter_map(|variable| variable.enum_name.as_deref()));
    let links: Vec<String> = names.iter().map(|name| format!("[`{name}`]")).collect();
    let auth = if client.has_setters() { " [`auth`] has the types of credentials." } else { "" };
    let text = format!(
        "The root has {} and [`Maybe`].{auth} [`models`] has the types of the description, [`api`] the operations and \
        their own types, and [`runtime`] all other types.",
        links.join(", ")
    );
    wrapped(&text, "")
}

fn features(features: &[CargoFeature]) -> Vec<String> {
    let line = |feature: &CargoFeature| {
        let default = if feature.is_default { " (default)" } else { "" };
        wrapped(&format!("- `{}`{default}: {}.", feature.name, feature.adds), "  ")
    };
    features.iter().flat_map(line).collect()
}

/// The text before the list of groups.
fn operations(groups: &[Group], preview: Option<&str>) -> Vec<String> {
    let on_client: usize = groups.iter().filter(|group| group.on_client).map(|group| group.operations.len()).sum();
    let mut lines = Vec::new();
    lines.push(match on_client {
        0 => "Each group of operations is a method of [`Client`].".to_owned(),
        1 => "The operation of the API is a method of [`Client`].".to_owned(),
        number => format!("The {number} operations of the API are methods of [`Client`]."),
    });
    let previews = previews(groups).len();
    if previews > 0 {
        let behind = preview.map_or_else(String::new, |feature| format!(", behind the cargo feature `{feature}`"));
        let verb = if previews == 1 { "is" } else { "are" };
        lines.push(format!("{} {verb} in preview and may change without notice{behind}.", count(previews)));
    }
    if on_client == 0 || groups.len() > 1 {
        lines.push(String::new());
    }
    lines
}

/// The first paragraph about a group, if it is short, and the number of its operations.
#[must_use]
pub(crate) fn group_summary(group: &Group) -> String {
    let first = group.docs.split(String::is_empty).next().unwrap_or_default();
    let text = first.join(" ");
    let is_sentence = text.ends_with(['.', '!', '?']);
    let is_shown = text.chars().count() <= LONGEST
        && is_prose(first)
        && (is_sentence || text.ends_with(|c: char| c.is_alphanumeric() || c == ')'));
    let number = count(group.operations.len());
    let end = if is_sentence { "" } else { "." };
    if is_shown { format!("{text}{end} {number}.") } else { format!("{number}.") }
}

fn count(operations: usize) -> String {
    if operations == 1 { "1 operation".to_owned() } else { format!("{operations} operations") }
}

#[cfg(test)]
mod tests {
    use super::start;

    #[test]
    fn starts_with_the_first_paragraphs() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let end = "\n\n`README.md` has the whole text.";
        for (about, expected) in [
            ("Pets", "Pets".to_owned()),
            ("Pets\n\nOne\ntwo.\n\nThree.", "Pets\n\nOne\ntwo.\n\nThree.".to_owned()),
            ("Pets\n\nOne.\n\n# Errors\n\nTwo.", format!("Pets\n\nOne.{end}")),
            ("Pets\n\nOne.\n\nThe parts:\n\n- a\n- b", format!("Pets\n\nOne.{end}")),
            ("Pets\n\nA.\n\nB.\n\nC.\n\nD.", format!("Pets\n\nA.\n\nB.\n\nC.{end}")),
            ("Pets\n\n```text\na\n\nb\n```", format!("Pets{end}")),
        ] {
            assert_eq!(start(&lines(about)), lines(&expected), "{about}");
        }
    }
}
