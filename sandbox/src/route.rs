//! Which operation of the contract a request is, and what its templates say when they are read backwards.

use crate::script::Target;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The most segments that a path has, a contract's or a request's; a longer one fits nothing.
const SEGMENTS: usize = 256;
/// The most variables by which a model is found; a contract that derives more finds none.
const DERIVED: usize = 16;

/// Variables read from a request.
pub(crate) type Vars = BTreeMap<String, Value>;

/// One operation of a contract, ready to be matched.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) target: Target,
    pub(crate) method: String,
    path: Vec<Segment>,
    /// The operation as the contract has it; one of the variants where it has several.
    pub(crate) operation: Value,
}

#[derive(Clone, Debug, PartialEq)]
enum Segment {
    /// As it stands. Also `text:verb`, which some providers append: the variable is cut off before the text.
    Fixed(String),
    /// A variable between fixed texts.
    One { before: String, name: String, after: String },
    /// A variable of one or more segments.
    Several { name: String, after: String },
}

/// How a request fits the routes.
pub(crate) enum Match {
    /// The route of this index, with the variables of its path and query.
    Route(usize, Vars),
    /// The path is known, the method is not.
    Method,
    /// Nothing has this path.
    Nothing,
}

/// The operations of a contract.
pub(crate) fn routes(contract: &Value) -> Vec<Route> {
    let mut routes = Vec::new();
    for target in [Target::Submit, Target::Status, Target::Result, Target::Cancel, Target::List, Target::Account, Target::Upload] {
        let described = &contract[target.as_str()];
        let operations = match if target == Target::Upload { &described["steps"] } else { described } {
            Value::Array(several) => several.clone(),
            Value::Object(one) => vec![Value::Object(one.clone())],
            _ => Vec::new(),
        };
        for operation in operations {
            let Some(path) = operation["path"].as_str() else { continue };
            let otherwise = match target {
                Target::Upload if operation["encoding"] == "bytes" => "PUT",
                Target::Submit | Target::Cancel | Target::Upload => "POST",
                _ => "GET",
            };
            let method = operation["method"].as_str().unwrap_or(otherwise).to_ascii_uppercase();
            routes.push(Route { target, method, path: compile(path), operation });
        }
    }
    routes
}

fn compile(path: &str) -> Vec<Segment> {
    path.trim_start_matches('/')
        .split('/')
        .map(|segment| {
            match segment.split_once('{').and_then(|(before, rest)| rest.split_once('}').map(|(name, after)| (before, name, after))) {
                None => Segment::Fixed(segment.to_owned()),
                Some((_, name, after)) if name.ends_with('*') => {
                    Segment::Several { name: name.trim_end_matches('*').to_owned(), after: after.to_owned() }
                }
                Some((before, name, after)) => Segment::One { before: before.to_owned(), name: name.to_owned(), after: after.to_owned() },
            }
        })
        .collect()
}

/// Finds the route of a path: the one with the most fixed segments wins, and of those the first.
pub(crate) fn find(routes: &[Route], method: &str, target: &str) -> Match {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').take(SEGMENTS + 1).collect();
    if parts.len() > SEGMENTS || parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
        return Match::Nothing;
    }
    let parts: Vec<Part<'_>> = parts.into_iter().map(|raw| Part { raw, decoded: decode(raw) }).collect();
    let mut best: Option<(usize, usize, BTreeMap<String, String>)> = None;
    let mut other_method = false;
    for (index, route) in routes.iter().enumerate() {
        let Some(vars) = fits(&route.path, &parts) else { continue };
        if route.method != method {
            other_method = true;
            continue;
        }
        let fixed = route.path.iter().filter(|segment| matches!(segment, Segment::Fixed(_))).count();
        if best.as_ref().is_none_or(|(most, ..)| fixed > *most) {
            best = Some((fixed, index, vars));
        }
    }
    match best {
        None if other_method => Match::Method,
        None => Match::Nothing,
        Some((_, index, found)) => {
            let mut vars: Vars = found.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
            let query = Value::Object(items(query));
            let operation = &routes[index].operation;
            extract(&operation["query"], &query, &mut vars);
            extract(&operation["withCallback"]["query"], &query, &mut vars);
            Match::Route(index, vars)
        }
    }
}

/// A segment of a request's path as it was sent, and decoded where it can be.
struct Part<'a> {
    raw: &'a str,
    decoded: Option<String>,
}

/// The variables of a path that has this form; of several ways to read it the one in which the first variables are the shortest.
///
/// What fits is found from the end, once for each pair of segments, so that no path makes it try anything twice.
fn fits(path: &[Segment], parts: &[Part<'_>]) -> Option<BTreeMap<String, String>> {
    if path.len() > parts.len() {
        return None;
    }
    // ways[i][j]: whether the form from its segment i on fits the path from its part j on.
    let mut ways = vec![vec![false; parts.len() + 1]; path.len() + 1];
    ways[path.len()][parts.len()] = true;
    for (i, segment) in path.iter().enumerate().rev() {
        for (j, part) in parts.iter().enumerate().rev() {
            ways[i][j] = (segment.ends_with(part) && ways[i + 1][j + 1]) || (segment.goes_on_after(part) && ways[i][j + 1]);
        }
    }
    if !ways[0][0] {
        return None;
    }
    let mut vars = BTreeMap::new();
    let mut at = 0;
    for (i, segment) in path.iter().enumerate() {
        let start = at;
        while !(segment.ends_with(&parts[at]) && ways[i + 1][at + 1]) {
            at += 1;
        }
        if let Some((name, value)) = segment.read(&parts[start..=at]) {
            vars.insert(name.to_owned(), value);
        }
        at += 1;
    }
    Some(vars)
}

impl Segment {
    /// Whether a part can be the last one of this segment.
    fn ends_with(&self, part: &Part<'_>) -> bool {
        match self {
            Self::Fixed(text) => part.decoded.as_deref() == Some(text),
            Self::One { before, after, .. } => part.inner(before, after).is_some(),
            Self::Several { after, .. } => part.inner("", after).is_some(),
        }
    }

    /// Whether it can have a part and then more.
    const fn goes_on_after(&self, part: &Part<'_>) -> bool {
        matches!(self, Self::Several { .. }) && part.decoded.is_some()
    }

    /// The variable that these parts give.
    fn read(&self, parts: &[Part<'_>]) -> Option<(&str, String)> {
        let (last, others) = parts.split_last()?;
        match self {
            Self::Fixed(_) => None,
            Self::One { before, name, after } => Some((name, last.inner(before, after)?)),
            Self::Several { name, after } => {
                let mut words: Vec<String> = others.iter().filter_map(|part| part.decoded.clone()).collect();
                words.push(last.inner("", after)?);
                Some((name, words.join("/")))
            }
        }
    }
}

impl Part<'_> {
    /// What stands between two fixed texts, decoded; never nothing.
    fn inner(&self, before: &str, after: &str) -> Option<String> {
        let value = self.raw.strip_prefix(before)?.strip_suffix(after)?;
        decode(value).filter(|value| !value.is_empty())
    }
}

/// The items of a query, decoded.
fn items(query: &str) -> Map<String, Value> {
    let part = |text: &str| decode(&text.replace('+', " ")).unwrap_or_default();
    let pairs = query.split('&').filter(|item| !item.is_empty()).map(|item| item.split_once('=').unwrap_or((item, "")));
    pairs.map(|(name, value)| (part(name), Value::String(part(value)))).collect()
}

/// The items of a target's query.
pub(crate) fn query(target: &str) -> Map<String, Value> {
    items(target.split_once('?').map_or("", |(_, query)| query))
}

/// Percent-decodes; `None` where it is malformed or not UTF-8.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || bytes.next().and_then(|digit| char::from(digit).to_digit(16));
            let (high, low) = (digit()?, digit()?);
            out.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

/// Percent-encodes one path segment.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Reads a template backwards: `{"input": "$input"}` beside a real body gives `input`.
pub(crate) fn extract(template: &Value, real: &Value, vars: &mut Vars) {
    match (template, real) {
        (Value::String(name), _) => {
            if let Some(name) = name.strip_prefix('$').filter(|name| !name.starts_with('$')) {
                vars.entry(name.to_owned()).or_insert_with(|| real.clone());
            }
        }
        (Value::Object(template), Value::Object(real)) => {
            for (key, part) in template.iter().filter(|(key, _)| *key != "...") {
                if let Some(real) = real.get(key) {
                    extract(part, real, vars);
                }
            }
            if let Some(spread) = template.get("...") {
                let rest: Map<String, Value> =
                    real.iter().filter(|(key, _)| !template.contains_key(*key)).map(|(key, value)| (key.clone(), value.clone())).collect();
                extract(spread, &Value::Object(rest), vars);
            }
        }
        (Value::Array(template), Value::Array(real)) => {
            for (part, real) in template.iter().zip(real) {
                extract(part, real, vars);
            }
        }
        _ => {}
    }
}

/// The model of a request: named in it, or the listed one from which the contract's variables derive what the request says.
pub(crate) fn model_of(contract: &Value, vars: &Vars) -> Option<String> {
    if let Some(model) = vars.get("model").and_then(Value::as_str) {
        return Some(model.to_owned());
    }
    let rules = contract["vars"].as_object()?;
    let said: Vec<(&String, &str)> = rules.keys().filter_map(|name| Some((name, vars.get(name)?.as_str()?))).collect();
    if said.is_empty() || said.len() > DERIVED {
        return None;
    }
    let listed = contract["models"]["list"].as_object().into_iter().flatten();
    let fits = |model: &str, own: &Value| {
        said.iter().all(|(name, value)| {
            let rule = if own["vars"][name.as_str()].is_null() { &rules[*name] } else { &own["vars"][name.as_str()] };
            derive(rule, model).as_deref() == Some(*value)
        })
    };
    let found = listed.into_iter().find(|(model, own)| fits(model, own)).map(|(model, _)| model.clone());
    found.or_else(|| Some(said.iter().map(|(_, value)| *value).collect::<Vec<_>>().join("/")))
}

/// What `vars` of a contract make of a model: `{from: "model", segments | before | after}` or a constant.
pub(crate) fn derive(rule: &Value, model: &str) -> Option<String> {
    let Some(rule) = rule.as_object() else { return rule.as_str().map(str::to_owned) };
    if rule.get("from").and_then(Value::as_str) != Some("model") {
        return rule.get("value").and_then(Value::as_str).map(str::to_owned);
    }
    if let Some(range) = rule.get("segments").and_then(Value::as_array) {
        let bound = |index: usize| range.get(index).and_then(Value::as_u64).and_then(|bound| usize::try_from(bound).ok());
        let parts: Vec<&str> = model.split('/').collect();
        let end = bound(1).unwrap_or(parts.len()).min(parts.len());
        return Some(parts.get(bound(0).unwrap_or(0)..end)?.join("/"));
    }
    if let Some(mark) = rule.get("before").and_then(Value::as_str) {
        return model.split_once(mark).map(|(before, _)| before.to_owned());
    }
    let mark = rule.get("after").and_then(Value::as_str)?;
    model.split_once(mark).map(|(_, after)| after.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(contract: &Value, method: &str, target: &str) -> Option<(Target, Vars)> {
        let routes = routes(contract);
        match find(&routes, method, target) {
            Match::Route(index, vars) => Some((routes[index].target, vars)),
            _ => None,
        }
    }

    #[test]
    fn paths_match_by_segment_and_the_most_fixed_wins() {
        let contract = json!({
            "submit": {"method": "POST", "path": "/{model*}"},
            "status": {"path": "/{app*}/requests/{taskId}/status"},
            "result": {"path": "/{app*}/requests/{taskId}", "query": {"page": "$page"}},
            "cancel": {"method": "PUT", "path": "/{app*}/requests/{taskId}/cancel"},
        });
        let (target, vars) = found(&contract, "POST", "/fal-ai/flux/dev").unwrap();
        assert_eq!((target, &vars["model"]), (Target::Submit, &json!("fal-ai/flux/dev")));
        let (target, vars) = found(&contract, "GET", "/fal-ai/flux/requests/a%2Fb/status").unwrap();
        assert_eq!((target, &vars["taskId"], &vars["app"]), (Target::Status, &json!("a/b"), &json!("fal-ai/flux")));
        let (target, vars) = found(&contract, "GET", "/fal-ai/flux/requests/x?page=2+1").unwrap();
        assert_eq!((target, &vars["page"]), (Target::Result, &json!("2 1")));
        assert!(found(&contract, "GET", "/fal-ai/../requests/x").is_none());
        assert!(found(&contract, "DELETE", "/fal-ai/flux/requests/x/cancel").is_none());
    }

    #[test]
    fn a_path_is_matched_in_one_pass_however_often_a_form_could_begin_anew() {
        let contract = json!({"submit": {"method": "POST", "path": "/{x0*}/{x1*}/{x2*}/{x3*}/{x4*}/{x5*}/end"}});
        for length in [200, 8000] {
            assert!(found(&contract, "POST", &"/a".repeat(length)).is_none());
        }
        let (_, vars) = found(&contract, "POST", &("/a".repeat(200) + "/end")).unwrap();
        assert_eq!((&vars["x0"], &vars["x4"], &vars["x5"]), (&json!("a"), &json!("a"), &json!(["a"; 195].join("/"))));
    }

    #[test]
    fn verbs_after_a_variable_are_cut_off() {
        let contract = json!({"submit": {"method": "POST", "path": "/models/{model}:predictLongRunning"}});
        assert_eq!(found(&contract, "POST", "/models/veo-3:predictLongRunning").unwrap().1["model"], "veo-3");
    }

    #[test]
    fn templates_read_backwards() {
        let mut vars = Vars::new();
        extract(&json!({"m": "$model", "...": "$input", "fixed": 1}), &json!({"m": "x", "prompt": "p", "fixed": 1}), &mut vars);
        assert_eq!((&vars["model"], &vars["input"]), (&json!("x"), &json!({"prompt": "p"})));
    }

    #[test]
    fn variables_derive_from_the_model() {
        assert_eq!(derive(&json!({"from": "model", "segments": [0, 2]}), "a/b/c").as_deref(), Some("a/b"));
        assert_eq!(derive(&json!({"from": "model", "before": "/"}), "a/b").as_deref(), Some("a"));
        assert_eq!(derive(&json!({"from": "model", "after": "/"}), "a/b").as_deref(), Some("b"));
    }
}
