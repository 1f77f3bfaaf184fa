//! The client's policy for misfits: values of responses that differ from the description and do not fail the response. Knows errors; must not know types.

use super::DecodeError;
use crate::transport::maybe_send::{MaybeSend, MaybeSync};
use std::fmt;
use std::sync::Arc;

#[cfg(not(target_family = "wasm"))]
type OnMisfit = dyn Fn(&DecodeError) + Send + Sync;
#[cfg(target_family = "wasm")]
type OnMisfit = dyn Fn(&DecodeError);

/// The policy, and the function that receives the misfits.
#[derive(Clone, Default)]
pub(crate) struct MisfitPolicy {
    /// Stores a value that is not of its type in `extra` instead of failing the response.
    pub(crate) lenient: bool,
    report: Option<Arc<OnMisfit>>,
    /// The counts of what responses have and the description lacks.
    #[cfg(feature = "drift")]
    pub(crate) drift: Option<super::drift::Drift>,
}

impl MisfitPolicy {
    /// Creates the default policy: a value that is not of its type fails the response.
    pub(crate) const fn new() -> Self {
        Self {
            lenient: false,
            report: None,
            #[cfg(feature = "drift")]
            drift: None,
        }
    }

    /// Sets the function that receives every misfit.
    pub(crate) fn on_misfit(&mut self, report: impl Fn(&DecodeError) + MaybeSend + MaybeSync + 'static) {
        self.report = Some(Arc::new(report));
    }

    /// Reports misfits.
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
