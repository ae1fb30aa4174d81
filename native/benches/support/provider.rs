//! A provider in a process of its own, so that its work is not counted: the smallest HTTP/1.1 server that can do a task of APIXO.
//!
//! A task's id says when it was submitted, so the server remembers nothing. `GET /stats` tells what it has seen.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream as StdStream;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// How tasks and answers go.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    /// How long a task takes.
    pub(crate) task: Duration,
    /// How long an answer takes.
    pub(crate) answer: Duration,
    /// How much tasks differ: they are log-normal with this sigma, in percent, and `task` is their median.
    pub(crate) sigma: u32,
}

/// A running provider; dropping it ends it.
pub(crate) struct Provider {
    child: Child,
    /// The server ends when this closes, also where this process dies.
    _open: Option<ChildStdin>,
    address: String,
}

impl Provider {
    pub(crate) fn start(pace: Pace) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["provider", &pace.task.as_millis().to_string(), &pace.answer.as_millis().to_string(), &pace.sigma.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a second process");
        let mut address = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut address).expect("its address");
        Self { _open: child.stdin.take(), child, address: address.trim().to_owned() }
    }

    /// The base URL.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it has seen.
    pub(crate) fn stats(&self) -> Seen {
        Seen::by(&self.address)
    }
}

impl Seen {
    /// What the provider at this address has seen.
    pub(crate) fn by(address: &str) -> Self {
        let mut stream = StdStream::connect(address).expect("the provider");
        stream.write_all(b"GET /stats HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n").expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let stats: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap_or_default()).expect("JSON");
        let number = |name: &str| stats[name].as_u64().unwrap_or_default();
        Self {
            submits: number("submits"),
            polls: number("polls"),
            late_ms: number("lateMs"),
            most_at_once: number("mostAtOnce"),
            most_open: number("mostOpen"),
        }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a provider has seen.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) submits: u64,
    pub(crate) polls: u64,
    /// From the ends of tasks to the polls that saw them, summed, in milliseconds.
    pub(crate) late_ms: u64,
    /// The most requests that were being answered at one time.
    pub(crate) most_at_once: u64,
    /// The most connections that were open at one time, idle ones too.
    pub(crate) most_open: u64,
}

#[derive(Default)]
struct Counts {
    submits: AtomicU64,
    polls: AtomicU64,
    late_ms: AtomicU64,
    now: AtomicU64,
    most_at_once: AtomicU64,
    open: AtomicU64,
    most_open: AtomicU64,
}

/// Serves until the standard input ends. `args`: the pace in milliseconds.
pub(crate) fn serve(args: &[String]) {
    let millis = |index: usize| Duration::from_millis(args[index].parse().expect("a number of milliseconds"));
    let pace = Pace { task: millis(0), answer: millis(1), sigma: args.get(2).map_or(0, |sigma| sigma.parse().expect("a number")) };
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        println!("{}", listener.local_addr().expect("an address"));
        let counts = Arc::new(Counts::default());
        let began = Instant::now();
        while let Ok((stream, _)) = listener.accept().await {
            let counts = Arc::clone(&counts);
            tokio::spawn(async move {
                let open = counts.open.fetch_add(1, Ordering::Relaxed) + 1;
                counts.most_open.fetch_max(open, Ordering::Relaxed);
                let _ = converse(stream, pace, began, &counts).await;
                counts.open.fetch_sub(1, Ordering::Relaxed);
            });
        }
    });
}

async fn converse(mut stream: TcpStream, pace: Pace, began: Instant, counts: &Counts) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = Vec::with_capacity(4096);
    while let Some(request) = read(&mut stream, &mut input).await? {
        let at_once = counts.now.fetch_add(1, Ordering::Relaxed) + 1;
        let body = if request.starts_with("GET /stats") {
            stats(counts)
        } else {
            counts.most_at_once.fetch_max(at_once, Ordering::Relaxed);
            if !pace.answer.is_zero() {
                tokio::time::sleep(pace.answer).await;
            }
            answer(&request, pace, began, counts)
        };
        counts.now.fetch_sub(1, Ordering::Relaxed);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await?;
        if request.contains("connection: close") {
            break;
        }
    }
    Ok(())
}

/// The head of the next request; its body is read and dropped.
async fn read(stream: &mut TcpStream, input: &mut Vec<u8>) -> std::io::Result<Option<String>> {
    loop {
        if let Some(end) = input.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&input[..end]).into_owned();
            let value = |line: &str| line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))?.1.parse().ok();
            let length = head.lines().find_map(value).unwrap_or(0);
            let whole: usize = end + 4 + length;
            while input.len() < whole {
                if stream.read_buf(input).await? == 0 {
                    return Ok(None);
                }
            }
            input.drain(..whole);
            return Ok(Some(head));
        }
        if stream.read_buf(input).await? == 0 {
            return Ok(None);
        }
    }
}

fn answer(request: &str, pace: Pace, began: Instant, counts: &Counts) -> String {
    let now = began.elapsed().as_millis();
    if request.starts_with("POST") {
        let number = counts.submits.fetch_add(1, Ordering::Relaxed);
        return format!(r#"{{"code":200,"message":"success","data":{{"taskId":"task_01jz7k3v5m8n9p0q{number}_{now}"}}}}"#);
    }
    counts.polls.fetch_add(1, Ordering::Relaxed);
    let id = request.split("taskId=").nth(1).and_then(|rest| rest.split([' ', '&']).next()).unwrap_or_default();
    let submitted: u128 = id.rsplit('_').next().and_then(|digits| digits.parse().ok()).unwrap_or_default();
    let number = id.rsplit('_').nth(1).and_then(|part| part.rsplit('q').next()).and_then(|digits| digits.parse().ok()).unwrap_or_default();
    let ends = submitted + duration(pace, number).as_millis();
    let rest = r#""createTime":1790000000000,"requestId":"0196f9e2-5b1c-7c5e-9d0a-4a1b2c3d4e5f","failCode":null,"failMsg":null,"input":{"mode":"text-to-image","prompt":"a lighthouse in a storm, oil on canvas"}"#;
    let (state, result, cost) = if now < ends {
        ("processing", "null", "null")
    } else {
        counts.late_ms.fetch_add(u64::try_from(now - ends).unwrap_or(u64::MAX), Ordering::Relaxed);
        // Where tasks differ, how long they took is for the client to find out.
        let cost = if pace.sigma == 0 { "2000" } else { "null" };
        ("success", r#""{\"resultUrls\":[\"https://cdn.apixo.ai/results/0196f9e2/image-0.png\"]}""#, cost)
    };
    format!(
        r#"{{"code":200,"message":"success","data":{{"taskId":"{id}","state":"{state}","resultJson":{result},"costTime":{cost},{rest}}}}}"#
    )
}

/// How long a task takes: the same for the same number.
fn duration(pace: Pace, number: u64) -> Duration {
    if pace.sigma == 0 {
        return pace.task;
    }
    let unit = |part: u64| {
        let bits = u32::try_from(gentask_core::internal::split_mix_64(number, part) >> 32).unwrap_or(u32::MAX);
        (f64::from(bits) + 1.0) / (f64::from(u32::MAX) + 2.0)
    };
    let normal = (-2.0 * unit(1).ln()).sqrt() * (std::f64::consts::TAU * unit(2)).cos();
    pace.task.mul_f64((f64::from(pace.sigma) / 100.0 * normal).exp())
}

fn stats(counts: &Counts) -> String {
    let number = |count: &AtomicU64| count.load(Ordering::Relaxed);
    let stats = json!({
        "submits": number(&counts.submits),
        "polls": number(&counts.polls),
        "lateMs": number(&counts.late_ms),
        "mostAtOnce": number(&counts.most_at_once),
        "mostOpen": number(&counts.most_open),
    });
    stats.to_string()
}
