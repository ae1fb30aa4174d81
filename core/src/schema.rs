//! The rules of a payload: a subset of JSON Schema 2020-12, in which nothing is ever ignored.
//!
//! **In the subset:** `type enum const required properties additionalProperties items prefixItems minItems maxItems uniqueItems
//! minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf oneOf anyOf allOf not if then else
//! dependentRequired`, boolean schemas, `$ref` to `#/$defs/...`, and `format` where it is asserted: `uri` (an absolute RFC 3986 URI),
//! `data-uri` (RFC 2397) and `media` (a text that [`MediaRules`] accepts).
//! **Annotations**, allowed and without effect: `$defs $schema $comment title description default examples deprecated`.
//! **Everything else** is a fault at load: a rule that would not be checked must not look as if it were.
//!
//! Numbers are compared as the decimals they are written as: 1.0 is 1, 0.0075 is a multiple of 0.0001, and integers beyond 2^53
//! keep every digit. Lengths count Unicode code points.

use crate::by_name::ByName;
use crate::error::Violation;
use crate::media::MediaRules;
use serde_json::Value;
use std::cmp::Ordering;

mod check;
mod compile;
mod equal;
mod nearest;
mod uri;

use equal::Decimal;
pub(crate) use nearest::nearest;

/// A schema whose every rule is known and well formed; compiled once, checked often.
#[derive(Clone, Debug)]
pub struct Schema {
    root: Node,
    /// What the references point to, by the reference as it is written.
    targets: ByName<Node>,
}

impl Schema {
    /// Reads a schema, noting everything that is wrong with it; `None` if anything was.
    ///
    /// `path` is the schema's own pointer and stands before the pointers of its faults. `#/$defs/...` is looked up in the schema's own
    /// `$defs` and then in `defs`, the `$defs` of the document around it (or null), whose faults have pointers of that document:
    /// `/$defs/...`. A name that is in both is a fault, and a fault that is already noted is not noted again.
    pub fn compile(schema: &Value, defs: &Value, path: &str, faults: &mut Vec<Violation>) -> Option<Self> {
        compile::compile(schema, defs, path, faults)
    }

    /// Everything that is wrong with a value, in the order of the pointers; nothing if it is valid.
    pub fn check(&self, value: &Value, media: &MediaRules) -> Vec<Violation> {
        check::check(self, value, media)
    }
}

#[derive(Clone, Debug)]
enum Node {
    /// `true`.
    Any,
    /// `false`.
    Never,
    Rules(Vec<Rule>),
}

#[derive(Clone, Debug)]
enum Rule {
    Type(Vec<Kind>),
    Enum(Vec<Value>),
    Const(Value),
    Required(Vec<String>),
    /// `dependentRequired`: a property, and those that it asks for.
    Dependent(Vec<(String, Vec<String>)>),
    Properties(ByName<Node>),
    /// `additionalProperties`, with the names that `properties` beside it knows.
    Additional {
        known: Vec<String>,
        rest: Box<Node>,
    },
    Prefix(Vec<Node>),
    /// `items`, from the index where `prefixItems` beside it ends.
    Items {
        from: usize,
        each: Box<Node>,
    },
    Size {
        keyword: &'static str,
        limit: u64,
    },
    Unique,
    Bound {
        keyword: &'static str,
        limit: Decimal,
        /// The limit as it is shown, with its relation: `at least 5`.
        words: String,
        /// How a valid number may compare to the limit.
        allowed: &'static [Ordering],
    },
    MultipleOf {
        unit: Decimal,
        words: String,
    },
    AllOf(Vec<Node>),
    AnyOf(Vec<Node>),
    OneOf(Vec<Node>),
    Not(Box<Node>),
    If {
        condition: Box<Node>,
        then: Box<Node>,
        otherwise: Box<Node>,
    },
    Ref(String),
    Format(Format),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Null, "null", "null"),
        (Self::Boolean, "boolean", "true or false"),
        (Self::Integer, "integer", "an integer"),
        (Self::Number, "number", "a number"),
        (Self::String, "string", "a string"),
        (Self::Array, "array", "an array"),
        (Self::Object, "object", "an object"),
    ];

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(kind, known, _)| (known == name).then_some(kind))
    }

    fn words(self) -> &'static str {
        Self::ALL.into_iter().find_map(|(kind, _, words)| (kind == self).then_some(words)).unwrap_or_default()
    }

    fn is_of(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.as_number().is_some_and(|number| Decimal::of(number).is_integer()),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Uri,
    DataUri,
    Media,
}

impl Format {
    const NAMES: &'static str = "one of uri, data-uri, media";

    fn from_name(name: &str) -> Option<Self> {
        match name {
            "uri" => Some(Self::Uri),
            "data-uri" => Some(Self::DataUri),
            "media" => Some(Self::Media),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn compiled(schema: &Value) -> Schema {
        let mut faults = Vec::new();
        Schema::compile(schema, &Value::Null, "", &mut faults).unwrap_or_else(|| panic!("{faults:?}"))
    }

    fn violations(schema: &Value, value: &Value) -> Vec<String> {
        compiled(schema).check(value, &MediaRules::default()).iter().map(Violation::to_string).collect()
    }

    fn faults(schema: &Value, defs: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        assert!(Schema::compile(schema, defs, "/models/m/input", &mut faults).is_none());
        faults.iter().map(|fault| format!("{} {}", fault.path, fault.rule)).collect()
    }

    #[test]
    fn every_violation_is_told_at_once() {
        let schema = json!({
            "type": "object",
            "required": ["prompt", "seed"],
            "additionalProperties": false,
            "properties": {
                "prompt": {"type": "string", "maxLength": 3},
                "seed": {"type": "integer"},
                "duration": {"enum": ["5", "8"]},
                "aspect_ratio": {"type": "string"},
                "image_urls": {"type": "array", "maxItems": 1, "items": {"format": "media", "maxLength": 10}, "uniqueItems": true},
                "scale": {"minimum": 1, "multipleOf": 0.25}
            },
            "dependentRequired": {"scale": ["seed"]}
        });
        let value = json!({
            "prompt": "four", "duration": 5, "aspectratio": "1:1", "zzz": 1, "scale": 0.3,
            "image_urls": ["http://a.example/secret", "http://a.example/secret"]
        });
        assert_eq!(
            violations(&schema, &value),
            [
                "/aspectratio: expected no such property (perhaps \"aspect_ratio\"), found \"aspectratio\" (additionalProperties)",
                "/duration: expected one of \"5\", \"8\", found 5 (enum)",
                "/image_urls: expected at most 1 item, found an array of 2 (maxItems)",
                "/image_urls: expected different items (items 0 and 1 are equal), found an array of 2 (uniqueItems)",
                "/image_urls/0: expected at most 10 characters, found a URL of http://a.example (maxLength)",
                "/image_urls/0: expected an https URL, found a URL of http://a.example (media)",
                "/image_urls/1: expected at most 10 characters, found a URL of http://a.example (maxLength)",
                "/image_urls/1: expected an https URL, found a URL of http://a.example (media)",
                "/prompt: expected at most 3 characters, found \"four\" (maxLength)",
                "/scale: expected at least 1, found 0.3 (minimum)",
                "/scale: expected a multiple of 0.25, found 0.3 (multipleOf)",
                "/seed: expected a value, because \"scale\" is given, found nothing (dependentRequired)",
                "/seed: expected a value, found nothing (required)",
                "/zzz: expected one of aspect_ratio, duration, image_urls, prompt, scale, seed, found \"zzz\" (additionalProperties)",
            ]
        );
    }

    #[test]
    fn alternatives_are_told_by_the_one_that_was_meant() {
        let either = json!({"anyOf": [{"type": "string", "maxLength": 2}, {"type": "array", "items": {"type": "string"}}]});
        assert_eq!(violations(&either, &json!(["a", 1])), ["/1: expected a string, found 1 (type)"]);
        assert_eq!(violations(&either, &json!(7)), ["/: expected any of: a string; an array, found 7 (anyOf)"]);
        let union = json!({"oneOf": [
            {"properties": {"mode": {"const": "text"}}, "required": ["mode", "prompt"]},
            {"properties": {"mode": {"const": "image"}}, "required": ["mode", "image"]}
        ]});
        assert_eq!(violations(&union, &json!({"mode": "image"})), ["/image: expected a value, found nothing (required)"]);
        let expected = "exactly one of: an object with mode, prompt; an object with mode, image";
        assert_eq!(violations(&union, &json!({"mode": "sound"})), [format!("/: expected {expected}, found an object of 1 (oneOf)")]);
        let both = json!({"oneOf": [{"minimum": 1}, {"maximum": 5}]});
        assert_eq!(
            violations(&both, &json!(3)),
            ["/: expected exactly one of: at least 1; at most 5, found 3, which fits 2 of them (oneOf)"]
        );
        let branch = json!({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}});
        assert_eq!(violations(&branch, &json!({"a": 1})), ["/b: expected a value, found nothing (required)"]);
        assert_eq!(violations(&branch, &json!({})), ["/c: expected a value, found nothing (required)"]);
        assert_eq!(violations(&json!({"not": {"type": "null"}}), &json!(null)), ["/: expected anything but null, found null (not)"]);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let schema = json!({
            "pattern": "x",
            "properties": {
                "a/b": {"maxLenght": 1, "type": ["string", "text"], "required": ["a", "a"], "enum": []},
                "c": {"$ref": "#/$defs/none"},
                "d": {"$ref": "#/properties/c"},
                "e": {"format": "email", "multipleOf": 0, "minItems": -1, "minimum": "1", "uniqueItems": 1, "items": [], "allOf": []}
            },
            "$defs": {"own": {"$id": "x"}, "loop": {"anyOf": [{"$ref": "#/$defs/loop"}]}, "shared": {}},
            "not": {"$ref": "#/$defs/loop"},
            "then": 1
        });
        let defs = json!({"shared": {"minProperties": 1}, "ring": {"$ref": "#/$defs/ring2"}, "ring2": {"if": {"$ref": "#/$defs/ring"}}});
        let input = [
            "/$defs/own/$id unsupportedKeyword",
            "/pattern unsupportedKeyword",
            "/properties/a~1b/enum malformedKeyword",
            "/properties/a~1b/maxLenght unsupportedKeyword",
            "/properties/a~1b/required malformedKeyword",
            "/properties/a~1b/type malformedKeyword",
            "/properties/c/$ref $ref",
            "/properties/d/$ref malformedKeyword",
            "/properties/e/allOf malformedKeyword",
            "/properties/e/format malformedKeyword",
            "/properties/e/items type",
            "/properties/e/minItems malformedKeyword",
            "/properties/e/minimum malformedKeyword",
            "/properties/e/multipleOf malformedKeyword",
            "/properties/e/uniqueItems malformedKeyword",
            "/then type",
        ];
        let expected: Vec<_> = input.iter().map(|fault| format!("/models/m/input{fault}")).collect();
        let shared = ["/$defs/shared/minProperties unsupportedKeyword", "/models/m/input/$defs/shared $defs"];
        let loops = ["/models/m/input/$defs/loop $ref", "/$defs/ring $ref", "/$defs/ring2 $ref"];
        let expected: Vec<_> = expected.into_iter().chain(shared.into_iter().chain(loops).map(str::to_owned)).collect();
        assert_eq!(faults(&schema, &defs), expected);
    }

    #[test]
    fn references_may_recurse_through_members() {
        let defs = json!({"tree": {"type": "object", "additionalProperties": {"$ref": "#/$defs/tree"}}});
        let mut faults = Vec::new();
        let schema = Schema::compile(&json!({"$ref": "#/$defs/tree"}), &defs, "", &mut faults).unwrap();
        let nested = |depth: usize, leaf: Value| (0..depth).fold(leaf, |inner, _| json!({"a": inner}));
        let media = MediaRules::default();
        assert_eq!(schema.check(&nested(63, json!({})), &media), []);
        assert_eq!(schema.check(&nested(2, json!(1)), &media), [Violation::new("/a/a", "type", "an object", "1")]);
        assert_eq!(schema.check(&nested(64, json!({})), &media), [Violation::new("", "depth", "at most 64 levels", "deeper nesting")]);
    }

    #[test]
    fn a_fault_of_shared_schemas_is_noted_once() {
        let defs = json!({"a": {"pattern": "x"}});
        let mut faults = Vec::new();
        for _ in 0..2 {
            assert!(Schema::compile(&json!({}), &defs, "", &mut faults).is_none());
        }
        assert_eq!(faults.len(), 1, "{faults:?}");
    }

    #[test]
    fn the_longest_way_through_a_schema_is_bounded() {
        let chain: serde_json::Map<String, Value> = (0..600)
            .map(|index| (format!("d{index}"), json!({"allOf": [{"$ref": format!("#/$defs/d{}", index + 1)}]})))
            .chain([("d600".to_owned(), json!(true))])
            .collect();
        let schema = Schema::compile(&json!({"$ref": "#/$defs/d0"}), &Value::Object(chain), "", &mut Vec::new()).unwrap();
        assert_eq!(schema.check(&json!(1), &MediaRules::default()), [Violation::new("", "depth", "a simpler value", "1")]);
    }
}
