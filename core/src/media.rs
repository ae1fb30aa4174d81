//! Media that goes into a payload: an https URL, or a base64 data URI whose bytes are what its type says.
//!
//! Media is private. No message quotes more of it than the origin of a URL, or the type and the size of a data URI.

use crate::base64::{self, is_base64};
use crate::error::{Violation, note};
use crate::json::{Fields, describe as describe_json, nth};
use crate::search::shorten;
use crate::search::split_once;
use crate::url::Origin;
use serde_json::Value;

/// The most bytes of an answer, a body or a medium: 256 MiB.
pub(crate) const MOST_BYTES: u64 = 256 << 20;

/// The longest URL: more than any signed URL needs, less than servers refuse.
const MAX_URL: usize = 8192;

type HeadTest = fn(&[u8]) -> bool;

/// The types whose bytes can be told, each with its test of the first 12 bytes. The first name is the registered one.
const TYPES: &[(&[&str], HeadTest)] = &[
    (&["image/png"], |head| head.starts_with(b"\x89PNG\r\n\x1a\n")),
    (&["image/jpeg", "image/jpg"], |head| head.starts_with(b"\xff\xd8\xff")),
    (&["image/webp"], |head| is_riff(head, b"WEBP")),
    (&["image/gif"], |head| head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a")),
    (&["image/bmp"], |head| head.starts_with(b"BM")),
    (&["video/mp4", "audio/mp4", "video/quicktime", "audio/x-m4a"], |head| head.get(4..8) == Some(b"ftyp")),
    (&["video/webm", "audio/webm", "video/x-matroska", "video/matroska"], |head| head.starts_with(b"\x1a\x45\xdf\xa3")),
    (&["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"], |head| is_riff(head, b"WAVE")),
    (&["audio/ogg", "video/ogg", "application/ogg"], |head| head.starts_with(b"OggS")),
    (&["audio/flac", "audio/x-flac"], |head| head.starts_with(b"fLaC")),
    (&["model/gltf-binary"], |head| head.starts_with(b"glTF")),
    (&["audio/mpeg", "audio/mp3"], |head| head.starts_with(b"ID3") || is_mpeg_frame(head)),
];

fn is_riff(head: &[u8], form: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(form)
}

/// Eleven set bits, then neither the reserved version nor the reserved layer (which is AAC's).
fn is_mpeg_frame(head: &[u8]) -> bool {
    matches!(head, [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x18 != 0x08 && second & 0x06 != 0)
}

/// What a provider accepts where a schema says `"format": "media"`; a contract's `media` object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRules {
    /// Whether https URLs are accepted.
    pub accept_https: bool,
    /// Whether base64 data URIs are accepted in a request.
    pub accept_data: bool,
    /// Whether media at hand are uploaded before the request: then they are given as data URIs, and what stands for them goes into the request.
    pub uploads: bool,
    /// How a text begins that stands for a medium which was uploaded before, such as `runway://`; `None`: no such text is accepted.
    pub uploaded: Option<String>,
    /// The most bytes in a data URI, decoded; `None` where no limit is known.
    pub max_bytes: Option<u64>,
    /// The media types that a data URI may have, such as `image/png`.
    pub types: Vec<String>,
    /// The most bytes of a medium that fits into a request as a data URI.
    pub fits: u64,
}

impl Default for MediaRules {
    /// Only https URLs: what every provider accepts.
    fn default() -> Self {
        Self {
            accept_https: true,
            accept_data: false,
            uploads: false,
            uploaded: None,
            max_bytes: None,
            types: Vec::new(),
            fits: MOST_BYTES,
        }
    }
}

impl MediaRules {
    /// Reads a contract's `media`: `{"accept": ["https", "data"], "maxBytes": 10485760, "types": ["image/png"]}`.
    pub(crate) fn load(value: &Value, path: &str, faults: &mut Vec<Violation>) -> Self {
        let fields = Fields::open(value, path, &["accept", "maxBytes", "types"], faults);
        let accept = fields.need("accept", faults).map(|_| fields.strings("accept", faults)).unwrap_or_default();
        let types = fields.strings("types", faults);
        let mut check = |name: &str, words: &[String], known: &[&str]| {
            for (index, word) in words.iter().enumerate().filter(|(_, word)| !known.contains(&word.as_str())) {
                let (at, expected) = (nth(&fields.at(name), index), format!("one of {}", known.join(", ")));
                note(faults, &at, "enum", &expected, &describe_json(&Value::from(word.as_str())));
            }
        };
        check("accept", &accept, &["https", "data", "upload"]);
        check("types", &types, &TYPES.iter().flat_map(|(names, _)| names.iter().copied()).collect::<Vec<_>>());
        let [accept_https, accept_data, uploads] = ["https", "data", "upload"].map(|form| accept.iter().any(|word| word == form));
        if (accept_data || uploads) && types.is_empty() {
            note(faults, &fields.at("types"), "required", "the types that a data URI may have", "none");
        }
        let max_bytes = fields.within("maxBytes", 1..=MOST_BYTES, faults);
        Self { accept_https, accept_data, uploads, uploaded: None, max_bytes, types, fits: MOST_BYTES }
    }

    /// The same where a request may have so many bytes: base64 makes four of three. What is uploaded goes into none.
    pub(crate) fn within(self, submit_bytes: u64) -> Self {
        let fits = if self.uploads { MOST_BYTES } else { submit_bytes / 4 * 3 };
        Self { fits, ..self }
    }

    /// Whether a medium at hand can be given at all.
    const fn takes_bytes(&self) -> bool {
        self.accept_data || self.uploads
    }

    /// What is wrong with a media text, if anything is.
    pub(crate) fn check(&self, text: &str, path: &str) -> Option<Violation> {
        let violation = |expected: String, found: String| Some(Violation::new(path, "media", expected, found));
        let found = || describe(text).unwrap_or_else(|| format!("a text of {} characters", text.chars().count()));
        if !text.starts_with("data:") {
            if self.uploaded.as_ref().is_some_and(|prefix| text.starts_with(prefix.as_str()) && text.len() <= MAX_URL) {
                return None;
            }
            return match text.strip_prefix("https://").filter(|_| self.accept_https) {
                Some(rest) => violation(https_fault(rest)?, found()),
                None => violation(self.wanted(), found()),
            };
        }
        let Some(data) = DataUri::read(text).filter(|_| self.takes_bytes()) else { return violation(self.wanted(), found()) };
        if !self.types.iter().any(|known| known == data.media_type) {
            return violation(self.wanted(), found());
        }
        if let Some(most) = self.max_bytes.filter(|most| data.bytes() > *most) {
            return violation(format!("at most {most} bytes"), found());
        }
        if data.bytes() == 0 || !is_base64(data.base64) {
            return violation("strict base64 data, padded and not empty".to_owned(), found());
        }
        let head = data.head();
        if test_of(data.media_type).is_some_and(|is_of_type| is_of_type(&head)) {
            return None;
        }
        let actual = TYPES.iter().find(|(_, is_of_type)| is_of_type(&head)).and_then(|(names, _)| names.first());
        let actual = actual.map_or_else(|| "are of no known type".to_owned(), |name| format!("are {name}"));
        violation(format!("the bytes of {}", data.media_type), format!("{}, which {actual}", found()))
    }

    /// The type that a medium at hand has in its data URI, or what is wrong with it: by its size, by its first bytes (12 suffice, or all there
    /// are), and by the type that its owner gives it where its bytes may be of several. `path` is where it stands in the payload, `before` how many bytes
    /// the payload's media before it have: all of them go into one request.
    pub fn type_of(&self, path: &str, before: u64, bytes: u64, head: &[u8], given: Option<&str>) -> Result<&str, Violation> {
        let violation = |expected: String, found: String| Err(Violation::new(path, "media", expected, found));
        let Some((names, _)) = TYPES.iter().find(|(_, is_of_type)| is_of_type(head)) else {
            return violation(self.wanted(), format!("{bytes} bytes of no known type"));
        };
        let found = format!("{bytes} bytes of {}", likely(names, head));
        let known = |name: &str| self.types.iter().find(|known| *known == name && names.contains(&name)).map(String::as_str);
        let chosen = given.and_then(known).or_else(|| known(likely(names, head))).or_else(|| names.iter().copied().find_map(known));
        match chosen.filter(|_| self.takes_bytes()) {
            None => violation(self.wanted(), found),
            Some(_) if bytes > self.most_bytes() => violation(format!("at most {} bytes", self.most_bytes()), found),
            Some(_) if before.saturating_add(bytes) > self.fits => {
                violation(format!("at most {} bytes of all media together", self.fits), format!("{found} after {before} bytes of others"))
            }
            Some(name) => Ok(name),
        }
    }

    /// The most bytes of a medium: the contract's limit, and never more than fits into a request.
    pub fn most_bytes(&self) -> u64 {
        self.max_bytes.unwrap_or(MOST_BYTES).min(self.fits)
    }

    /// What is accepted, in words.
    pub(crate) fn wanted(&self) -> String {
        let limit = self.max_bytes.map(|most| format!(", at most {most} bytes")).unwrap_or_default();
        let data = format!("a base64 data URI of {}{limit}", self.types.join(", "));
        match (self.accept_https, self.takes_bytes()) {
            (true, true) => format!("an https URL or {data}"),
            (true, false) => "an https URL".to_owned(),
            (false, true) => data,
            (false, false) => "no media".to_owned(),
        }
    }
}

/// Of the names of one form, the one that its first bytes speak for.
fn likely(names: &[&'static str], head: &[u8]) -> &'static str {
    let by_brand = match head.get(8..12) {
        Some(b"M4A ") => "audio/mp4",
        Some(b"qt  ") => "video/quicktime",
        _ => "",
    };
    names.iter().copied().find(|name| *name == by_brand).or_else(|| names.first().copied()).unwrap_or_default()
}

/// A medium as it stands in a payload: a data URI of this type.
pub fn data_uri(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", base64::encode(bytes))
}

/// How the name of a file of this type ends.
pub(crate) fn ending_of(media_type: &str) -> &str {
    match media_type {
        "image/jpeg" | "image/jpg" => "jpg",
        "audio/mp4" | "audio/x-m4a" => "m4a",
        "audio/mpeg" | "audio/mp3" => "mp3",
        "video/quicktime" => "mov",
        "video/x-matroska" | "video/matroska" => "mkv",
        "audio/wav" | "audio/x-wav" | "audio/wave" | "audio/vnd.wave" => "wav",
        "model/gltf-binary" => "glb",
        other => other.rsplit('/').next().unwrap_or_default(),
    }
}

fn test_of(media_type: &str) -> Option<HeadTest> {
    TYPES.iter().find(|(names, _)| names.contains(&media_type)).map(|(_, test)| *test)
}

/// What was expected of an https URL, given what stands after `https://`; `None` if it is as expected.
fn https_fault(rest: &str) -> Option<String> {
    let authority = authority_of(rest);
    let expected = if rest.len() > MAX_URL {
        format!("a URL of at most {MAX_URL} bytes")
    } else if rest.chars().any(|char| char.is_whitespace() || char.is_control() || char == '\\') {
        "a URL without spaces, control characters and backslashes".to_owned()
    } else if authority.contains('@') {
        "a URL without a user name or a password".to_owned()
    } else if Origin::of(&format!("https://{authority}")).is_none() {
        "a URL with a host (an international name in its ASCII form)".to_owned()
    } else {
        return None;
    };
    Some(expected)
}

/// What stands between `//` and the path.
fn authority_of(rest: &str) -> &str {
    rest.split(['/', '?', '#', '\\']).next().unwrap_or_default()
}

/// Whether a text is a data URI of bytes, in whatever form.
pub(crate) fn is_data_uri(text: &str) -> bool {
    let is = |part: Option<&str>, word: &str| part.is_some_and(|part| part.eq_ignore_ascii_case(word));
    // A text of another kind may be long.
    if !is(text.get(..5), "data:") {
        return false;
    }
    let header = text.split_once(',').map(|(header, _)| header);
    header.is_some_and(|header| is(header.len().checked_sub(7).and_then(|at| header.get(at..)), ";base64"))
}

/// A data URI in the one form that is accepted: `data:<type>;base64,<data>`.
pub(crate) struct DataUri<'a> {
    pub(crate) media_type: &'a str,
    pub(crate) base64: &'a str,
}

impl<'a> DataUri<'a> {
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let (header, base64) = text.strip_prefix("data:")?.split_once(',')?;
        Some(Self { media_type: header.strip_suffix(";base64")?, base64 })
    }

    /// The decoded size, by the length alone.
    pub(crate) fn bytes(&self) -> u64 {
        let padding = self.base64.bytes().rev().take(2).take_while(|byte| *byte == b'=').count();
        (self.base64.len() as u64 / 4 * 3).saturating_sub(padding as u64)
    }

    /// The first bytes, at most 12.
    fn head(&self) -> Vec<u8> {
        let start = self.base64.get(..16).unwrap_or(self.base64);
        base64::decode(start).unwrap_or_default()
    }
}

/// What a text is if it is a URL or a data URI, without its content.
pub(crate) fn describe(text: &str) -> Option<String> {
    let text = text.trim_start();
    if text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        let data = DataUri::read(text).filter(|data| {
            data.media_type.len() <= 40 && data.media_type.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-+.".contains(&byte))
        });
        return Some(match data {
            Some(data) => format!("a data URI of {}, {} bytes", data.media_type, data.bytes()),
            None => format!("a data URI of {} characters, not <type>;base64", text.chars().count()),
        });
    }
    let (scheme, rest) = split_once(text, "://")?;
    let is_scheme = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let authority = authority_of(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split(char::is_whitespace).next().unwrap_or_default();
    is_scheme.then(|| format!("a URL of {}://{}", shorten(scheme, 20), shorten(host, 50)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rules() -> MediaRules {
        let types = ["image/png", "image/jpeg", "audio/mpeg"].map(str::to_owned).to_vec();
        MediaRules { accept_https: true, accept_data: true, max_bytes: Some(10_000), types, ..MediaRules::default() }
    }

    fn data(media_type: &str, bytes: &[u8]) -> String {
        format!("data:{media_type};base64,{}", base64::encode(bytes))
    }

    fn expected(rules: &MediaRules, text: &str) -> String {
        rules.check(text, "/image").map(|violation| violation.expected).unwrap_or_default()
    }

    #[test]
    fn urls_are_https_with_a_plain_host() {
        let all = rules();
        for good in ["https://a.example/x.png?s=1#f", "https://a.example:8443", "https://[::1]/x", "https://xn--mnchen-3ya.example/ä.png"]
        {
            assert_eq!(expected(&all, good), "", "{good}");
        }
        for bad in [
            "http://a.example/x",
            "https:a.example",
            "https://",
            "https:///x",
            "https://u:p@a.example/x",
            "https://a.example/a b",
            "https://a.example/a\nb",
            "https://a.example\\@b/",
            "https://a.example:99999/",
            "https://a.example:/",
            "https://.a/",
            "https://[::g]/",
            "https://münchen.example/",
            "a.png",
            "",
            " https://a.example/",
        ] {
            assert_ne!(expected(&all, bad), "", "{bad}");
        }
        assert_eq!(expected(&all, &format!("https://a.example/{}", "x".repeat(MAX_URL))), "a URL of at most 8192 bytes");
        assert_eq!(
            expected(&MediaRules { accept_https: false, ..all }, "https://a.example/").split(',').next(),
            Some("a base64 data URI of image/png")
        );
    }

    #[test]
    fn data_uris_are_what_they_say() {
        let all = rules();
        let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 5000]].concat();
        assert_eq!(expected(&all, &data("image/png", &png)), "");
        assert_eq!(expected(&all, &data("audio/mpeg", b"\xff\xfb\x90\x64")), "");
        let mismatch = all.check(&data("image/jpeg", &png), "/image").unwrap();
        assert_eq!((mismatch.rule.as_str(), mismatch.expected.as_str()), ("media", "the bytes of image/jpeg"));
        assert_eq!(mismatch.actual, "a data URI of image/jpeg, 5008 bytes, which are image/png");
        assert_eq!(expected(&all, &data("image/png", &png.repeat(3))), "at most 10000 bytes");
        assert_eq!(expected(&all, &data("image/webp", &png)), all.wanted());
        assert_eq!(expected(&all, &data("IMAGE/PNG", &png)), all.wanted());
        assert_eq!(expected(&all, &data("image/png;a=b", &png)), all.wanted());
        assert_eq!(expected(&MediaRules::default(), &data("image/png", &png)), "an https URL");
        for broken in ["", "iVBORw0KGgo", "iVBORw0KGgo*", "iVBO Rw0KGgo=", "iVBORw0KGgp=", "iVBORw0KGgo=iVBO", "iVBORw0KGgo\n"] {
            assert!(expected(&all, &format!("data:image/png;base64,{broken}")).starts_with("strict base64"), "{broken}");
        }
    }

    #[test]
    fn a_medium_at_hand_gets_a_type_that_the_provider_takes() {
        let png = b"\x89PNG\r\n\x1a\n1234";
        let movie = |brand: &[u8; 4]| [b"\0\0\0\x18ftyp".as_slice(), brand].concat();
        let rules = rules();
        let mut some = MediaRules { types: Vec::new(), ..rules.clone() };
        for (head, named, types, expected) in [
            (png.to_vec(), None, "image/png", Ok("image/png")),
            (png.to_vec(), Some("image/jpeg"), "image/png image/jpeg", Ok("image/png")),
            (b"\xff\xd8\xff".to_vec(), None, "image/jpg", Ok("image/jpg")),
            (movie(b"isom"), None, "video/quicktime video/mp4", Ok("video/mp4")),
            (movie(b"qt  "), None, "video/mp4 video/quicktime", Ok("video/quicktime")),
            (movie(b"M4A "), None, "video/mp4 audio/x-m4a audio/mp4", Ok("audio/mp4")),
            (movie(b"isom"), Some("audio/mp4"), "video/mp4 audio/mp4", Ok("audio/mp4")),
            (movie(b"isom"), None, "image/png", Err("200 bytes of video/mp4")),
            (b"<svg>".to_vec(), Some("image/png"), "image/png", Err("200 bytes of no known type")),
            (Vec::new(), None, "image/png", Err("200 bytes of no known type")),
        ] {
            some.types = types.split(' ').map(str::to_owned).collect();
            let told = some.type_of("/image", 0, 200, &head, named).map_err(|fault| fault.actual);
            assert_eq!(told, expected.map_err(str::to_owned), "{types} {named:?}");
        }
        let fault = rules.type_of("/image", 0, 10_001, png, None).unwrap_err();
        assert_eq!((fault.path.as_str(), fault.expected.as_str()), ("/image", "at most 10000 bytes"));
        some.max_bytes = None;
        assert_eq!(some.type_of("/image", 0, MOST_BYTES + 1, png, None).unwrap_err().expected, "at most 268435456 bytes");
        assert_eq!(MediaRules::default().type_of("/image", 0, 200, png, None).unwrap_err().expected, "an https URL");
        assert_eq!(expected(&rules, &data_uri("image/png", png)), "");
        let narrow = rules.within(20_000);
        assert_eq!(narrow.type_of("/image", 5_000, 10_000, png, None), Ok("image/png"), "15000 bytes are 20000 of base64");
        let fault = narrow.type_of("/image", 5_001, 10_000, png, None).unwrap_err();
        let told = (fault.expected.as_str(), fault.actual.as_str());
        assert_eq!(told, ("at most 15000 bytes of all media together", "10000 bytes of image/png after 5001 bytes of others"));
    }

    #[test]
    fn base64_is_strict_across_pieces() {
        for size in [0, 1, 3, 3071, 3072, 3073, 10_000] {
            let text = base64::encode(&vec![0x5a; size]);
            assert!(is_base64(&text), "{size}");
            assert_eq!(DataUri { media_type: "", base64: &text }.bytes(), size as u64);
        }
        let padded_inside = format!("{}QQ=={}", "AAAA".repeat(1023), "AAAA".repeat(10));
        assert!(!is_base64(&padded_inside));
    }

    #[test]
    fn every_type_is_told_by_its_first_bytes() {
        for (bytes, name) in [
            (b"RIFF\0\0\0\0WEBPVP8 ".as_slice(), "image/webp"),
            (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
            (b"GIF89a......", "image/gif"),
            (b"BM..........", "image/bmp"),
            (b"\0\0\0\x18ftypmp42", "video/mp4"),
            (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
            (b"\x1a\x45\xdf\xa3........", "video/webm"),
            (b"OggS........", "audio/ogg"),
            (b"fLaC........", "audio/flac"),
            (b"glTF........", "model/gltf-binary"),
            (b"ID3.........", "audio/mp3"),
            (b"\xff\xd8\xff\xe0........", "image/jpeg"),
        ] {
            let rules = MediaRules { types: vec![name.to_owned()], ..rules() };
            assert_eq!(expected(&rules, &data(name, bytes)), "", "{name}");
            assert_ne!(expected(&rules, &data(name, b"%PDF-1.7....")), "", "{name}");
        }
        assert!(!is_mpeg_frame(b"\xff\xf1\x50\x80"), "AAC is not MP3");
    }

    #[test]
    fn nothing_private_is_quoted() {
        let secret = "SECRET";
        for text in [
            format!("https://{secret}:{secret}@a.example/{secret}?sig={secret}"),
            format!("http://a.example/{secret}"),
            format!(" https://a.example {secret}"),
            format!("data:image/png;base64,{secret}"),
            format!("data:text/{secret} {secret},{secret}"),
            format!("data:{secret}"),
            secret.to_owned(),
        ] {
            let violation = rules().check(&text, "/image").unwrap();
            assert!(!violation.to_string().contains(secret), "{violation}");
        }
        assert_eq!(describe("https://u:p@a.example:1/x?y"), Some("a URL of https://a.example:1".to_owned()));
        assert_eq!(describe("a cat at https://a.example"), None);
    }

    #[test]
    fn a_contract_says_what_is_accepted() {
        let mut faults = Vec::new();
        let value = json!({"accept": ["data", "https"], "maxBytes": 5, "types": ["image/png"]});
        let loaded = MediaRules::load(&value, "/media", &mut faults);
        assert_eq!((loaded.wanted().as_str(), faults.len()), ("an https URL or a base64 data URI of image/png, at most 5 bytes", 0));
        MediaRules::load(&json!({"accept": ["ftp", "data"], "types": ["application/pdf"], "maxSize": 1}), "/media", &mut faults);
        MediaRules::load(&json!({"accept": ["data"]}), "/m", &mut faults);
        MediaRules::load(&json!({}), "/n", &mut faults);
        let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
        assert_eq!(paths, ["/media/maxSize", "/media/accept/0", "/media/types/0", "/m/types", "/n/accept"]);
    }
}
