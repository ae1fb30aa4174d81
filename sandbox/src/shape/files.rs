//! Result files in a reply: which sample shows files of the task's kind, and their URLs on the sandbox itself.

use super::Shapes;
use crate::media::MediaKind;
use crate::pointer;
use crate::route::encode;
use crate::task::{Outcome, Task};
use serde_json::{Value, json};

/// The kind that a file's name tells.
fn kind_of(url: &str) -> Option<MediaKind> {
    let name = url.split(['?', '#']).next().unwrap_or_default();
    Some(match name.rsplit('.').next()?.to_ascii_lowercase().as_str() {
        "png" | "jpg" | "jpeg" | "webp" | "gif" => MediaKind::Image,
        "mp4" | "webm" | "mov" => MediaKind::Video,
        "mp3" | "wav" | "ogg" | "flac" | "pcm" => MediaKind::Audio,
        "glb" | "gltf" | "obj" | "fbx" => MediaKind::Model,
        _ => return None,
    })
}

/// The most elements that several files make of the arrays of an answer.
const ELEMENTS: usize = 64;

/// A sample's files: the ones it lists, in order.
fn listed(sample: &Value) -> Vec<&str> {
    sample["files"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The kind of a sample's first file.
pub(super) fn shown(sample: &Value) -> Option<MediaKind> {
    sample["files"].as_array()?.iter().find_map(Value::as_str).and_then(kind_of)
}

impl Shapes {
    /// Whether a sample of a success shows what this task has: files of its kind where there are such, or none.
    pub(super) fn fits_files(&self, sample: &Value, state: &str, task: &Task) -> bool {
        if state != "success" || sample["files"].is_null() {
            return true;
        }
        let files = listed(sample);
        match task.outcome {
            Outcome::NoFiles => files.is_empty(),
            _ if files.is_empty() => false,
            _ => kind_of(files[0]) == Some(task.kind) || !self.shown.contains(&task.kind),
        }
    }

    /// The URL of a task's file: `/files/ID.png` on the sandbox, `/files/ID.2.png` for the second.
    fn file_url(&self, task: &Task, index: usize, kind: MediaKind) -> String {
        let number = if index == 0 { String::new() } else { format!(".{}", index + 1) };
        format!("{}/files/{}{number}.{}", self.base, encode(&task.id), kind.extension())
    }

    /// Writes the files' URLs where the contract looks for them.
    pub(super) fn put_files(&self, reply: &Value, task: &Task, body: &mut Value) {
        let entries = reply["files"].as_array().map_or(&[][..], Vec::as_slice);
        let part = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        let mut index = 0;
        for entry in entries {
            let at = part(entry, "at");
            let urls: Vec<String> =
                pointer::all(body, &(at.clone() + &part(entry, "url"))).into_iter().filter_map(Value::as_str).map(str::to_owned).collect();
            let Some(first) = urls.first() else { continue };
            let shown = kind_of(first) == Some(task.kind);
            if urls.iter().all(|url| kind_of(url) == kind_of(first)) {
                resize(body, &at, task.count);
            }
            let mut local = index;
            pointer::change(body, &(at.clone() + &part(entry, "url")), &mut |found| {
                if let Some(url) = found.as_str() {
                    let kind = if shown { kind_of(url).unwrap_or(task.kind) } else { task.kind };
                    *found = json!(self.file_url(task, local, kind));
                    local += 1;
                }
            });
            if let Some(kind_at) = entry["kindAt"].as_str().filter(|_| !shown) {
                pointer::change(body, &(at + kind_at), &mut |found| *found = json!(task.kind.as_str()));
            }
            index = local;
        }
        if index > 0 {
            return;
        }
        // The sample has no file: one is put at the place for files of this kind.
        let kinds = |entry: &&Value| entry["kind"].is_null() || entry["kind"] == task.kind.as_str();
        if let Some(entry) = entries.iter().find(kinds).or(entries.first()) {
            let at = part(entry, "at");
            pointer::set(body, &(at.clone() + &part(entry, "url")), json!(self.file_url(task, 0, task.kind)));
            if let Some(kind_at) = entry["kindAt"].as_str() {
                pointer::set(body, &(at + kind_at), json!(task.kind.as_str()));
            }
        }
    }
}

/// Gives the array before the pointer's last `*` so many elements, each as its first. Arrays within arrays would multiply: where
/// there are too many, they stay as they are.
fn resize(body: &mut Value, at: &str, count: usize) {
    let Some((array, _)) = at.rsplit_once("/*") else { return };
    if count > 1 && pointer::all(body, array).len() * count > ELEMENTS {
        return;
    }
    pointer::change(body, array, &mut |found| {
        let Value::Array(items) = found else { return };
        if let Some(first) = items.first().cloned() {
            items.resize(count, first);
        }
    });
}
