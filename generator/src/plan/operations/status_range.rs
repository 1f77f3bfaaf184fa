//! Ranges of statuses, and their differences.

use super::outcome::TypedResponse;
use crate::api::Status;

/// Statuses from a first to a last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StatusRange {
    /// The first status.
    pub first: u16,
    /// The last status, which is the first one too for a single status.
    pub last: u16,
}

/// The ranges of statuses, sorted, without those of more exact ones: a status is more exact than a range, and a range
/// than the default.
pub(super) fn without(statuses: impl Iterator<Item = Status>, others: &[Status]) -> Vec<StatusRange> {
    let ranges = statuses.flat_map(|status| {
        let whole = StatusRange::of(status).unwrap_or(StatusRange { first: 100, last: 999 });
        let is_more_exact = |other: &&Status| match status {
            Status::Exact(_) => false,
            Status::Range(_) => matches!(other, Status::Exact(_)),
            Status::Default => true,
        };
        let cuts = others.iter().filter(is_more_exact).filter_map(|other| StatusRange::of(*other));
        cuts.fold(vec![whole], |ranges, cut| ranges.into_iter().flat_map(|range| range.without(cut)).collect())
    });
    let mut ranges: Vec<StatusRange> = ranges.collect();
    ranges.sort_unstable();
    ranges
}

impl StatusRange {
    /// The statuses of a response. `default` has no range: it stands for every other status.
    #[must_use]
    pub(crate) fn of(status: Status) -> Option<Self> {
        match status {
            Status::Exact(status) => Some(Self { first: status, last: status }),
            Status::Range(range) => Some(Self { first: u16::from(range) * 100, last: u16::from(range) * 100 + 99 }),
            Status::Default => None,
        }
    }

    /// Returns true for one status.
    #[must_use]
    pub(crate) const fn is_single(self) -> bool {
        self.first == self.last
    }

    /// The statuses before and after those of another range.
    fn without(self, cut: Self) -> Vec<Self> {
        if cut.last < self.first || self.last < cut.first {
            return vec![self];
        }
        let before = Self { last: self.last.min(cut.first.saturating_sub(1)), ..self };
        let after = Self { first: self.first.max(cut.last.saturating_add(1)), ..self };
        [before, after].into_iter().filter(|range| range.first <= range.last).collect()
    }
}

impl TypedResponse {
    /// The statuses for which the client reads this response, and none of the others of its enum. `None` for every status
    /// that no other response has. With a media type of its own, a response comes before the others of its statuses.
    #[must_use]
    pub(crate) fn own_statuses(&self, all: &[Self]) -> Option<Vec<StatusRange>> {
        let range = StatusRange::of(self.status)?;
        if self.media.is_some() {
            return Some(vec![range]);
        }
        let others = all.iter().filter(|response| response.media.is_none()).map(|response| response.status);
        Some(without(std::iter::once(self.status), &others.collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_leave_out_more_exact_statuses() {
        use Status::{Default, Exact, Range};
        let ranges = |own: &[Status], others: &[Status]| {
            let ranges = without(own.iter().copied(), others);
            ranges.into_iter().map(|range| (range.first, range.last)).collect::<Vec<_>>()
        };
        assert_eq!(ranges(&[Default], &[Exact(404), Range(5)]), [(100, 403), (405, 499), (600, 999)]);
        assert_eq!(ranges(&[Range(4), Exact(503)], &[Exact(400), Exact(499), Range(5)]), [(401, 498), (503, 503)]);
        assert_eq!(ranges(&[Exact(404)], &[Range(4), Default]), [(404, 404)]);
        assert_eq!(ranges(&[Range(4)], &[]), [(400, 499)]);
    }
}
