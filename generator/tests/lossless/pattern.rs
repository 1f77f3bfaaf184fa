//! A string that matches a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The shortest match, with `extra` more repetitions where there is no upper limit. `None` for expressions with
/// look-around or back references.
pub(crate) fn matching(pattern: &str, extra: u32) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, extra, &mut text).then_some(text)
}

fn write(hir: &Hir, extra: u32, text: &mut String) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).map(|literal| text.push_str(literal)).is_ok(),
        HirKind::Class(class) => sign(class).map(|sign| text.push(sign)).is_some(),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let times = repetition.min.saturating_add(extra).min(most).min(300).max(repetition.min);
            (0..times).all(|_| write(&repetition.sub, extra, text))
        }
        HirKind::Capture(capture) => write(&capture.sub, extra, text),
        HirKind::Concat(parts) => parts.iter().all(|part| write(part, extra, text)),
        HirKind::Alternation(parts) => parts.first().is_some_and(|part| write(part, extra, text)),
    }
}

/// A character of a class, a plain one if possible.
fn sign(class: &Class) -> Option<char> {
    match class {
        Class::Unicode(class) => {
            let has = |sign: char| class.ranges().iter().any(|range| range.start() <= sign && sign <= range.end());
            let plain = ['a', 'A', '1'].into_iter().find(|sign| has(*sign));
            plain.or_else(|| class.ranges().first().map(|range| range.start()))
        }
        Class::Bytes(class) => class.ranges().first().map(|range| char::from(range.start())),
    }
}
