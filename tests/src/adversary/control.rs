//! The table for runners in other languages: JSON over HTTP on a port of this machine, one request a connection.
//!
//! | path | takes | gives |
//! |---|---|---|
//! | `/table` | `{language}` | `{rows: [{family, name, row}], count}` |
//! | `/begin` | `{name}` | `{id, base, foreign, key, contract}` |
//! | `/contract` | `{id, patch}` | the contract with a further patch |
//! | `/saw` | `{id, step, outcome}` | `{}` |
//! | `/until` | `{id, kind, count}` | `{came}` |
//! | `/release`, `/extend`, `/listen` | `{id}`, `{id, script}`, `{id, on}` | `{}` |
//! | `/end` | `{id, trace}` | `{faults}` |
//!
//! A connection that says `CLOCK` instead is asked for the time: for each line with a row's id it answers a line with what that row's clock
//! shows.

use super::http::{self, Answer, Fault};
use super::judge::judge;
use super::provider::{Now, Provider};
use super::table::{self, Row};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a request may be waited for, or the runner's clock.
const LIMIT: Duration = Duration::from_secs(25);

struct Running {
    /// Read once: they are large where they are filled in.
    rows: Vec<Row>,
    providers: Mutex<BTreeMap<u64, Arc<Provider>>>,
    next: Mutex<u64>,
    clock: Mutex<Option<BufReader<TcpStream>>>,
}

/// Serves a runner until its process ends this one.
pub fn serve(listener: &TcpListener) -> io::Result<()> {
    let running = Arc::new(Running { rows: table::rows(), providers: Mutex::default(), next: Mutex::default(), clock: Mutex::default() });
    for stream in listener.incoming() {
        let (running, mut stream) = (Arc::clone(&running), stream?);
        std::thread::spawn(move || {
            let mut first = [0; 6];
            if stream.peek(&mut first).is_ok_and(|count| count == 6) && first == *b"CLOCK\n" {
                let mut clock = BufReader::new(stream);
                let _ = clock.read_line(&mut String::new());
                *running.clock.lock().unwrap_or_else(PoisonError::into_inner) = Some(clock);
                return;
            }
            let Some(asked) = http::read(&mut stream) else { return };
            let given = serde_json::from_slice(&asked.body).unwrap_or_default();
            let (status, body) = match answer(&running, &asked.target, &given) {
                Ok(body) => (200, body),
                Err(error) => (400, json!({"error": error})),
            };
            let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
            let answer = Answer { status, headers, body: body.to_string().into_bytes(), fault: Fault::None };
            let _ = http::write(&mut stream, &answer, || {});
        });
    }
    Ok(())
}

fn answer(running: &Arc<Running>, path: &str, given: &Value) -> Result<Value, String> {
    match path {
        "/table" => {
            let language = given["language"].as_str().unwrap_or_default();
            let rows: Vec<Value> = running
                .rows
                .iter()
                .filter(|row| row.runs_in(language))
                .map(|row| {
                    let mut value = row.value.clone();
                    // What the provider answers is nothing that a runner needs.
                    value["provider"] = Value::Null;
                    json!({"family": row.family, "name": row.name, "row": value})
                })
                .collect();
            return Ok(json!({"count": rows.len(), "rows": rows}));
        }
        "/begin" => return begin(running, given["name"].as_str().unwrap_or_default()),
        _ => {}
    }
    let id = given["id"].as_u64().unwrap_or_default();
    let lock = || running.providers.lock().unwrap_or_else(PoisonError::into_inner);
    let provider = lock().get(&id).map(Arc::clone).ok_or("there is no such row")?;
    match path {
        "/contract" => Ok(provider.row().contract(&given["patch"])),
        "/saw" => {
            provider.saw(given["step"].as_u64().and_then(|step| usize::try_from(step).ok()), given["outcome"].clone());
            Ok(json!({}))
        }
        "/until" => {
            let count = given["count"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
            Ok(json!({"came": provider.until(given["kind"].as_str().unwrap_or_default(), count, LIMIT)}))
        }
        "/release" => {
            provider.release();
            Ok(json!({}))
        }
        "/extend" => {
            provider.extend(&given["script"]);
            Ok(json!({}))
        }
        "/listen" => provider.listen(given["on"] == true).map(|()| json!({})).map_err(|error| error.to_string()),
        "/end" => {
            lock().remove(&id);
            Ok(json!({"faults": judge(&provider, &given["trace"])}))
        }
        _ => Err(format!("there is no {path}")),
    }
}

fn begin(running: &Arc<Running>, name: &str) -> Result<Value, String> {
    let row = running.rows.iter().find(|row| row.name == name).ok_or_else(|| format!("there is no row \"{name}\""))?;
    let id = {
        let mut next = running.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next += 1;
        *next
    };
    let asks = Arc::clone(running);
    let now: Now = Arc::new(move || asks.now(id));
    let provider = Provider::start(row, now).map_err(|error| error.to_string())?;
    let told = json!({
        "id": id,
        "base": provider.base(),
        "foreign": provider.foreign(),
        "key": provider.key(),
        "contract": row.contract(&Value::Null),
    });
    let mut providers = running.providers.lock().unwrap_or_else(PoisonError::into_inner);
    providers.insert(id, Arc::new(provider));
    Ok(told)
}

impl Running {
    /// What the clock of a row shows, as its runner says.
    fn now(&self, id: u64) -> Option<u64> {
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        let clock = clock.as_mut()?;
        clock.get_ref().set_read_timeout(Some(LIMIT)).ok()?;
        clock.get_mut().write_all(format!("{id}\n").as_bytes()).ok()?;
        let mut line = String::new();
        clock.read_line(&mut line).ok()?;
        line.trim().parse().ok()
    }
}
