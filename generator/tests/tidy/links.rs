//! Each relative link of the hand-written pages names a file, and its anchor a heading of this file. Pages in `docs/` are the
//! chapters of `docs/SUMMARY.md`, and link to nothing outside of `docs/`, which the built book does not have.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The links and anchors of a page.
struct Page {
    /// Relative links, with their lines.
    links: Vec<(String, usize)>,
    /// The anchors of its headings.
    anchors: BTreeSet<String>,
}

/// A heading as the anchor that GitHub and mdBook give it: letters, digits, `-` and `_`, with `-` for spaces.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    letters.collect::<String>().to_lowercase().replace(' ', "-")
}

fn page(text: &str) -> Page {
    let mut page = Page { links: Vec::new(), anchors: BTreeSet::new() };
    let mut heading: Option<String> = None;
    let mut count = BTreeMap::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url: link, .. } | Tag::Image { dest_url: link, .. })
                if !link.contains("://") && !link.starts_with("mailto:") =>
            {
                page.links.push((link.to_string(), text[..range.start].matches('\n').count() + 1));
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let own = anchor(&heading.take().unwrap());
                let number: &mut usize = count.entry(own.clone()).or_default();
                page.anchors.insert(if *number == 0 { own } else { format!("{own}-{number}") });
                *number += 1;
            }
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|heading| heading.push_str(&text)),
            _ => {}
        }
    }
    page
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The hand-written pages by their paths from the root.
fn pages() -> BTreeMap<String, Page> {
    let mut names = Vec::new();
    for folder in ["", "docs", "docs/decisions", "findings", "generator", "cli", "runtime", "playground"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "md") {
                names.push(path.strip_prefix(root()).unwrap().display().to_string());
            }
        }
    }
    let pages = names.into_iter().map(|name| {
        let text = fs::read_to_string(root().join(&name)).unwrap();
        (name, page(&text))
    });
    pages.collect()
}

/// The path of a link of a page, from the root.
pub(super) fn target(name: &str, link: &str) -> String {
    let mut parts: Vec<&str> = name.split('/').collect();
    if !link.is_empty() {
        parts.pop();
        for part in Path::new(link).components() {
            match part {
                Component::ParentDir => drop(parts.pop()),
                other => parts.push(other.as_os_str().to_str().unwrap()),
            }
        }
    }
    parts.join("/")
}

#[test]
fn links_of_pages_name_files_and_headings() {
    let pages = pages();
    assert!(pages.len() > 70);
    let (mut faults, mut count) = (String::new(), 0);
    for (name, page) in &pages {
        for (link, line) in &page.links {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = target(name, path);
            let is_inside = !name.starts_with("docs/") || target.starts_with("docs/");
            let has_anchor = anchor.is_empty() || pages.get(&target).is_some_and(|page| page.anchors.contains(anchor));
            if !is_inside || !root().join(&target).exists() || !has_anchor {
                faults.push_str(&format!("{name}:{line}: {link}\n"));
            }
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
    assert!(faults.is_empty(), "links that lead nowhere, or from docs/ to another folder:\n{faults}");
}

#[test]
fn summary_has_each_page_once() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let mut chapters: Vec<String> = page(&summary).links.into_iter().map(|(link, _)| format!("docs/{link}")).collect();
    chapters.sort();
    let mut names: Vec<String> = pages().into_keys().filter(|name| name.starts_with("docs/")).collect();
    names.retain(|name| name != "docs/SUMMARY.md");
    assert_eq!(chapters, names);
}

/// A page begins with code. `SUMMARY.md` is a list.
#[test]
fn pages_begin_with_code() {
    for name in pages().into_keys().filter(|name| name.starts_with("docs/") && name.matches('/').count() == 1) {
        let text = fs::read_to_string(root().join(&name)).unwrap();
        let begins = text.lines().nth(2).is_some_and(|line| line.starts_with("```"));
        assert!(begins || name == "docs/SUMMARY.md", "{name} does not begin with code");
    }
}
