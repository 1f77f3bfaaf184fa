//! The text about the API, from its title and description, which says nothing twice. Knows the name of the package; does not know
//! the rest of the documentation.

use super::docs;
use super::overview::is_prose;
use std::collections::BTreeSet;

/// The text about the API, in lines of Markdown.
pub(super) struct About {
    /// Title and description.
    whole: Vec<String>,
    /// The description.
    description: Vec<String>,
    /// True if the name of the package says the title.
    is_title_in_name: bool,
}

/// Words that say nothing about one API.
const FILLERS: [&str; 34] = [
    "a",
    "an",
    "api",
    "apis",
    "and",
    "by",
    "definition",
    "describes",
    "description",
    "docs",
    "document",
    "documentation",
    "for",
    "http",
    "is",
    "of",
    "official",
    "openapi",
    "public",
    "reference",
    "rest",
    "restful",
    "s",
    "service",
    "services",
    "spec",
    "specification",
    "swagger",
    "the",
    "this",
    "to",
    "v1",
    "web",
    "welcome",
];

impl About {
    pub(super) fn new(title: &str, description: Option<&str>, package: &str) -> Self {
        let description = without_title(description.unwrap_or_default(), title);
        let title_words = words(title);
        let is_title_in_name =
            says_no_more(&title_words, &words(package)) && title_words.iter().any(|word| words(package).contains(word));
        let whole = docs::of(title, Some(description));
        Self { whole, description: docs::of("", Some(description)), is_title_in_name }
    }

    /// The text below the heading of the README, which is the name of the package.
    pub(super) fn readme(&self) -> &[String] {
        if self.is_title_in_name { &self.description } else { &self.whole }
    }

    /// The documentation of the root, which begins with a sentence. Rustdoc shows the name of the crate above it.
    pub(super) fn root(&self) -> &[String] {
        let first = self.description.split(String::is_empty).next().unwrap_or_default();
        let begins = !first.is_empty() && is_prose(first);
        if self.is_title_in_name && begins { &self.description } else { &self.whole }
    }
}

/// A description without first sentences and headings that only repeat the title.
fn without_title<'d>(description: &'d str, title: &str) -> &'d str {
    let mut rest = description.trim_start();
    loop {
        let block = rest.split("\n\n").next().unwrap_or_default();
        let line = block.split('\n').next().unwrap_or_default();
        let sentence = if line.starts_with('#') { line } else { docs::first_sentence(block) };
        let is_plain = !sentence.contains("](") && !sentence.contains("://");
        if sentence.trim().is_empty() || !is_plain || !says_no_more(&words(sentence), &words(title)) {
            return rest;
        }
        rest = rest.get(sentence.len()..).unwrap_or_default().trim_start();
    }
}

/// Returns true if the words have no content beside known ones.
fn says_no_more(words: &BTreeSet<String>, known: &BTreeSet<String>) -> bool {
    words.iter().all(|word| known.contains(word) || FILLERS.contains(&word.as_str()))
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::About;

    fn texts(title: &str, description: &str, package: &str) -> [String; 2] {
        let about = About::new(title, Some(description), package);
        [about.readme().join("\n"), about.root().join("\n")]
    }

    #[test]
    fn title_stands_once() {
        for (title, description, package, readme, root) in [
            ("Pet shop", "Sells pets.", "pet-shop", "Sells pets.", "Sells pets."),
            ("Pet shop", "Sells pets.", "acme", "Pet shop\n\nSells pets.", "Pet shop\n\nSells pets."),
            ("Pet shop API", "", "pet-shop", "", "Pet shop API"),
            ("Pet shop", "- pets\n- toys", "pet-shop", "- pets\n- toys", "Pet shop\n\n- pets\n- toys"),
            ("GitHub v3 REST API", "GitHub's v3 REST API.", "github", "GitHub v3 REST API", "GitHub v3 REST API"),
            ("Stripe API", "The Stripe REST API. Has payments.", "stripe", "Has payments.", "Has payments."),
            (
                "Shop",
                "# The Shop API\n\nThis is the Shop API. It sells.",
                "acme",
                "Shop\n\nIt sells.",
                "Shop\n\nIt sells.",
            ),
            ("Shop", "The Shop API sells.", "acme", "Shop\n\nThe Shop API sells.", "Shop\n\nThe Shop API sells."),
            (
                "Shop",
                "[Shop](https://a.example)",
                "x",
                "Shop\n\n[Shop](https://a.example)",
                "Shop\n\n[Shop](https://a.example)",
            ),
            ("Web API", "Pays.", "acme", "Web API\n\nPays.", "Web API\n\nPays."),
        ] {
            assert_eq!(texts(title, description, package), [readme, root], "{title}: {description}");
        }
    }
}
