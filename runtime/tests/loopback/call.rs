//! The type of generated calls, as a generated crate has it.

clientsmith_runtime::calls!();

clientsmith_runtime::stream_calls!();
