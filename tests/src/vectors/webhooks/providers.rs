//! How each provider signs, step by step as it documents it.

use super::case::{Body, Case, NOW};
use super::signer::{base64, ed25519, ed25519_public, hex, hmac, jwks, sha256, task_secret, token, unbase64};

/// The task that the deliveries are about.
pub(super) const INTENT: &str = "01234567-89ab-4def-8123-456789abcdef";
/// The host's own secret, and one of another host.
pub(super) const HOST: &str = "the callback secret of this host";
pub(super) const OTHER_HOST: &str = "the callback secret of another host";
/// The provider's signing secret, as its texts are: base64 for Standard Webhooks.
pub(super) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub(super) const OTHER_SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
/// The provider's private key, and another's.
pub(super) const SEED: [u8; 32] = [7; 32];
pub(super) const OTHER_SEED: [u8; 32] = [8; 32];

/// What a provider puts into one delivery.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) user: String,
    pub(super) timestamp: String,
    pub(super) body: Vec<u8>,
    pub(super) secret: String,
    pub(super) task_secret: String,
    pub(super) seed: [u8; 32],
}

/// A provider, and what its scheme is made of.
#[derive(Clone, Copy)]
pub(super) struct Provider {
    pub(super) name: &'static str,
    /// A contract's name, or a scheme's.
    pub(super) uses: &'static str,
    pub(super) body: &'static str,
    /// The headers of the id, the user and the timestamp, where they are headers of their own.
    pub(super) id: Option<&'static str>,
    pub(super) user: Option<&'static str>,
    pub(super) timestamp: Option<&'static str>,
    pub(super) signature: &'static str,
    /// What the signature begins with.
    pub(super) prefix: &'static str,
    pub(super) covers_body: bool,
    /// Whether a timestamp is signed at all.
    pub(super) is_timed: bool,
    pub(super) by: By,
    /// The signature of a delivery, without its prefix.
    pub(super) sign: fn(&Draft) -> String,
}

/// What proves a delivery.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// A secret that the provider gave.
    Secret,
    /// A secret of each task, that we gave.
    TaskSecret,
    /// A published key.
    Key,
}

fn dotted(draft: &Draft) -> Vec<u8> {
    [draft.id.as_bytes(), b".", draft.timestamp.as_bytes(), b".", &draft.body].concat()
}

fn standard(draft: &Draft) -> String {
    base64(&hmac(&unbase64(draft.secret.trim_start_matches("whsec_")), &dotted(draft)))
}

fn by_lines(draft: &Draft) -> String {
    let message = format!("{}\n{}\n{}\n{}", draft.id, draft.user, draft.timestamp, hex(&sha256(&draft.body)));
    hex(&ed25519(draft.seed, message.as_bytes()))
}

fn body_hex(key: &str, draft: &Draft) -> String {
    hex(&hmac(key.as_bytes(), &draft.body))
}

const STANDARD: Provider = Provider {
    name: "",
    uses: "",
    body: "",
    id: Some("webhook-id"),
    user: None,
    timestamp: Some("webhook-timestamp"),
    signature: "webhook-signature",
    prefix: "v1,",
    covers_body: true,
    is_timed: true,
    by: By::Secret,
    sign: standard,
};
const BARE: Provider = Provider { id: None, timestamp: None, is_timed: false, prefix: "", ..STANDARD };

pub(super) const PROVIDERS: [Provider; 16] = [
    Provider {
        name: "fal",
        uses: "contracts/fal.json",
        body: r#"{"request_id":"task-1","status":"OK","payload":{"images":[]}}"#,
        id: Some("X-Fal-Webhook-Request-Id"),
        user: Some("X-Fal-Webhook-User-Id"),
        timestamp: Some("X-Fal-Webhook-Timestamp"),
        signature: "X-Fal-Webhook-Signature",
        prefix: "",
        by: By::Key,
        sign: by_lines,
        ..STANDARD
    },
    Provider {
        name: "ideogram",
        uses: "ideogram",
        body: r#"{"generation_id":"task-1","created":"2025-01-23T04:56:07Z","data":[]}"#,
        id: Some("X-Ideogram-Webhook-Generation-Id"),
        user: Some("X-Ideogram-Webhook-User-Id"),
        timestamp: Some("X-Ideogram-Webhook-Timestamp"),
        signature: "X-Ideogram-Webhook-Signature",
        prefix: "",
        by: By::Key,
        sign: by_lines,
        ..STANDARD
    },
    Provider {
        name: "google",
        uses: "google",
        body: r#"{"type":"video.generated","data":{"id":"task-1"}}"#,
        prefix: "v1a,",
        by: By::Key,
        sign: |draft| base64(&ed25519(draft.seed, &dotted(draft))),
        ..STANDARD
    },
    Provider { name: "replicate", uses: "contracts/replicate.json", body: r#"{"id":"task-1","status":"succeeded"}"#, ..STANDARD },
    Provider {
        name: "openai",
        uses: "openai",
        body: r#"{"object":"event","type":"response.completed","data":{"id":"task-1"}}"#,
        ..STANDARD
    },
    Provider { name: "kling", uses: "kling", body: r#"{"task_id":"task-1","task_status":"succeed"}"#, ..STANDARD },
    Provider {
        name: "kie",
        uses: "contracts/kie.json",
        body: r#"{"code":200,"data":{"taskId":"task-1","callbackType":"complete"}}"#,
        timestamp: Some("X-Webhook-Timestamp"),
        signature: "X-Webhook-Signature",
        covers_body: false,
        is_timed: true,
        sign: |draft| base64(&hmac(draft.secret.as_bytes(), format!("task-1.{}", draft.timestamp).as_bytes())),
        ..BARE
    },
    Provider {
        name: "piapi",
        uses: "piapi",
        body: r#"{"timestamp":1790000000,"data":{"task_id":"task-1","status":"completed"}}"#,
        signature: "x-webhook-secret",
        covers_body: false,
        by: By::TaskSecret,
        sign: |draft| draft.task_secret.clone(),
        ..BARE
    },
    Provider {
        name: "leonardo",
        uses: "leonardo",
        body: r#"{"type":"image_generation.complete","data":{"object":{"id":"task-1"}}}"#,
        signature: "Authorization",
        prefix: "Bearer ",
        covers_body: false,
        sign: |draft| draft.secret.clone(),
        ..BARE
    },
    Provider {
        name: "bfl",
        uses: "bfl",
        body: r#"{"id":"task-1","status":"Ready","result":{"sample":"https://delivery.example/a.png"}}"#,
        signature: "X-BFL-Signature",
        prefix: "sha256=",
        by: By::TaskSecret,
        sign: |draft| body_hex(&draft.task_secret, draft),
        ..BARE
    },
    Provider {
        name: "wavespeed",
        uses: "wavespeed",
        body: r#"{"id":"task-1","status":"completed","outputs":[]}"#,
        prefix: "v3,",
        sign: |draft| hex(&hmac(draft.secret.as_bytes(), &dotted(draft))),
        ..STANDARD
    },
    Provider {
        name: "elevenlabs",
        uses: "elevenlabs",
        body: r#"{"type":"voice.done","data":{"request_id":"task-1"}}"#,
        signature: "ElevenLabs-Signature",
        prefix: "v0=",
        is_timed: true,
        sign: |draft| hex(&hmac(draft.secret.as_bytes(), &[draft.timestamp.as_bytes(), b".", &draft.body].concat())),
        ..BARE
    },
    Provider {
        name: "heygen",
        uses: "heygen",
        body: r#"{"event_type":"avatar_video.success","event_data":{"video_id":"task-1"}}"#,
        signature: "Signature",
        sign: |draft| body_hex(&draft.secret, draft),
        ..BARE
    },
    Provider {
        name: "bria",
        uses: "bria",
        body: r#"{"request_id":"task-1","status":"COMPLETED"}"#,
        id: Some("Bria-Webhook-Id"),
        timestamp: Some("Bria-Webhook-Timestamp"),
        signature: "Bria-Webhook-Signature",
        prefix: "v1=",
        sign: |draft| hex(&hmac(&unbase64(draft.secret.trim_start_matches("whsec_")), &dotted(draft))),
        ..STANDARD
    },
    Provider {
        name: "github",
        uses: "github",
        body: r#"{"id":"task-1"}"#,
        signature: "X-Hub-Signature-256",
        prefix: "sha256=",
        sign: |draft| body_hex(&draft.secret, draft),
        ..BARE
    },
    Provider {
        name: "renamed headers",
        uses: "renamed",
        body: r#"{"id":"task-1"}"#,
        id: Some("svix-id"),
        timestamp: Some("svix-timestamp"),
        signature: "svix-signature",
        sign: |draft| base64(&hmac(draft.secret.as_bytes(), &dotted(draft))),
        ..STANDARD
    },
];

pub(super) fn provider(name: &str) -> Provider {
    PROVIDERS.into_iter().find(|provider| provider.name == name).unwrap_or_else(|| panic!("no provider {name}"))
}

impl Provider {
    /// What it would send now.
    pub(super) fn draft(&self) -> Draft {
        Draft {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned(),
            user: "user-7".to_owned(),
            timestamp: (NOW / 1_000).to_string(),
            body: self.body.as_bytes().to_vec(),
            secret: SECRET.to_owned(),
            task_secret: task_secret(HOST, INTENT),
            seed: SEED,
        }
    }

    /// The delivery of a draft, with these signatures.
    pub(super) fn deliver(&self, name: &str, draft: &Draft, signature: &str) -> Case {
        let mut headers = Vec::new();
        for (header, value) in [(self.id, &draft.id), (self.user, &draft.user), (self.timestamp, &draft.timestamp)] {
            headers.extend(header.map(|header| (header.to_owned(), value.clone())));
        }
        let time = if self.name == "elevenlabs" { format!("t={},", draft.timestamp) } else { String::new() };
        headers.push((self.signature.to_owned(), format!("{time}{signature}")));
        Case {
            name: format!("{}: {name}", self.name),
            uses: self.uses,
            token: vec![(HOST.to_owned(), None)],
            signing: if self.by == By::Secret { vec![(SECRET.to_owned(), None)] } else { Vec::new() },
            tolerance_ms: None,
            method: "POST",
            url: format!("https://app.example.com/hook?gentask={}", token(HOST, INTENT)),
            headers,
            body: Body::Bytes(draft.body.clone()),
            now: NOW,
            jwks: (self.by == By::Key).then(|| jwks(&[ed25519_public(SEED)])),
        }
    }

    /// The delivery of a draft, signed.
    pub(super) fn signed(&self, name: &str, draft: &Draft) -> Case {
        self.deliver(name, draft, &self.signature_of(draft))
    }

    pub(super) fn signature_of(&self, draft: &Draft) -> String {
        format!("{}{}", self.prefix, (self.sign)(draft))
    }
}
