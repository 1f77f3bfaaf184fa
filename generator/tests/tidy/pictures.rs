//! The pictures of `docs/how-it-works.md`, drawn from the code: the passes of the generator, and the modules with their imports
//! (`circles` compares them with the sources). `UPDATE_EXPECT=1` draws them again.

use super::circles::{GENERATOR, Library, RUNTIME, table};
use std::fmt::Write;
use std::fs;
use std::path::Path;

const STYLE: &str = "<style>text{font:13px sans-serif;fill:#333}.name{font-family:monospace}.end{text-anchor:end}\
    .box{fill:#e8f1fb;stroke:#369}.pass{fill:#f6f6f6;stroke:#aaa}.line{stroke:#369;fill:none}.grid{stroke:#e4e4e4}\
    .own{fill:#bbb}.use{fill:#369}</style>";

fn svg(width: usize, height: usize, title: &str, body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{title}</title>\n{STYLE}\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n{body}</svg>\n"
    )
}

/// The stages of `clientsmith dump` with their values, from left to right.
const STAGES: [(&str, &str); 5] = [
    ("document", "every file as it was read"),
    ("api", "the meaning of the API"),
    ("plan", "names and Rust types"),
    ("tokens", "Rust code"),
    ("output", "formatted files"),
];

/// The stages, and below `api` the passes of `lower` in their order, which goes down each column.
fn stages() -> String {
    const ROWS: usize = 9;
    let mut body = String::new();
    for (index, (name, value)) in STAGES.iter().enumerate() {
        let left = 10 + index * 190;
        if index > 0 {
            writeln!(body, "<path class=\"line\" d=\"M{} 45h18m-6 -5l6 5l-6 5\"/>", left - 19).unwrap();
        }
        writeln!(body, "<rect class=\"box\" x=\"{left}\" y=\"15\" width=\"170\" height=\"60\" rx=\"6\"/>").unwrap();
        writeln!(body, "<text class=\"name\" x=\"{}\" y=\"40\">{name}</text>", left + 10).unwrap();
        writeln!(body, "<text x=\"{}\" y=\"60\" style=\"font-size:11px\">{value}</text>", left + 10).unwrap();
    }
    writeln!(body, "<path class=\"line\" d=\"M285 75v25m-5 -6l5 6l5 -6\"/>").unwrap();
    writeln!(body, "<text x=\"300\" y=\"95\">the passes of <tspan class=\"name\">lower</tspan></text>").unwrap();
    for (index, pass) in clientsmith::dump::passes().enumerate() {
        let (left, top) = (200 + index / ROWS * 240, 105 + index % ROWS * 30);
        writeln!(body, "<rect class=\"pass\" x=\"{left}\" y=\"{top}\" width=\"220\" height=\"24\" rx=\"4\"/>").unwrap();
        let text = format!("{}. <tspan class=\"name\">{pass}</tspan>", index + 1);
        writeln!(body, "<text x=\"{}\" y=\"{}\">{text}</text>", left + 10, top + 17).unwrap();
    }
    svg(960, 115 + ROWS * 30, "The stages of the generator and the passes of lower", &body)
}

/// A matrix with a row for each module and a dot for each module that it imports. All dots are left of the diagonal.
fn modules(library: &Library, title: &str) -> String {
    const CELL: usize = 20;
    const LEFT: usize = 130;
    let rows = table(library);
    let (top, size) = (110, rows.len() * CELL);
    let mut body = String::new();
    for (index, (name, uses)) in rows.iter().enumerate() {
        let (x, y) = (LEFT + index * CELL, top + index * CELL);
        writeln!(body, "<path class=\"grid\" d=\"M{LEFT} {y}h{size}M{x} {top}v{size}\"/>").unwrap();
        writeln!(body, "<text class=\"name end\" x=\"{}\" y=\"{}\">{name}</text>", LEFT - 8, y + 15).unwrap();
        let (x, y) = (x + 14, top - 6);
        writeln!(body, "<text class=\"name\" transform=\"translate({x} {y}) rotate(-60)\">{name}</text>").unwrap();
        let (x, y) = (x - 12, top + index * CELL + 2);
        writeln!(body, "<rect class=\"own\" x=\"{x}\" y=\"{y}\" width=\"16\" height=\"16\"/>").unwrap();
        for (column, _) in rows.iter().enumerate().filter(|(_, (other, _))| uses.contains(other)) {
            let (x, y) = (LEFT + column * CELL + CELL / 2, y + 8);
            writeln!(body, "<circle class=\"use\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>").unwrap();
        }
    }
    svg(LEFT + size + 70, top + size + 10, title, &body)
}

#[test]
fn stages_of_the_picture_are_those_of_dump() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/command.md")).unwrap();
    let rows = page.lines().skip_while(|line| !line.starts_with("| stage |")).skip(2);
    let names = rows.map_while(|line| line.strip_prefix("| `")?.split_once('`')).map(|(name, _)| name);
    assert!(names.eq(STAGES.map(|(name, _)| name)));
}

#[test]
fn pictures_are_those_of_the_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/images");
    for (name, picture) in [
        ("stages.svg", stages()),
        ("modules.svg", modules(&GENERATOR, "Modules of the generator and their imports")),
        ("runtime.svg", modules(&RUNTIME, "Modules of the runtime and their imports")),
    ] {
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(folder.join(name), &picture).unwrap();
        }
        let now = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(now == picture, "docs/images/{name} is stale; UPDATE_EXPECT=1 draws it again");
    }
}
