//! The built book of `docs/`: its links lead somewhere, and its search finds the words of newcomers. Needs mdBook, which `.ci/book`
//! installs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Words of newcomers, each with a page that has it in one line with the word of these docs.
const WORDS: [(&str, &str, &str); 13] = [
    ("nullable", "models", "`Maybe<T>`"),
    ("nullable", "questions", "`Maybe`"),
    ("middleware", "client", "`hook`"),
    ("middleware", "questions", "[hook]"),
    ("logging", "questions", "spans"),
    ("Logging", "calls", "`tracing`"),
    ("mock", "testing", "`testing::MockServer`"),
    ("mock", "questions", "`clientsmith mock`"),
    ("serde", "models", "`Serialize`"),
    ("wasm", "transports", "fetch"),
    ("oneOf", "models", "[unions]"),
    ("SSE", "questions", "[streams]"),
    ("semver", "questions", "`clientsmith diff`"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

#[test]
fn pages_have_the_words_of_newcomers() {
    for (word, page, own) in WORDS {
        let text = fs::read_to_string(root().join(format!("docs/{page}.md"))).unwrap();
        let is_found = text.lines().any(|line| line.contains(word) && line.contains(own));
        assert!(is_found, "docs/{page}.md has no line with `{word}` and {own}");
    }
}

/// mdBook in the path, or where `.ci/book` installs it.
fn mdbook() -> Option<PathBuf> {
    let script = fs::read_to_string(root().join(".ci/book")).unwrap();
    let version = script.lines().find_map(|line| line.strip_prefix("version=")).unwrap();
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".cache")))?;
    let installed = cache.join(format!("clientsmith/mdbook-{version}/bin/mdbook"));
    let found = [installed, "mdbook".into()];
    found.into_iter().find(|path| Command::new(path).arg("--version").output().is_ok_and(|done| done.status.success()))
}

/// The values of an attribute in HTML.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|part| part.split('"').next()).collect()
}

/// The pages of the book by their paths.
fn built(book: &Path) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for folder in ["", "decisions"] {
        for entry in fs::read_dir(book.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(book).unwrap().display().to_string();
            // `print.html` has all pages, and `404.html` is shown at any path.
            if name.ends_with(".html") && name != "print.html" && name != "404.html" {
                pages.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    pages
}

#[test]
fn links_of_the_book_lead_somewhere_and_its_search_finds_words() {
    let Some(mdbook) = mdbook() else {
        println!("SKIPPED: mdBook is not installed; .ci/book installs it");
        return;
    };
    let book = root().join("target/book");
    let done = Command::new(mdbook).arg("build").arg(root().join("docs")).arg("-d").arg(&book).output().unwrap();
    let messages = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && !messages.contains("WARN"), "{messages}");
    let pages = built(&book);
    let chapters = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap().matches("](").count();
    // `index.html` is the first chapter once more, and `toc.html` the list of chapters.
    assert_eq!(pages.len(), chapters + 2);
    let anchors: BTreeMap<&String, BTreeSet<&str>> =
        pages.iter().map(|(name, html)| (name, values(html, "id").into_iter().collect())).collect();
    let (mut faults, mut count) = (String::new(), 0);
    for (name, html) in &pages {
        let links = ["href", "src"].into_iter().flat_map(|attribute| values(html, attribute));
        for link in links.filter(|link| !link.contains(':')) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = super::links::target(name, path);
            let has_anchor = anchor.is_empty() || anchors.get(&target).is_some_and(|page| page.contains(anchor));
            if !book.join(&target).exists() || !has_anchor {
                faults.push_str(&format!("{name}: {link}\n"));
            }
            count += 1;
        }
    }
    assert!(count > 1000, "{count}");
    assert!(faults.is_empty(), "links of the book that lead nowhere:\n{faults}");
    search_finds_words(&book);
}

/// The search has the words in a section of the page.
fn search_finds_words(book: &Path) {
    let mut files = fs::read_dir(book).unwrap().map(|entry| entry.unwrap().path());
    let index = files.find(|path| path.file_name().unwrap().to_str().unwrap().starts_with("searchindex")).unwrap();
    let text = fs::read_to_string(index).unwrap();
    let json = text.split("JSON.parse('").nth(1).unwrap().rsplit_once("')").unwrap().0;
    let index: serde_json::Value = serde_json::from_str(&json.replace("\\'", "'").replace("\\\\", "\\")).unwrap();
    let urls = index["doc_urls"].as_array().unwrap();
    for (word, page, _) in WORDS {
        let is_found = urls.iter().enumerate().any(|(number, url)| {
            let section = &index["index"]["documentStore"]["docs"][number.to_string()];
            let has = |part: &str| {
                section[part].as_str().is_some_and(|text| text.to_lowercase().contains(&word.to_lowercase()))
            };
            url.as_str().unwrap().starts_with(&format!("{page}.html")) && (has("body") || has("title"))
        });
        assert!(is_found, "the search does not find `{word}` in {page}.html");
    }
}
