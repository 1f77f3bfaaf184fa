//! What is known of a stream of values before it is asked for.

use crate::call::{Call, Payload, members};

/// How a stream of values is asked for, and how it ends.
#[derive(Debug, Clone, Copy)]
pub struct Streaming {
    /// Media types that are asked for.
    pub accept: &'static str,
    /// What the server says instead of a value, when nothing follows.
    pub end: Option<&'static str>,
    /// The member of a JSON body that is true where a stream is asked for.
    pub switch: Option<&'static str>,
}

impl<T, E> Call<T, E> {
    /// The same call, which asks for a stream.
    pub(super) fn asking(self, facts: &Streaming) -> Self {
        let Some(switch) = facts.switch else { return self.accepting(facts.accept) };
        self.accepting(facts.accept).with(|draft| match &draft.body {
            Payload::None => {
                let body = members::with(b"{}", switch, "true").unwrap_or_default();
                draft.put_body("application/json", Payload::Json(body.into()))
            }
            Payload::Json(bytes) => {
                let body = members::with(bytes, switch, "true");
                let body = body.ok_or("the body cannot ask for a stream: it is no JSON object")?;
                draft.body = Payload::Json(body.into());
                Ok(())
            }
            // What is no JSON was made by the caller, switch and all.
            Payload::Other(_) => Ok(()),
        })
    }

    fn accepting(mut self, media: &'static str) -> Self {
        self.draft.operation.accept = media;
        self
    }
}
