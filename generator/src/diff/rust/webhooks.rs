//! The variants of the enum of webhooks.

use super::context::Context;
use super::items::{Item, match_items};
use crate::plan::Plan;

/// Compares the variants of the enum of webhooks, and their bodies.
pub(super) fn compare(context: &mut Context<'_>) {
    let (old, new) = (items(&context.old.plan), items(&context.new.plan));
    match_items(context, &old, &new);
}

fn items(plan: &Plan) -> Vec<Item> {
    let variants = plan.webhooks.iter().flat_map(|webhooks| &webhooks.variants);
    let items = variants.map(|webhook| Item {
        path: webhook.path(),
        name: webhook.variant.clone(),
        key: webhook.name.clone(),
        what: "variant",
        ty: Some(webhook.ty.clone()),
        pointer: webhook.pointer.clone(),
        ..Item::default()
    });
    items.collect()
}
