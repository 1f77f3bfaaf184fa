//! The passes of [`lower`](super::lower()) in their order, with their names. Knows the order and what each
//! pass needs.

use super::{
    Lower, client_headers, dedup, direction, discriminator_values, lenient_required, merge_patch, one_sided,
    optional_responses, paging, prune, stream_options,
};
use crate::validation::examples;

/// A pass over the whole description.
pub(super) struct Pass {
    /// The name in `clientsmith dump api --after`.
    pub(super) name: &'static str,
    pub(super) run: fn(&mut Lower<'_>),
}

/// The name of the pass up to which `drift` and `mock` read a description.
pub(crate) const MERGE_PATCH: &str = "merge-patch";

/// All passes. The first ones read the description; those from `discriminator-values` on change the [`Api`](crate::api::Api).
pub(super) const PASSES: &[Pass] = &[
    Pass { name: "info", run: |lower| lower.info() },
    Pass { name: "servers", run: |lower| lower.servers() },
    Pass { name: "schemes", run: |lower| lower.schemes() },
    Pass { name: "security", run: |lower| lower.security() },
    Pass { name: "chosen-types", run: |lower| lower.find_chosen_types() },
    Pass { name: "components", run: |lower| lower.components() },
    Pass { name: "operations", run: |lower| lower.operations() },
    Pass { name: "webhooks", run: |lower| lower.webhooks() },
    Pass { name: "unused-types", run: |lower| lower.record_unused_types() },
    Pass { name: "discriminators", run: |lower| lower.set_discriminators() },
    Pass { name: "tags", run: |lower| lower.tags() },
    Pass { name: "recursion", run: |lower| lower.end_recursion() },
    Pass { name: "discriminator-values", run: |lower| discriminator_values::set(&mut lower.api) },
    Pass { name: "one-sided", run: |lower| one_sided::relax(&mut lower.api) },
    Pass { name: "lenient-required", run: |lower| lenient_required::relax(&mut lower.api, lower.options) },
    Pass { name: MERGE_PATCH, run: |lower| merge_patch::set(&mut lower.api) },
    Pass { name: "dedup", run: |lower| dedup::merge(&mut lower.api, &lower.options.renamed) },
    Pass { name: "filter", run: |lower| lower.filter() },
    Pass {
        name: "prune",
        run: |lower| {
            prune::prune(&mut lower.api);
            lower.report_without_operations();
        },
    },
    Pass { name: "server-variables", run: |lower| lower.server_variables() },
    Pass { name: "direction", run: |lower| direction::set(&mut lower.api, &lower.options.send_read_only) },
    Pass {
        name: "paging",
        run: |lower| paging::set(&mut lower.api, &lower.paging_extensions, &lower.options.pages, lower.diagnostics),
    },
    Pass {
        name: "stream-options",
        run: |lower| stream_options::set(&mut lower.api, &lower.options.streams, lower.diagnostics),
    },
    Pass { name: "client-headers", run: |lower| client_headers::set(&mut lower.api, lower.options) },
    Pass {
        name: "optional-responses",
        run: |lower| optional_responses::set(&mut lower.api, &lower.options.optional, lower.diagnostics),
    },
    Pass { name: "examples", run: |lower| examples::check(lower.document, &mut lower.api, lower.diagnostics) },
];

/// The names of all passes in their order.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    PASSES.iter().map(|pass| pass.name)
}
