//! The options of one call. Their documentation for users is in `macros/call.rs`.

use super::payload::with_member;
use super::{Draft, Payload, RedirectPolicy};
use crate::codec::EncodeError;
use crate::secrets::{Secret, collect_named, is_secret_name};
use crate::uri::encode;
use serde_json::Value;
use std::time::Duration;

impl Draft {
    /// Sets the time limit of the call with all its attempts.
    pub const fn timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// Sets the time limit of one attempt.
    pub const fn attempt_timeout(&mut self, timeout: Duration) {
        self.attempt_timeout = timeout;
    }

    /// Sets how long a streamed response may be silent; `None` means no limit.
    pub const fn idle_timeout(&mut self, timeout: Option<Duration>) {
        self.idle = timeout;
    }

    /// Sets the number of retries.
    pub const fn max_retries(&mut self, retries: u32) {
        self.retries = retries;
    }

    /// Makes the call return a redirect (3XX) as its response instead of following it.
    pub const fn return_redirects(&mut self) {
        self.redirect_policy = RedirectPolicy::Return;
    }

    /// Makes the call follow redirects to other origins too.
    pub const fn follow_redirects_anywhere(&mut self) {
        self.redirect_policy = RedirectPolicy::FollowAnywhere;
    }

    /// Leaves out the credentials.
    pub const fn without_credentials(&mut self) {
        self.anonymous = true;
    }

    /// Sets whether cookie parameters are sent unencoded.
    pub const fn raw_cookies(&mut self, raw: bool) {
        self.raw_cookies = Some(raw);
    }

    /// Adds a header.
    pub fn header(&mut self, name: &str, value: &str) {
        self.change(|draft| draft.add_header(name, value));
    }

    /// Adds a query parameter that the description does not define.
    pub fn query_extra(&mut self, name: &str, value: &str) {
        if is_secret_name(name) {
            self.secrets.push(Secret::from(value));
        }
        self.query.push((encode(name), encode(value)));
    }

    /// Sets the idempotency key.
    pub fn idempotency_key(&mut self, key: &str) {
        self.repeatable = true;
        let name = self.idempotency_header.unwrap_or("idempotency-key");
        self.change(|draft| draft.put_header(name, key));
    }

    /// Sets whether the call is safe to retry.
    pub const fn repeatable(&mut self, repeatable: bool) {
        self.repeatable = repeatable;
    }

    /// Adds a field to the JSON body.
    pub fn body_extra(&mut self, name: &str, value: &Value) {
        self.change(|draft| {
            collect_named(name, value);
            let wrong = || EncodeError::new(format!("{name} cannot be added: the body is not a JSON object"));
            let Payload::Json(bytes) = &draft.body else { return Err(wrong()) };
            let body = with_member(bytes, &[name], &value.to_string()).ok_or_else(wrong)?;
            draft.body = Payload::Json(body.into());
            Ok(())
        });
    }
}
