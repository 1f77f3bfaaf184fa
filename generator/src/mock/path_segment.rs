//! Segments of paths, and the parameters in them.

/// The parameters of a segment by its part of the template, with their texts as sent: `{id}.{format}` and `1.json`.
pub(super) fn parameters(template: &str, segment: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (mut template, mut rest) = (template, segment);
    while let Some((before, after)) = template.split_once('{') {
        rest = rest.get(before.len()..).unwrap_or_default();
        let Some((name, after)) = after.split_once('}') else { break };
        let fixed = after.split('{').next().unwrap_or_default();
        let end = match (fixed, after.contains('{')) {
            ("", false) => rest.len(),
            // The next parameter follows at once; it gets the rest.
            ("", true) => 0,
            (fixed, false) => rest.len().saturating_sub(fixed.len()),
            (fixed, true) => rest.find(fixed).unwrap_or(rest.len()),
        };
        let (value, left) = rest.split_at_checked(end).unwrap_or((rest, ""));
        found.push((name.to_owned(), value.to_owned()));
        (template, rest) = (after, left);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn parameters_stand_between_fixed_texts() {
        let names_in = |template, segment| {
            let found: Vec<(String, String)> = parameters(template, segment);
            found.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names_in("{id}", "1"), "id=1");
        assert_eq!(names_in("pets", "pets"), "");
        assert_eq!(names_in("v{a}.{b}.json", "v1.x.y.json"), "a=1 b=x.y");
        assert_eq!(names_in("{a}:go", "x:y:go"), "a=x:y");
        assert_eq!(names_in("{a", "x"), "");
        assert_eq!(names_in("{a}ä{b}", "xäy"), "a=x b=y");
    }
}
