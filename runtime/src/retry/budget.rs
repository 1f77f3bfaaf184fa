//! The retry budget: the number of retries of all calls of a client, so that they do not overload a failing server.

use std::sync::atomic::{AtomicU32, Ordering};

/// Cost of one retry. One success returns 1.
const COST: u32 = 10;

/// A token bucket, which is full at first. A retry takes a token, and ten successes return one.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU32,
    full: u32,
}

impl Budget {
    /// Creates a budget for this number of retries in a row.
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(COST);
        Self { left: AtomicU32::new(full), full }
    }

    /// Takes a token. Returns false if there is none.
    pub(crate) fn take(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(COST)).is_ok()
    }

    /// Records a success.
    pub(crate) fn give(&self) {
        let more = |left: u32| (left < self.full).then_some(left + 1);
        // A full bucket stays as it is.
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_successes_pay_for_a_repetition() {
        let budget = Budget::new(2);
        budget.give();
        assert_eq!([budget.take(), budget.take(), budget.take()], [true, true, false]);
        (0..9).for_each(|_| budget.give());
        assert!(!budget.take());
        budget.give();
        assert!(budget.take() && !budget.take());
    }
}
