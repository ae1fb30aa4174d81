//! Result files that open, drawn from the prompt and a seed: the same two always give the same bytes.
//!
//! A word in the prompt shows: `night`, `sunset`, `sea`, `snow`, `forest` and a few more change the picture.

mod canvas;
mod glb;
mod h264;
mod mp4;
pub(crate) mod rng;
mod scene;
mod wav;

use rng::Rng;
use scene::Scene;
use serde::{Deserialize, Serialize};

/// What a result file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A PNG picture of 512 x 512.
    Image,
    /// An MP4 of three seconds, 320 x 180: H.264 in its constrained baseline profile, which every player and browser opens.
    Video,
    /// A WAV melody of about five seconds.
    Audio,
    /// A GLB (glTF 2.0): a small planet of flat triangles.
    Model,
}

impl MediaKind {
    /// The kind that a contract names; `None` for `unknown` and the like.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "image" => Self::Image,
            "video" => Self::Video,
            "audio" | "music" => Self::Audio,
            "model" | "3d" => Self::Model,
            _ => return None,
        })
    }

    /// The contract's word: `image`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Model => "model",
        }
    }

    /// The file name's ending, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Image => "png",
            Self::Video => "mp4",
            Self::Audio => "wav",
            Self::Model => "glb",
        }
    }

    /// The `Content-Type` of such a file.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Image => "image/png",
            Self::Video => "video/mp4",
            Self::Audio => "audio/wav",
            Self::Model => "model/gltf-binary",
        }
    }
}

/// Draws a file.
///
/// ```
/// use gentask_sandbox::{MediaKind, render};
/// let picture = render(MediaKind::Image, "a sunset over the sea", 7);
/// assert!(picture.starts_with(b"\x89PNG"));
/// assert_eq!(picture, render(MediaKind::Image, "a sunset over the sea", 7));
/// ```
pub fn render(kind: MediaKind, prompt: &str, seed: u64) -> Vec<u8> {
    let mut rng = Rng::new(rng::hash(prompt.as_bytes()) ^ seed);
    match kind {
        MediaKind::Image => Scene::choose(prompt, &mut rng).picture(512, 512).to_png(),
        MediaKind::Video => mp4::film(&Scene::choose(prompt, &mut rng)),
        MediaKind::Audio => wav::melody(&mut rng),
        MediaKind::Model => glb::planet(&mut rng),
    }
}

#[cfg(test)]
mod tests;
