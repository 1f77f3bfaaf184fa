//! Words of a title with capitals inside: names of products are one word in the name of a package. Knows letters; does not know
//! the title.

use super::words::snake;

/// A longer word is not the name of a product.
const MAX_PARTS: usize = 3;

/// Last parts of identifiers in titles, such as `StorageManagementClient` and `ExampleAPI`, which are separate words.
const ENDS: [&str; 5] = ["api", "client", "server", "service", "services"];

/// A name of a product that has such an end.
const OPENAPI: &str = "openapi";

/// The text with each name of a product in lower case: `GitHub` and `OpenAI` are one word, as their owners write them in names
/// of packages. The word alone decides, so that all titles treat it equally.
pub(super) fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        joined.push_str(&if is_one_word(word) { word.to_lowercase() } else { word.to_owned() });
        joined.push_str(part.get(word.len()..).unwrap_or_default());
    }
    joined
}

fn is_one_word(word: &str) -> bool {
    let snake = snake(word);
    let parts: Vec<&str> = snake.split('_').collect();
    let is_identifier = parts.last().is_some_and(|last| ENDS.contains(last)) && parts.concat() != OPENAPI;
    parts.len() > 1 && parts.len() <= MAX_PARTS && !is_identifier
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn names_of_products_are_one_word() {
        for (title, expected) in [
            ("GitHub v3 REST API", "github v3 REST API"),
            ("OpenAI, PagerDuty & YouTube", "openai, pagerduty & youtube"),
            ("DigitalOcean-API", "digitalocean-API"),
            ("The SureVoIP RESTful APIs", "The surevoip restful APIs"),
            ("iQualify", "iqualify"),
            ("CarbonDoomsDay", "carbondoomsday"),
            ("OpenAPI Petstore", "openapi Petstore"),
            ("StorageManagementClient", "StorageManagementClient"),
            ("ExampleAPI", "ExampleAPI"),
            ("TheWholeBillingSystemOfUs", "TheWholeBillingSystemOfUs"),
        ] {
            assert_eq!(joined(title), expected, "{title}");
        }
    }
}
