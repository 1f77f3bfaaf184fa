//! What a caller may change about one call.

use super::{Call, Payload, members};
use crate::path::encode;
use crate::secret::{Secret, is_secret_name};
use serde_json::Value;
use std::time::Duration;

impl<T, E> Call<T, E> {
    /// How long this call may take with all its repetitions.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout = timeout;
        self
    }

    /// Sets how long one attempt of this call may take, from the connection to the last byte of the response; of a streamed
    /// response, to its head. Unless set, it is the client's `attempt_timeout` (30 s), or what the generator's setting
    /// `timeouts` says of the operation. The call's own `timeout` holds besides.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.draft.attempt_timeout = timeout;
        self
    }

    /// Gives the call the times of an operation that takes longer than others, in milliseconds: of one attempt, and of the
    /// silence within a stream; and of the whole call. Longer times of the client stay. For generated code.
    pub fn operation_timeouts(mut self, attempt: u64, call: u64) -> Self {
        let attempt = Duration::from_millis(attempt);
        self.draft.timeout = self.draft.timeout.max(Duration::from_millis(call));
        self.draft.attempt_timeout = self.draft.attempt_timeout.max(attempt);
        self.draft.idle = self.draft.idle.map(|idle| idle.max(attempt));
        self
    }

    /// How long a streamed answer may be silent before the next chunk; for ever, when `None`. Unless set, it is the client's
    /// `stream_idle_timeout` (5 minutes).
    pub fn idle_timeout(mut self, timeout: Option<Duration>) -> Self {
        self.draft.idle = timeout;
        self
    }

    /// How often this call is repeated when it is safe to.
    pub fn retries(mut self, retries: u32) -> Self {
        self.draft.retries = retries;
        self
    }

    /// Takes a redirect (3XX) as an answer, which is then not followed.
    pub fn redirects(mut self) -> Self {
        self.draft.redirects = true;
        self
    }

    /// Sends this call without credentials, also where the client has some and the description asks for them: a login, or a
    /// server of one's own that wants none. A header that the caller gives (`header`) is sent.
    pub fn without_credentials(mut self) -> Self {
        self.draft.anonymous = true;
        self
    }

    /// Sets whether cookie parameters of this call are sent as they are given, where the description's style would percent-encode
    /// them; as the client does unless set. A value that a cookie cannot hold (RFC 6265, section 4.1.1) is then an error.
    pub fn raw_cookies(mut self, raw: bool) -> Self {
        self.draft.raw_cookies = Some(raw);
        self
    }

    /// A header. The first line of a name stands in place of what the description or the client has under this name; a
    /// further one is sent beside it, as one more line of a list (RFC 9110, section 5.3). A header that holds one value
    /// only, such as `Authorization` or `Content-Type`, has the last one. `Cookie` joins the
    /// cookies that are sent besides, and replaces those of its names.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.with(|draft| draft.add_header(name, value))
    }

    /// A query parameter beside the documented ones.
    pub fn query_extra(mut self, name: &str, value: &str) -> Self {
        if is_secret_name(name) {
            self.draft.secrets.push(Secret::from(value));
        }
        self.draft.query.push((encode(name), encode(value)));
        self
    }

    /// A key by which the server knows a repetition, in the header that the document or the settings name, or
    /// `Idempotency-Key`: the call is then safe to repeat, whatever its method.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        self.draft.repeatable = true;
        let name = self.draft.key.unwrap_or("idempotency-key");
        self.with(|draft| draft.put_header(name, key))
    }

    /// The header by which the server knows repetitions. Unless the caller gives a key, each call gets one of its own,
    /// which its repetitions share.
    pub const fn idempotent_by(mut self, header: &'static str) -> Self {
        self.draft.key = Some(header);
        self.draft.repeatable = true;
        self
    }

    /// Whether doing it twice is the same as doing it once, where the method does not say.
    pub const fn repeatable(mut self, repeatable: bool) -> Self {
        self.draft.repeatable = repeatable;
        self
    }

    /// A member of the JSON body beside the documented ones.
    pub fn body_extra(self, name: &str, value: Value) -> Self {
        self.with(|draft| {
            let wrong = || format!("{name} cannot be added: the body is no JSON object");
            let Payload::Json(bytes) = &draft.body else { return Err(wrong()) };
            let body = members::with(bytes, name, &value.to_string()).ok_or_else(wrong)?;
            draft.body = Payload::Json(body.into());
            Ok(())
        })
    }
}
