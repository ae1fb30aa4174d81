//! Tokens in URLs, for a provider that signs nothing.

use super::case::{Body, Case, NOW, Want};
use super::providers::{HOST, INTENT, OTHER_HOST, provider};
use super::signer::{base64_url, hmac, token, unhex};
use serde_json::Value;

pub(super) fn cases() -> Vec<Value> {
    let good = token(HOST, INTENT);
    let case = |name: &str, url: String, want: Want| at(name, url).done(want);
    let mut cases = vec![
        case("in the query", format!("/hook?a=1&gentask={good}&b=2"), Want::Proof),
        case("in the path", format!("/hook/{good}"), Want::Proof),
        case("within the path", format!("https://app.example.com/{good}/hook?x=1"), Want::Proof),
        case("in the path with a slash after it", format!("/hook/{good}/"), Want::Proof),
        case("the last of two in the path", format!("/{}/{good}", "x".repeat(64)), Want::Proof),
        case("the first of two in the path", format!("/{good}/{}", "x".repeat(64)), Want::Unproven),
        case("the last of two in the query", format!("/?gentask=x&gentask={good}"), Want::Proof),
        case("the first of two in the query", format!("/?gentask={good}&gentask=x"), Want::Unproven),
        case("a bad one in the query, a good one in the path", format!("/{good}?gentask=x"), Want::Unproven),
        case("an empty one in the query, a good one in the path", format!("/{good}?gentask="), Want::Unproven),
        case("in a fragment", format!("/hook#gentask={good}"), Want::Unproven),
        case("under another name", format!("/hook?token={good}"), Want::Unproven),
        case("under a name in capitals", format!("/hook?GENTASK={good}"), Want::Unproven),
        case("as a part of a segment", format!("/hook-{good}"), Want::Unproven),
        case("percent-encoded", format!("/hook?gentask=%41{}", &good[1..]), Want::Unproven),
        case("one character short", format!("/hook?gentask={}", &good[..63]), Want::Unproven),
        case("one character long", format!("/hook?gentask={good}A"), Want::Unproven),
        case("padded", format!("/hook?gentask={good}="), Want::Unproven),
        case("in capitals", format!("/hook?gentask={}", good.to_uppercase()), Want::Unproven),
        case("the intent id alone", format!("/hook?gentask={INTENT}"), Want::Unproven),
        case("of zeros", format!("/hook?gentask={}", "A".repeat(64)), Want::Unproven),
        case("by another host", format!("/hook?gentask={}", token(OTHER_HOST, INTENT)), Want::Unproven),
        case("by an empty secret", format!("/hook?gentask={}", token("", INTENT)), Want::Unproven),
        case("none", "/hook".to_owned(), Want::Unproven),
    ];
    let id = unhex(&INTENT.replace('-', ""));
    for (name, label) in
        [("another label", "gentask task secret v1\0"), ("no label", ""), ("a label without its end", "gentask callback token v1")]
    {
        let forged = base64_url(&[id.clone(), hmac(HOST.as_bytes(), &[label.as_bytes(), &id].concat())].concat());
        cases.push(case(&format!("signed under {name}"), format!("/hook?gentask={forged}"), Want::Unproven));
    }
    // One bit of each byte.
    let bytes = unbase64_url(&good);
    for (byte, bit) in (0..bytes.len()).map(|byte| (byte, byte % 8)) {
        let mut bytes = bytes.clone();
        bytes[byte] ^= 1 << bit;
        cases.push(case(&format!("bit {bit} of byte {byte} changed"), format!("/hook?gentask={}", base64_url(&bytes)), Want::Unproven));
    }
    let url = || format!("/hook?gentask={good}");
    let secrets = |name: &str, secrets: &[(&str, Option<u64>)], want: Want| {
        Case { token: secrets.iter().map(|(text, until)| ((*text).to_owned(), *until)).collect(), ..at(name, url()) }.done(want)
    };
    cases.extend([
        secrets("its secret ends now", &[(HOST, Some(NOW))], Want::Unproven),
        secrets("its secret ends in a millisecond", &[(HOST, Some(NOW + 1))], Want::Proof),
        secrets("by the old one of two secrets", &[(OTHER_HOST, None), (HOST, Some(NOW + 1))], Want::Proof),
        secrets("by the old one of two secrets, which is over", &[(OTHER_HOST, None), (HOST, Some(NOW - 1))], Want::Unproven),
        secrets("and no secret to check it with", &[], Want::Unproven),
        secrets("and an empty secret", &[("", None)], Want::Unproven),
        secrets("by the 8th secret", &[[(OTHER_HOST, None); 7].as_slice(), &[(HOST, None)]].concat(), Want::Proof),
        secrets("by the 9th secret", &[[(OTHER_HOST, None); 8].as_slice(), &[(HOST, None)]].concat(), Want::Unproven),
    ]);
    let bfl = provider("bfl");
    let case = bfl.signed("by an old secret, and the task's secret by the same", &bfl.draft());
    cases.push(Case { token: vec![(OTHER_HOST.to_owned(), None), (HOST.to_owned(), Some(NOW + 1))], ..case }.done(Want::Proof));
    cases
}

fn at(name: &str, url: String) -> Case {
    let heygen = provider("heygen");
    let case = heygen.signed("", &heygen.draft());
    let body = Body::Bytes(br#"{"task_id":"task-1"}"#.to_vec());
    Case { name: format!("a token {name}"), uses: "vidu", headers: Vec::new(), signing: Vec::new(), url, body, ..case }
}

fn unbase64_url(text: &str) -> Vec<u8> {
    super::signer::unbase64(&text.replace('-', "+").replace('_', "/"))
}
