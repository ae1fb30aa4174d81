//! What was learned, as a store keeps it: `{"v":1,"models":{"m":{"seen":57,"surprise":0,"from":58,"weights":[65536,32768]}}}`.

use super::durations::{BUCKETS, Durations, TASK};
use crate::json::{Members, parse, to_canonical};
use serde_json::{Map, Value};

/// The most models that are kept: those of which the most was seen.
const MOST_MODELS: usize = 200;
/// The most that a histogram may weigh: more tasks than a window ever holds.
const MOST_WEIGHT: u64 = 64 * TASK;

/// Reads what is stored, by the models' names. What cannot be read, or no histogram could weigh, is left out: it is learned again.
pub(super) fn read(text: &str) -> Vec<(String, Durations)> {
    let Ok(stored) = parse(text.as_bytes()) else { return Vec::new() };
    if stored.get("v").and_then(Value::as_u64) != Some(1) {
        return Vec::new();
    }
    let models = stored.get("models").and_then(Value::as_object);
    models.into_iter().flatten().filter_map(|(name, model)| Some((name.clone(), durations(model)?))).collect()
}

fn durations(model: &Value) -> Option<Durations> {
    let number = |name: &str| model.get(name).and_then(Value::as_u64);
    let from = usize::try_from(number("from")?).ok()?;
    let kept = model.get("weights")?.as_array()?;
    if from.checked_add(kept.len())? > BUCKETS {
        return None;
    }
    let mut weights = vec![0; BUCKETS];
    let mut room = MOST_WEIGHT;
    for (weight, kept) in weights.iter_mut().skip(from).zip(kept) {
        *weight = kept.as_u64()?;
        room = room.checked_sub(*weight)?;
    }
    // Beyond what a JavaScript number can hold, nothing counts.
    let counted = |name| number(name).filter(|count| *count < 1 << 53);
    Some(Durations::from_parts(weights, counted("seen")?, counted("surprise")?))
}

/// What is stored of some models.
pub(super) fn write<'a>(models: impl Iterator<Item = (&'a str, &'a Durations)>) -> String {
    let mut models: Vec<_> = models.filter(|(_, durations)| durations.seen() > 0).collect();
    while models.len() > MOST_MODELS {
        let least = models.iter().enumerate().min_by_key(|(_, (_, durations))| durations.seen());
        if let Some((place, _)) = least {
            models.remove(place);
        }
    }
    let mut kept = Map::new();
    for (name, durations) in models {
        let weights = durations.weights();
        let from = weights.iter().position(|weight| *weight > 0).unwrap_or(0);
        let to = weights.iter().rposition(|weight| *weight > 0).map_or(from, |last| last + 1);
        let weights = weights.get(from..to).unwrap_or_default().iter().map(|weight| Value::from(*weight)).collect();
        let model = Members::default()
            .int("seen", durations.seen())
            .int("surprise", durations.surprise())
            .value("from", from.into())
            .value("weights", Value::Array(weights))
            .done();
        kept.insert(name.to_owned(), model);
    }
    to_canonical(&Members::default().int("v", 1).value("models", Value::Object(kept)).done())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backoff::PollSchedule;
    use crate::learning::Seen;

    #[test]
    fn what_is_written_is_read_back() {
        let mut known = Durations::default();
        for by_ms in [0, 500, 20_000, 21_000, 9_000_000] {
            known.add(Seen { after_ms: 0, by_ms }, &PollSchedule::DEFAULT);
        }
        let text = write([("a", &known), ("none", &Durations::default())].into_iter());
        assert_eq!(read(&text), [("a".to_owned(), known)]);
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let model = |model: &str| read(&format!(r#"{{"v": 1, "models": {{"m": {model}}}}}"#)).len();
        assert_eq!(model(r#"{"seen": 1, "surprise": 0, "from": 120, "weights": [5]}"#), 1);
        for wrong in [
            "null",
            "{}",
            r#"{"seen": 1, "surprise": 0, "from": 120, "weights": [5, 5]}"#,
            r#"{"seen": 1, "surprise": 0, "from": 18446744073709551615, "weights": [5]}"#,
            r#"{"seen": 1, "surprise": 0, "from": 0, "weights": [18446744073709551615]}"#,
            r#"{"seen": 1, "surprise": 18446744073709551615, "from": 0, "weights": [1]}"#,
            r#"{"seen": -1, "surprise": 0, "from": 0, "weights": [1]}"#,
            r#"{"seen": 1, "surprise": 0, "from": 0, "weights": [1.5]}"#,
        ] {
            assert_eq!(model(wrong), 0, "{wrong}");
        }
        for text in ["", "[]", "{", r#"{"v": 2, "models": {}}"#, r#"{"v": 1}"#] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
