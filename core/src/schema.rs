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
use std::sync::Arc;

mod check;
mod compile;
mod equal;
mod nearest;
mod places;
mod uri;
mod words;
mod work;

use equal::Decimal;
pub(crate) use nearest::nearest;

/// A schema whose every rule is known and well formed; compiled once, checked often.
#[derive(Clone, Debug)]
pub struct Schema {
    root: Node,
    /// What the references of all schemas of one document point to.
    targets: Arc<[Target]>,
}

/// A schema that is referred to, and its name for people.
#[derive(Debug)]
struct Target {
    name: String,
    node: Node,
}

impl Schema {
    /// Reads a schema, noting everything that is wrong with it; `None` if anything was.
    ///
    /// `path` is the schema's own pointer and stands before the pointers of its faults. `#/$defs/...` is looked up in the schema's own
    /// `$defs` and then in `defs`, the `$defs` of the document around it (or null), whose faults have pointers of that document:
    /// `/$defs/...`. A name that is in both is a fault, and a fault that is already noted is not noted again.
    pub fn compile(schema: &Value, defs: &Value, path: &str, faults: &mut Vec<Violation>) -> Option<Self> {
        Self::compile_all(&[(schema, path)], defs, faults)?.pop()
    }

    /// Reads the schemas of one document, which share its `$defs`, each with its own pointer: what is shared is read once.
    pub(crate) fn compile_all(schemas: &[(&Value, &str)], defs: &Value, faults: &mut Vec<Violation>) -> Option<Vec<Self>> {
        compile::compile(schemas, defs, faults)
    }

    /// Everything that is wrong with a value, in the order of the pointers; nothing if it is valid. Of very much that is wrong, the first
    /// thousand are listed. A value or rules that would take years to check are refused as such: the rule is `work`.
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
    Rules(Box<[Rule]>),
    /// A schema that is referred to from elsewhere, by its index among the targets.
    Shared(usize),
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
    /// `additionalProperties`, with the names that `properties` beside it knows, in their order.
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
    /// The index of the target.
    Ref(usize),
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
                "/seed: expected an integer, found nothing (required)",
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
        let loops = ["/models/m/input/$defs/loop $ref", "/$defs/ring2 $ref", "/$defs/ring $ref"];
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
    fn shared(defs: &Value) -> Schema {
        let mut faults = Vec::new();
        Schema::compile(&json!({"$ref": "#/$defs/d0"}), defs, "", &mut faults).unwrap_or_else(|| panic!("{faults:?}"))
    }

    fn rules_of(schema: &Schema, value: &Value) -> Vec<String> {
        let mut rules: Vec<_> = schema.check(value, &MediaRules::default()).into_iter().map(|violation| violation.rule).collect();
        rules.dedup();
        rules
    }

    #[test]
    fn rules_that_double_at_every_level_are_refused_as_work() {
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let level = |index: usize| {
                let next = json!({"$ref": format!("#/$defs/d{}", index + 1)});
                (format!("d{index}"), json!({keyword: [next, next]}))
            };
            let mut defs: serde_json::Map<String, Value> = (0..40).map(level).collect();
            defs.insert("d40".to_owned(), json!({"type": "string"}));
            assert_eq!(rules_of(&shared(&Value::Object(defs)), &json!(1)), ["work"], "{keyword}");
        }
        // A few levels are no work.
        let few = json!({"d0": {"allOf": [{"$ref": "#/$defs/d1"}, {"$ref": "#/$defs/d1"}]}, "d1": {"type": "string"}});
        assert_eq!(rules_of(&shared(&few), &json!(1)), ["type"]);
        assert_eq!(rules_of(&shared(&few), &json!("a")), [""; 0]);
    }

    #[test]
    fn what_is_compared_again_and_again_is_work() {
        let items = |count: usize, item: &dyn Fn(usize) -> Value| Value::Array((0..count).map(item).collect());
        let long = "x".repeat(2_000);
        let cases = [
            (
                json!({"items": {"enum": items(1_000, &|index| json!(format!("{long}{index}")))}}),
                items(1_000, &|_| json!(format!("{long}x"))),
            ),
            (
                json!({"items": {"enum": items(200, &|last| items(1_000, &|index| json!(index / 999 * (last + 1))))}}),
                items(200, &|_| items(1_000, &|_| json!(0))),
            ),
            (json!({"allOf": items(3_000, &|length| json!({"minLength": length}))}), json!("x".repeat(100_000))),
        ];
        for (schema, value) in cases {
            assert_eq!(rules_of(&compiled(&schema), &value), ["work"]);
        }
        // What is long and looked at a few times is not: a film, and a list of many points.
        let film = json!({"film": "QUJD".repeat(1 << 20)});
        let lengths = json!({"properties": {"film": {"allOf": items(20, &|length| json!({"minLength": length, "enum": [film["film"]]}))}}});
        assert_eq!(rules_of(&compiled(&lengths), &film), [""; 0]);
        let point =
            json!({"properties": {"x": {"type": "number", "minimum": 0}, "y": {"type": "number", "maximum": 1}}, "required": ["x", "y"]});
        let points = json!({"items": point, "uniqueItems": true});
        assert_eq!(rules_of(&compiled(&points), &items(20_000, &|index| json!({"x": index, "y": 0.5}))), [""; 0]);
    }

    #[test]
    fn what_is_wrong_is_listed_a_thousand_times_at_most() {
        let many = Value::Array((0..100_000).map(Value::from).collect());
        for schema in [json!({"items": {"type": "string"}}), json!({"items": {"anyOf": [{"type": "string"}, {"type": "null"}]}})] {
            let violations = compiled(&schema).check(&many, &MediaRules::default());
            assert_eq!(violations.len(), 1_000);
        }
        // What an alternative that does not count would list takes no room from what does.
        let either = json!({"items": {"anyOf": [{"type": "string"}, {"minimum": 10}]}});
        let paths: Vec<_> = compiled(&either).check(&many, &MediaRules::default()).into_iter().map(|fault| fault.path).collect();
        assert_eq!(paths, ["/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9"]);
        let names: serde_json::Map<String, Value> = (0..5_000).map(|index| (format!("{index:0>90}"), json!(true))).collect();
        let wrong: serde_json::Map<String, Value> = (0..5_000).map(|index| (format!("{index:1>90}"), json!(true))).collect();
        let closed = compiled(&json!({"properties": names, "additionalProperties": false}));
        assert_eq!(closed.check(&Value::Object(wrong), &MediaRules::default()).len(), 1_000);
    }

    #[test]
    fn a_long_key_is_not_repeated_in_full() {
        let long = "k".repeat(1_000_000);
        let schema = json!({"additionalProperties": {"items": {"type": "string"}}});
        let violations = compiled(&schema).check(&json!({long: [1, 2, 3]}), &MediaRules::default());
        assert!(!violations.is_empty() && violations.iter().all(|violation| violation.path.len() == 1_000));
    }

    #[test]
    fn a_chain_of_references_is_followed_once() {
        let link = |index: usize| (format!("d{index}"), json!({"$ref": format!("#/$defs/d{}", index + 1)}));
        let mut chain: serde_json::Map<String, Value> = (0..8_000).map(link).collect();
        let mut faults = Vec::new();
        assert!(Schema::compile(&json!({}), &Value::Object(chain.clone()), "", &mut faults).is_none());
        assert_eq!(faults.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>(), ["/$defs/d7999/$ref"]);
        chain.insert("d8000".to_owned(), json!(true));
        assert_eq!(rules_of(&shared(&Value::Object(chain.clone())), &json!(1)), ["depth"]);
        chain.insert("d8000".to_owned(), json!({"not": {"$ref": "#/$defs/d4000"}}));
        faults.clear();
        assert!(Schema::compile(&json!({}), &Value::Object(chain), "", &mut faults).is_none());
        assert!(faults.len() == 1_000 && faults.iter().all(|fault| fault.rule == "$ref"));
    }

    #[test]
    fn only_what_comes_back_to_itself_is_a_circle() {
        let defs = json!({
            "a": {"$ref": "#/$defs/b"}, "b": {"anyOf": [{"$ref": "#/$defs/c"}, {"$ref": "#/$defs/d"}]}, "c": {"$ref": "#/$defs/b"},
            "d": {"$ref": "#/$defs/e"}, "e": {"items": {"$ref": "#/$defs/e"}}, "f": {"allOf": [{"$ref": "#/$defs/f"}]}
        });
        let mut faults = Vec::new();
        assert!(Schema::compile(&json!({}), &defs, "", &mut faults).is_none());
        let mut paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["/$defs/b", "/$defs/c", "/$defs/f"]);
    }

    #[test]
    fn a_place_is_one_however_it_is_written() {
        let defs = json!({"d0": {"$ref": "#/$defs/%64%31/properties/a%7e1b"}, "d1": {"properties": {"a/b": {"type": "string", "allOf": [{"$ref": "#/$defs/d2"}]}}},
            "d2": {"anyOf": [{"$ref": "#/$defs/d1/properties/a~1%62/type"}, {"minLength": 2}]}});
        let mut faults = Vec::new();
        assert!(Schema::compile(&json!({"$ref": "#/$defs/d0"}), &defs, "", &mut faults).is_none());
        assert_eq!(
            faults.iter().map(|fault| format!("{} {}", fault.path, fault.rule)).collect::<Vec<_>>(),
            ["/$defs/d1/properties/a~1b/type type"]
        );
        let mut defs = defs;
        defs["d2"] = json!({"anyOf": [{"$ref": "#/$defs/%641/properties/none"}]});
        defs["d1"]["properties"]["none"] = json!({"minLength": 2});
        let schema = shared(&defs);
        assert_eq!((rules_of(&schema, &json!("a")), rules_of(&schema, &json!("ab"))), (vec!["minLength".to_owned()], vec![]));
        assert_eq!(schema.targets.len(), 4);
    }
}
