//! An object that is written. Knows the codec; must not know types.

use super::Property;
use crate::codec::{EachExtra, Encode, EncodeError, EncodeExtra, Fields};

/// The fields of an object with their values, and those that its type does not define.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    pub(super) request: bool,
    pub(super) properties: &'static [Property],
    pub(super) values: &'a [&'a dyn Encode],
    pub(super) extra: &'a dyn EncodeExtra,
}

impl<'a> Object<'a> {
    /// Returns the fields that are written, in order.
    #[inline]
    pub(in crate::codec) fn fields(&self) -> impl Iterator<Item = (Property, &'a dyn Encode)> {
        let request = self.request;
        let fields = self.properties.iter().zip(self.values).map(|(property, value)| (*property, *value));
        fields.filter(move |(property, value)| {
            !property.is_left_out(request) && (property.is_required() || !value.is_absent())
        })
    }

    pub(in crate::codec) const fn properties(&self) -> &'static [Property] {
        self.properties
    }

    /// Writes all fields.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when one cannot be written.
    pub(in crate::codec) fn write(&self, fields: &mut dyn Fields) -> Result<(), EncodeError> {
        self.fields().try_for_each(|(property, value)| fields.required(property.name(), value))?;
        fields.extra(self)
    }

    /// Returns `true` when a field of the type has this name, and is written or left out of requests. Then no unknown field is
    /// written under the name.
    fn is_taken(&self, name: &str) -> bool {
        let mut fields = self.properties.iter().zip(self.values);
        fields.any(|(property, value)| {
            let is_present = property.is_required() || property.is_left_out(self.request) || !value.is_absent();
            is_present && property.is_called(name)
        })
    }
}

/// The unknown fields. One with the name of a field (a lenient client stores values of other types so) is written only if that
/// field is absent.
impl EncodeExtra for Object<'_> {
    fn each(&self, each: &mut EachExtra<'_>) -> Result<(), EncodeError> {
        self.extra.each(&mut |name, value| if self.is_taken(name) { Ok(()) } else { each(name, value) })
    }

    fn is_untagged(&self) -> bool {
        self.extra.is_untagged()
    }
}
