//! A generated crate with its own build script.

use super::{Builder, ErrorKind};
use std::fs;
use std::path::Path;

const SPEC: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pet:
    get:
      operationId: getPet
      responses:
        '200':
          description: x
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
";

const SETTINGS: &str =
    "spec = 'spec/pets.yaml'\nout = 'pets'\nname = 'pets'\nruntime = '0.1'\nbuild_dependency = '0.1'\n";

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("spec")).unwrap();
    fs::create_dir_all(folder.path().join("pets/target")).unwrap();
    write(folder.path(), "spec/pets.yaml", SPEC);
    write(folder.path(), "clientsmith.toml", SETTINGS);
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    fs::write(folder.join(path), text).unwrap();
}

fn builder(folder: &Path) -> Builder {
    Builder::of_package(folder.join("pets"), "../clientsmith.toml")
}

#[test]
fn manifest_with_other_dependencies_needs_another_build() {
    let folder = project();
    let folder = folder.path();
    let first = builder(folder).run().unwrap_err();
    assert!(matches!(first.kind(), ErrorKind::Manifest), "{first}");
    assert!(first.cargo_lines().contains("cargo::error=pets/Cargo.toml has other dependencies"), "{first}");
    builder(folder).run().unwrap();
    let manifest = fs::read_to_string(folder.join("pets/Cargo.toml")).unwrap();
    assert!(
        manifest.contains("build = \"build.rs\"") && manifest.contains("[build-dependencies]\nclientsmith = \"0.1\"\n")
    );

    // Other fields, and another title: the package's description.
    write(folder, "spec/pets.yaml", &SPEC.replace("title: Pets", "title: All pets").replace("name:", "label:"));
    let report = builder(folder).run().unwrap();
    assert!(report.changes.lines().iter().any(|line| line.starts_with("Cargo.toml")), "{:?}", report.changes.lines());
    write(folder, "clientsmith.toml", &format!("{SETTINGS}edition = '2021'\n"));
    assert!(matches!(builder(folder).run().unwrap_err().kind(), ErrorKind::Manifest), "another edition");

    // A body that needs a dependency.
    write(folder, "spec/pets.yaml", &SPEC.replace("application/json", "application/xml"));
    assert!(matches!(builder(folder).run().unwrap_err().kind(), ErrorKind::Manifest));
    builder(folder).run().unwrap();
    builder(folder).check(true).run().unwrap();
    write(folder, "spec/pets.yaml", SPEC);
    assert!(matches!(builder(folder).check(true).run().unwrap_err().kind(), ErrorKind::OutOfDate));
}

#[test]
fn edited_file_fails_the_build_and_stays() {
    let folder = project();
    let folder = folder.path();
    let _ = builder(folder).run();
    let models = folder.join("pets/src/models.rs");
    let generated = fs::read_to_string(&models).unwrap();
    fs::write(&models, generated.replace("Pet", "Animal")).unwrap();
    write(folder, "spec/pets.yaml", &SPEC.replace("name:", "label:"));
    let refused = builder(folder).run().unwrap_err();
    let lines = refused.cargo_lines();
    assert!(
        lines.contains("[E0703]:\ncargo::error=  ") && lines.contains("cargo::error=help: delete these files"),
        "{lines}"
    );
    assert!(lines.contains("models.rs") && fs::read_to_string(&models).unwrap().contains("Animal"));
    fs::remove_file(&models).unwrap();
    assert!(builder(folder).run().is_ok() && fs::read_to_string(&models).unwrap().contains("label"));

    // The merge of two branches can have both hashes and both changes.
    let list = fs::read_to_string(folder.join("pets/.clientsmith")).unwrap();
    write(folder, "spec/pets.yaml", SPEC);
    builder(folder).run().unwrap();
    write(folder, "pets/.clientsmith", &(list + &fs::read_to_string(folder.join("pets/.clientsmith")).unwrap()));
    fs::write(&models, "// a merge\n").unwrap();
    builder(folder).run().unwrap();
    assert_eq!(fs::read_to_string(&models).unwrap(), generated);
}

#[test]
fn package_watches_inputs_and_generated_files_only() {
    let folder = project();
    let folder = folder.path();
    let _ = builder(folder).run();
    let lines = builder(folder).run().unwrap().cargo_lines();
    let watched: Vec<&str> = lines.lines().filter_map(|line| line.strip_prefix("cargo::rerun-if-changed=")).collect();
    for path in ["spec/pets.yaml", "clientsmith.toml", "pets/src", "pets/Cargo.toml"] {
        assert!(watched.iter().any(|line| Path::new(line) == folder.join(path)), "{path} in {lines}");
    }
    // A standalone package has its target directory here.
    assert!(!watched.iter().any(|line| line.ends_with("/pets") || line.ends_with("target")), "{lines}");
}

#[test]
fn settings_of_a_package_name_their_cure() {
    let folder = project();
    let folder = folder.path();
    for (from, to, words) in [
        ("out = 'pets'", "out = 'other'", "set `out` to the directory of the package"),
        ("spec = 'spec/pets.yaml'", "", "set `spec` to the path of the description"),
        ("build_dependency = '0.1'", "", "set `build_dependency` to a version of clientsmith"),
        ("spec = 'spec/pets.yaml'", "spce = 'x'", "did you mean `spec`?"),
    ] {
        write(folder, "clientsmith.toml", &SETTINGS.replace(from, to));
        let error = builder(folder).run().unwrap_err();
        let lines = error.cargo_lines();
        assert!(lines.contains(words) && lines.contains("clientsmith.toml: "), "{lines}");
        assert!(lines.contains("cargo::rerun-if-changed="), "{lines}");
        assert!(!folder.join("pets/Cargo.toml").exists());
    }
}

#[test]
fn lock_is_updated_and_with_check_compared() {
    let folder = project();
    let folder = folder.path();
    let lock = folder.join("spec/clientsmith.lock.toml");
    assert!(builder(folder).run().is_err());
    let report = builder(folder).run().unwrap();
    assert!(report.lock.is_none() && !lock.exists());
    fs::write(&lock, "version = 2\n").unwrap();
    // A build of continuous integration writes no lock, whatever its script sets.
    let compared = builder(folder).check(true).run().unwrap_err();
    assert!(matches!(compared.kind(), ErrorKind::OutOfDate), "{compared}");
    // Only the lock differs.
    assert!(compared.to_string().starts_with("spec/clientsmith.lock.toml differs"), "{compared}");
    let lines = compared.cargo_lines();
    assert!(lines.contains("cargo::error=out of step: spec/clientsmith.lock.toml\n"), "{lines}");
    assert!(lines.contains("cargo::error=spec/clientsmith.lock.toml: +types.\"#/components/schemas/Pet\""), "{lines}");
    assert_eq!(fs::read_to_string(&lock).unwrap(), "version = 2\n");
    if crate::LockFile::is_only_compared() {
        assert!(matches!(builder(folder).run().unwrap_err().kind(), ErrorKind::OutOfDate));
        return;
    }
    let report = builder(folder).run().unwrap();
    let lines = report.cargo_lines();
    assert!(lines.contains("cargo::warning=regenerated spec/clientsmith.lock.toml\n"), "{lines}");
    assert!(lines.contains("spec/clientsmith.lock.toml\n") && lines.contains("cargo::rerun-if-changed="), "{lines}");
    let text = fs::read_to_string(&lock).unwrap();
    assert!(text.contains("name = \"Pet\"") && builder(folder).check(true).run().unwrap().lock.is_none());

    // Another file: that of the builder comes before that of the settings.
    write(folder, "clientsmith.toml", &format!("lock = 'names.toml'\n{SETTINGS}"));
    write(folder, "names.toml", "version = 2\n");
    write(folder, "others.toml", "version = 2\n");
    builder(folder).lock(folder.join("others.toml")).run().unwrap();
    assert_eq!(fs::read_to_string(folder.join("names.toml")).unwrap(), "version = 2\n");
    assert_eq!(fs::read_to_string(folder.join("others.toml")).unwrap(), text);
    builder(folder).run().unwrap();
    assert_eq!(fs::read_to_string(folder.join("names.toml")).unwrap(), text);
}

#[test]
fn findings_have_paths_as_given_or_relative_to_the_display_root() {
    let folder = project();
    let folder = folder.path();
    let text = SPEC.replace("type: object,", "type: object, example: {name: 1}, minimum: x,");
    write(folder, "spec/pets.yaml", &text);
    let spec = folder.join("spec/pets.yaml");
    let lines = |builder: Builder| builder.out(folder.join("pets")).run().unwrap().cargo_lines();
    let as_given = lines(Builder::new(&spec));
    assert!(as_given.contains(&format!("cargo::warning={}:", spec.display())), "{as_given}");
    let relative = lines(Builder::new(&spec).display_root(folder));
    assert!(relative.contains("cargo::warning=spec/pets.yaml:"), "{relative}");
}
