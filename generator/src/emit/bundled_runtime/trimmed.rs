//! A source of the runtime without the items that a crate does not use: tests and unused modules. rustfmt formats the
//! sources, so an item ends at the first line of its own indentation that can end an item.

/// A source without those items, and without the attributes of the used modules.
#[derive(Debug)]
pub(super) struct Trimmed {
    pub(super) text: String,
    /// The modules in other files whose declarations are removed.
    pub(super) modules: Vec<String>,
}

impl Trimmed {
    /// Removes tests, the items of unused modules, and the attributes of used modules. The attributes of features that users choose
    /// stay.
    pub(super) fn new(text: &str, is_used: impl Fn(&str) -> bool) -> Self {
        let mut output: Vec<&str> = Vec::new();
        let mut modules = Vec::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let stays = match line.trim_start() {
                "#[cfg(test)]" => Some(false),
                attribute => module_of(attribute).map(&is_used),
            };
            match stays {
                None => output.push(line),
                Some(true) => {}
                Some(false) => {
                    let indent = indent(line);
                    while output.pop_if(|before| self::indent(before) == indent && is_attached(before)).is_some() {}
                    let item = lines.by_ref().find(|line| self::indent(line) == indent && ends_item(line));
                    modules.extend(item.and_then(declared));
                    let is_separate = output.last().is_some_and(|before| before.is_empty());
                    if is_separate && lines.peek().is_none_or(|next| next.is_empty() || next.trim() == "}") {
                        output.pop();
                    }
                }
            }
        }
        Self { text: output.join("\n") + "\n", modules }
    }
}

/// Returns the module that an attribute marks. A feature marks `xml`, since that module has a dependency.
fn module_of(attribute: &str) -> Option<&str> {
    if attribute == "#[cfg(feature = \"xml\")]" {
        return Some("xml");
    }
    attribute.strip_prefix("#[cfg(not(unused = \"")?.strip_suffix("\"))]")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Decides if a line before an attribute belongs to the same item.
fn is_attached(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("///") || line.starts_with("#[")
}

fn ends_item(line: &str) -> bool {
    !line.trim_start().starts_with("//") && line.ends_with([';', ',', '}'])
}

/// The module that a line declares.
fn declared(line: &str) -> Option<String> {
    let (_, name) = line.trim_start().strip_suffix(';')?.rsplit_once("mod ")?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"mod a;
/// Docs.
#[cfg(not(unused = "part"))]
pub mod b;
#[cfg(feature = "chosen")]
mod c;

impl A {
    fn first() {}

    /// Docs; of several words,
    #[cfg(not(unused = "part"))]
    #[must_use]
    pub fn second(
        self,
    ) -> u8 {
        match self {
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    fn test() {}
}
"#;

    #[test]
    fn removes_the_items_of_parts_that_are_off() {
        let trimmed = Trimmed::new(SOURCE, |_| false);
        let expected = "mod a;\n#[cfg(feature = \"chosen\")]\nmod c;\n\nimpl A {\n    fn first() {}\n}\n";
        assert_eq!((trimmed.text.as_str(), trimmed.modules), (expected, vec!["b".to_owned()]));
    }

    #[test]
    fn keeps_the_items_of_parts_that_are_on() {
        let trimmed = Trimmed::new(SOURCE, |_| true);
        assert!(
            trimmed.text.contains("/// Docs.\npub mod b;\n#[cfg(feature = \"chosen\")]\nmod c;\n"),
            "{}",
            trimmed.text
        );
        assert!(trimmed.text.contains("words,\n    #[must_use]\n    pub fn second(\n"), "{}", trimmed.text);
        assert!(trimmed.text.ends_with("    }\n}\n"), "{}", trimmed.text);
        assert!(trimmed.modules.is_empty());
    }
}
