//! One medium on its way to a provider that takes none in an order: the requests of its upload, one after the other, and what stands for it then.

use crate::base64;
use crate::contract::template::{Bindings, fill};
use crate::contract::upload::{Sends, Step, Upload};
use crate::contract::{Contract, is_public, pointer};
use crate::encode;
use crate::error::{ErrorCode, Violation};
use crate::hex;
use crate::io::{HttpRequest, HttpResponse, Operation, UnixMillis};
use crate::json::{self, nth, to_canonical, under};
use crate::media::{self, DataUri};
use crate::record::{Billing, Fault};
use crate::url::Origin;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// The most that may stand for a medium in an order, in bytes of its JSON: as long as a URL may be.
const MOST_NAME: usize = 8_192;
/// What is told of a request that cannot be made of earlier answers. Their values may be secrets.
const UNFIT: &str = "an answer of the provider's to an upload holds what cannot stand in the next request";
/// How slow an upload may be, in bytes a millisecond: 64 KB a second.
const SLOWEST: u64 = 64;

impl Contract {
    /// Whether an input has media that are uploaded before it is ordered.
    pub fn awaits_upload(&self, input: &Value) -> bool {
        !self.media_to_upload(input).is_empty()
    }

    /// The media of an input that are uploaded before it is ordered: where each stands, and its data URI.
    pub(crate) fn media_to_upload<'a>(&self, input: &'a Value) -> Vec<(String, &'a str)> {
        let mut found = Vec::new();
        if let Some(upload) = &self.parts().upload {
            self.look_for_media(upload, input, String::new(), &mut found);
        }
        found
    }

    fn look_for_media<'a>(&self, upload: &Upload, value: &'a Value, at: String, found: &mut Vec<(String, &'a str)>) {
        match value {
            Value::String(text) if media::is_data_uri(text) => {
                let rules = self.media();
                let fits = |most| DataUri::read(text).is_some_and(|data| data.bytes() <= most);
                if !(rules.accept_data && upload.above_bytes.is_some_and(fits)) {
                    found.push((at, text));
                }
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| self.look_for_media(upload, item, nth(&at, index), found));
            }
            Value::Object(members) => {
                members.iter().for_each(|(name, member)| self.look_for_media(upload, member, under(&at, name), found));
            }
            _ => {}
        }
    }

    /// What is wrong with the media of an order whose provider wants them uploaded: those that it does not take, and what nobody uploads, which is all of
    /// them where `are_left`, and always what stands in an option. A model's own rules may say nothing of its media.
    pub(crate) fn unfit_media(&self, input: &Value, options: &Map<String, Value>, are_left: bool) -> Vec<Violation> {
        let left = |at: String, text: &str| {
            let found = media::describe(text).unwrap_or_default();
            Violation::new(at, "upload", "a medium that was uploaded first, or its URL: this provider takes none in an order", found)
        };
        let of_input = self.media_to_upload(input).into_iter().filter_map(|(at, text)| {
            let unfit = self.media().check(text, &at);
            unfit.or_else(|| are_left.then(|| left(at, text)))
        });
        let of_options = options.iter().flat_map(|(name, value)| {
            self.media_to_upload(value).into_iter().map(move |(at, text)| left(format!("{}{at}", under("/options", name)), text))
        });
        of_input.chain(of_options).collect()
    }
}

/// An upload under way.
pub(crate) struct Uploading {
    contract: Contract,
    base: String,
    media_type: String,
    bytes: Vec<u8>,
    sha256: String,
    bindings: Bindings<'static>,
    /// How many of its requests were answered.
    done: usize,
}

impl Uploading {
    /// Of a data URI, for a client with this base; `None` where it is none.
    pub(crate) fn of(contract: &Contract, base: &str, data_uri: &str) -> Option<Self> {
        let data = DataUri::read(data_uri)?;
        let bytes = base64::decode(data.base64)?;
        let sha256 = hex::encode(&Sha256::digest(&bytes));
        let ending = media::ending_of(data.media_type);
        let mut bindings = Bindings::default();
        bindings.text("fileName", Some(&format!("{}.{ending}", sha256.get(..16).unwrap_or_default())));
        bindings.text("mediaType", Some(data.media_type));
        bindings.text("ending", Some(ending));
        bindings.text("sha256", Some(&sha256));
        bindings.others.insert("bytes".to_owned(), Value::from(bytes.len() as u64));
        Some(Self {
            contract: contract.clone(),
            base: base.to_owned(),
            media_type: data.media_type.to_owned(),
            bytes,
            sha256,
            bindings,
            done: 0,
        })
    }

    /// By what it is known again: the medium, and how the contract uploads it. 64 hexadecimal digits.
    pub(crate) fn mark(&self) -> String {
        let how = self.contract.source().get("upload").map(to_canonical).unwrap_or_default();
        hex::encode(&Sha256::digest(format!("{} {how}", self.sha256)))
    }

    /// How long one of its requests may take, for a client whose requests may take so long: a medium is larger than what they send.
    pub(crate) fn timeout_ms(&self, request_timeout_ms: u64) -> u64 {
        request_timeout_ms.saturating_add(self.bytes.len() as u64 / SLOWEST)
    }

    /// The request that is due; `None`: all were answered.
    pub(crate) fn request(&self) -> Result<Option<HttpRequest>, Fault> {
        let Some(step) = step(&self.contract, self.done) else { return Ok(None) };
        let id = format!("{}:{}", Operation::Upload.as_str(), self.done + 1);
        let foreign = step.outline.url_from.as_ref().and_then(|name| self.bindings.get(name)).and_then(Value::as_str);
        let foreign = foreign.filter(|url| !self.contract.trusts(url, &self.base));
        let request = match foreign {
            Some(url) => self.to_elsewhere(step, url, id)?,
            None => encode::upload(&self.contract, &step.outline, &self.base, &self.bindings, id).map_err(|_| refused(UNFIT))?,
        };
        let (body, content_type) = match &step.sends {
            Sends::Json => return Ok(Some(request)),
            Sends::Bytes => (self.bytes.clone(), self.media_type.clone()),
            Sends::Form(fields, name) => self.form(fields, name),
        };
        let mut request = HttpRequest { body, ..request };
        // What the contract says comes first: a URL that was signed for another type would not take it.
        let own = step.outline.parts.headers.contains_key("content-type");
        if !own || matches!(step.sends, Sends::Form(..)) {
            request.headers.retain(|(name, _)| name != "content-type");
            request.headers.push(("content-type".to_owned(), content_type));
            request.headers.sort();
        }
        Ok(Some(request))
    }

    /// A request to a place that the provider named: without the key, and to no private one.
    fn to_elsewhere(&self, step: &Step, url: &str, id: String) -> Result<HttpRequest, Fault> {
        let is_local = Origin::of(&self.base).is_some_and(|base| base.is_loopback());
        let goes = |origin: &Origin| (origin.scheme == "https" && is_public(&origin.host)) || (is_local && origin.is_loopback());
        if !Origin::of(url).as_ref().is_some_and(goes) {
            return Err(refused("the provider named a place to upload to that is no https URL of a public host"));
        }
        encode::upload_elsewhere(&step.outline, url, &self.bindings, id).map_err(|_| refused(UNFIT))
    }

    fn form(&self, template: &Map<String, Value>, medium: &str) -> (Vec<u8>, String) {
        let boundary = format!("gentask-{}", self.sha256.get(..32).unwrap_or_default());
        let filled = fill(&Value::Object(template.clone()), &self.bindings).unwrap_or_default();
        let mut body = Vec::with_capacity(self.bytes.len() + 1024);
        let mut part = |head: &str, bytes: &[u8]| {
            body.extend_from_slice(format!("--{boundary}\r\ncontent-disposition: form-data; {head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        };
        for (name, value) in filled.as_object().into_iter().flatten() {
            if let Some(text) = json::scalar_text(value) {
                part(&format!("name=\"{}\"", quoted(name)), text.as_bytes());
            }
        }
        // Last, for S3 reads nothing after it.
        let file = self.bindings.get("fileName").and_then(Value::as_str).unwrap_or_default();
        part(&format!("name=\"{}\"; filename=\"{file}\"\r\ncontent-type: {}", quoted(medium), self.media_type), &self.bytes);
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (body, format!("multipart/form-data; boundary={boundary}"))
    }

    /// Reads the answer to the request that was due.
    pub(crate) fn answer(&mut self, request: &HttpRequest, response: &HttpResponse, now: UnixMillis) -> Result<(), Fault> {
        let contract = self.contract.clone();
        let Some(step) = step(&contract, self.done) else { return Ok(()) };
        if !request.auth && !response.is_success() {
            // It speaks another language than the provider, and of its own keys.
            let host = Origin::of(&request.url).map(|origin| origin.text()).unwrap_or_default();
            let message = format!("{host}, where the provider wants media to be put, answered with HTTP {}", response.status);
            return Err(Fault { http_status: Some(response.status), ..refused(&message) });
        }
        let says_nothing = !request.auth || response.body.iter().all(u8::is_ascii_whitespace);
        if step.keep.len() == 0 && says_nothing && response.is_success() {
            self.done += 1;
            return Ok(());
        }
        let mut body = self.contract.read_plain(Operation::Upload, response, now)?;
        for at in &step.parse {
            at.parse_in_place(&mut body);
        }
        for (name, pointers) in step.keep.iter() {
            let Some(value) = pointer::first(pointers, &body) else {
                let message = format!("the provider's answer to an upload has no {name}");
                return Err(Fault { http_status: Some(response.status), ..refused(&message) });
            };
            self.bindings.others.insert(name.to_owned(), value.clone());
        }
        self.done += 1;
        Ok(())
    }

    /// What stands for the medium in the order, once every request was answered.
    pub(crate) fn value(&self) -> Result<Value, Fault> {
        let upload = self.contract.parts().upload.as_ref();
        let value = upload.and_then(|upload| fill(&upload.value, &self.bindings));
        let is_name = |value: &Value| match value {
            Value::String(text) => {
                let prefix = upload.and_then(|upload| upload.prefix.as_deref()).unwrap_or_default();
                !text.trim().is_empty() && text.starts_with(prefix) && !media::is_data_uri(text)
            }
            Value::Number(_) => true,
            // Only where the contract says what is in it.
            Value::Object(members) => !members.is_empty() && upload.is_some_and(|upload| upload.value.is_object()),
            _ => false,
        };
        let value = value.filter(|value| is_name(value) && to_canonical(value).len() <= MOST_NAME);
        value.ok_or_else(|| refused("what the provider calls the upload cannot stand in an order"))
    }
}

/// The request of an upload that comes after so many.
fn step(contract: &Contract, done: usize) -> Option<&Step> {
    contract.parts().upload.as_ref()?.steps.get(done)
}

fn refused(message: &str) -> Fault {
    Fault::new(ErrorCode::UpstreamError, Billing::None, message)
}

/// The name of a form's field, as HTML has it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::BodyEnd;
    use serde_json::json;

    const GIF: &str = "data:image/gif;base64,R0lGODlhIGFuZCBzbyBvbg==";

    /// The example's contract with another upload.
    fn contract(upload: &Value) -> Value {
        let mut contract: Value = serde_json::from_str(include_str!("../../tests/vectors/contracts/uploading.json")).unwrap();
        contract["upload"] = upload.clone();
        contract
    }

    fn load(upload: &Value) -> Result<Contract, Vec<String>> {
        let loaded = Contract::load(contract(upload).to_string().as_bytes());
        loaded.map_err(|error| error.violations.iter().map(ToString::to_string).collect())
    }

    /// The requests of an upload whose answers are these, without headers, and what stands for the medium.
    fn upload(upload: &Value, answers: &[Value]) -> (Vec<(String, String, bool, String)>, Value) {
        let contract = load(upload).unwrap();
        let mut under_way = Uploading::of(&contract, contract.base(), GIF).unwrap();
        let mut requests = Vec::new();
        for answer in answers {
            let request = under_way.request().unwrap().unwrap();
            let body = if answer.is_null() { Vec::new() } else { answer.to_string().into_bytes() };
            let response = HttpResponse { status: 201, headers: Vec::new(), body, end: BodyEnd::Whole };
            under_way.answer(&request, &response, 0).unwrap();
            let HttpRequest { method, url, body, auth, .. } = request;
            requests.push((method, url, auth, String::from_utf8(body).unwrap()));
        }
        assert_eq!(under_way.request().unwrap(), None);
        (requests, under_way.value().unwrap())
    }

    fn lines(body: &str) -> Vec<&str> {
        body.split("\r\n").filter(|line| !line.is_empty() && !line.starts_with("--")).collect()
    }

    #[test]
    fn a_form_whose_fields_stand_in_the_answer_as_text() {
        let (requests, value) = upload(
            &json!({
                "steps": [
                    {"path": "/init-image", "body": {"extension": "$ending"},
                        "reply": {"parse": "/uploadInitImage/fields", "keep": {"fields": "/uploadInitImage/fields", "url": "/uploadInitImage/url", "id": "/uploadInitImage/id"}}},
                    {"method": "POST", "urlFrom": {"var": "url"}, "encoding": "multipart", "body": {"...": "$fields", "file": "$medium"}},
                ],
                "value": "$id",
            }),
            &[
                json!({"uploadInitImage": {"id": "im-1", "url": "https://store.example/", "fields": "{\"a\\\"b\": 1, \"key\": \"k\"}"}}),
                Value::Null,
            ],
        );
        assert_eq!(value, "im-1");
        assert_eq!(
            requests[0],
            ("POST".to_owned(), "https://api.uploading.example/v1/init-image".to_owned(), true, r#"{"extension":"gif"}"#.to_owned())
        );
        assert_eq!((requests[1].1.as_str(), requests[1].2), ("https://store.example/", false));
        let file = "content-disposition: form-data; name=\"file\"; filename=\"9e2319b83a7cbd73.gif\"";
        let expected = [
            "content-disposition: form-data; name=\"a%22b\"",
            "1",
            "content-disposition: form-data; name=\"key\"",
            "k",
            file,
            "content-type: image/gif",
            "GIF89a and so on",
        ];
        assert_eq!(lines(&requests[1].3), expected);
    }

    #[test]
    fn bytes_put_to_a_signed_url_and_a_form_to_the_provider_itself() {
        let (requests, value) = upload(
            &json!({
                "steps": [
                    {"path": "/files/presign", "query": {"type": "$mediaType"}, "reply": {"keep": {"url": "/data/presigned_url", "token": "/data/file_token"}}},
                    {"urlFrom": {"var": "url"}, "encoding": "bytes"},
                ],
                "value": {"type": "$ending", "file_token": "$token"},
            }),
            &[json!({"data": {"presigned_url": "https://store.example/x?y", "file_token": "t"}}), Value::Null],
        );
        assert_eq!(value, json!({"type": "gif", "file_token": "t"}));
        assert_eq!(requests[0].1, "https://api.uploading.example/v1/files/presign?type=image%2Fgif");
        assert_eq!(requests[1], ("PUT".to_owned(), "https://store.example/x?y".to_owned(), false, "GIF89a and so on".to_owned()));

        let (requests, value) = upload(
            &json!({"steps": [{"path": "/image/upload", "encoding": "multipart", "body": {"image": "$medium"}, "reply": {"keep": {"id": "/Resp/img_id"}}}], "value": "$id"}),
            &[json!({"Resp": {"img_id": 7}})],
        );
        assert_eq!((value, requests[0].2), (json!(7), true));
    }

    #[test]
    fn a_medium_that_fits_into_the_request_stays_there() {
        let mut source = contract(
            &json!({"steps": [{"path": "/u", "encoding": "bytes", "reply": {"keep": {"u": "/u"}}}], "value": "$u", "aboveBytes": 16}),
        );
        source["media"]["accept"] = json!(["data", "upload"]);
        let contract = Contract::load(source.to_string().as_bytes()).unwrap();
        let larger = format!("data:image/gif;base64,{}", base64::encode(b"GIF89a and so on."));
        let input = json!({"a": [GIF, larger], "b": "data:image/bmp;base64,Qk0=", "c": "a prompt"});
        let found: Vec<String> = contract.media_to_upload(&input).into_iter().map(|(at, _)| at).collect();
        assert_eq!(found, ["/a/1"]);
        let fault = contract.unfit_media(&input, &Map::new(), true).remove(0);
        assert_eq!((fault.path.as_str(), fault.actual.as_str()), ("/a/1", "a data URI of image/gif, 17 bytes"));
        assert_eq!(contract.unfit_media(&input, &Map::new(), false), []);
        let lean = Contract::load_for_orders(source.to_string().as_bytes()).unwrap();
        assert_eq!(lean.media_to_upload(&input), contract.media_to_upload(&input));
        source.as_object_mut().unwrap().remove("upload");
        assert!(Contract::load_for_orders(source.to_string().as_bytes()).is_err(), "nothing may be sent that had to be uploaded");
        // Where nothing is said of uploads, nothing is one.
        assert_eq!(Contract::built_in("apixo").unwrap().media_to_upload(&input), []);
    }

    #[test]
    fn texts_that_stand_for_uploaded_media_are_accepted_and_others_are_not() {
        let contract: Value = serde_json::from_str(include_str!("../../tests/vectors/contracts/uploading.json")).unwrap();
        let media = Contract::load(contract.to_string().as_bytes()).unwrap().media().clone();
        let is_accepted = |text: &str| media.check(text, "").is_none();
        assert!(is_accepted("upload://7") && is_accepted("https://a.example/a.png") && is_accepted(GIF));
        assert!(!is_accepted("cat.png") && !is_accepted("other://7") && !is_accepted(&format!("upload://{}", "x".repeat(9000))));
    }

    /// What becomes of an upload of one step that is answered so.
    fn answered(value: &Value, url: &str, status: u16, body: &str) -> Result<Value, Fault> {
        let steps = if url.is_empty() {
            json!([{"path": "/u", "encoding": "bytes", "reply": {"keep": {"u": "/u"}}}])
        } else {
            json!([{"path": "/p", "reply": {"keep": {"u": "/u"}}}, {"urlFrom": {"var": "u"}, "encoding": "bytes"}])
        };
        let contract =
            load(&json!({"steps": steps, "value": value, "prefix": if url.is_empty() { "upload://" } else { "https://" }})).unwrap();
        let mut upload = Uploading::of(&contract, contract.base(), GIF).unwrap();
        let mut answer = |status: u16, body: &str| {
            let request = upload.request()?.unwrap();
            upload.answer(&request, &HttpResponse { status, headers: Vec::new(), body: body.as_bytes().to_vec(), end: BodyEnd::Whole }, 0)
        };
        if !url.is_empty() {
            answer(200, &json!({"u": url}).to_string())?;
        }
        answer(status, body)?;
        upload.value()
    }

    #[test]
    fn what_cannot_stand_in_an_order_does_not() {
        let of = |u: Value| answered(&json!("$u"), "", 200, &json!({"u": u}).to_string()).map_err(|fault| fault.code);
        assert_eq!(of(json!("upload://7")), Ok(json!("upload://7")));
        assert_eq!(of(json!(7)), Ok(json!(7)));
        for bad in [
            json!(""),
            json!([]),
            json!({"a": 1}),
            json!(true),
            json!("cat.png"),
            json!(GIF),
            json!(format!("upload://{}", "x".repeat(9_000))),
        ] {
            assert_eq!(of(bad.clone()), Err(ErrorCode::UpstreamError), "{bad}");
        }
        let named = answered(&json!({"file": "$u"}), "", 200, r#"{"u": "upload://7"}"#);
        assert_eq!(named.map_err(|fault| fault.message), Ok(json!({"file": "upload://7"})));
    }

    #[test]
    fn a_file_store_that_refuses_is_no_fault_of_the_key_and_is_not_quoted() {
        for status in [400, 401, 402, 403, 404, 429, 503] {
            let fault =
                answered(&json!("$u"), "https://store.example/put?signature=SECRET", status, r#"{"message": "SECRET"}"#).unwrap_err();
            assert_eq!((fault.code, fault.http_status), (ErrorCode::UpstreamError, Some(status)));
            assert_eq!(
                fault.message,
                format!("https://store.example, where the provider wants media to be put, answered with HTTP {status}")
            );
        }
        // The provider itself may say nothing, too, where nothing is taken from its answer.
        let contract =
            load(&json!({"steps": [{"path": "/p", "reply": {"keep": {"u": "/u"}}}, {"path": "/q", "encoding": "bytes"}], "value": "$u"}));
        let contract = contract.unwrap();
        let mut upload = Uploading::of(&contract, contract.base(), GIF).unwrap();
        for (status, body) in [(200, r#"{"u": "x"}"#), (201, " ")] {
            let request = upload.request().unwrap().unwrap();
            let response = HttpResponse { status, headers: Vec::new(), body: body.as_bytes().to_vec(), end: BodyEnd::Whole };
            upload.answer(&request, &response, 0).unwrap();
        }
        assert_eq!(upload.value().unwrap(), "x");
    }

    #[test]
    fn media_that_the_provider_does_not_take_are_refused_wherever_they_stand() {
        let mut source: Value = serde_json::from_str(include_str!("../../tests/vectors/contracts/uploading.json")).unwrap();
        source["models"]["open"] = json!(true);
        source["options"] = json!({"style": {"type": "string"}});
        let contract = Contract::load(source.to_string().as_bytes()).unwrap();
        let unfit = |input: Value, options: Value| -> Vec<String> {
            let options = options.as_object().cloned().unwrap_or_default();
            contract.unfit_media(&input, &options, false).into_iter().map(|fault| fault.path).collect()
        };
        let (svg, broken) = ("data:image/svg+xml;base64,AAAA", "data:image/png;base64,%%%");
        let wrong = json!({"a": svg, "b": [broken, "data:image/png;base64,"], "c": GIF, "d": "DATA:image/gif;base64,R0lG", "e": "data: a chart, of bars"});
        assert_eq!(unfit(wrong, Value::Null), ["/a", "/b/0", "/b/1", "/d"]);
        assert_eq!(unfit(json!({}), json!({"style": GIF})), ["/options/style"]);
    }

    #[test]
    fn everything_wrong_with_an_upload_is_told_at_once() {
        let faulty = json!({
            "steps": [
                {"path": "/u", "encoding": "gzip", "reply": {"keep": {"url": "/url", "bytes": "/b"}}},
                {"urlFrom": {"var": "nothing"}, "encoding": "multipart", "body": {"file": "$bytes"}},
                {"path": "/u/{url}", "encoding": "bytes", "body": {}},
            ],
            "value": "$medium", "prefix": "data:", "aboveBytes": 1, "validMs": 0, "typo": 1,
        });
        let told = load(&faulty).unwrap_err();
        let places: Vec<&str> = told.iter().map(|fault| fault.split(": ").next().unwrap()).collect();
        let expected = [
            "/upload/typo",
            "/upload/steps/0/encoding",
            "/upload/steps/0/reply/keep/bytes",
            "/upload/steps/1/body",
            "/upload/steps/1/path",
            "/upload/steps/2/body",
            "/upload/value",
            "/upload/aboveBytes",
            "/upload/prefix",
            "/upload/validMs",
        ];
        assert_eq!(places, expected, "{told:#?}");
        let odd = json!({
            "steps": [
                {"path": "/u", "reply": {"keep": {"id": []}}},
                {"path": "/{medium}", "encoding": "multipart", "headers": {"x": "$medium"}, "body": {"...": "$medium", "a": "$medium", "b": "$medium"}},
                {"method": "GET", "path": "/u", "encoding": "bytes"},
            ],
            "value": "constant",
        });
        let told = load(&odd).unwrap_err();
        let places: Vec<&str> = told.iter().map(|fault| fault.split(": ").next().unwrap()).collect();
        let expected = [
            "/upload/steps/0/reply/keep/id",
            "/upload/steps/1/path",
            "/upload/steps/1/headers/x",
            "/upload/steps/1/body/...",
            "/upload/steps/1/body/b",
            "/upload/steps/2/method",
            "/upload/value",
        ];
        assert_eq!(places, expected, "{told:#?}");
        let none = json!({"steps": [{"path": "/u"}], "value": "$sha256"});
        assert!(load(&none).unwrap_err()[0].starts_with("/upload/steps: expected a request with the medium"));
        assert!(load(&Value::Null).unwrap_err()[0].starts_with("/upload: expected how media are uploaded"));
    }
}
