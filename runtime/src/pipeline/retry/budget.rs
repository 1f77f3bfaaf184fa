//! How many repetitions all calls of a client may make together, so that a server in trouble is not buried by them.

use std::sync::atomic::{AtomicU32, Ordering};

/// What one repetition costs, in the unit that one success gives back.
const COST: u32 = 10;

/// A bucket of tokens: full at first, a repetition takes one, and ten successes give one back.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU32,
    full: u32,
}

impl Budget {
    /// For this many repetitions in a row.
    pub(crate) fn new(repetitions: u32) -> Self {
        let full = repetitions.saturating_mul(COST);
        Self { left: AtomicU32::new(full), full }
    }

    /// Takes a token, when there is one.
    pub(crate) fn take(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(COST)).is_ok()
    }

    /// After a success.
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
