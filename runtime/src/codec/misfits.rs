//! The client's policy for values of responses that are not of their type. Knows errors; must not know types.

use super::DecodeError;
use crate::transport::maybe_send::{MaybeSend, MaybeSync};
use std::fmt;
use std::sync::Arc;

#[cfg(not(target_family = "wasm"))]
type OnMisfit = dyn Fn(&DecodeError) + Send + Sync;
#[cfg(target_family = "wasm")]
type OnMisfit = dyn Fn(&DecodeError);

/// The policy, and the function that receives the mismatches that do not fail a response.
#[derive(Clone, Default)]
pub(crate) struct MisfitPolicy {
    /// Stores mismatches in `extra` instead of failing the response.
    pub(crate) lenient: bool,
    report: Option<Arc<OnMisfit>>,
    /// The counts of what responses have and the description lacks.
    #[cfg(feature = "drift")]
    pub(crate) drift: Option<super::drift::Drift>,
}

impl MisfitPolicy {
    /// Creates the default policy: mismatches fail the response.
    pub(crate) const fn new() -> Self {
        Self {
            lenient: false,
            report: None,
            #[cfg(feature = "drift")]
            drift: None,
        }
    }

    /// Sets the function that receives every mismatch that does not fail its response.
    pub(crate) fn on_misfit(&mut self, report: impl Fn(&DecodeError) + MaybeSend + MaybeSync + 'static) {
        self.report = Some(Arc::new(report));
    }

    /// Reports mismatches.
    pub(crate) fn report(&self, misfits: &[DecodeError]) {
        if let Some(report) = &self.report {
            misfits.iter().for_each(|misfit| report(misfit));
        }
    }
}

impl fmt::Debug for MisfitPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MisfitPolicy").field("lenient", &self.lenient).finish_non_exhaustive()
    }
}
