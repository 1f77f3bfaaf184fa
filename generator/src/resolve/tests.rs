//! References within and between files.

use super::*;
use crate::source::files::Memory;

fn read(files: &[(&str, &str)]) -> (Document, Diagnostics) {
    let memory = Memory(files.iter().map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec())).collect());
    let mut diagnostics = Diagnostics::default();
    let (_, document) = resolve(Path::new(files[0].0), &memory, &[], &[], &mut diagnostics);
    (document.unwrap(), diagnostics)
}

fn at(document: &Document, key: &str, diagnostics: &mut Diagnostics) -> Option<(String, String)> {
    let node = document.tree.value_at(document.entry, key).unwrap();
    let target = document.follow(node, "", diagnostics)?;
    Some((target.pointer, document.tree.text(target.node).unwrap_or("?").to_owned()))
}

#[test]
fn references_are_relative_to_their_file() {
    for folder in ["", "./", "../a/", "/b/../c/"] {
        let entry = format!("{folder}api.yaml");
        let normal = |name: &str| normal(Path::new(&format!("{folder}{name}"))).display().to_string();
        let (document, mut diagnostics) = read(&[
            (&entry, "a: {$ref: 'sub/one.yaml#/x'}\nb: {$ref: 'sub/one.yaml#/y'}\nc: end\n"),
            (&normal("sub/one.yaml"), "x: {$ref: 'two.yaml'}\ny: {$ref: '../api.yaml#/c'}\n"),
            (&normal("sub/two.yaml"), "deep\n"),
        ]);
        assert_eq!(at(&document, "a", &mut diagnostics), Some(("sub/two.yaml#".into(), "deep".into())), "{folder}");
        assert_eq!(at(&document, "b", &mut diagnostics), Some(("#/c".into(), "end".into())), "{folder}");
        assert!(diagnostics.list.is_empty(), "{:?}", diagnostics.list);
    }
}

#[test]
fn does_not_read_outside_the_directory() {
    for entry in ["api.yaml", "spec/api.yaml"] {
        for reference in ["../x.yaml#/a", "/etc/passwd", "https://example.com/x.yaml", "sub/../../x.yaml"] {
            let text = format!("a: {{$ref: '{reference}'}}\n");
            let (document, mut diagnostics) = read(&[(entry, &text), ("x.yaml", "a: 1"), ("../x.yaml", "a: 1")]);
            assert_eq!(at(&document, "a", &mut diagnostics), None);
            let codes: Vec<Code> = diagnostics.list.iter().map(|one| one.code).collect();
            assert_eq!(codes, [Code::ExternalReference], "{entry} {reference}");
        }
    }
}

#[test]
fn reports_broken_reference_once() {
    let (document, mut diagnostics) =
        read(&[("api.yaml", "a: {$ref: '#/b'}\nb: {$ref: '#/a'}\nc: {$ref: '#/d'}\ne: {$ref: gone.yaml}\n")]);
    for key in ["a", "a", "c", "c", "e"] {
        assert_eq!(at(&document, key, &mut diagnostics), None);
    }
    let codes: Vec<Code> = diagnostics.list.iter().map(|one| one.code).collect();
    assert_eq!(codes, [Code::UnreadableReference, Code::ReferenceCycle, Code::UnknownReference]);
}

#[test]
fn pointers_follow_references_names_and_anchors() {
    let (document, mut diagnostics) = read(&[(
        "api.yaml",
        "a: {$ref: '#/b/x'}\nb: {$ref: '#/c'}\nc: {x: found}\nd: {$ref: Pet}\ndefinitions: {Pet: pet}\ne: {$ref: '#n'}\nf: {$anchor: n}\n",
    )]);
    assert_eq!(at(&document, "a", &mut diagnostics).unwrap().1, "found");
    assert_eq!(at(&document, "d", &mut diagnostics).unwrap(), ("#/definitions/Pet".into(), "pet".into()));
    assert!(at(&document, "e", &mut diagnostics).is_some());
    assert!(diagnostics.list.is_empty(), "{:?}", diagnostics.list);
}

#[test]
fn ignores_references_in_data() {
    let text = "components: {schemas: {A: {example: {$ref: gone.yaml}, properties: {example: {$ref: here.yaml}}}}}\n";
    let (document, diagnostics) = read(&[("api.yaml", text), ("here.yaml", "type: string")]);
    assert_eq!(document.files.len(), 2);
    assert!(diagnostics.list.is_empty(), "{:?}", diagnostics.list);
}

#[test]
fn reads_external_directories_of_the_settings() {
    for (folder, up) in [("spec/", ""), ("", "../"), ("/b/c/", "/b/"), ("../a/", "../")] {
        let file = |name: &str, text: &str| (PathBuf::from(name), text.as_bytes().to_vec());
        let files = Memory(vec![
            file(&format!("{folder}api.yaml"), "a: {$ref: '../shared/x.yaml#/x'}\nb: {$ref: '../other/y.yaml'}\n"),
            file(&format!("{up}shared/x.yaml"), "x: {$ref: 'z.yaml'}\n"),
            file(&format!("{up}shared/z.yaml"), "deep\n"),
            file(&format!("{up}other/y.yaml"), "no\n"),
        ]);
        let mut diagnostics = Diagnostics::default();
        let external = ["../shared".to_owned(), "../unused".to_owned()];
        let (_, document) = resolve(Path::new(&format!("{folder}api.yaml")), &files, &external, &[], &mut diagnostics);
        let document = document.unwrap();
        let codes: Vec<Code> = diagnostics.list.iter().map(|one| one.code).collect();
        assert_eq!(codes, [Code::SettingNoMatch], "{folder}");
        assert!(diagnostics.list[0].message.contains("`../unused`"));
        assert_eq!(at(&document, "a", &mut diagnostics), Some(("../shared/z.yaml#".into(), "deep".into())), "{folder}");
        assert_eq!(at(&document, "b", &mut diagnostics), None);
    }
}

/// Files in memory. A number of folders above the description's belongs to its project.
struct Project(Memory, usize);

impl Files for Project {
    fn read(&self, path: &Path) -> Result<Vec<u8>, crate::source::files::LoadError> {
        self.0.read(path)
    }

    fn folders_above(&self, _: &Path) -> usize {
        self.1
    }
}

#[test]
fn reads_the_project_and_nothing_above() {
    for folder in ["reference/v1/", "", "../../", "/a/b/c/", "../x/y/"] {
        let text = "a: {$ref: '../models/x.yaml#/x'}\nb: {$ref: '../../out.yaml'}\n";
        let path = |name: &str| normal(Path::new(&format!("{folder}{name}")));
        let file = |name: &str, text: &str| (path(name), text.as_bytes().to_vec());
        let files = [
            file("api.yaml", text),
            file("../models/x.yaml", "x: {$ref: 'y/z.yaml'}\n"),
            file("../models/y/z.yaml", "deep\n"),
            file("../../out.yaml", "no\n"),
        ];
        let files = Project(Memory(files.to_vec()), 1);
        let mut diagnostics = Diagnostics::default();
        let (_, document) = resolve(&path("api.yaml"), &files, &[], &[], &mut diagnostics);
        let document = document.unwrap();
        assert!(diagnostics.list.is_empty(), "{:?}", diagnostics.list);
        let found = at(&document, "a", &mut diagnostics);
        assert_eq!(found, Some(("../models/y/z.yaml#".into(), "deep".into())), "{folder}");
        assert_eq!(at(&document, "b", &mut diagnostics), None);
        assert_eq!(diagnostics.list[0].code, Code::ExternalReference);
    }
}

#[test]
fn pointers_of_other_files_lead_to_them() {
    let x = "x: {$ref: '../models/x.yaml#/x'}\n";
    let files = [("spec/api.yaml", x), ("models/x.yaml", "x: deep\n")];
    let files = Memory(files.map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec())).into());
    let mut diagnostics = Diagnostics::default();
    let (_, document) = resolve(Path::new("spec/api.yaml"), &Project(files, 1), &[], &[], &mut diagnostics);
    let document = document.unwrap();
    let text = |document: &Document, pointer: &str| {
        document.node_at(pointer).and_then(|node| document.tree.text(node).map(str::to_owned))
    };
    assert_eq!(text(&document, "../models/x.yaml#/x").as_deref(), Some("deep"));
    assert_eq!(text(&document, "models/x.yaml#/x"), None);
    let (document, _) = read(&[
        ("api.yaml", "a: {$ref: 'sub/Pet.yaml#/x'}\nb: {$ref: 'Pet.yaml#/x'}\n"),
        ("sub/Pet.yaml", "x: inner\n"),
        ("Pet.yaml", "x: outer\n"),
    ]);
    assert_eq!(text(&document, "Pet.yaml#/x").as_deref(), Some("outer"));
    assert_eq!(text(&document, "sub/Pet.yaml#/x").as_deref(), Some("inner"));
}
