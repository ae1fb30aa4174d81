//! Bytes as choices: how a target makes something well formed out of any input. Where the bytes end, every choice is the first one.

use serde_json::{Map, Number, Value};

/// Numbers at which arithmetic and readers break.
const NUMBERS: [u64; 18] = [
    0,
    1,
    2,
    59,
    63,
    64,
    65,
    1_000,
    60_000,
    86_400_000,
    u32::MAX as u64,
    (1 << 53) - 1,
    1 << 53,
    1 << 62,
    (1 << 63) - 1,
    1 << 63,
    u64::MAX - 1,
    u64::MAX,
];

/// Texts that are handled in a way of their own somewhere.
const TEXTS: [&str; 28] = [
    "",
    " ",
    "a",
    "prompt",
    "task-0",
    "https://cdn.example.com/a.png",
    "http://127.0.0.1:4000/x",
    "https://[::1]/",
    "https://user:key@host.example/",
    "data:image/png;base64,iVBORw0KGgo=",
    "data:,",
    "data:text/plain;charset=utf-8;base64,====",
    "\u{0}",
    "\r\n",
    "a\r\nx: y",
    "..",
    "../../etc",
    "%2e%2e",
    "a/b/c",
    "{key}",
    "$input",
    "\u{1f600}",
    "\u{feff}",
    "\u{2028}\u{85}",
    "1e400",
    "-0",
    "2026-02-30T25:61:61Z",
    "Sun, 06 Nov 1994 08:49:37 GMT",
];

/// A reader of choices.
#[derive(Debug)]
pub struct Draw<'a> {
    rest: &'a [u8],
}

impl<'a> Draw<'a> {
    /// Choices from these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether the bytes are used up.
    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// All that is left, as it stands.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// A byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        *first
    }

    /// A number below `most`; 0 where that is 0.
    pub fn below(&mut self, most: usize) -> usize {
        let wide = if most > 256 { usize::from(self.byte()) << 8 } else { 0 };
        (wide | usize::from(self.byte())).checked_rem(most).unwrap_or(0)
    }

    /// One of several.
    pub fn pick<'b, T>(&mut self, from: &'b [T]) -> &'b T {
        &from[self.below(from.len())]
    }

    /// Yes or no; no where the bytes have ended.
    pub fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// Something or nothing.
    pub fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| make(self))
    }

    /// A number of any size, an odd one more often than not.
    pub fn number(&mut self) -> u64 {
        match self.byte() % 4 {
            0 => u64::from(self.byte()),
            1 => *self.pick(&NUMBERS),
            2 => (0..8).fold(0, |number, _| number << 8 | u64::from(self.byte())),
            _ => 1_790_000_000_000_u64.saturating_add((0..3).fold(0, |number, _| number << 8 | u64::from(self.byte()))),
        }
    }

    /// A few bytes.
    pub fn bytes(&mut self, most: usize) -> &'a [u8] {
        let count = self.below(most + 1).min(self.rest.len());
        let (bytes, rest) = self.rest.split_at(count);
        self.rest = rest;
        bytes
    }

    /// A text: one with a meaning, a few letters, or one letter very often.
    pub fn text(&mut self) -> String {
        match self.byte() % 4 {
            0 | 1 => (*self.pick(&TEXTS)).to_owned(),
            2 => String::from_utf8_lossy(self.bytes(24)).into_owned(),
            _ => (*self.pick(&["a", "\u{e9}", "\u{1f600}", "/", "%41", "\\"])).repeat(self.below(300)),
        }
    }

    /// A name that makes members meet.
    pub fn name(&mut self) -> String {
        const NAMES: [&str; 12] = ["a", "b", "c", "prompt", "promt", "url", "type", "id", "~/", "", "0", "\u{1f600}"];
        if self.byte() < 220 { (*self.pick(&NAMES)).to_owned() } else { self.text() }
    }

    /// A number as JSON has it.
    fn json_number(&mut self) -> Value {
        const WRITTEN: [&str; 10] =
            ["0", "-0.0", "1.0", "0.1", "-1", "1e308", "5e-324", "18446744073709551615", "-9223372036854775808", "3.00"];
        if self.flag() {
            serde_json::from_str(self.pick::<&str>(&WRITTEN)).unwrap_or_default()
        } else {
            Value::Number(Number::from(self.number()))
        }
    }

    /// Any JSON, at most `depth` deep.
    pub fn json(&mut self, depth: usize) -> Value {
        match self.byte() % if depth == 0 { 6 } else { 10 } {
            0 => Value::Null,
            1 => Value::Bool(self.flag()),
            2 | 3 => self.json_number(),
            4 | 5 => Value::String(self.text()),
            6 | 7 => (0..self.below(5)).map(|_| self.json(depth - 1)).collect(),
            8 => Value::Object((0..self.below(5)).map(|_| (self.name(), self.json(depth - 1))).collect::<Map<_, _>>()),
            _ => {
                let (levels, inner) = (self.below(depth * 8), self.json(0));
                let name = self.name();
                (0..levels).fold(inner, |inner, level| if level % 2 == 0 { Value::Array(vec![inner]) } else { nest(&name, inner) })
            }
        }
    }

    /// A schema, or something that nearly is one, with references to `#/$defs/0` to `3`.
    pub fn schema(&mut self, depth: usize) -> Value {
        if depth == 0 {
            return Value::Bool(!self.flag());
        }
        let mut schema = Map::new();
        for _ in 0..=self.below(3) {
            let (keyword, rule) = self.rule(depth - 1);
            schema.insert(keyword.to_owned(), rule);
        }
        Value::Object(schema)
    }

    fn rule(&mut self, depth: usize) -> (&'static str, Value) {
        const KINDS: [&str; 7] = ["object", "string", "integer", "number", "array", "boolean", "null"];
        const KEYWORDS: [&str; 31] = [
            "type",
            "properties",
            "required",
            "enum",
            "const",
            "additionalProperties",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "oneOf",
            "anyOf",
            "allOf",
            "not",
            "if",
            "then",
            "else",
            "dependentRequired",
            "$ref",
            "format",
            "title",
            "pattern",
            "$defs",
        ];
        let keyword = *self.pick(&KEYWORDS);
        let names = |draw: &mut Self| (0..draw.below(4)).map(|_| Value::String(draw.name())).collect::<Value>();
        let rule = match keyword {
            "type" => Value::from(*self.pick(&KINDS)),
            "properties" | "$defs" => Value::Object((0..self.below(5)).map(|_| (self.name(), self.schema(depth))).collect()),
            "required" => names(self),
            "dependentRequired" => Value::Object((0..self.below(3)).map(|_| (self.name(), names(self))).collect()),
            "enum" => (0..self.below(5)).map(|_| self.json(depth)).collect(),
            "additionalProperties" | "items" | "not" | "if" | "then" | "else" => self.schema(depth),
            "prefixItems" | "oneOf" | "anyOf" | "allOf" => (0..=self.below(3)).map(|_| self.schema(depth)).collect(),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => self.json_number(),
            "minItems" | "maxItems" | "minLength" | "maxLength" => Value::from(self.number()),
            "uniqueItems" => Value::Bool(self.flag()),
            "$ref" => Value::from(format!("#/$defs/{}", self.below(5))),
            "format" => Value::from(*self.pick(&["media", "uri", "data-uri", "date"])),
            _ => self.json(depth),
        };
        // Now and then what does not belong there.
        (keyword, if self.byte() == 255 { self.json(depth) } else { rule })
    }
}

fn nest(name: &str, inner: Value) -> Value {
    Value::Object([(name.to_owned(), inner)].into_iter().collect())
}
