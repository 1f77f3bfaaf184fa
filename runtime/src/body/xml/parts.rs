//! XML parts of request and response bodies.

use super::annotate::{split_variants, tree};
use super::{Root, reading, writing};
use crate::body::form;
use crate::body::multipart::{File, Multipart, Named};
use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink};
use crate::secrets::written_by;
use serde_json::{Map, Value};

impl Multipart {
    /// Adds a field as XML: one part, or one for each item of a list. An absent value adds nothing.
    #[must_use]
    pub fn xml(mut self, name: &str, media: &str, root: &Root, value: &dyn Encode) -> Self {
        if value.is_absent() {
            return self;
        }
        let (documents, mut secrets) = written_by(|| documents(value, root));
        self.secrets.append(&mut secrets);
        match documents {
            Ok(all) => all.into_iter().fold(self, |form, text| form.part(name, File::new(text).media_type(media))),
            Err(error) => self.field(name, media, &Failed(error)),
        }
    }
}

/// Returns the XML documents of a value.
fn documents(value: &dyn Encode, root: &Root) -> Result<Vec<String>, EncodeError> {
    let noted = tree(value, true)?;
    let items = match split_variants(&noted).1 {
        Value::Null => &[],
        Value::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(&noted),
    };
    let written = items.iter().map(|item| writing::write(item, root));
    written.collect::<Result<_, _>>().map_err(|error| EncodeError::new(error.to_string()))
}

/// The error of a value that cannot be encoded. Encoding it returns the error.
struct Failed(EncodeError);

impl Encode for Failed {
    fn encode(&self, _: &mut dyn Sink) -> Result<(), EncodeError> {
        Err(EncodeError::new(self.0.to_string()))
    }
}

impl Named<'_> {
    /// Takes a required value in XML.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is missing, or is not of this type.
    pub fn required_xml<T: Decode>(&mut self, name: &str, root: &Root) -> Result<T, DecodeError> {
        self.optional_xml(name, root)?.ok_or_else(|| DecodeError::missing(name))
    }

    /// Takes a value in XML, which may consist of several parts.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not of this type.
    pub fn optional_xml<T: Decode>(&mut self, name: &str, root: &Root) -> Result<Option<T>, DecodeError> {
        let mut found = Map::new();
        let limits = self.1.limits.xml;
        for part in self.files(name) {
            let value =
                reading::read(&part.body, part.media.as_deref(), root, limits).map_err(|error| error.in_key(name))?;
            form::add(&mut found, name, value);
        }
        let value = found.get(name).map(|value| self.1.decode_texts(value));
        value.transpose().map_err(|error| error.in_key(name))
    }
}
