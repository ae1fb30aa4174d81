//! Faults on purpose: which request goes wrong, and how.

mod fault;

pub use fault::{Fault, Forgery};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// A new task.
    Submit,
    /// How a task is.
    Status,
    /// The details of a task.
    Result,
    /// The end of a task.
    Cancel,
    /// All tasks.
    List,
    /// The balance.
    Account,
    /// A step of an upload.
    Upload,
    /// A result file.
    File,
    /// No request, but the callback that a task's end is told by.
    Callback,
    /// Anything that the provider does not know.
    Other,
}

impl Target {
    /// The word, as contracts, scripts and statistics have it: `submit`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Status => "status",
            Self::Result => "result",
            Self::Cancel => "cancel",
            Self::List => "list",
            Self::Account => "account",
            Self::Upload => "upload",
            Self::File => "file",
            Self::Callback => "callback",
            Self::Other => "other",
        }
    }
}

/// Which requests a fault happens to. In JSON `{"on": "submit", "nth": 2, "fault": {"kind": "resetAfterBody"}}`.
///
/// On [`Target::Callback`] it is counted by the tasks that have a callback URL, each once, as soon as something of its callback is decided:
/// the submit, the begin of its work or its end. A fault of a callback on a request does nothing, nor does any other fault on a
/// callback; in JSON both are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// What the request asks for.
    pub on: Target,
    /// Which of the requests that match, counted from 1; empty: every one. In JSON a number or an array.
    #[serde(default, deserialize_with = "one_or_more")]
    pub nth: Vec<u64>,
    /// Only requests about this task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// Only requests about a task of this model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Whether the request takes effect (a submit makes its task and is paid for). Default: yes where the answer is lost or spoilt, no
    /// where the answer is `status`, `bytes`, `redirect` or `inBandError`; never for `resetBeforeRead`, always for `closeWarmConnection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<bool>,
    /// What happens.
    pub fault: Fault,
    /// How many requests have matched.
    #[serde(skip)]
    seen: u64,
    /// The tasks whose callbacks have matched, by their number.
    #[serde(skip)]
    numbered: BTreeMap<String, u64>,
}

/// Reads rules, whose faults must be ones that can happen there.
pub(crate) fn rules<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Rule>, D::Error> {
    let rules = Vec::<Rule>::deserialize(from)?;
    match rules.iter().find(|rule| rule.fault.is_of_callback() != (rule.on == Target::Callback)) {
        None => Ok(rules),
        Some(rule) if rule.on == Target::Callback => Err(D::Error::custom("expected a fault of a callback in a rule on callback")),
        Some(rule) => Err(D::Error::custom(format_args!("a fault of a callback needs a rule on callback, found {}", rule.on.as_str()))),
    }
}

fn one_or_more<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Nth {
        One(u64),
        More(Vec<u64>),
    }
    Ok(match Nth::deserialize(from)? {
        Nth::One(nth) => vec![nth],
        Nth::More(nths) => nths,
    })
}

impl Rule {
    /// A fault on every request of this kind.
    pub const fn every(on: Target, fault: Fault) -> Self {
        Self { on, nth: Vec::new(), task: None, model: None, accepted: None, fault, seen: 0, numbered: BTreeMap::new() }
    }

    /// A fault on the `nth` request of this kind, counted from 1.
    pub fn nth(on: Target, nth: u64, fault: Fault) -> Self {
        Self { nth: vec![nth], ..Self::every(on, fault) }
    }

    /// The same rule with its say about the effect.
    #[must_use]
    pub const fn accepted(mut self, accepted: bool) -> Self {
        self.accepted = Some(accepted);
        self
    }

    /// The same rule for tasks of one model.
    #[must_use]
    pub fn for_model(mut self, model: &str) -> Self {
        self.model = Some(model.to_owned());
        self
    }

    /// The same rule for requests about one task.
    #[must_use]
    pub fn for_task(mut self, id: &str) -> Self {
        self.task = Some(id.to_owned());
        self
    }

    fn fits(&self, on: Target, task: Option<&str>, model: Option<&str>) -> bool {
        self.on == on
            && self.task.as_deref().is_none_or(|wanted| task == Some(wanted))
            && self.model.as_deref().is_none_or(|wanted| model == Some(wanted))
    }
}

/// The faults of a run. Of several rules that fire for one request the first one counts; for one callback all of them do, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The rules, in order.
    #[serde(deserialize_with = "rules")]
    pub rules: Vec<Rule>,
}

/// A fault that fires, and whether the request takes effect.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fired {
    pub(crate) fault: Fault,
    pub(crate) effect: bool,
}

impl Script {
    /// A script of these rules.
    pub fn of(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { rules: rules.into_iter().collect() }
    }

    /// Counts a request and says what happens to it.
    pub(crate) fn fire(&mut self, on: Target, task: Option<&str>, model: Option<&str>) -> Option<Fired> {
        let mut fired = None;
        for rule in self.rules.iter_mut().filter(|rule| rule.fits(on, task, model)) {
            rule.seen += 1;
            if fired.is_none() && (rule.nth.is_empty() || rule.nth.contains(&rule.seen)) {
                let effect = match rule.fault {
                    Fault::ResetBeforeRead => false,
                    Fault::CloseWarmConnection => true,
                    _ => rule.accepted.unwrap_or(rule.fault.takes_effect()),
                };
                fired = Some(Fired { fault: rule.fault.clone(), effect });
            }
        }
        fired
    }

    /// What happens to a task's callback. Counts the task once, however often it is asked.
    pub(crate) fn of_callback(&mut self, task: &str, model: &str) -> Vec<Fault> {
        let rules = self.rules.iter_mut().filter(|rule| rule.fits(Target::Callback, Some(task), Some(model)));
        let fired = rules.filter_map(|rule| {
            let next = u64::try_from(rule.numbered.len()).unwrap_or(u64::MAX).saturating_add(1);
            let number = *rule.numbered.entry(task.to_owned()).or_insert(next);
            (rule.nth.is_empty() || rule.nth.contains(&number)).then(|| rule.fault.clone())
        });
        fired.filter(Fault::is_of_callback).collect()
    }

    /// Whether the next request of this kind would be reset before its body is read. Counts nothing.
    pub(crate) fn next_is_reset(&self, on: Target, task: Option<&str>, model: Option<&str>) -> bool {
        let next = self
            .rules
            .iter()
            .filter(|rule| rule.fits(on, task, model))
            .find(|rule| rule.nth.is_empty() || rule.nth.contains(&(rule.seen + 1)));
        next.is_some_and(|rule| rule.fault == Fault::ResetBeforeRead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_script_reads_from_json_and_counts() {
        let mut script: Script = serde_json::from_value(json!({"rules": [
            {"on": "submit", "nth": 2, "fault": {"kind": "resetAfterBody"}},
            {"on": "submit", "nth": [1, 2], "model": "m", "accepted": true, "fault": {"kind": "status", "code": 503}},
            {"on": "status", "fault": {"kind": "delayMs", "ms": 5}}
        ]}))
        .unwrap();
        assert_eq!(script.fire(Target::Submit, None, Some("n")), None);
        assert_eq!(script.fire(Target::Submit, None, Some("m")), Some(Fired { fault: Fault::ResetAfterBody, effect: true }));
        assert_eq!(script.fire(Target::Submit, None, Some("m")).map(|fired| fired.effect), Some(true));
        assert_eq!(script.fire(Target::Submit, None, Some("m")), None);
        for _ in 0..3 {
            assert_eq!(script.fire(Target::Status, Some("t"), None).map(|fired| fired.fault), Some(Fault::DelayMs { ms: 5 }));
        }
        assert!(serde_json::from_value::<Script>(json!({"rules": [{"on": "submit", "fault": {"kind": "unheard"}}]})).is_err());
    }

    #[test]
    fn rules_of_callbacks_count_tasks_and_all_of_them_count() {
        let mut script: Script = serde_json::from_value(json!({"rules": [
            {"on": "callback", "nth": 2, "fault": {"kind": "late", "ms": 5}},
            {"on": "callback", "model": "m", "fault": {"kind": "forged", "part": "token"}}
        ]}))
        .unwrap();
        let forged = Fault::Forged { part: Forgery::Token };
        assert_eq!(script.of_callback("a", "m"), std::slice::from_ref(&forged));
        assert_eq!(script.of_callback("b", "m"), [Fault::Late { ms: 5 }, forged.clone()]);
        assert_eq!(script.of_callback("a", "m"), [forged]);
        assert_eq!(script.of_callback("b", "n"), [Fault::Late { ms: 5 }]);
        for (on, kind) in [("submit", "never"), ("callback", "hold")] {
            let rule = json!({"rules": [{"on": on, "fault": {"kind": kind}}]});
            assert!(serde_json::from_value::<Script>(rule).unwrap_err().to_string().contains("on callback"));
        }
    }

    #[test]
    fn a_reset_before_the_body_is_foreseen_without_counting() {
        let mut script = Script::of([Rule::nth(Target::Submit, 2, Fault::ResetBeforeRead)]);
        assert!(!script.next_is_reset(Target::Submit, None, None));
        script.fire(Target::Submit, None, None);
        assert!(script.next_is_reset(Target::Submit, None, None) && script.next_is_reset(Target::Submit, None, None));
    }
}
