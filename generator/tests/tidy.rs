//! Rules for the sources of this project.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "tidy/book.rs"]
mod book;
#[path = "tidy/circles.rs"]
mod circles;
#[path = "tidy/defaults.rs"]
mod defaults;
#[path = "tidy/links.rs"]
mod links;
#[path = "tidy/pictures.rs"]
mod pictures;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const BANNED: [&str; 6] = ["util.rs", "utils.rs", "common.rs", "helpers.rs", "misc.rs", "types.rs"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn hand_written() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in ["generator/src", "cli/src", "runtime/src", "playground/src"] {
        sources(&root.join(folder), &mut found);
    }
    assert!(found.len() > 30);
    found
}

#[test]
fn files_are_small_and_documented() {
    for path in hand_written() {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(!BANNED.contains(&name) && name != "mod.rs", "{}: a generic name", path.display());
        assert!(text.lines().count() <= 400, "{}: over 400 lines", path.display());
        assert!(text.starts_with("//!"), "{}: no module documentation", path.display());
    }
}

/// Errors of the libraries are types that implement `std::error::Error`.
#[test]
fn results_have_typed_errors() {
    for path in hand_written() {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for result in code.split("Result<").skip(1) {
            // The arguments end where more brackets close than open.
            let mut depth = 1;
            let end = result.find(|letter| {
                depth += i32::from(letter == '<') - i32::from(letter == '>');
                depth == 0
            });
            let arguments = result.get(..end.unwrap_or_default()).unwrap();
            assert!(!arguments.ends_with(", String"), "{}: Result<{arguments}>", path.display());
        }
    }
}

/// The plan has everything that generated code depends on. Its types can be those of lower modules.
#[test]
fn emit_imports_only_from_the_plan() {
    for path in hand_written() {
        let shown = path.display().to_string();
        if !shown.contains("generator/src/emit") {
            continue;
        }
        for import in fs::read_to_string(&path).unwrap().lines().filter(|line| line.starts_with("use crate::")) {
            let is_allowed = ["use crate::plan", "use crate::emit"].iter().any(|start| import.starts_with(start));
            assert!(is_allowed, "{shown}: {import}");
        }
    }
}

/// Findings about the command line and the machine, which no description can cause, with the files of their tests.
const ELSEWHERE: [(&str, &str); 11] = [
    ("E0904", "tests/lock/faults.rs"),
    ("E0905", "tests/lock/faults.rs"),
    ("E0906", "tests/lock/faults.rs"),
    ("E0907", "tests/lock/faults.rs"),
    ("E0101", "tests/invalid_input.rs"),
    ("E0102", "tests/invalid_input.rs"),
    ("E0103", "tests/invalid_input.rs"),
    ("E0601", "../cli/tests/failures.rs"),
    ("E0701", "../cli/tests/command.rs"),
    ("E0702", "../cli/tests/output.rs"),
    ("E0703", "../cli/tests/output.rs"),
];

#[test]
fn each_code_has_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut diagnostics = String::new();
    let mut open = vec![root.join("tests/cases")];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.ends_with("diagnostics.txt") {
                diagnostics.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    for code in clientsmith::diagnostic::Code::all().map(clientsmith::diagnostic::Code::as_str) {
        let shown = match ELSEWHERE.iter().find(|(known, _)| *known == code) {
            Some((_, test)) => fs::read_to_string(root.join(test)).unwrap().contains(code),
            None => diagnostics.contains(&format!("[{code}]")),
        };
        assert!(shown, "{code} has no case that shows it");
    }
}

/// The descriptions of `cases/`, with their paths.
fn cases() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.ends_with("openapi.yaml") {
                let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
                found.push((path, text));
            }
        }
    }
    assert!(found.len() > 100);
    found
}

#[test]
fn each_case_begins_with_its_own_reason() {
    let mut reasons: BTreeMap<String, PathBuf> = BTreeMap::new();
    for (path, text) in cases() {
        let reason = text.lines().next().unwrap_or_default();
        let is_sentence = reason.starts_with("# ") && reason.ends_with('.') && reason.len() <= 140;
        assert!(is_sentence, "{}: no comment of one line and sentence at the beginning", path.display());
        if let Some(other) = reasons.insert(reason.to_owned(), path.clone()) {
            panic!("{} and {} have one reason", path.display(), other.display());
        }
    }
}

/// Maps in flow style (`{a: {b: c}}`) hide the place of a difference. Cases about flow style say so in their reason.
#[test]
fn cases_are_in_block_style() {
    for (path, text) in cases() {
        if text.lines().next().unwrap_or_default().contains("flow style") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start_matches([' ', '-']);
            let value = line.split_once(": ").map_or(line, |(_, value)| value);
            let is_flow = ["{", "[{"].iter().any(|start| value.strip_prefix(start).is_some_and(|rest| rest != "}"));
            assert!(!is_flow, "{}:{}: a map in flow style", path.display(), number + 1);
        }
    }
}

/// Each row of `docs/resilience.md` names a test.
#[test]
fn resilience_rows_name_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join("docs/resilience.md")).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| fault")).collect();
    assert!(rows.len() > 15);
    for row in rows {
        let shown = row.rsplit('|').nth(1).unwrap();
        let (mut tests, mut source) = (0, String::new());
        for word in shown.split('`').skip(1).step_by(2) {
            if word.ends_with(".rs") {
                source = fs::read_to_string(root.join(word)).unwrap_or_else(|error| panic!("{word}: {error}"));
            } else if !source.is_empty() && word.chars().all(|letter| letter == '_' || letter.is_ascii_lowercase()) {
                let defined = [
                    format!("fn {word}("),
                    format!("fn {word}<"),
                    format!("both!({word},"),
                    format!("\"workspace::{word}\""),
                ];
                assert!(defined.iter().any(|defined| source.contains(defined)), "{word}");
                tests += 1;
            }
        }
        assert!(tests > 0, "no test in the row {row}");
    }
}

/// Words that docs/style.md replaces. A phrase matches words in this order in a sentence, a hyphenation or an identifier.
const WORDS: [&str; 28] = [
    "told",
    "said",
    "asked",
    "answer",
    "answers",
    "answered",
    "kept",
    "got",
    "heir",
    "heirs",
    "twin",
    "twins",
    "selfless",
    "endless",
    "printed",
    "walk",
    "walks",
    "nobody",
    "somebody",
    "whoever",
    "wish",
    "wishes",
    "wished",
    "evidence",
    "alike",
    "shouty",
    "anew",
    "who calls",
];

/// Words that do not begin a documentation comment.
const STARTS: [&str; 7] = ["What", "When", "Whether", "How", "Where", "Who", "Which"];

/// Folders that are counted apart. The first that matches has the file.
const FOLDERS: [&str; 14] = [
    "generator/src/plan",
    "generator/src/emit",
    "generator/src/diagnostic",
    "generator/src",
    "generator/tests",
    "cli",
    "runtime/src",
    "runtime/tests",
    "runtime",
    "tests",
    "benches",
    "examples",
    "docs",
    "",
];

/// Folders in which several people replace words now. Their counts may be below the limits until a folder leaves this list.
const IN_WORK: [&str; 5] = ["generator/src/plan", "generator/src/emit", "runtime/src", "runtime/tests", "runtime"];

const ALLOWED: &str = "tests/tidy.expect";

fn texts(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    const SKIPPED: [&str; 12] = [
        "target",
        "generated",
        "spec",
        "findings",
        "fuzz",
        "generator/tests/cases",
        "generator/tests/tidy.rs",
        "docs/style.md",
        "CHANGELOG.md",
        "docs/decisions",
        "runtime/api.txt",
        "generator/api.txt",
    ];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || SKIPPED.contains(&name.as_str()) || path.ends_with("target") || path.ends_with("node_modules") {
            continue;
        }
        if path.is_dir() {
            texts(root, &path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "md" || ending == "txt") {
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The words of a line in lower case: `is_asked`, `isAsked` and `is asked` are equal. Other characters end a phrase.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut before) = (vec![String::new()], ' ');
    for letter in line.chars() {
        let starts = letter.is_uppercase() && before.is_lowercase() || matches!(letter, ' ' | '-' | '_');
        if starts {
            words.push(String::new());
        }
        if letter.is_alphabetic() {
            words.last_mut().unwrap().extend(letter.to_lowercase());
        } else if !matches!(letter, ' ' | '-' | '_' | '`') {
            words.extend([String::new(), String::new()]);
        }
        before = letter;
    }
    words
}

/// The places of each replaced word by the word and the folder.
fn replaced() -> BTreeMap<(String, &'static str), Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    texts(root, root, &mut files);
    assert!(files.len() > 300);
    let mut found: BTreeMap<(String, &'static str), Vec<String>> = BTreeMap::new();
    for (name, text) in &files {
        let folder = FOLDERS.iter().find(|folder| name.starts_with(**folder)).unwrap();
        let mut before = "";
        for (number, line) in text.lines().enumerate() {
            let mut add = |word: &str| {
                found.entry((word.to_owned(), *folder)).or_default().push(format!("{name}:{}", number + 1));
            };
            let own = words(line);
            for word in WORDS {
                let phrase: Vec<&str> = word.split(' ').collect();
                own.windows(phrase.len()).filter(|own| *own == phrase).for_each(|_| add(word));
            }
            let comment = |line: &str| line.trim_start().starts_with("///") || line.trim_start().starts_with("//!");
            let starts = |word: &&&str| line.trim_start()[3..].trim_start().starts_with(&format!("{word} "));
            if comment(line) && !comment(before) {
                STARTS.iter().find(starts).into_iter().for_each(|word| add(&format!("/// {word}")));
            }
            before = line;
        }
    }
    found
}

/// `tidy.expect` has the number of each replaced word by folder, which may only decrease. `UPDATE_EXPECT=1` lowers it.
#[test]
fn replaced_words_only_decrease() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(ALLOWED);
    let text = fs::read_to_string(&file).unwrap();
    let allowed = |line: &str| {
        let (count, rest) = line.split_once(' ').unwrap();
        let (folder, word) = rest.split_once(": ").unwrap();
        ((word.to_owned(), folder.to_owned()), count.parse::<usize>().unwrap())
    };
    let allowed: BTreeMap<(String, String), usize> = text.lines().map(allowed).collect();
    let found = replaced();
    let (mut more, mut fewer, mut now) = (String::new(), String::new(), String::new());
    for ((word, folder), places) in &found {
        let folder = if folder.is_empty() { "." } else { folder };
        let limit = allowed.get(&(word.clone(), folder.to_owned())).copied().unwrap_or(0);
        if places.len() > limit {
            more.push_str(&format!("`{word}` in {folder}: {} of {limit}\n  {}\n", places.len(), places.join("\n  ")));
        }
        match places.len().min(limit) {
            0 => {}
            least => now.push_str(&format!("{least} {folder}: {word}\n")),
        }
        if places.len() < limit && !IN_WORK.contains(&folder) {
            fewer.push_str(&format!("`{word}` in {folder}: {} of {limit}\n", places.len()));
        }
    }
    for ((word, folder), limit) in &allowed {
        let is_found = found.keys().any(|(own, at)| own == word && (*at == folder || at.is_empty() && folder == "."));
        if !is_found && !IN_WORK.contains(&folder.as_str()) {
            fewer.push_str(&format!("`{word}` in {folder}: 0 of {limit}\n"));
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, now).unwrap();
        fewer.clear();
    }
    assert!(more.is_empty(), "docs/style.md replaces these words:\n{more}");
    assert!(fewer.is_empty(), "fewer words than {ALLOWED} allows; UPDATE_EXPECT=1 lowers it:\n{fewer}");
}
