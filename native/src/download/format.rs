//! What a file is, by its own first bytes. What a server or a URL calls it does not count.

/// A kind of file that providers make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    /// Its media type.
    pub(super) content_type: &'static str,
    /// The ending of its name, without the dot.
    pub(super) extension: &'static str,
    /// The kinds of result it can be.
    kinds: &'static [&'static str],
}

const fn format(content_type: &'static str, extension: &'static str, kinds: &'static [&'static str]) -> Format {
    Format { content_type, extension, kinds }
}

/// Magic bytes, where they stand, and what they mean. The first match counts.
const MAGIC: [(usize, &[u8], Format); 30] = [
    (0, b"\x89PNG\r\n\x1a\n", format("image/png", "png", &["image"])),
    (0, b"\xff\xd8\xff", format("image/jpeg", "jpg", &["image"])),
    (0, b"GIF87a", format("image/gif", "gif", &["image", "video"])),
    (0, b"GIF89a", format("image/gif", "gif", &["image", "video"])),
    (8, b"WEBP", format("image/webp", "webp", &["image", "video"])),
    (0, b"II*\0", format("image/tiff", "tiff", &["image"])),
    (0, b"MM\0*", format("image/tiff", "tiff", &["image"])),
    (4, b"ftypavif", format("image/avif", "avif", &["image"])),
    (4, b"ftypavis", format("image/avif", "avif", &["image"])),
    (4, b"ftypheic", format("image/heic", "heic", &["image"])),
    (4, b"ftypmif1", format("image/heif", "heif", &["image"])),
    (4, b"ftypqt  ", format("video/quicktime", "mov", &["video"])),
    (4, b"ftypM4A ", format("audio/mp4", "m4a", &["audio"])),
    (4, b"ftyp", format("video/mp4", "mp4", &["video", "audio"])),
    (0, b"\x1a\x45\xdf\xa3", format("video/webm", "webm", &["video", "audio"])),
    (8, b"AVI ", format("video/x-msvideo", "avi", &["video"])),
    (8, b"WAVE", format("audio/wav", "wav", &["audio"])),
    (0, b"ID3", format("audio/mpeg", "mp3", &["audio"])),
    (0, b"fLaC", format("audio/flac", "flac", &["audio"])),
    (0, b"OggS", format("audio/ogg", "ogg", &["audio", "video"])),
    (8, b"AIFF", format("audio/aiff", "aiff", &["audio"])),
    (0, b"glTF", format("model/gltf-binary", "glb", &["model"])),
    (0, b"Kaydara FBX Binary  \0", format("model/vnd.fbx", "fbx", &["model"])),
    (0, b"; FBX ", format("model/vnd.fbx", "fbx", &["model"])),
    (0, b"ply\n", format("model/ply", "ply", &["model"])),
    (0, b"ply\r\n", format("model/ply", "ply", &["model"])),
    (0, b"PXR-USDC", format("model/vnd.usd", "usdc", &["model"])),
    (0, b"BLENDER", format("application/x-blender", "blend", &["model"])),
    (0, b"PK\x03\x04", format("application/zip", "zip", &["model"])),
    (0, b"solid ", format("model/stl", "stl", &["model"])),
];

const AAC: Format = format("audio/aac", "aac", &["audio"]);
const BMP: Format = format("image/bmp", "bmp", &["image"]);
const GLTF: Format = format("model/gltf+json", "gltf", &["model"]);
const MP3: Format = format("audio/mpeg", "mp3", &["audio"]);
const OBJ: Format = format("model/obj", "obj", &["model"]);
const STL: Format = format("model/stl", "stl", &["model"]);

/// Members that a glTF document may begin with.
const GLTF_MEMBERS: [&str; 18] = [
    "accessors",
    "animations",
    "asset",
    "bufferViews",
    "buffers",
    "cameras",
    "extensions",
    "extensionsRequired",
    "extensionsUsed",
    "extras",
    "images",
    "materials",
    "meshes",
    "nodes",
    "samplers",
    "scene",
    "scenes",
    "textures",
];

impl Format {
    /// What is none of the others.
    pub(super) const UNKNOWN: Self = format("application/octet-stream", "bin", &[]);

    /// The format of a file that should be of this kind, or what it is instead. `length` is the whole file's, where it is known.
    ///
    /// A result of unknown kind may be anything but a web page, which is what expired links and login walls answer.
    pub(super) fn check(head: &[u8], length: Option<u64>, kind: &str) -> Result<Self, &'static str> {
        if head.is_empty() {
            return Err("nothing");
        }
        let found = Self::by_magic(head).or_else(|| if kind == "model" { Self::model(head, length) } else { None });
        let known_kind = matches!(kind, "image" | "video" | "audio" | "model");
        match found {
            Some(format) if !known_kind || format.kinds.contains(&kind) => Ok(format.of_kind(kind)),
            Some(format) => Err(format.content_type),
            None if known_kind || is_page(head) => Err(describe(head)),
            None => Ok(Self::UNKNOWN),
        }
    }

    fn by_magic(head: &[u8]) -> Option<Self> {
        let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(magic));
        for (offset, magic, format) in MAGIC {
            let container = match offset {
                8 if format.extension == "aiff" => at(0, b"FORM"),
                8 => at(0, b"RIFF"),
                _ => true,
            };
            if container && at(offset, magic) {
                return Some(format);
            }
        }
        match head {
            [0xff, second, ..] if second & 0xf6 == 0xf0 => Some(AAC),
            [0xff, second, third, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 && third & 0xf0 != 0xf0 => Some(MP3),
            // The four reserved bytes after the length are zero.
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(BMP),
            _ => None,
        }
    }

    /// 3D formats without magic bytes.
    fn model(head: &[u8], length: Option<u64>) -> Option<Self> {
        let triangles = head.get(80..84).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
        if triangles.is_some_and(|count| length == Some(84 + 50 * u64::from(count))) {
            return Some(STL);
        }
        let text = head.iter().position(|byte| *byte >= 0x80).map_or(head, |end| head.get(..end).unwrap_or_default());
        let text = std::str::from_utf8(text).ok()?.trim_start();
        if let Some(inside) = text.strip_prefix('{') {
            let member = inside.trim_start().strip_prefix('"')?.split('"').next()?;
            return GLTF_MEMBERS.contains(&member).then_some(GLTF);
        }
        let statement = text.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with('#'))?;
        let word = statement.split_ascii_whitespace().next()?;
        matches!(word, "v" | "vn" | "vt" | "mtllib" | "usemtl" | "o" | "g" | "s").then_some(OBJ)
    }

    /// Containers for sound and pictures are named after what they should hold.
    fn of_kind(self, kind: &str) -> Self {
        match (self.content_type, kind) {
            ("video/mp4", "audio") => format("audio/mp4", "m4a", &["audio"]),
            ("video/webm", "audio") => format("audio/webm", "webm", &["audio"]),
            ("audio/ogg", "video") => format("video/ogg", "ogv", &["video"]),
            _ => self,
        }
    }
}

fn is_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    ["<!doctype", "<html", "<?xml", "<!--", "<head", "<body", "<error"].iter().any(|start| text.starts_with(start))
}

/// Something that is none of the formats, in words.
fn describe(head: &[u8]) -> &'static str {
    let first = head.iter().copied().find(|byte| !byte.is_ascii_whitespace());
    match first {
        _ if is_page(head) => "a web page",
        Some(b'{' | b'[') => "JSON",
        _ if head.starts_with(b"\x1f\x8b") => "gzip",
        _ if head.starts_with(b"%PDF") => "application/pdf",
        _ if head.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) => "text",
        _ => "an unknown format",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[u8], kind: &str) -> Result<(&'static str, &'static str), &'static str> {
        Format::check(head, None, kind).map(|format| (format.content_type, format.extension))
    }

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        let table: [(&[u8], &str, &str); 24] = [
            (b"\x89PNG\r\n\x1a\n....", "image", "png"),
            (b"\xff\xd8\xff\xe0....", "image", "jpg"),
            (b"GIF89a....", "image", "gif"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "image", "webp"),
            (b"\0\0\0\x1cftypavif", "image", "avif"),
            (b"BM\x10\x10\0\0\0\0\0\0\x36", "image", "bmp"),
            (b"\0\0\0\x1cftypisom", "video", "mp4"),
            (b"\0\0\0\x14ftypqt  ", "video", "mov"),
            (b"\x1a\x45\xdf\xa3....", "video", "webm"),
            (b"GIF89a....", "video", "gif"),
            (b"\0\0\0\x1cftypisom", "audio", "m4a"),
            (b"RIFF\x10\0\0\0WAVEfmt ", "audio", "wav"),
            (b"ID3\x04\0", "audio", "mp3"),
            (b"\xff\xfb\x90\x44", "audio", "mp3"),
            (b"\xff\xf1\x50\x80", "audio", "aac"),
            (b"fLaC\0\0\0\x22", "audio", "flac"),
            (b"OggS\0", "audio", "ogg"),
            (b"glTF\x02\0\0\0", "model", "glb"),
            (b"{\n  \"asset\": {\"version\": \"2.0\"}", "model", "gltf"),
            (b"# a comment\nmtllib a.mtl\nv 1 2 3\n", "model", "obj"),
            (b"PK\x03\x04....", "model", "zip"),
            (b"solid cube\n", "model", "stl"),
            (b"ply\nformat ascii 1.0\n", "model", "ply"),
            (b"whatever", "unknown", "bin"),
        ];
        for (head, kind, extension) in table {
            assert_eq!(check(head, kind).map(|found| found.1), Ok(extension), "{head:?} as {kind}");
        }
    }

    #[test]
    fn another_type_is_named() {
        let table: [(&[u8], &str, &str); 10] = [
            (b"\x89PNG\r\n\x1a\n", "video", "image/png"),
            (b"\0\0\0\x1cftypisom", "image", "video/mp4"),
            (b"\0\0\0\x1cftypM4A ", "video", "audio/mp4"),
            (b"<!DOCTYPE html><html>", "image", "a web page"),
            (b"\n <HTML>", "unknown", "a web page"),
            (b"{\"error\": \"expired\"}", "model", "JSON"),
            (b"Not found", "audio", "text"),
            (b"\x1f\x8b\x08", "image", "gzip"),
            (b"MZ\x90\0", "image", "an unknown format"),
            (b"", "unknown", "nothing"),
        ];
        for (head, kind, found) in table {
            assert_eq!(check(head, kind), Err(found), "{head:?} as {kind}");
        }
    }

    #[test]
    fn a_binary_stl_is_told_by_its_length() {
        let mut file = vec![0_u8; 84 + 50 * 2];
        file[80] = 2;
        assert_eq!(Format::check(&file, Some(184), "model").map(|format| format.extension), Ok("stl"));
        assert!(Format::check(&file, Some(185), "model").is_err());
    }
}
