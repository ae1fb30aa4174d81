//! What holds for every scheme: a good delivery, and each way to spoil one.

use super::case::{Body, Case, NOW, Want};
use super::providers::{By, Draft, INTENT, OTHER_HOST, OTHER_SECRET, OTHER_SEED, PROVIDERS, Provider, SECRET, provider};
use super::signer::{ed25519_public, jwks, task_secret, token};
use serde_json::Value;

/// Vectors that others published, or that other software made.
pub(super) fn known() -> Vec<Value> {
    let standard = |name: &str, key: &str, id: &str, timestamp: u64, body: &str, signature: &str| {
        let draft =
            Draft { id: id.to_owned(), timestamp: timestamp.to_string(), body: body.as_bytes().to_vec(), ..provider("openai").draft() };
        let case = provider("openai").deliver(name, &draft, signature);
        Case { signing: vec![(key.to_owned(), None)], now: timestamp * 1_000, ..case }.done(Want::Proof)
    };
    let (first, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", r#"{"test": 2432232314}"#);
    let github = provider("github");
    let hello = Draft { body: b"Hello, World!".to_vec(), ..github.draft() };
    let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let hello = Case { signing: vec![("It's a Secret to Everybody".to_owned(), None)], ..github.deliver("documented", &hello, signature) };
    vec![
        standard("documented, first", SECRET, first, 1_614_265_330, body, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        standard(
            "documented, second",
            OTHER_SECRET,
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            1_649_367_553,
            r#"{"email":"test@example.com","username":"test_user"}"#,
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
        ),
        standard(
            "documented, Ed25519",
            "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
            first,
            1_614_265_330,
            body,
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
        ),
        hello.done(Want::Proof),
    ]
}

pub(super) fn cases() -> Vec<Value> {
    let mut cases: Vec<Value> = PROVIDERS.iter().flat_map(of_provider).collect();
    let vidu =
        Case { uses: "vidu", name: "no scheme: the token alone".to_owned(), ..provider("heygen").signed("", &provider("heygen").draft()) };
    cases.push(Case { headers: Vec::new(), body: Body::Bytes(br#"{"task_id":"task-1"}"#.to_vec()), ..vidu.clone() }.done(Want::Proof));
    cases.push(Case { name: "no scheme: and no token".to_owned(), url: "/hook".to_owned(), ..vidu }.done(Want::Unproven));
    for name in ["apixo", "apidot", "aivideomaker"] {
        let case = provider("heygen").signed("", &provider("heygen").draft());
        let case = Case { uses: name, name: format!("{name}: the token alone"), headers: Vec::new(), ..case };
        let body = Body::Bytes(br#"{"data":{"taskId":"task-1","task_id":"task-1"}}"#.to_vec());
        cases.push(Case { body, ..case }.done(Want::Proof));
    }
    cases
}

fn of_provider(provider: &Provider) -> Vec<Value> {
    let draft = provider.draft();
    let good = provider.signed("good", &draft);
    let mut cases = vec![good.clone().done(Want::Proof)];
    let mut case = |name: &str, want: Want, change: &dyn Fn(&mut Case)| {
        let mut case = Case { name: format!("{}: {name}", provider.name), ..good.clone() };
        change(&mut case);
        cases.push(case.done(want));
    };
    let signature = provider.signature_of(&draft);
    let without = |case: &mut Case, header: &str| case.headers.retain(|(name, _)| name != header);
    let edit = |case: &mut Case, header: &str, edit: &dyn Fn(&str) -> String| {
        let (_, value) = case.headers.iter_mut().find(|(name, _)| name == header).expect("the provider sends it");
        *value = edit(value);
    };
    let resign = |case: &mut Case, with: &dyn Fn(&str) -> String| {
        edit(case, provider.signature, &|value| value.replace(&signature, &with(&signature)));
    };

    let tampered = if provider.covers_body { Want::Unproven } else { Want::Proof };
    let spoil = |case: &mut Case, of: fn(Vec<u8>) -> Vec<u8>| case.body = Body::Bytes(of(draft.body.clone()));
    case("a newline after the body", tampered, &|case| spoil(case, |body| [body, b"\n".to_vec()].concat()));
    case("white space in the body", tampered, &|case| spoil(case, |body| [b" ".to_vec(), body].concat()));

    let untokened = if provider.by == By::TaskSecret { Want::Unproven } else { Want::Proof };
    case("without a token", untokened, &|case| case.url = String::from("/hook"));
    case("the token of another host", Want::Unproven, &|case| case.url = format!("/hook?gentask={}", token(OTHER_HOST, INTENT)));
    case("no header at all", Want::Unproven, &|case| case.headers = Vec::new());
    case("no signature", Want::Unproven, &|case| without(case, provider.signature));
    case("nothing in the signature", Want::Unproven, &|case| resign(case, &|_| provider.prefix.to_owned()));
    case("the last character of the signature is missing", Want::Unproven, &|case| resign(case, &|text| text[..text.len() - 1].to_owned()));
    case("a character after the signature", Want::Unproven, &|case| resign(case, &|text| format!("{text}0")));
    case("a space before the signature", Want::Unproven, &|case| {
        resign(case, &|text| format!("{}{}{}", provider.prefix, ' ', &text[provider.prefix.len()..]));
    });
    case("another first character of the signature", Want::Unproven, &|case| {
        resign(case, &|text| {
            let (prefix, rest) = text.split_at(provider.prefix.len());
            format!("{prefix}{}{}", if rest.starts_with('0') { '1' } else { '0' }, &rest[1..])
        });
    });
    case("names of headers in capitals", Want::Proof, &|case| case.headers.iter_mut().for_each(|(name, _)| *name = name.to_uppercase()));
    case("the signature's header twice, the same", Want::Proof, &|case| {
        let twice = case.headers.iter().find(|(name, _)| name == provider.signature).cloned();
        case.headers.extend(twice);
    });
    case("the signature's header twice, another one first", Want::Unproven, &|case| {
        case.headers.insert(0, (provider.signature.to_owned(), "other".to_owned()));
    });
    if !provider.prefix.is_empty() {
        case("no prefix", Want::Unproven, &|case| resign(case, &|text| text[provider.prefix.len()..].to_owned()));
        case("a prefix in other letters", Want::Unproven, &|case| {
            resign(case, &|text| format!("{}{}", provider.prefix.replace(char::is_alphabetic, "x"), &text[provider.prefix.len()..]));
        });
    }
    case("a GET", Want::NotPost, &|case| case.method = "GET");
    keys(provider, &draft, &mut case);
    if let Some(header) = provider.id {
        case("another id", Want::Unproven, &|case| edit(case, header, &|id| format!("{id}x")));
        case("no id", Want::Unproven, &|case| without(case, header));
        case("an empty id", Want::Unproven, &|case| edit(case, header, &|_| String::new()));
        case("the id twice, differing", Want::Unproven, &|case| case.headers.push((header.to_owned(), "other".to_owned())));
    }
    if let Some(header) = provider.user {
        case("another user", Want::Unproven, &|case| edit(case, header, &|user| format!("{user}x")));
        case("no user", Want::Unproven, &|case| without(case, header));
    }
    if let Some(header) = provider.timestamp {
        case("another timestamp", Want::Unproven, &|case| edit(case, header, &|_| (NOW / 1_000 + 1).to_string()));
        case("no timestamp", Want::Unproven, &|case| without(case, header));
        case("the timestamp twice, differing", Want::Unproven, &|case| case.headers.push((header.to_owned(), "1".to_owned())));
    }
    let want = |is_timed: bool| if is_timed { Want::Unproven } else { Want::Proof };
    for (name, now, want) in [
        ("300 s old", NOW + 300_000, Want::Proof),
        ("301 s old", NOW + 301_000, want(provider.is_timed)),
        ("300 s in the future", NOW - 300_000, Want::Proof),
        ("301 s in the future", NOW - 301_000, want(provider.is_timed)),
    ] {
        case(name, want, &|case| case.now = now);
    }
    cases
}

/// Adds a good delivery with a change under a name.
type AddCase<'a> = dyn FnMut(&str, Want, &dyn Fn(&mut Case)) + 'a;

/// Keys that are not the provider's, are over, or are several.
fn keys(provider: &Provider, draft: &Draft, case: &mut AddCase<'_>) {
    match provider.by {
        By::Secret => {
            let secret = |text: &str, until: Option<u64>| (text.to_owned(), until);
            case("another secret", Want::Unproven, &|case| case.signing = vec![secret(OTHER_SECRET, None)]);
            case("the secret ends now", Want::Unproven, &|case| case.signing = vec![secret(SECRET, Some(NOW))]);
            case("the secret ends in a millisecond", Want::Proof, &|case| case.signing = vec![secret(SECRET, Some(NOW + 1))]);
            case("the old one of two secrets", Want::Proof, &|case| {
                case.signing = vec![secret(OTHER_SECRET, None), secret(SECRET, Some(NOW + 1))];
            });
            case("the new one of two secrets", Want::Proof, &|case| {
                case.signing = vec![secret(SECRET, None), secret(OTHER_SECRET, Some(NOW + 1))];
            });
            case("an empty secret", Want::Unproven, &|case| case.signing = vec![secret("", None)]);
            case("no secret is configured: the token alone", Want::Proof, &|case| case.signing = Vec::new());
            case("no secret is configured, and no token", Want::Unproven, &|case| {
                case.signing = Vec::new();
                case.url = String::from("/hook");
            });
        }
        By::TaskSecret => {
            let other = Draft { task_secret: task_secret(OTHER_HOST, INTENT), ..draft.clone() };
            let of = |name: &str, draft: &Draft| provider.signed(name, draft);
            case("the task's secret by another host", Want::Unproven, &|case| case.headers = of("", &other).headers);
            let other = "11234567-89ab-4def-8123-456789abcdef";
            let other = Draft { task_secret: task_secret(super::providers::HOST, other), ..draft.clone() };
            case("the secret of another task", Want::Unproven, &|case| case.headers = of("", &other).headers);
        }
        By::Key => {
            let set = |seeds: &[[u8; 32]]| Some(jwks(&seeds.iter().map(|seed| ed25519_public(*seed)).collect::<Vec<_>>()));
            case("another published key", Want::Unproven, &|case| case.jwks = set(&[OTHER_SEED]));
            case("the second published key", Want::Proof, &|case| case.jwks = set(&[OTHER_SEED, draft.seed]));
            case("no published key", Want::Unproven, &|case| case.jwks = None);
            let configured = |seed| format!("whpk_{}", super::signer::base64(&ed25519_public(seed)));
            case("a configured key", Want::Proof, &|case| {
                case.jwks = None;
                case.signing = vec![(configured(OTHER_SEED), None), (configured(draft.seed), None)];
            });
            case("a configured key that is over", Want::Unproven, &|case| {
                case.jwks = None;
                case.signing = vec![(configured(draft.seed), Some(NOW))];
            });
            case("a configured key of 31 bytes", Want::Unproven, &|case| {
                case.jwks = None;
                let short = ed25519_public(draft.seed)[..31].to_vec();
                case.signing = vec![(format!("whpk_{}", super::signer::base64(&short)), None)];
            });
        }
    }
}
