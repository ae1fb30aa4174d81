//! Where references lead. Each place is one, however it is written and however often it is referred to, so it is compiled once.

use super::equal::sorted;
use super::{Node, Rule};
use crate::json::unescape_segment;
use serde_json::{Map, Value};

/// Where every reference begins.
pub(super) const DEFS: &str = "#/$defs/";

/// The definitions that a reference is looked up in: the schema's own, then those of the document around it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) own: Option<&'a Map<String, Value>>,
    /// The pointer of the schema that has them.
    pub(super) path: &'a str,
    pub(super) shared: Option<&'a Map<String, Value>>,
}

impl<'a> Scope<'a> {
    /// What a reference leads to.
    pub(super) fn find(&self, reference: &'a str) -> Option<Place<'a>> {
        let pointer = unescape_percent(reference.strip_prefix(DEFS)?)?;
        let mut segments = pointer.split('/').map(unescape_segment);
        let name = segments.next()?;
        // What is shared means the same to everyone who refers to it.
        let shared = Self { own: None, path: "", ..*self };
        let own = self.own.and_then(|own| own.get(&name)).map(|target| (target, *self));
        let (target, scope) = own.or_else(|| Some((self.shared?.get(&name)?, shared)))?;
        let target = segments.try_fold(target, |value, segment| match value {
            Value::Object(map) => map.get(&segment),
            Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
            _ => None,
        })?;
        Some(Place { target, reference, scope })
    }
}

/// A schema that is referred to.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) target: &'a Value,
    /// The first reference to it, as it is written.
    pub(super) reference: &'a str,
    pub(super) scope: Scope<'a>,
}

impl Place<'_> {
    /// The pointer of the schema.
    pub(super) fn at(&self) -> String {
        format!("{}/$defs/{}", self.scope.path, self.reference.strip_prefix(DEFS).and_then(unescape_percent).unwrap_or_default())
    }

    /// The last segment of the reference: a name for people.
    pub(super) fn name(&self) -> &str {
        self.reference.rsplit('/').next().unwrap_or_default()
    }
}

/// All places of a document, in the order of the first references to them.
#[derive(Default)]
pub(super) struct Places<'a> {
    pub(super) list: Vec<Place<'a>>,
    /// Indexes of the list, in the order of the values' addresses: whether two references lead to one place is whether they lead to one value.
    by_value: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Notes where the references in a value lead. What is no reference but looks like one does no harm.
    pub(super) fn note(&mut self, value: &'a Value, scope: Scope<'a>, levels: usize) {
        let Some(below) = levels.checked_sub(1) else { return };
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.note(item, scope, below)),
            Value::Object(members) => {
                for (name, member) in members {
                    let reference = member.as_str().filter(|_| name == "$ref");
                    self.list.extend(reference.and_then(|reference| scope.find(reference)));
                    self.note(member, scope, below);
                }
            }
            _ => {}
        }
    }

    /// Leaves each place once.
    pub(super) fn settle(&mut self) {
        let address = |list: &[Place<'a>], index: usize| list.get(index).map(|place| address(place.target));
        let order = |list: &[Place<'a>]| sorted(list.len(), &|a, b| address(list, a).cmp(&address(list, b)));
        let by_value = order(&self.list);
        let mut again = vec![false; self.list.len()];
        for (first, second) in by_value.iter().zip(by_value.iter().skip(1)) {
            // Equal ones stay in their order, so all but the first come again.
            if let Some(again) = again.get_mut(*second) {
                *again = address(&self.list, *first) == address(&self.list, *second);
            }
        }
        let mut again = again.into_iter();
        self.list.retain(|_| again.next() != Some(true));
        self.by_value = order(&self.list);
    }

    /// The index of the place that this value is.
    pub(super) fn index(&self, value: &Value) -> Option<usize> {
        let order = |index: &usize| self.list.get(*index).map(|place| address(place.target)).cmp(&Some(address(value)));
        self.by_value.binary_search_by(order).ok().and_then(|found| self.by_value.get(found).copied())
    }
}

fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}

/// Which of the nodes come back to themselves without going into the value: their check would never end. Each is looked at once.
pub(super) fn circles(nodes: &[Node]) -> Vec<bool> {
    /// A node on the way that is gone, the references of it that are left, and the highest step that anything after it leads back to.
    struct Step {
        node: usize,
        left: Vec<usize>,
        back_to: usize,
    }
    let enter = |node: usize| {
        let mut left = Vec::new();
        nodes.get(node).into_iter().for_each(|node| in_place(node, &mut left));
        Step { node, left, back_to: usize::MAX }
    };
    let mut circles = vec![false; nodes.len()];
    // Where on the way a node is; `usize::MAX` once it is done.
    let mut seen: Vec<Option<usize>> = vec![None; nodes.len()];
    for start in 0..nodes.len() {
        let mut way = if seen.get(start) == Some(&None) { vec![enter(start)] } else { Vec::new() };
        if let Some(first) = seen.get_mut(start).filter(|seen| seen.is_none()) {
            *first = Some(0);
        }
        while let Some(step) = way.last_mut() {
            if let Some(next) = step.left.pop() {
                match seen.get(next).copied().flatten() {
                    Some(usize::MAX) => {}
                    Some(above) => step.back_to = step.back_to.min(above),
                    None => {
                        if let Some(seen) = seen.get_mut(next) {
                            *seen = Some(way.len());
                        }
                        way.push(enter(next));
                    }
                }
                continue;
            }
            let Some(step) = way.pop() else { break };
            let place = way.len();
            if let Some((circle, seen)) = circles.get_mut(step.node).zip(seen.get_mut(step.node)) {
                (*circle, *seen) = (step.back_to <= place, Some(usize::MAX));
            }
            if let Some(above) = way.last_mut().filter(|_| step.back_to < place) {
                above.back_to = above.back_to.min(step.back_to);
            }
        }
    }
    circles
}

/// The references that are followed for the same value as the node.
fn in_place(node: &Node, found: &mut Vec<usize>) {
    let rules = match node {
        Node::Any | Node::Never => return,
        Node::Shared(index) => return found.push(*index),
        Node::Rules(rules) => rules,
    };
    for rule in rules {
        match rule {
            Rule::Ref(index) => found.push(*index),
            Rule::AllOf(nodes) | Rule::AnyOf(nodes) | Rule::OneOf(nodes) => nodes.iter().for_each(|node| in_place(node, found)),
            Rule::Not(node) => in_place(node, found),
            Rule::If { condition, then, otherwise } => [condition, then, otherwise].iter().for_each(|node| in_place(node, found)),
            _ => {}
        }
    }
}

/// A URI fragment without its percent escapes; `None` if one is cut or the result is not UTF-8.
fn unescape_percent(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(part.bytes().skip(2));
    }
    String::from_utf8(bytes).ok()
}
