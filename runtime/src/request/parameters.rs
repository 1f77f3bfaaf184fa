//! Parameters of a request: each step encodes a value and stores it in its place.

use super::Draft;
use super::draft::CookieParameter;
use crate::codec::json::json_of;
use crate::codec::param::{self, Encoding, Style};
use crate::codec::{Encode, EncodeError, path};

impl Draft {
    /// Fills in a path parameter.
    pub fn path(&mut self, name: &str, value: &dyn Encode) {
        self.path_as(name, Encoding::SIMPLE, value);
    }

    /// Fills in a path parameter with another encoding.
    pub fn path_as(&mut self, name: &str, encoding: Encoding, value: &dyn Encode) {
        self.change(|draft| {
            let Encoding { style, explode, reserved } = encoding;
            let text = param::in_path(name, style, explode, reserved, &json_of(name, value)?)?;
            draft.path = path::fill(&draft.path, name, &text)?;
            Ok(())
        });
    }

    /// Adds a query parameter; an absent value sends nothing.
    pub fn query(&mut self, name: &str, value: &dyn Encode) {
        self.query_as(name, Encoding::FORM, value);
    }

    /// Adds a query parameter with another encoding; an absent value sends nothing.
    pub fn query_as(&mut self, name: &str, encoding: Encoding, value: &dyn Encode) {
        self.change(|draft| draft.add_query(name, encoding, value));
    }

    /// Adds a query parameter that is sent as a name without a value if it is absent (`allowEmptyValue`).
    pub fn query_or_empty(&mut self, name: &str, encoding: Encoding, value: &dyn Encode) {
        self.change(|draft| {
            let before = draft.query.len();
            draft.add_query(name, encoding, value)?;
            if draft.query.len() == before {
                draft.query.push((path::encode(name), String::new()));
            }
            Ok(())
        });
    }

    /// Sets a parameter that is the whole query as one string.
    pub fn query_text(&mut self, encoding: Encoding, value: &dyn Encode) {
        self.change(|draft| {
            for (_, text) in param::in_query("", encoding.style, false, false, &json_of("the query", value)?) {
                draft.path.push('?');
                draft.path.push_str(&text);
            }
            Ok(())
        });
    }

    /// Sets a parameter that is the whole query as a form. The table contains the fields with an encoding of their own.
    pub fn query_form(&mut self, styles: &[(&str, Encoding)], value: &dyn Encode) {
        self.change(|draft| {
            draft.query.extend(param::as_form(&json_of("the query", value)?, styles));
            Ok(())
        });
    }

    /// Sets a header parameter; an absent value sends nothing.
    pub fn header_parameter(&mut self, name: &str, value: &dyn Encode) {
        self.header_parameter_as(name, Encoding::SIMPLE, value);
    }

    /// Sets a header parameter with another encoding; an absent value sends nothing.
    pub fn header_parameter_as(&mut self, name: &str, encoding: Encoding, value: &dyn Encode) {
        self.change(|draft| {
            if value.is_absent() {
                return Ok(());
            }
            let text = param::in_header(encoding.style, encoding.explode, &json_of(name, value)?);
            text.map_or(Ok(()), |text| draft.put_header(name, &text))
        });
    }

    /// Sends the client's value of a header that is set once on the client, if it has one. A header of the call
    /// replaces it.
    pub fn client_header(&mut self, name: &'static str) {
        self.put_client_header(name, false);
    }

    /// Sends the header like [`Draft::client_header`]. If neither the client nor the call sets it, the call fails with
    /// an error of the kind [`crate::ErrorKind::Build`].
    pub fn required_client_header(&mut self, name: &'static str) {
        self.put_client_header(name, true);
    }

    /// Sets a header parameter with a line for each item of its list; an absent value sends nothing.
    pub fn header_lines(&mut self, name: &str, encoding: Encoding, value: &dyn Encode) {
        self.change(|draft| {
            if value.is_absent() {
                return Ok(());
            }
            let lines = param::in_header_lines(encoding.style, encoding.explode, &json_of(name, value)?);
            draft.put_header_lines(name, &lines)
        });
    }

    /// Adds a cookie; an absent value sends nothing.
    pub fn cookie(&mut self, name: &str, value: &dyn Encode) {
        self.cookie_as(name, Encoding::FORM, value);
    }

    /// Adds a cookie with another encoding; an absent value sends nothing.
    pub fn cookie_as(&mut self, name: &str, encoding: Encoding, value: &dyn Encode) {
        self.change(|draft| {
            if value.is_absent() {
                return Ok(());
            }
            let json = json_of(name, value)?;
            let Encoding { style, explode, reserved } = encoding;
            // The options of the call decide which of them is sent.
            let encoded = param::in_cookie(name, style, explode, reserved, &json);
            let raw = param::in_cookie(name, Style::Cookie, explode, reserved, &json);
            let raw = if style == Style::Json { encoded.clone() } else { raw };
            draft.cookie_parameters.push(CookieParameter { encoded, raw });
            Ok(())
        });
    }

    fn add_query(&mut self, name: &str, encoding: Encoding, value: &dyn Encode) -> Result<(), EncodeError> {
        if !value.is_absent() {
            let Encoding { style, explode, reserved } = encoding;
            self.query.extend(param::in_query(name, style, explode, reserved, &json_of(name, value)?));
        }
        Ok(())
    }
}
