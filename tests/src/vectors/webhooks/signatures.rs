//! Timestamps, versions, encodings, numbers and kinds of keys: where verifiers were seen to be lenient.

use super::case::{Case, NOW, Want};
use super::providers::{Draft, OTHER_SECRET, OTHER_SEED, Provider, SECRET, SEED, provider};
use super::signer::{base64, ed25519, ed25519_public, hex, hmac, jwks, unbase64};
use serde_json::Value;

pub(super) fn cases() -> Vec<Value> {
    [timestamps(), encodings(), versions(), numbers(), kinds(), strictness(), borders()].concat()
}

/// Each is signed as it stands: only its form is wrong, or its time.
fn timestamps() -> Vec<Value> {
    let seconds = NOW / 1_000;
    let forms = [
        format!("{seconds}abc"),
        format!(" {seconds}"),
        format!("{seconds} "),
        format!("\t{seconds}"),
        format!("{seconds}.9"),
        format!("{seconds}e0"),
        format!("{seconds}e1"),
        format!("+{seconds}"),
        format!("-{seconds}"),
        format!("0x{seconds:x}"),
        format!("{seconds}\u{0}"),
        format!("{seconds},{seconds}"),
        NOW.to_string(),
        (NOW * 1_000).to_string(),
        "1790000000n".to_owned(),
        "1_790_000_000".to_owned(),
        "1,790,000,000".to_owned(),
        "2026-09-21T13:46:40Z".to_owned(),
        "\u{661}\u{667}\u{669}\u{660}\u{660}\u{660}\u{660}\u{660}\u{660}\u{660}".to_owned(),
        "Mon, 21 Sep 2026 13:46:40 GMT".to_owned(),
        "-9223372036854775808".to_owned(),
        "9223372036854775807".to_owned(),
        "18446744073709551615".to_owned(),
        "18446744073709551616".to_owned(),
        "99999999999".to_owned(),
        "0".to_owned(),
        "-0".to_owned(),
        "NaN".to_owned(),
        "Infinity".to_owned(),
        "null".to_owned(),
        "true".to_owned(),
        String::new(),
        format!("00{seconds}"),
    ];
    let mut cases = Vec::new();
    for of in ["replicate", "elevenlabs", "kie", "fal"].map(provider) {
        for form in &forms {
            let draft = Draft { timestamp: form.clone(), ..of.draft() };
            cases.push(of.signed(&format!("the timestamp {form:?}"), &draft).done(Want::Unproven));
        }
        // Eleven digits are a timestamp, and what is signed is the header's own text.
        let draft = Draft { timestamp: format!("0{seconds}"), ..of.draft() };
        cases.push(of.signed("a timestamp with a zero before it", &draft).done(Want::Proof));
    }
    let of = provider("replicate");
    for (name, tolerance, offset, want) in [
        ("a tolerance of 60 s, 60 s old", 60_000, 60_000, Want::Proof),
        ("a tolerance of 60 s, 61 s old", 60_000, 61_000, Want::Unproven),
        ("a tolerance of 1 s is one of 60 s", 1_000, 60_000, Want::Proof),
        ("a tolerance of 600 s, 600 s old", 600_000, 600_000, Want::Proof),
        ("a tolerance of an hour is one of 600 s", 3_600_000, 601_000, Want::Unproven),
        ("a millisecond too old", 300_000, 300_001, Want::Unproven),
    ] {
        let case = of.signed(name, &of.draft());
        cases.push(Case { tolerance_ms: Some(tolerance), now: NOW + offset, ..case }.done(want));
    }
    cases
}

/// One signature in every form but its own.
fn encodings() -> Vec<Value> {
    let mut cases = Vec::new();
    let standard = provider("replicate");
    let draft = standard.draft();
    let good = (standard.sign)(&draft);
    let bytes = unbase64(&good);
    let last = |text: &str, by: char| format!("{}{by}=", &text[..text.len() - 2]);
    let bad = [
        ("without padding", good.trim_end_matches('=').to_owned()),
        ("with more padding", format!("{good}=")),
        ("of URLs", good.replace('+', "-").replace('/', "_").replace('=', "")),
        ("of URLs, padded", format!("-{}", &good[1..])),
        ("with stray bits", last(&good, if good.ends_with("E=") { 'F' } else { 'B' })),
        ("with a newline", format!("{}\n{}", &good[..20], &good[20..])),
        ("with a space", format!("{} {}", &good[..20], &good[20..])),
        ("that is hexadecimal", hex(&bytes)),
        ("of base64", base64(good.as_bytes())),
        ("percent-encoded", good.replace('=', "%3D")),
        ("of 31 bytes", base64(&bytes[..31])),
        ("of 33 bytes", base64(&[bytes.clone(), vec![0]].concat())),
        ("of its first 16 bytes", base64(&bytes[..16])),
        ("of no bytes", String::new()),
        ("of 8 KiB", "A".repeat(8_192)),
        ("in quotes", format!("\"{good}\"")),
    ];
    for (name, signature) in bad {
        cases.push(standard.deliver(&format!("base64 {name}"), &draft, &format!("v1,{signature}")).done(Want::Unproven));
    }
    let plain = provider("github");
    let good = (plain.sign)(&plain.draft());
    let bytes = super::signer::unhex(&good);
    for (name, signature, want) in [
        ("in capitals", good.to_uppercase(), Want::Proof),
        ("after 0x", format!("0x{good}"), Want::Unproven),
        (
            "with colons",
            good.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned()).collect::<Vec<_>>().join(":"),
            Want::Unproven,
        ),
        ("that is base64", base64(&bytes), Want::Unproven),
        ("of 31 bytes", hex(&bytes[..31]), Want::Unproven),
        ("of 33 bytes", format!("{good}00"), Want::Unproven),
        ("with a sign", format!("+{}", &good[1..]), Want::Unproven),
        ("with full-width digits", good.replace('0', "\u{ff10}"), Want::Unproven),
        ("with a NUL", format!("{good}\u{0}"), Want::Unproven),
    ] {
        cases.push(plain.deliver(&format!("hexadecimal {name}"), &plain.draft(), &format!("sha256={signature}")).done(want));
    }
    cases
}

fn versions() -> Vec<Value> {
    let standard = provider("openai");
    let draft = standard.draft();
    let good = (standard.sign)(&draft);
    let case = |name: &str, value: String, want: Want| standard.deliver(name, &draft, &value).done(want);
    let mut cases: Vec<Value> =
        ["v1", "V1,", "v2,", "v01,", "v1a,", "v1.", "v1=", "v1, ", "v1:", "v,", "1,", "v11,", "", ",", "v1,v1,", "v3,", "sha256="]
            .iter()
            .map(|version| case(&format!("the version {version:?}"), format!("{version}{good}"), Want::Unproven))
            .collect();
    cases.push(case("a space before the version", format!(" v1,{good}"), Want::Proof));
    cases.push(case("signatures with commas between them", format!("v1,x,v1,{good}"), Want::Unproven));
    cases.push(case("signatures with two spaces between them", format!("v1,x  v1,{good}"), Want::Proof));
    cases.push(case("signatures with a tab between them", format!("v1,x\tv1,{good}"), Want::Unproven));
    cases.push(case("other versions before the good one", format!("v2,{good} v1a,AAAA v1,AAAA v1,{good}"), Want::Proof));
    let eleven = provider("elevenlabs");
    let draft = eleven.draft();
    let good = (eleven.sign)(&draft);
    for (name, value, want) in [
        ("another version first", format!("v1={good},v0={good}"), Want::Proof),
        ("only another version", format!("v1={good}"), Want::Unproven),
        ("a space after the comma", format!("v1=x, v0={good}"), Want::Unproven),
        ("a second timestamp that differs", format!("v0={good},t=1"), Want::Unproven),
        ("the same timestamp again", format!("v0={good},t={}", draft.timestamp), Want::Proof),
    ] {
        cases.push(eleven.deliver(name, &draft, &value).done(want));
    }
    cases
}

/// 16 signatures and 8 keys are tried, and no more.
fn numbers() -> Vec<Value> {
    let standard = provider("replicate");
    let draft = standard.draft();
    let (good, bad) = (standard.signature_of(&draft), format!("v1,{}", base64(&[0; 32])));
    let several =
        |of: usize, at: usize| (1..=of).map(|place| if place == at { good.clone() } else { bad.clone() }).collect::<Vec<_>>().join(" ");
    let mut cases = Vec::new();
    for (of, at, want) in [
        (2, 2, Want::Proof),
        (16, 1, Want::Proof),
        (16, 16, Want::Proof),
        (17, 16, Want::Proof),
        (17, 17, Want::Unproven),
        (100, 50, Want::Unproven),
    ] {
        let name = format!("the good signature is number {at} of {of}");
        cases.push(standard.deliver(&name, &draft, &several(of, at)).done(want));
    }
    let foreign = format!("{} {good}", vec!["v9,AAAA"; 40].join(" "));
    cases.push(standard.deliver("40 signatures of other versions before the good one", &draft, &foreign).done(Want::Proof));
    let keys = |of: usize, at: usize, until: Option<u64>| -> Vec<(String, Option<u64>)> {
        (1..=of).map(|place| if place == at { (SECRET.to_owned(), None) } else { (OTHER_SECRET.to_owned(), until) }).collect()
    };
    for (of, at, until, want) in
        [(8, 8, None, Want::Proof), (9, 8, None, Want::Proof), (9, 9, None, Want::Unproven), (20, 20, Some(NOW), Want::Proof)]
    {
        let over = if until.is_some() { ", of which the others are over" } else { "" };
        let case = standard.signed(&format!("the good secret is number {at} of {of}{over}"), &draft);
        cases.push(Case { signing: keys(of, at, until), ..case }.done(want));
    }
    let google = provider("google");
    let draft = google.draft();
    let (good, bad) = (google.signature_of(&draft), format!("v1a,{}", base64(&[0; 64])));
    let signatures = vec![bad; 15].join(" ");
    let seeds = |of: u8, at: u8| {
        Some(jwks(&(1..=of).map(|place| ed25519_public(if place == at { SEED } else { [place + 100; 32] })).collect::<Vec<_>>()))
    };
    let case = google.deliver("16 signatures by 9 published keys, and the 8th is good", &draft, &format!("{good} {signatures}"));
    cases.push(Case { jwks: seeds(9, 8), ..case }.done(Want::Proof));
    let case = google.deliver("16 signatures by 9 published keys, and the 9th is good", &draft, &format!("{good} {signatures}"));
    cases.push(Case { jwks: seeds(9, 9), ..case }.done(Want::Unproven));
    let case = google.signed("one signature by 16 published keys, and the 16th is good", &draft);
    cases.push(Case { jwks: seeds(16, 16), ..case }.done(Want::Proof));
    cases
}

/// The kind of key decides the version: whoever knows a public key must not be able to sign with it.
fn kinds() -> Vec<Value> {
    let standard = provider("openai");
    let draft = standard.draft();
    let message = [draft.id.as_bytes(), b".", draft.timestamp.as_bytes(), b".", &draft.body].concat();
    let public = ed25519_public(SEED);
    let configured = format!("whpk_{}", base64(&public));
    let case = |name: &str, key: &str, signature: String, want: Want| {
        let case = standard.deliver(name, &draft, &signature);
        Case { signing: vec![(key.to_owned(), None)], ..case }.done(want)
    };
    let by_public = |key: &[u8]| base64(&hmac(key, &message));
    let by_seed = base64(&ed25519(SEED, &message));
    let mut cases = vec![
        case("a public key, and its signature", &configured, format!("v1a,{by_seed}"), Want::Proof),
        case("a public key as the secret of an HMAC", &configured, format!("v1,{}", by_public(&public)), Want::Unproven),
        case(
            "a public key's text as the secret of an HMAC",
            &configured,
            format!("v1,{}", by_public(configured.as_bytes())),
            Want::Unproven,
        ),
        case("an HMAC by a public key as v1a", &configured, format!("v1a,{}", by_public(&public)), Want::Unproven),
        case("a v1a signature as v1", &configured, format!("v1,{by_seed}"), Want::Unproven),
        case("a secret, and a v1a signature", SECRET, format!("v1a,{by_seed}"), Want::Unproven),
        case("a secret, and an HMAC as v1a", SECRET, format!("v1a,{}", by_public(&unbase64(&SECRET[6..]))), Want::Unproven),
        case("a private key's prefix", &format!("whsk_{}", base64(&SEED)), format!("v1a,{by_seed}"), Want::Unproven),
        case("a public key without its prefix is a secret", &base64(&public), format!("v1a,{by_seed}"), Want::Unproven),
        case("a secret without its prefix", &SECRET[6..], format!("v1,{}", by_public(&unbase64(&SECRET[6..]))), Want::Proof),
        case(
            "a secret with its prefix twice",
            &format!("whsec_{SECRET}"),
            format!("v1,{}", by_public(&unbase64(&SECRET[6..]))),
            Want::Unproven,
        ),
        case("a secret that is no base64", "whsec_not base64", format!("v1,{}", by_public(b"not base64")), Want::Unproven),
        case("a secret that is a prefix alone", "whsec_", format!("v1,{}", by_public(b"")), Want::Unproven),
        case("a public key of another", &format!("whpk_{}", base64(&ed25519_public(OTHER_SEED))), format!("v1a,{by_seed}"), Want::Unproven),
        case(
            "a public key of 33 bytes",
            &format!("whpk_{}", base64(&[public.as_slice(), &[0]].concat())),
            format!("v1a,{by_seed}"),
            Want::Unproven,
        ),
        case("a public key in hexadecimal", &format!("whpk_{}", hex(&public)), format!("v1a,{by_seed}"), Want::Unproven),
    ];
    let both = standard.deliver("a secret and a public key, signed by the key", &draft, &format!("v1,{} v1a,{by_seed}", base64(&[0; 32])));
    cases.push(Case { signing: vec![(SECRET.to_owned(), None), (configured.clone(), None)], ..both }.done(Want::Proof));
    let github = provider("github");
    let by = hex(&hmac(configured.as_bytes(), github.body.as_bytes()));
    let case = github.deliver("a public key as a secret", &github.draft(), &format!("sha256={by}"));
    cases.push(Case { signing: vec![(configured, None)], ..case }.done(Want::Unproven));
    let fal = provider("fal");
    for (name, key) in [("base64", base64(&public)), ("hexadecimal", hex(&public)), ("whpk_", format!("whpk_{}", base64(&public)))] {
        let case = fal.signed(&format!("a configured key in {name}"), &fal.draft());
        cases.push(Case { signing: vec![(key, None)], jwks: None, ..case }.done(Want::Proof));
    }
    cases
}

/// What strict verification of Ed25519 refuses.
fn strictness() -> Vec<Value> {
    let fal = provider("fal");
    let draft = fal.draft();
    let good = super::signer::unhex(&(fal.sign)(&draft));
    // The order of the group, little-endian: S + L verifies where nobody looks.
    let order = super::signer::unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut carry = 0_u16;
    let scalar = good[32..].iter().zip(&order).map(|(one, other)| {
        carry += u16::from(*one) + u16::from(*other);
        let [low, high] = carry.to_le_bytes();
        carry = u16::from(high);
        low
    });
    let second = [good[..32].to_vec(), scalar.collect()].concat();
    // The neutral element as key and as point: such a signature holds for every message.
    let neutral = [vec![1], vec![0; 31]].concat();
    let weak: [u8; 32] = neutral.clone().try_into().unwrap_or_default();
    let universal = [neutral, vec![0; 32]].concat();
    let set = |key: [u8; 32]| Some(jwks(&[key]));
    let case = |name: &str, signature: &[u8], keys: Option<String>| {
        Case { jwks: keys, ..fal.deliver(name, &draft, &hex(signature)) }.done(Want::Unproven)
    };
    vec![
        case("a second form of the signature", &second, set(ed25519_public(SEED))),
        case("a weak key and a signature that holds for everything", &universal, set(weak)),
        case("a signature that holds for everything under a weak key", &universal, set(ed25519_public(SEED))),
        case("a key that is no point", &good, set([0x02; 32])),
        case("a key that is no point, of ones", &good, set([0xFF; 32])),
        case("a signature of zeros", &[0; 64], set(ed25519_public(SEED))),
    ]
}

/// Where the border between two signed parts could be moved.
fn borders() -> Vec<Value> {
    let mut cases = Vec::new();
    let timed: [Provider; 3] = ["replicate", "wavespeed", "bria"].map(provider);
    for of in timed {
        let draft = Draft { id: "msg.1".to_owned(), ..of.draft() };
        cases.push(of.signed("an id with the mark that ends it", &draft).done(Want::Unproven));
    }
    let fal = provider("fal");
    let draft = Draft { id: "task-1\nuser-7".to_owned(), ..fal.draft() };
    cases.push(fal.signed("an id of two lines", &draft).done(Want::Unproven));
    let draft = Draft { user: "user.7".to_owned(), id: "task.1".to_owned(), ..fal.draft() };
    cases.push(fal.signed("full stops where they end nothing", &draft).done(Want::Proof));
    let long = Draft { id: "x".repeat(255), ..fal.draft() };
    cases.push(fal.signed("an id of 255 characters", &long).done(Want::Proof));
    let long = Draft { id: "x".repeat(256), ..fal.draft() };
    cases.push(fal.signed("an id of 256 characters", &long).done(Want::Unproven));
    cases
}
