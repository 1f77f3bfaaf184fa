//! Random JSON texts, most of them valid.

use fastrand::Rng;

const KEYS: &[&str] = &[
    "string",
    "whole",
    "small",
    "large",
    "float",
    "single",
    "flag",
    "maybe",
    "list",
    "map",
    "any",
    "time",
    "bytes",
    "number",
    "state",
    "level",
    "shape",
    "inner",
    "all",
    "numeric",
    "lenient",
    "pair",
    "skipping",
    "id",
    "kind",
    "radius",
    "side",
    "around",
    "k\\u0069nd",
    "\\u0073ide",
    "other",
    "",
    "é",
    "\\\"",
    "a\\nb",
    "a longer key than sixteen bytes",
];
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1",
    "-2",
    "127",
    "128",
    "3.0",
    "1e2",
    "-1.5E-3",
    "9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "0.1",
    "1e400",
    "123456789012345678901234567890",
    "2.5e-320",
    "1E+2",
];
const STRINGS: &[&str] = &[
    "",
    "a",
    "valid",
    "in\\\"valid",
    "circle",
    "square",
    "12",
    "2031-05-01T12:00:00Z",
    "aGVsbG8=",
    "\\u0041\\ud83d\\ude00",
    "\\ud800",
    "\\u00",
    "é ü 日本",
    "sixteen bytes of text and more",
    "tab\\t",
    "\\/",
    "\\x",
    "line\\n\\r\\b\\f\\\\end",
];
const ODD: &[&str] = &[
    "\"",
    "\\",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    " ",
    "\n",
    "0",
    "1",
    "-",
    ".",
    "e",
    "null",
    "true",
    "false",
    "\\u",
    "\u{1}",
    "\u{7f}",
    "é",
    "\u{feff}",
    "\"kind\":\"circle\",",
    "\"kind\":null,",
    "\"side\":1,",
    "\"radius\":2,",
];

pub(crate) struct Texts(Rng);

impl Texts {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// Returns the next text.
    pub(crate) fn next(&mut self) -> Vec<u8> {
        let mut text = String::new();
        let budget = self.0.usize(1..60);
        match self.0.u8(..8) {
            0 => self.list(&mut text, budget, Self::object),
            1 => self.list(&mut text, budget, Self::shape),
            2 => self.shape(&mut text, budget),
            3 => self.value(&mut text, budget),
            _ => self.object(&mut text, budget),
        }
        let mut bytes = text.into_bytes();
        while self.0.u8(..3) == 0 {
            self.spoil(&mut bytes);
        }
        bytes
    }

    /// Replaces, inserts or removes a part.
    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        let start = self.0.usize(..=bytes.len());
        let end = (start + self.0.usize(..4)).min(bytes.len());
        let with = match self.0.u8(..4) {
            0 => Vec::new(),
            1 => vec![self.0.u8(..)],
            _ => self.of(ODD).as_bytes().to_vec(),
        };
        bytes.splice(start..end, with);
    }

    fn of(&mut self, words: &[&'static str]) -> &'static str {
        self.0.choice(words).copied().unwrap_or_default()
    }

    fn space(&mut self, text: &mut String) {
        if self.0.u8(..16) == 0 {
            text.push_str(self.of(&[" ", "\n", "\t", "\r\n  "]));
        }
    }

    fn value(&mut self, text: &mut String, budget: usize) {
        self.space(text);
        match self.0.u8(..if budget == 0 { 6 } else { 9 }) {
            0 => text.push_str("null"),
            1 => text.push_str(self.of(&["true", "false"])),
            2 | 3 => self.number(text),
            4 | 5 => self.string(text),
            6 => self.list(text, budget, Self::value),
            7 => self.shape(text, budget),
            _ => self.object(text, budget),
        }
        self.space(text);
    }

    fn number(&mut self, text: &mut String) {
        match self.0.u8(..3) {
            0 => text.push_str(self.of(NUMBERS)),
            1 => text.push_str(&self.0.i64(..).to_string()),
            _ => text.push_str(&format!("{:e}", f64::from_bits(self.0.u64(..)))),
        }
    }

    fn string(&mut self, text: &mut String) {
        text.push('"');
        text.push_str(self.of(STRINGS));
        text.push('"');
    }

    fn list(&mut self, text: &mut String, budget: usize, item: fn(&mut Self, &mut String, usize)) {
        text.push('[');
        let count = self.0.usize(..4.min(budget + 1));
        for index in 0..count {
            if index > 0 {
                text.push(',');
            }
            item(self, text, budget / count.max(2));
        }
        text.push(']');
    }

    fn object(&mut self, text: &mut String, budget: usize) {
        text.push('{');
        let count = self.0.usize(..5.min(budget + 1));
        for index in 0..count {
            if index > 0 {
                text.push(',');
            }
            let key = self.of(KEYS);
            text.push_str(&format!("\"{key}\""));
            self.space(text);
            text.push(':');
            self.fitting(key, text, budget / count.max(2));
        }
        text.push('}');
    }

    /// Writes a value that mostly fits its key.
    fn fitting(&mut self, key: &str, text: &mut String, budget: usize) {
        match key {
            _ if self.0.u8(..10) == 0 => self.value(text, budget),
            "string" | "time" | "bytes" | "state" | "kind" => self.string(text),
            "whole" | "small" | "large" | "float" | "single" | "maybe" | "number" | "level" | "numeric" | "id"
            | "radius" | "side" => self.number(text),
            "flag" | "lenient" => text.push_str(self.of(&["true", "false", "null"])),
            "list" => self.list(text, budget, |texts, text, _| texts.number(text)),
            "map" => text.push_str(r#"{"a":1,"b":-2,"a":3}"#),
            "pair" => text.push_str(r#"[1,"b"]"#),
            "shape" | "around" => self.shape(text, budget),
            "all" => self.list(text, budget, Self::object),
            "inner" => self.object(text, budget),
            "skipping" => {
                text.push_str("{\"id\":7,\"more\":");
                self.value(text, budget);
                text.push('}');
            }
            _ => self.value(text, budget),
        }
    }

    fn shape(&mut self, text: &mut String, budget: usize) {
        let kind = self.of(&["\"kind\":\"circle\",", "\"kind\":\"square\",", "\"kind\":1,", "\"kind\":\"x\",", "", ""]);
        let member = self.of(&["\"radius\":1.5", "\"side\":2", "\"side\":2,\"radius\":1", "\"side\":\"x\""]);
        text.push_str(&format!("{{{kind}{member}"));
        if budget > 3 && self.0.bool() {
            text.push_str(",\"around\":");
            self.shape(text, budget / 2);
        }
        if self.0.u8(..4) == 0 {
            text.push_str(",\"more\":");
            self.value(text, budget / 2);
        }
        text.push('}');
    }
}
