//! Parameters of a call: each step spells a value and puts it where it goes.

use super::draft::Cookies;
use super::{Call, Draft, json_of};
use crate::codec::Encode;
use crate::param::{self, Style};
use crate::path;

impl<T, E> Call<T, E> {
    /// A path parameter.
    pub fn path(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| draft.fill(name, style, explode, false, value))
    }

    /// A path parameter whose reserved characters are sent as they are, as far as a segment may hold them.
    pub fn path_reserved(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| draft.fill(name, style, explode, true, value))
    }

    /// A query parameter; an absent value sends nothing.
    pub fn query(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| draft.add_query(name, style, explode, false, value))
    }

    /// A query parameter whose reserved characters are sent as they are.
    pub fn query_reserved(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| draft.add_query(name, style, explode, true, value))
    }

    /// A query parameter that is named without a value when there is none (`allowEmptyValue`).
    pub fn query_or_empty(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| {
            let before = draft.query.len();
            draft.add_query(name, style, explode, false, value)?;
            if draft.query.len() == before {
                draft.query.push((path::encode(name), String::new()));
            }
            Ok(())
        })
    }

    /// A parameter that is the whole query, as one text.
    pub fn query_text(self, style: Style, value: &dyn Encode) -> Self {
        self.with(|draft| {
            for (_, text) in param::in_query("", style, false, false, &json_of("the query", value)?) {
                draft.path.push('?');
                draft.path.push_str(&text);
            }
            Ok(())
        })
    }

    /// A parameter that is the whole query, as a form; the table says how members are spelled that have a style of their
    /// own.
    pub fn query_form(self, styles: &[(&str, Style, bool)], value: &dyn Encode) -> Self {
        self.with(|draft| {
            draft.query.extend(param::as_form(&json_of("the query", value)?, styles));
            Ok(())
        })
    }

    /// A header parameter; an absent value sends nothing.
    pub fn header_parameter(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| {
            if value.is_absent() {
                return Ok(());
            }
            let text = param::in_header(style, explode, &json_of(name, value)?);
            text.map_or(Ok(()), |text| draft.put_header(name, &text))
        })
    }

    /// Sends the client's value of a header that is set once on the client; a header of the call's own replaces it. Where it is
    /// required and neither has one, the call ends with an error of the kind [`crate::ErrorKind::Build`]. For generated code.
    pub fn client_header(mut self, name: &'static str, required: bool) -> Self {
        self.draft.put_client_header(name, required);
        self
    }

    /// A header parameter whose list has a line for each item; an absent value sends nothing.
    pub fn header_lines(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| {
            if value.is_absent() {
                return Ok(());
            }
            let lines = param::in_header_lines(style, explode, &json_of(name, value)?);
            draft.put_header_lines(name, &lines)
        })
    }

    /// A cookie; an absent value sends nothing.
    pub fn cookie(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| draft.add_cookie(name, style, explode, false, value))
    }

    /// A cookie whose reserved characters are sent as they are.
    pub fn cookie_reserved(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| draft.add_cookie(name, style, explode, true, value))
    }
}

impl Draft {
    fn fill(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        reserved: bool,
        value: &dyn Encode,
    ) -> Result<(), String> {
        let text = param::in_path(name, style, explode, reserved, &json_of(name, value)?)?;
        self.path = path::fill(&self.path, name, &text)?;
        Ok(())
    }

    fn add_query(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        reserved: bool,
        value: &dyn Encode,
    ) -> Result<(), String> {
        if !value.is_absent() {
            self.query.extend(param::in_query(name, style, explode, reserved, &json_of(name, value)?));
        }
        Ok(())
    }

    fn add_cookie(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        reserved: bool,
        value: &dyn Encode,
    ) -> Result<(), String> {
        if !value.is_absent() {
            let json = json_of(name, value)?;
            // Which of them is sent is known with the call's options.
            let encoded = param::in_cookie(name, style, explode, reserved, &json);
            let raw = param::in_cookie(name, Style::Cookie, explode, reserved, &json);
            let raw = if style == Style::Json { encoded.clone() } else { raw };
            self.cookies.push(Cookies { encoded, raw });
        }
        Ok(())
    }
}
