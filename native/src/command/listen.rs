//! `gentask listen` and `gentask deliveries`: callbacks received, shown and taken once more.

use super::flags::{Common, Deliveries, Listen};
use super::{OK, Outcome, clients, misuse, output};
use crate::axum::{arrival, response};
use crate::client::{Client, Receiver};
use crate::http::{HttpOptions, HttpTransport, Outgoing, Transport as _};
use crate::store::{DeliveryFilter, StoredDelivery};
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use gentask_core::client::{Receipt, Received};
use gentask_core::internal::to_canonical;
use gentask_core::webhook::{Arrival, token_in};
use gentask_core::{Error, ErrorCode, Failure, HttpRequest, Operation};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long a program that callbacks are forwarded to may take to answer.
const FORWARD_TIMEOUT: Duration = Duration::from_secs(30);
/// Headers that belong to the connection a callback came by.
const HOP: [&str; 8] =
    ["host", "content-length", "connection", "keep-alive", "transfer-encoding", "accept-encoding", "proxy-authorization", "upgrade"];
/// How many deliveries are listed where nothing else is said.
const LISTED: usize = 100;

/// What happens to each callback.
struct Desk {
    receiver: Receiver,
    forward: Option<(HttpTransport, String)>,
    shape: bool,
    json: bool,
}

/// Receives callbacks until interrupted.
pub(super) async fn listen(common: &Common, flags: &Listen) -> Outcome {
    let receiver = Receiver::new(all_clients(common)?)?;
    let (listener, url) = bind(flags.port).await?;
    let forward = match &flags.forward {
        Some(url) => Some((HttpTransport::new(HttpOptions::default())?, url.clone())),
        None => None,
    };
    let desk = Desk { receiver, forward, shape: flags.print, json: common.json() };
    if desk.json {
        output::note(&format!("listening on {url}"));
    } else {
        output::line(&format!("listening on {url}; any path will do"));
        output::line("The provider must reach it: put a tunnel or a proxy with https in front of it. Press Ctrl-C to stop.");
    }
    let serve = serve(listener, Arc::new(desk));
    tokio::select! {
        () = serve => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(OK)
}

/// Receives callbacks for a client on a port of this machine, as long as the runtime runs. The URL to be called.
pub(super) async fn in_background(client: Client) -> Result<String, Failure> {
    let (listener, url) = bind(0).await?;
    let app = Router::new().route("/callback", crate::axum::callbacks(Receiver::new([client])?));
    tokio::spawn(async move { drop(axum::serve(listener, app).await) });
    Ok(format!("{url}/callback"))
}

async fn bind(port: u16) -> Result<(TcpListener, String), Failure> {
    let refuse = |error: std::io::Error| Failure::from(misuse_of_port(port, &error));
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(refuse)?;
    let address = listener.local_addr().map_err(refuse)?;
    Ok((listener, format!("http://{address}")))
}

fn misuse_of_port(port: u16, error: &std::io::Error) -> Error {
    Error::new(ErrorCode::Unsupported, format!("cannot listen on port {port} of this machine ({error}): choose another one with --port"))
}

/// One client for each provider whose callbacks may come: the one named, or all that are built in.
fn all_clients(common: &Common) -> Result<Vec<Client>, Failure> {
    let store = clients::store(common)?;
    clients::contracts(common)?.into_iter().map(|contract| clients::client(common, contract, Arc::clone(&store))).collect()
}

async fn serve(listener: TcpListener, desk: Arc<Desk>) {
    let app = Router::new().fallback(move |request: Request| {
        let desk = Arc::clone(&desk);
        async move { desk.take(arrival(request).await).await }
    });
    let _ = axum::serve(listener, app).await;
}

impl Desk {
    /// What is passed on and printed waits for nobody, and nobody waits for it.
    async fn take(self: Arc<Self>, arrival: Arrival) -> Response {
        let receipt = self.receiver.receive(arrival.clone()).await;
        let answer = response(&receipt);
        tokio::spawn(async move {
            let is_genuine = receipt.outcome != Received::Refused;
            let forwarded = match &self.forward {
                Some((transport, url)) if is_genuine => Some(forwarded(transport, url, &arrival).await),
                _ => None,
            };
            let shape = (self.shape && is_genuine).then(|| shape_of(&arrival.body));
            self.print(&receipt, arrival.body.len(), forwarded.as_deref(), shape.as_ref());
        });
        answer
    }

    fn print(&self, receipt: &Receipt, bytes: usize, forwarded: Option<&str>, shape: Option<&Value>) {
        let intent = receipt.intent_id.as_deref();
        if self.json {
            output::line(&to_canonical(&json!({
                "outcome": receipt.outcome.as_str(), "httpStatus": receipt.http_status, "intentId": intent, "bytes": bytes,
                "forwarded": forwarded, "shape": shape, "reason": receipt.reason,
            })));
            return;
        }
        let mut line = format!("{:<11} {}  {} ({bytes} bytes)", receipt.outcome.as_str(), receipt.http_status, intent.unwrap_or("-"));
        for (word, text) in [("forwarded: ", forwarded), ("", receipt.reason.as_deref())] {
            if let Some(text) = text {
                line.push_str("  ");
                line.push_str(word);
                line.push_str(text);
            }
        }
        if let Some(shape) = shape {
            line.push_str("  ");
            line.push_str(&to_canonical(shape));
        }
        output::line(&output::plain(&line).replace('\n', " "));
    }
}

/// The names of a body's members, and what kind of value each has. No value: a body may hold a prompt, a URL or a secret.
fn shape_of(body: &[u8]) -> Value {
    fn of(value: &Value) -> Value {
        match value {
            Value::Object(members) => Value::Object(members.iter().map(|(name, value)| (name.clone(), of(value))).collect()),
            Value::Array(items) => items.iter().take(1).map(of).collect(),
            Value::String(_) => json!("text"),
            Value::Number(_) => json!("number"),
            Value::Bool(_) => json!("true or false"),
            Value::Null => Value::Null,
        }
    }
    serde_json::from_slice(body).map_or_else(|_| json!("no JSON"), |value| of(&value))
}

/// Passes a callback on as it came, with the token in its query. What the program answered, in a word.
async fn forwarded(transport: &HttpTransport, to: &str, arrival: &Arrival) -> String {
    let query = arrival.url.split_once('?').map_or("", |(_, query)| query);
    // A token in the path would be lost with it.
    let query = match token_in(&arrival.url).filter(|token| !query.contains(token)) {
        Some(token) if query.is_empty() => format!("gentask={token}"),
        Some(token) => format!("{query}&gentask={token}"),
        None => query.to_owned(),
    };
    let mark = if query.is_empty() {
        ""
    } else if to.contains('?') {
        "&"
    } else {
        "?"
    };
    // What belongs to the connection that it came by stays behind.
    let own = |name: &str| !HOP.contains(&name);
    let request = HttpRequest {
        id: "forward:1".to_owned(),
        operation: Operation::Status,
        method: "POST".to_owned(),
        url: [to, mark, query.as_str()].concat(),
        headers: arrival.headers.iter().filter(|(name, _)| own(name)).cloned().collect(),
        body: arrival.body.clone(),
        auth: false,
        response_cap: 64 * 1024,
        open_ms: 0,
    };
    match transport.send(Outgoing { request, credential: None, timeout: FORWARD_TIMEOUT, trusted: Vec::new() }).await {
        Ok(answer) => answer.status.to_string(),
        Err(undelivered) => format!("no answer: {}", undelivered.reason),
    }
}

/// Lists stored callbacks, or takes one once more.
pub(super) async fn deliveries(common: &Common, flags: &Deliveries) -> Outcome {
    let mut found: Vec<(Client, StoredDelivery)> = Vec::new();
    for client in all_clients(common)? {
        let filter = DeliveryFilter { limit: Some(flags.limit.unwrap_or(LISTED)), ..DeliveryFilter::default() };
        let filter = if flags.replay.is_some() { DeliveryFilter::default() } else { filter };
        found.extend(client.deliveries(filter).await?.into_iter().map(|delivery| (client.clone(), delivery)));
    }
    found.sort_by_key(|(_, delivery)| std::cmp::Reverse(delivery.received_at));
    if let Some(id) = &flags.replay {
        return replay(common, &found, id).await;
    }
    found.truncate(flags.limit.unwrap_or(LISTED));
    if common.json() {
        let entries: Value = found.iter().map(|(_, delivery)| entry(delivery)).collect();
        output::line(&to_canonical(&json!({"deliveries": entries})));
    } else if found.is_empty() {
        output::line("no callbacks are stored");
    } else {
        let rows = found.iter().map(|(client, delivery)| {
            [
                delivery.id(),
                output::span(client.now().saturating_sub(delivery.received_at)),
                delivery.provider.clone(),
                delivery.outcome.as_str().to_owned(),
                delivery.intent_id.clone().unwrap_or_else(|| "-".to_owned()),
                delivery.task_id.clone().unwrap_or_else(|| "-".to_owned()),
            ]
        });
        output::table(&["id", "age", "provider", "outcome", "intent", "task"], rows);
    }
    Ok(OK)
}

async fn replay(common: &Common, found: &[(Client, StoredDelivery)], id: &str) -> Outcome {
    let mut named = found.iter().filter(|(_, delivery)| delivery.id() == id);
    let Some((client, delivery)) = named.next() else {
        return Err(misuse(format!("no callback with the id \"{id}\" is stored; `gentask deliveries` lists them")));
    };
    if named.next().is_some() {
        return Err(misuse(format!("several callbacks have the id \"{id}\": name the provider or the account")));
    }
    let receipt = client.replay(&delivery.dedupe).await?;
    client.settled().await;
    if common.json() {
        output::line(&to_canonical(&receipt.to_value()));
    } else {
        output::line(&format!("{}  {}", receipt.outcome.as_str(), receipt.intent_id.as_deref().unwrap_or("-")));
    }
    Ok(OK)
}

/// A stored callback as one entry of a list: without its body.
fn entry(delivery: &StoredDelivery) -> Value {
    json!({
        "id": delivery.id(), "provider": delivery.provider, "account": delivery.account, "receivedAt": delivery.received_at,
        "expiresAt": delivery.expires_at, "verified": delivery.verified, "outcome": delivery.outcome.as_str(),
        "intentId": delivery.intent_id, "taskId": delivery.task_id, "bytes": delivery.body.len(),
    })
}
