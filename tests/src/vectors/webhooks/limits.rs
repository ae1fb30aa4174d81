//! Lengths, methods, URLs, and bodies that are not what they should be.

use super::case::{Body, Case, Want};
use super::providers::{Draft, provider};
use super::signer::{hex, hmac};
use serde_json::Value;

const MEGABYTE: usize = 1 << 20;

pub(super) fn cases() -> Vec<Value> {
    [lengths(), forms(), bodies()].concat()
}

fn plain(name: &str) -> Case {
    let github = provider("github");
    github.signed(name, &github.draft())
}

fn lengths() -> Vec<Value> {
    let github = provider("github");
    let long = |name: &str, size: usize| {
        let body = "x".repeat(size);
        let signature = format!("sha256={}", hex(&hmac(super::providers::SECRET.as_bytes(), body.as_bytes())));
        let draft = Draft { body: body.into_bytes(), ..github.draft() };
        Case { body: Body::Repeat("x", size), ..github.deliver(name, &draft, &signature) }
    };
    let announced = |name: &str, lengths: &[&str], want: Want| {
        let mut case = plain(name);
        case.headers.extend(lengths.iter().map(|length| ("Content-Length".to_owned(), (*length).to_owned())));
        case.done(want)
    };
    vec![
        long("a body of one megabyte", MEGABYTE).done(Want::Proof),
        long("a body of one megabyte and a byte", MEGABYTE + 1).done(Want::TooLarge),
        long("a body of ten megabytes", 10 * MEGABYTE).done(Want::TooLarge),
        announced("a length of one megabyte", &["1048576"], Want::Proof),
        announced("a length of one megabyte and a byte", &["1048577"], Want::TooLarge),
        announced("a length beyond 64 bits", &["99999999999999999999"], Want::TooLarge),
        announced("a negative length", &["-1"], Want::Malformed),
        announced("a length with a sign", &["+5"], Want::Malformed),
        announced("a length of letters", &["many"], Want::Malformed),
        announced("an empty length", &[""], Want::Malformed),
        announced("two lengths in one", &["5, 5"], Want::Malformed),
        announced("the same length twice", &["15", "15"], Want::Proof),
        announced("two lengths", &["15", "16"], Want::Malformed),
    ]
}

fn forms() -> Vec<Value> {
    let method = |method: &'static str| Case { method, ..plain(&format!("the method {method:?}")) }.done(Want::NotPost);
    let url = |url: &str| Case { url: url.to_owned(), ..plain(&format!("the URL {url:?}")) }.done(Want::Malformed);
    let mut cases: Vec<Value> = ["post", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH", "", "POST "].into_iter().map(method).collect();
    cases.extend(["", " ", "/a b", "/hook\n", "/h\u{f6}ok", "/\u{0}"].into_iter().map(url));
    let mut huge = plain("a huge header beside the others");
    huge.headers.push(("x-huge".to_owned(), "x".repeat(8_192)));
    cases.push(huge.done(Want::Proof));
    let mut huge = plain("a huge header with the signature in it");
    for (_, value) in &mut huge.headers {
        value.push_str(&"0".repeat(8_192));
    }
    cases.push(huge.done(Want::Unproven));
    let mut many = plain("a hundred headers");
    many.headers.extend((0..100).map(|number| (format!("x-{number}"), "x".to_owned())));
    cases.push(many.done(Want::Proof));
    cases
}

/// Signed bodies that say nothing: each is the provider's all the same.
fn bodies() -> Vec<Value> {
    let github = provider("github");
    let signed = |name: &str, body: Vec<u8>| github.signed(name, &Draft { body, ..github.draft() }).done(Want::Proof);
    let nested = |depth: usize| format!(r#"{{"id":"task-1","x":{}1{}}}"#, "[".repeat(depth), "]".repeat(depth)).into_bytes();
    let kie = provider("kie");
    let unnamed = |name: &str, body: &[u8]| kie.signed(name, &Draft { body: body.to_vec(), ..kie.draft() }).done(Want::Unproven);
    vec![
        signed("an empty body", Vec::new()),
        signed("a body that is not JSON", b"id=task-1".to_vec()),
        signed("a body that is not UTF-8", b"{\"id\":\"task-\xff\"}".to_vec()),
        signed("a body of all bytes", (0..=255).collect()),
        signed("a body with a byte order mark", b"\xef\xbb\xbf{\"id\":\"task-1\"}".to_vec()),
        signed("a body with a key twice", br#"{"id":"task-1","id":"task-2"}"#.to_vec()),
        signed("a body of 64 levels", nested(63)),
        signed("a body of 65 levels", nested(64)),
        signed("a body with something after it", br#"{"id":"task-1"}x"#.to_vec()),
        signed("a body that is cut short", br#"{"id":"task-1""#.to_vec()),
        signed("an id that is a number", br#"{"id":9007199254740993}"#.to_vec()),
        signed("an id that is empty", br#"{"id":""}"#.to_vec()),
        signed("an id that is an object", br#"{"id":{}}"#.to_vec()),
        signed("no id", b"{}".to_vec()),
        unnamed("the signed task id is missing", br#"{"code":200,"data":{}}"#),
        unnamed("the signed task id is another's", br#"{"code":200,"data":{"taskId":"task-2"}}"#),
        unnamed("the signed task id stands twice", br#"{"code":200,"data":{"taskId":"task-1","taskId":"task-2"}}"#),
        unnamed("the signed task id is in no JSON", b"task-1"),
    ]
}
