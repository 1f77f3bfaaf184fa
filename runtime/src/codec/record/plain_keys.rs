//! The types whose names need no escapes. Knows the fields of a type by their address; must not know values.

use super::Property;
use crate::codec::json::scan::is_plain;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of types that are remembered.
const COUNT: usize = 1024;
/// An odd number near that of all addresses divided by the golden ratio.
const SPREAD: usize = usize::MAX / 13 * 8 + 1;

/// The addresses of the fields of types whose names were found to have no escapes. Fields are constants, so their address
/// identifies them, and their names are searched once and not for each object.
static PLAIN: [AtomicUsize; COUNT] = [const { AtomicUsize::new(0) }; COUNT];

/// Returns `true` when no name has characters that JSON escapes.
#[inline]
pub(in crate::codec) fn have_plain_names(properties: &'static [Property]) -> bool {
    let address = properties.as_ptr().addr();
    // The high bits differ also for neighbours.
    let place = address.wrapping_mul(SPREAD) >> (usize::BITS - COUNT.ilog2());
    PLAIN.get(place).is_some_and(|place| place.load(Ordering::Relaxed) == address || search(place, properties))
}

#[cold]
fn search(place: &AtomicUsize, properties: &'static [Property]) -> bool {
    let all = properties.iter().all(|property| is_plain(property.name().as_bytes()));
    // The address of no fields may be that of others.
    if all && !properties.is_empty() {
        place.store(properties.as_ptr().addr(), Ordering::Relaxed);
    }
    all
}
