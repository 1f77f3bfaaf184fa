//! Cargo features of operations: one for each group of a large API, and one for all operations in preview.

use super::names::{Scope, reserved};
use super::operations::Group;
use crate::config::TagFeatures;

/// Numbers of groups and of types from which on each group has a feature, unless the settings decide.
const MANY: (usize, usize) = (10, 300);

/// Assigns a cargo feature to each group if the settings require it, or if the API is large. Assigns the feature for preview to
/// operations in preview if the settings name one. A group that has only operations in preview needs that feature as a whole.
pub(crate) fn assign(groups: &mut [Group], models: usize, setting: TagFeatures, preview: Option<&str>) {
    let wanted = match setting {
        TagFeatures::Always => groups.len() > 1,
        TagFeatures::Never => false,
        TagFeatures::Auto => groups.len() >= MANY.0 && models >= MANY.1,
    };
    let mut scope = Scope::with(reserved::FEATURES);
    if let Some(preview) = preview {
        scope.claim(preview);
    }
    for group in groups {
        if wanted {
            let name = group.module.trim_end_matches('_').replace('_', "-");
            group.feature = Some(scope.claim_first(&[name.clone(), format!("{name}-calls")]));
        }
        group.needs.extend(group.feature.clone());
        let whole = group.operations.iter().all(|operation| operation.preview);
        group.needs.extend(preview.filter(|_| whole).map(str::to_owned));
        if !group.needs.is_empty() {
            group.docs.extend([String::new(), needed(&group.needs)]);
        }
        let Some(preview) = preview else { continue };
        for operation in group.operations.iter_mut().filter(|operation| operation.preview) {
            operation.feature = Some(preview.to_owned());
            if !whole {
                operation.docs.extend([String::new(), needed(&[preview.to_owned()])]);
            }
        }
    }
}

/// The sentence in the documentation about needed features.
fn needed(names: &[String]) -> String {
    let word = if names.len() == 1 { "feature" } else { "features" };
    format!("Needs the cargo {word} `{}`.", names.join("` and `"))
}
