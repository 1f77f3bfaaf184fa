use datadog_entity_context_sync::{models, runtime};

mod generated {
    use super::*;
    use super::models::*;
    // block 1
}

mod call {
    // block 2
}
