//! Documentation comments of a generated crate, and their faults.

/// Tags of HTML that become Markdown.
const TAGS: [&str; 23] = [
    "a", "br", "p", "ul", "ol", "li", "b", "strong", "i", "em", "code", "pre", "sup", "sub", "table", "tr", "th", "td",
    "h1", "h2", "h3", "h4", "h5",
];

/// Longest summary in characters.
const LONG: usize = 1000;

/// The faults of documentation comments.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    /// Comments with an HTML tag that is shown as text.
    pub(crate) tags: Vec<String>,
    /// Summaries that begin with a note.
    pub(crate) notes: Vec<String>,
    /// Comments that only repeat the identifier of their item, with the identifier.
    pub(crate) fillers: Vec<String>,
    /// Number of summaries that are too long.
    pub(crate) long: usize,
}

/// The faults in all Rust files of a crate, without its runtime.
pub(crate) fn faults<'f>(files: impl Iterator<Item = (&'f String, &'f String)>) -> Faults {
    let mut faults = Faults::default();
    let rust = files.filter(|(path, _)| path.ends_with(".rs") && !path.contains("/runtime"));
    for (comment, identifier) in rust.flat_map(|(_, text)| comments(text)) {
        if is_filler(&comment, &identifier) {
            faults.fillers.push(format!("{identifier}: {comment}"));
        }
        let tags = comment.match_indices("\\<").filter(|(at, _)| {
            let name = comment[at + 2..].trim_start_matches('/');
            let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
            TAGS.contains(&name[..end].to_lowercase().as_str()) && name[end..].starts_with([' ', '\\', '/', '\n'])
        });
        faults.tags.extend(tags.map(|_| comment.clone()));
        let summary = comment.split("\n\n").next().unwrap_or_default();
        // Only the generator writes this note. Descriptions may begin with "Deprecated." themselves.
        if summary.starts_with("**Preview.**") && comment.contains("\n\n") {
            faults.notes.push(comment.clone());
        }
        faults.long +=
            usize::from(summary.chars().count() > LONG && !summary.contains("\n- ") && !summary.contains("\n|"));
    }
    faults
}

/// Returns true if a comment of the generator only repeats the identifier.
fn is_filler(comment: &str, identifier: &str) -> bool {
    let letters = |text: &str| text.to_lowercase().replace(['_', '-'], "");
    let name = comment.strip_prefix('`').and_then(|rest| rest.strip_suffix("`."));
    let is_name = |name: &str| {
        let name = letters(name.rsplit("::").next().unwrap_or_default());
        !identifier.is_empty() && (name == letters(identifier) || letters(identifier) == format!("with{name}"))
    };
    comment == "The body." || name.is_some_and(is_name)
}

/// The identifier in the first line of an item.
fn identifier(line: &str) -> String {
    let mut words = line.trim_start().split(|c: char| !c.is_alphanumeric() && c != '_');
    words
        .find(|word| !["pub", "fn", "const", "struct", "enum", "mod", "type"].contains(word))
        .unwrap_or_default()
        .into()
}

/// Every documentation comment of a file, with the identifier of its item.
fn comments(text: &str) -> Vec<(String, String)> {
    let mut comments: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let bare = line.trim_start();
        let words = bare.strip_prefix("///").or_else(|| bare.strip_prefix("//!"));
        match (words, comments.last_mut()) {
            (Some(words), Some((comment, _))) if open => {
                comment.push('\n');
                comment.push_str(words.strip_prefix(' ').unwrap_or(words));
            }
            (Some(words), _) => comments.push((words.trim_start().to_owned(), String::new())),
            (None, Some((_, item))) if item.is_empty() && !bare.starts_with("#[") => *item = identifier(bare),
            (None, _) => {}
        }
        open = words.is_some();
    }
    comments
}
