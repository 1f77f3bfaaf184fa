//! The fields of a large object by name, for objects in another order than that of the description.

use super::Property;

/// The number of lists. Names of one list have the same hash.
const LISTS: usize = 64;
/// No index.
const NONE: u16 = u16::MAX;

/// Lists of the indices of fields.
#[derive(Debug)]
pub(super) struct Names {
    /// The first index of each list.
    first: [u16; LISTS],
    /// The index behind each index.
    next: Vec<u16>,
}

impl Names {
    pub(super) fn new(properties: &[Property]) -> Self {
        let mut names = Self { first: [NONE; LISTS], next: Vec::with_capacity(properties.len()) };
        for (index, property) in (0..NONE).zip(properties) {
            if let Some(first) = names.first.get_mut(hash(property.name())) {
                names.next.push(std::mem::replace(first, index));
            }
        }
        names
    }

    /// Returns the index of the field of a name.
    pub(super) fn find(&self, properties: &[Property], name: &str) -> Option<usize> {
        let mut index = usize::from(*self.first.get(hash(name))?);
        // The index of none is beyond the properties.
        while !properties.get(index)?.is_called(name) {
            index = usize::from(*self.next.get(index)?);
        }
        Some(index)
    }
}

/// Returns a number below that of the lists. Names often have equal beginnings or endings, so it needs the middle too.
fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let at = |index: usize| bytes.get(index).map_or(0, |byte| usize::from(*byte));
    (bytes.len() + 3 * at(0) + 5 * at(bytes.len() / 2) + 7 * at(bytes.len() / 4 + 1)) % LISTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_name() {
        let keys: Vec<&'static str> = (0..400).map(|index| &*format!(",\"a{index}_url\":").leak()).collect();
        let properties: Vec<Property> = keys.into_iter().map(Property::Optional).collect();
        let names = Names::new(&properties);
        for (index, property) in properties.iter().enumerate() {
            assert_eq!(names.find(&properties, property.name()), Some(index));
        }
        for other in ["", "a", "a400_url", "a1_urk", "é"] {
            assert_eq!(names.find(&properties, other), None);
        }
        assert_eq!(Names::new(&[]).find(&[], ""), None);
    }
}
