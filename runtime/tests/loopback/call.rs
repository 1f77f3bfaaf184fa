//! The type of generated calls, as a generated crate has it.

#[must_use = "a call does nothing until it is sent"]
pub(crate) struct Call<O> {
    pub(crate) draft: Box<clientsmith_runtime::Draft>,
    operation: std::marker::PhantomData<fn() -> O>,
}

clientsmith_runtime::calls!();

clientsmith_runtime::credential_calls!();

clientsmith_runtime::stream_calls!();
