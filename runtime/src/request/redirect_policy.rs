//! The reaction of a call to a redirect.

/// The reaction to a redirect: a status 301, 302, 303, 307 or 308 with a `Location`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RedirectPolicy {
    /// Follows it on the origin of the call.
    Follow,
    /// Follows it to any origin. The request to another one has no credentials.
    FollowAnywhere,
    /// Returns it as the response.
    Return,
    /// Fails, because the caller wants it as the response and the type of the call has no value for it.
    Fail,
}
