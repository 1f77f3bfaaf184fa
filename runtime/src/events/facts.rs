//! What is known of a stream of values before it is asked for.

use crate::call::{Call, Draft, Payload, members};
use crate::multipart::Multipart;
use crate::path::encode;

/// How a stream of values is asked for, and how it ends.
#[derive(Debug, Clone, Copy)]
pub struct Streaming {
    /// Media types that are asked for.
    pub accept: &'static str,
    /// What the server says instead of a value, when nothing follows.
    pub end: Option<&'static str>,
    /// What is true where a stream is asked for.
    pub switch: Option<Switch>,
}

/// What is true where a stream is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Switch {
    /// Its name.
    pub name: &'static str,
    /// Where it stands: in each kind of body that has it, else in the query.
    pub places: &'static [SwitchPlace],
}

/// Where a switch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwitchPlace {
    /// A member of a JSON body.
    Json,
    /// A member of a form.
    Form,
    /// A part.
    Part,
    /// A parameter of the query.
    Query,
}

const ON: &str = "true";

impl Switch {
    /// For printed facts, where it is shorter.
    #[must_use]
    pub const fn new(name: &'static str, places: &'static [SwitchPlace]) -> Self {
        Self { name, places }
    }

    /// Sets it in what is about to be sent.
    pub(crate) fn set(self, draft: &mut Draft) -> Result<(), String> {
        let has = |place| self.places.contains(&place);
        match &mut draft.body {
            _ if has(SwitchPlace::Query) => {
                let name = encode(self.name);
                draft.query.retain(|(known, _)| *known != name);
                draft.query.push((name, ON.to_owned()));
                Ok(())
            }
            Payload::None => self.alone(draft),
            Payload::Json(bytes) if has(SwitchPlace::Json) => {
                let body = members::with(bytes, self.name, ON);
                let body = body.ok_or("the body cannot ask for a stream: it is no JSON object")?;
                draft.body = Payload::Json(body.into());
                Ok(())
            }
            Payload::Form(bytes) if has(SwitchPlace::Form) => {
                let name = encode(self.name).into_bytes();
                let others = bytes.split(|byte| *byte == b'&').filter(|pair| {
                    let key = pair.split(|byte| *byte == b'=').next();
                    !pair.is_empty() && key != Some(&name[..])
                });
                let own = [&name, b"=" as &[u8], ON.as_bytes()].concat();
                let body = others.chain([&own[..]]).collect::<Vec<_>>().join(&b'&');
                draft.body = Payload::Form(body.into());
                Ok(())
            }
            Payload::Parts(parts) if has(SwitchPlace::Part) => parts.set(self.name, ON),
            // What the description knows nothing of was made by the caller, switch and all.
            Payload::Json(_) | Payload::Form(_) | Payload::Parts(_) | Payload::Other(_) => Ok(()),
        }
    }

    /// A body with nothing but the switch.
    fn alone(self, draft: &mut Draft) -> Result<(), String> {
        match self.places.first() {
            Some(SwitchPlace::Json) => {
                let body = members::with(b"{}", self.name, ON).unwrap_or_default();
                draft.put_body("application/json", Payload::Json(body.into()))
            }
            Some(SwitchPlace::Form) => {
                let body = format!("{}={ON}", encode(self.name));
                draft.put_body("application/x-www-form-urlencoded", Payload::Form(body.into()))
            }
            Some(SwitchPlace::Part) => {
                let (media, parts) = Multipart::new().text(self.name, ON).written()?;
                draft.put_body(&media, Payload::Parts(Box::new(parts)))
            }
            Some(SwitchPlace::Query) | None => Ok(()),
        }
    }
}

impl<T, E> Call<T, E> {
    /// The same call, which asks for a stream.
    pub(super) fn asking(mut self, facts: &Streaming) -> Self {
        self.draft.operation.accept = facts.accept;
        // The body may not be there yet.
        self.draft.switch = facts.switch;
        self
    }
}
