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
    /// Number of summaries that are too long.
    pub(crate) long: usize,
}

/// The faults in all Rust files of a crate, without its runtime.
pub(crate) fn faults<'f>(files: impl Iterator<Item = (&'f String, &'f String)>) -> Faults {
    let mut faults = Faults::default();
    let rust = files.filter(|(path, _)| path.ends_with(".rs") && !path.contains("/runtime"));
    for comment in rust.flat_map(|(_, text)| comments(text)) {
        let tags = comment.match_indices("\\<").filter(|(at, _)| {
            let name = comment[at + 2..].trim_start_matches('/');
            let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
            TAGS.contains(&name[..end].to_lowercase().as_str()) && name[end..].starts_with([' ', '\\', '/', '\n'])
        });
        faults.tags.extend(tags.map(|_| comment.clone()));
        let summary = comment.split("\n\n").next().unwrap_or_default();
        // Only the generator writes this one; descriptions begin with "Deprecated." themselves.
        if summary.starts_with("**Preview.**") && comment.contains("\n\n") {
            faults.notes.push(comment.clone());
        }
        faults.long +=
            usize::from(summary.chars().count() > LONG && !summary.contains("\n- ") && !summary.contains("\n|"));
    }
    faults
}

/// Every documentation comment of a file.
fn comments(text: &str) -> Vec<String> {
    let mut comments: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let bare = line.trim_start();
        let words = bare.strip_prefix("///").or_else(|| bare.strip_prefix("//!"));
        match (words, comments.last_mut()) {
            (Some(words), Some(comment)) if open => {
                comment.push('\n');
                comment.push_str(words.strip_prefix(' ').unwrap_or(words));
            }
            (Some(words), _) => comments.push(words.trim_start().to_owned()),
            (None, _) => {}
        }
        open = words.is_some();
    }
    comments
}
