//! What a transport claims about a request's delivery, against real sockets on loopback. A server that hangs is bounded by the
//! requests' own timeouts.

use gentask::http::{HttpOptions, HttpTransport, Outgoing, Transport, Undelivered};
use gentask::key::Secret;
use gentask_core::{BodyEnd, Delivery, HttpRequest, HttpResponse, Operation};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A port where nobody listens: below those that the system hands out, so that no test beside this one can be given it.
const CLOSED_PORT: u16 = 2;
const KEY: &str = "Bearer sk-test-0123456789";
const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

/// A server whose connections are served one thread each, by their number from 0.
struct Server {
    origin: String,
    connections: Arc<AtomicUsize>,
}

fn server(serve: impl Fn(TcpStream, usize) + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let (serve, count) = (Arc::new(serve), connections.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (serve, number) = (serve.clone(), count.fetch_add(1, Ordering::SeqCst));
            std::thread::spawn(move || serve(stream.unwrap(), number));
        }
    });
    Server { origin, connections }
}

impl Server {
    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// The head and the body of the next request, or `None` where the client has hung up.
fn request(stream: &mut impl Read) -> Option<(String, Vec<u8>)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some((head, body))
}

/// Ends a connection with a reset instead of a close.
fn reset(stream: TcpStream) {
    socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
    drop(stream);
}

/// Blocks until the client hangs up.
fn hold(mut stream: TcpStream) {
    let _ = stream.read_to_end(&mut Vec::new());
}

fn outgoing(operation: Operation, url: &str) -> Outgoing {
    let submit = operation == Operation::Submit;
    Outgoing {
        request: HttpRequest {
            id: format!("{}:1", operation.as_str()),
            operation,
            method: if submit { "POST" } else { "GET" }.to_owned(),
            url: url.to_owned(),
            headers: if submit { vec![("content-type".to_owned(), "application/json".to_owned())] } else { Vec::new() },
            body: if submit { br#"{"prompt":"a sunset"}"#.to_vec() } else { Vec::new() },
            auth: true,
            response_cap: 1 << 20,
            open_ms: 0,
        },
        credential: Some(("authorization".to_owned(), Secret::new(KEY))),
        timeout: Duration::from_secs(20),
        trusted: vec![url.to_owned()],
    }
}

fn transport() -> HttpTransport {
    HttpTransport::new(HttpOptions::default()).unwrap()
}

async fn submit(origin: &str) -> Result<HttpResponse, Undelivered> {
    transport().send(outgoing(Operation::Submit, &format!("{origin}/v1/tasks?token=hidden"))).await
}

/// How a failed request was delivered. Checks that its reason gives nothing away.
fn delivery(result: Result<HttpResponse, Undelivered>) -> Delivery {
    let failed = result.expect_err("an answer arrived");
    assert!(!failed.reason.is_empty());
    for hidden in ["sk-test", "token", "/v1/", "sunset", "docs.rs"] {
        assert!(!failed.reason.contains(hidden), "{}", failed.reason);
    }
    eprintln!("{:?}: {}", failed.delivery, failed.reason);
    failed.delivery
}

#[tokio::test]
async fn a_whole_answer_comes_back_as_it_is() {
    let server = server(|mut stream, _| {
        request(&mut stream);
        stream.write_all(b"HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nX-Odd: \xff\r\ncontent-length: 3\r\n\r\n\x00\x01\xff").unwrap();
    });
    let answer = submit(&server.origin).await.unwrap();
    assert_eq!((answer.status, answer.end, answer.body.as_slice()), (429, BodyEnd::Whole, &b"\x00\x01\xff"[..]));
    assert_eq!(answer.headers[0], ("retry-after".to_owned(), "7".to_owned()));
    assert_eq!(answer.header("x-odd"), Some("\u{fffd}"));
}

#[tokio::test]
async fn a_request_carries_the_key_and_tells_nothing_else() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let keep = seen.clone();
    let server = server(move |mut stream, _| {
        while let Some(request) = request(&mut stream) {
            keep.lock().unwrap().push(request);
            stream.write_all(OK).unwrap();
        }
    });
    submit(&server.origin).await.unwrap();
    let mut keyless = outgoing(Operation::Status, &server.origin);
    keyless.request.auth = false;
    transport().send(keyless).await.unwrap();
    let seen = seen.lock().unwrap();
    let names = |head: &str| head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect::<BTreeSet<_>>();
    let (head, body) = &seen[0];
    assert!(head.starts_with("POST /v1/tasks?token=hidden HTTP/1.1\r\n"), "{head}");
    assert!(head.contains(&format!("authorization: {KEY}\r\n")) && head.contains("accept-encoding: identity\r\n"), "{head}");
    assert!(head.contains(concat!("user-agent: gentask/", env!("CARGO_PKG_VERSION"), "\r\n")), "{head}");
    assert_eq!(body, br#"{"prompt":"a sunset"}"#);
    let expected = ["accept", "accept-encoding", "authorization", "content-length", "content-type", "host", "user-agent"];
    assert_eq!(names(head), expected.map(str::to_owned).into());
    assert_eq!(names(&seen[1].0), ["accept", "accept-encoding", "host", "user-agent"].map(str::to_owned).into());
}

#[tokio::test]
async fn the_key_goes_to_a_trusted_origin_only() {
    let server = server(|mut stream, _| drop(request(&mut stream)));
    let port = server.origin.rsplit(':').next().unwrap();
    for trusted in [
        vec![],
        vec!["https://api.example.com".to_owned()],
        vec![format!("https://127.0.0.1:{port}")],
        vec![format!("http://localhost:{port}")],
    ] {
        let result = transport().send(Outgoing { trusted, ..outgoing(Operation::Submit, &server.origin) }).await;
        assert_eq!(delivery(result), Delivery::NotSent);
    }
    let mut keyless = outgoing(Operation::Submit, &server.origin);
    keyless.credential = None;
    assert_eq!(delivery(transport().send(keyless).await), Delivery::NotSent);
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn what_cannot_be_built_is_not_sent() {
    let server = server(|mut stream, _| drop(request(&mut stream)));
    let good = || outgoing(Operation::Submit, &server.origin);
    let header = |name: &str, value: &str| {
        let mut bad = good();
        bad.request.headers.push((name.to_owned(), value.to_owned()));
        bad
    };
    let mut table = vec![header("x\r\ny", "1"), header("x", "1\r\ny: 2"), header("content-length", "1"), header("Host", "evil.example")];
    for url in ["", "not a url", "ftp://127.0.0.1/", "http://user:pw@127.0.0.1/"] {
        table.push(outgoing(Operation::Submit, url));
    }
    let mut bad = good();
    bad.request.method = "PO ST".to_owned();
    table.push(bad);
    let mut bad = good();
    bad.credential = Some(("authorization".to_owned(), Secret::new("sk-test\n")));
    table.push(bad);
    for bad in table {
        assert_eq!(delivery(transport().send(bad).await), Delivery::NotSent);
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_refused_connection_is_not_sent() {
    for scheme in ["http", "https"] {
        assert_eq!(delivery(submit(&format!("{scheme}://127.0.0.1:{CLOSED_PORT}")).await), Delivery::NotSent);
    }
}

#[tokio::test]
async fn an_unknown_host_is_not_sent() {
    assert_eq!(delivery(submit("https://no-such-host.invalid").await), Delivery::NotSent);
}

/// A listener whose queue is full drops what comes next, as a host that is not there.
#[cfg(target_os = "linux")]
fn deaf() -> (socket2::Socket, Vec<TcpStream>, SocketAddr) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&"127.0.0.1:0".parse::<SocketAddr>().unwrap().into()).unwrap();
    socket.listen(0).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    let mut queue = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
        queue.push(stream);
        assert!(queue.len() < 64, "the queue does not fill");
    }
    (socket, queue, address)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connect_timeout_is_not_sent() {
    let (_socket, _queue, address) = deaf();
    let quick = HttpTransport::new(HttpOptions { connect_timeout: Duration::from_millis(200), ..HttpOptions::default() }).unwrap();
    assert_eq!(delivery(quick.send(outgoing(Operation::Submit, &format!("http://{address}"))).await), Delivery::NotSent);
    // A request timeout below the connect timeout must not turn this into an unknown outcome.
    let hasty = Outgoing { timeout: Duration::from_millis(400), ..outgoing(Operation::Submit, &format!("http://{address}")) };
    assert_eq!(delivery(transport().send(hasty).await), Delivery::NotSent);
}

#[tokio::test]
async fn silence_during_the_handshake_is_not_sent() {
    let server = server(|stream, _| hold(stream));
    let url = server.origin.replace("http:", "https:");
    let hasty = Outgoing { timeout: Duration::from_millis(400), ..outgoing(Operation::Submit, &url) };
    assert_eq!(delivery(transport().send(hasty).await), Delivery::NotSent);
}

#[tokio::test]
async fn a_failed_handshake_is_not_sent() {
    let garbage = server(|mut stream, _| {
        let _ = stream.read(&mut [0; 100]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        hold(stream);
    });
    assert_eq!(delivery(submit(&garbage.origin.replace("http:", "https:")).await), Delivery::NotSent);
    let hangs_up = server(|stream, _| drop(stream));
    assert_eq!(delivery(submit(&hangs_up.origin.replace("http:", "https:")).await), Delivery::NotSent);
    let resets = server(|mut stream, _| {
        let _ = stream.read(&mut [0; 100]);
        reset(stream);
    });
    assert_eq!(delivery(submit(&resets.origin.replace("http:", "https:")).await), Delivery::NotSent);
}

/// A TLS server for this name; its certificate in PEM; how many requests it has read.
fn tls_server(name: &str, answer: bool) -> (String, Vec<u8>, Arc<AtomicUsize>) {
    let rcgen::CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.into())
        .unwrap();
    let (config, requests) = (Arc::new(config), Arc::new(AtomicUsize::new(0)));
    let count = requests.clone();
    let server = server(move |stream, _| {
        let mut stream = rustls::StreamOwned::new(rustls::ServerConnection::new(config.clone()).unwrap(), stream);
        if request(&mut stream).is_some() {
            count.fetch_add(1, Ordering::SeqCst);
            if answer {
                let _ = stream.write_all(OK);
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    (server.origin.replace("http://127.0.0.1", "https://localhost"), cert.pem().into_bytes(), requests)
}

#[tokio::test]
async fn a_certificate_is_believed_or_nothing_is_sent() {
    let believing = |pem: &Vec<u8>| HttpTransport::new(HttpOptions { extra_roots: vec![pem.clone()], ..HttpOptions::default() }).unwrap();

    let (origin, pem, requests) = tls_server("localhost", true);
    assert_eq!(delivery(submit(&origin).await), Delivery::NotSent);
    assert_eq!(requests.load(Ordering::SeqCst), 0);
    let answer = believing(&pem).send(outgoing(Operation::Submit, &origin)).await.unwrap();
    assert_eq!((answer.status, answer.end), (200, BodyEnd::Whole));
    assert_eq!(requests.load(Ordering::SeqCst), 1);

    let (origin, pem, requests) = tls_server("other.example", true);
    assert_eq!(delivery(believing(&pem).send(outgoing(Operation::Submit, &origin)).await), Delivery::NotSent);
    assert_eq!(requests.load(Ordering::SeqCst), 0);

    // After the handshake, the same failure proves nothing.
    let (origin, pem, requests) = tls_server("localhost", false);
    assert_eq!(delivery(believing(&pem).send(outgoing(Operation::Submit, &origin)).await), Delivery::MaybeSent);
    assert_eq!(requests.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn whatever_happens_on_an_open_connection_may_have_been_sent_and_is_sent_once() {
    type Serve = fn(TcpStream);
    let table: [(&str, Serve); 8] = [
        ("close at once", |stream| drop(stream)),
        ("reset inside the head", |mut stream| {
            let _ = stream.read(&mut [0]);
            reset(stream);
        }),
        ("reset after the body", |mut stream| {
            request(&mut stream);
            reset(stream);
        }),
        ("close after the body", |mut stream| drop(request(&mut stream))),
        ("half close after the body", |mut stream| {
            request(&mut stream);
            stream.shutdown(Shutdown::Write).unwrap();
            hold(stream);
        }),
        ("half a head", |mut stream| {
            request(&mut stream);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-").unwrap();
        }),
        ("no HTTP", |mut stream| {
            request(&mut stream);
            stream.write_all(b"hello\r\n\r\n").unwrap();
            hold(stream);
        }),
        ("only an interim answer", |mut stream| {
            request(&mut stream);
            stream.write_all(b"HTTP/1.1 103 Early Hints\r\n\r\n").unwrap();
        }),
    ];
    for (what, serve) in table {
        let server = server(move |stream, _| serve(stream));
        assert_eq!(delivery(submit(&server.origin).await), Delivery::MaybeSent, "{what}");
        assert_eq!(server.connections(), 1, "{what}");
    }
}

/// The client's system may see such a reset before it reports the connection: then, and only then, it was never one.
#[tokio::test]
async fn a_reset_at_once_is_not_sent_only_while_connecting() {
    let server = server(|stream, _| reset(stream));
    for number in 1..=50 {
        let failed = submit(&server.origin).await.unwrap_err();
        assert_eq!(failed.delivery == Delivery::NotSent, failed.reason.starts_with("connecting to "), "{failed}");
        assert_eq!(server.connections(), number);
    }
}

#[tokio::test]
async fn silence_may_have_been_sent() {
    let server = server(|stream, _| hold(stream));
    for operation in [Operation::Submit, Operation::Status] {
        let hasty = Outgoing { timeout: Duration::from_millis(200), ..outgoing(operation, &server.origin) };
        assert_eq!(delivery(transport().send(hasty).await), Delivery::MaybeSent);
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn an_answer_that_ends_early_is_kept_as_far_as_it_came() {
    let table: [(&str, &[u8], bool); 4] = [
        ("short of its length", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\"", false),
        ("cut between chunks", b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n", false),
        ("cut inside a chunk", b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n50\r\n{\"id\"", false),
        ("silent inside the body", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\"", true),
    ];
    for (what, bytes, silent) in table {
        let server = server(move |mut stream, _| {
            request(&mut stream);
            stream.write_all(bytes).unwrap();
            if silent {
                hold(stream);
            }
        });
        let timeout = Duration::from_millis(if silent { 400 } else { 20_000 });
        let answer = transport().send(Outgoing { timeout, ..outgoing(Operation::Submit, &server.origin) }).await.unwrap();
        assert_eq!((answer.status, answer.end, answer.body.as_slice()), (200, BodyEnd::Truncated, &b"{\"id\""[..]), "{what}");
    }
}

#[tokio::test]
async fn a_body_is_read_to_its_cap() {
    let endless = server(|mut stream, _| {
        request(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        while stream.write_all(b"a\r\n0123456789\r\n").is_ok() {}
    });
    let exact = server(|mut stream, _| {
        request(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1005\r\n\r\n");
        let _ = stream.write_all(&[b'x'; 1005]);
    });
    for (server, cap, end, length) in [
        (&endless, 1005, BodyEnd::TooLarge, 1005),
        (&exact, 1004, BodyEnd::TooLarge, 1004),
        (&exact, 1005, BodyEnd::Whole, 1005),
        (&exact, 0, BodyEnd::TooLarge, 0),
    ] {
        let mut capped = outgoing(Operation::Status, &server.origin);
        capped.request.response_cap = cap;
        let answer = transport().send(capped).await.unwrap();
        assert_eq!((answer.end, answer.body.len()), (end, length));
    }
}

/// A server that answers with this encoding and these bytes, whatever it was asked.
fn encoded(encoding: &'static str, bytes: Vec<u8>) -> Server {
    server(move |mut stream, _| {
        request(&mut stream);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n", bytes.len());
        let _ = stream.write_all(head.as_bytes());
        // In pieces, so that every state of the decoder is met between two of them.
        for piece in bytes.chunks(7) {
            if stream.write_all(piece).is_err() {
                return;
            }
        }
    })
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_body_that_is_compressed_unasked_is_understood() {
    let plain = br#"{"data":{"taskId":"t-1"}}"#;
    let two = [gzip(&plain[..9]), gzip(&plain[9..])].concat();
    for (encoding, bytes) in [
        ("gzip", gzip(plain)),
        ("X-GZip", gzip(plain)),
        ("identity, gzip", gzip(plain)),
        ("gzip", two),
        // A proxy that has undone it, and left the header.
        ("gzip", plain.to_vec()),
        ("identity", plain.to_vec()),
    ] {
        let answer = submit(&encoded(encoding, bytes).origin).await.unwrap();
        assert_eq!((answer.end, answer.body.as_slice()), (BodyEnd::Whole, &plain[..]), "{encoding}");
    }
    let answer = submit(&encoded("gzip", gzip(plain)).origin).await.unwrap();
    assert_eq!((answer.header("content-encoding"), answer.header("content-length")), (None, None), "they speak of the other form");
    assert_eq!(submit(&encoded("gzip", Vec::new()).origin).await.unwrap().end, BodyEnd::Whole);
}

#[tokio::test]
async fn what_cannot_be_decoded_was_not_read_to_its_end() {
    let plain = br#"{"data":{"taskId":"t-1"}}"#;
    let whole = gzip(plain);
    let mut broken = whole.clone();
    let crc = broken.len() - 8;
    broken[crc] ^= 1;
    for (what, encoding, bytes, read) in [
        ("cut inside", "gzip", whole[..whole.len() - 12].to_vec(), None),
        ("cut before its checksum", "gzip", whole[..whole.len() - 8].to_vec(), Some(&plain[..])),
        ("with another checksum", "gzip", broken, Some(&plain[..])),
        ("in an encoding that nobody knows", "br", plain.to_vec(), Some(&plain[..])),
        ("encoded twice", "gzip, gzip", gzip(&whole), None),
    ] {
        let answer = submit(&encoded(encoding, bytes).origin).await.unwrap();
        assert_eq!((answer.status, answer.end), (200, BodyEnd::Truncated), "{what}");
        assert!(read.is_none_or(|read| answer.body == read), "{what}: what was there is kept");
    }
}

#[tokio::test]
async fn the_cap_holds_for_what_a_body_becomes() {
    let bomb = encoded("gzip", gzip(&vec![b'x'; 10 << 20]));
    let mut capped = outgoing(Operation::Status, &bomb.origin);
    capped.request.response_cap = 1000;
    let answer = transport().send(capped).await.unwrap();
    assert_eq!((answer.end, answer.body), (BodyEnd::TooLarge, vec![b'x'; 1000]));
    for (cap, end) in [(25, BodyEnd::Whole), (24, BodyEnd::TooLarge)] {
        let exact = encoded("gzip", gzip(&[b'y'; 25]));
        let mut capped = outgoing(Operation::Status, &exact.origin);
        capped.request.response_cap = cap;
        let answer = transport().send(capped).await.unwrap();
        assert_eq!((answer.end, answer.body.len() as u64), (end, cap));
    }
}

#[tokio::test]
async fn a_server_that_holds_its_body_open_is_not_waited_for_beyond_the_requests_time() {
    // It goes on sending, so no pause between two pieces is long.
    let trickle = server(|mut stream, _| {
        request(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        while stream.write_all(b"1\r\nx\r\n").is_ok() {
            std::thread::yield_now();
        }
    });
    for operation in [Operation::Submit, Operation::Status, Operation::Account] {
        let mut hasty = Outgoing { timeout: Duration::from_millis(300), ..outgoing(operation, &trickle.origin) };
        hasty.request.response_cap = u64::MAX;
        let answer = transport().send(hasty).await.unwrap();
        assert_eq!((answer.status, answer.end), (200, BodyEnd::Truncated), "{operation:?}");
    }
}

#[tokio::test]
async fn no_time_is_too_long_to_be_counted_with() {
    let server = server(|mut stream, _| {
        request(&mut stream);
        let _ = stream.write_all(OK);
    });
    let patient = HttpTransport::new(HttpOptions { connect_timeout: Duration::MAX, ..HttpOptions::default() }).unwrap();
    for operation in [Operation::Submit, Operation::Status] {
        let endless = Outgoing { timeout: Duration::MAX, ..outgoing(operation, &server.origin) };
        assert_eq!(patient.send(endless).await.unwrap().end, BodyEnd::Whole);
    }
}

#[tokio::test]
async fn every_submit_has_a_connection_of_its_own() {
    let posts = Arc::new(AtomicUsize::new(0));
    let count = posts.clone();
    // Keeps connections alive, and drops one after the second request on it has been read.
    let server = server(move |mut stream, _| {
        for number in 0..2 {
            if request(&mut stream).is_some() {
                count.fetch_add(1, Ordering::SeqCst);
                if number == 0 {
                    stream.write_all(OK).unwrap();
                }
            }
        }
    });
    let transport = transport();
    for _ in 0..5 {
        let answer = transport.send(outgoing(Operation::Submit, &server.origin)).await.unwrap();
        assert_eq!((answer.status, answer.end), (200, BodyEnd::Whole));
    }
    assert_eq!((posts.load(Ordering::SeqCst), server.connections()), (5, 5));
}

#[tokio::test]
async fn a_submit_whose_answer_is_lost_is_not_sent_again() {
    let posts = Arc::new(AtomicUsize::new(0));
    let count = posts.clone();
    // Answers the first request there is, and only reads all others.
    let server = server(move |mut stream, _| {
        while request(&mut stream).is_some() {
            if count.fetch_add(1, Ordering::SeqCst) > 0 {
                return;
            }
            stream.write_all(OK).unwrap();
        }
    });
    let transport = transport();
    assert!(transport.send(outgoing(Operation::Submit, &server.origin)).await.is_ok());
    for number in 2..5 {
        assert_eq!(delivery(transport.send(outgoing(Operation::Submit, &server.origin)).await), Delivery::MaybeSent);
        assert_eq!(posts.load(Ordering::SeqCst), number);
    }
}

#[tokio::test]
async fn reads_share_a_connection_and_are_not_sent_again_either() {
    let gets = Arc::new(AtomicUsize::new(0));
    let count = gets.clone();
    let server = server(move |mut stream, _| {
        while request(&mut stream).is_some() {
            if count.fetch_add(1, Ordering::SeqCst) == 2 {
                return;
            }
            stream.write_all(OK).unwrap();
        }
    });
    let transport = transport();
    for _ in 0..2 {
        assert!(transport.send(outgoing(Operation::Status, &server.origin)).await.is_ok());
    }
    assert_eq!(server.connections(), 1);
    assert_eq!(delivery(transport.send(outgoing(Operation::Status, &server.origin)).await), Delivery::MaybeSent);
    assert_eq!((gets.load(Ordering::SeqCst), server.connections()), (3, 1));
}

#[tokio::test]
async fn redirects_are_handed_back_and_the_key_stays() {
    let target = server(|mut stream, _| drop(request(&mut stream)));
    let location = target.origin.clone();
    for status in [301, 302, 303, 307, 308] {
        let location = location.clone();
        let server = server(move |mut stream, _| {
            request(&mut stream);
            write!(stream, "HTTP/1.1 {status} Elsewhere\r\nlocation: {location}/\r\ncontent-length: 0\r\n\r\n").unwrap();
        });
        for operation in [Operation::Submit, Operation::Status] {
            let trusted = vec![server.origin.clone(), target.origin.clone()];
            let answer = transport().send(Outgoing { trusted, ..outgoing(operation, &server.origin) }).await.unwrap();
            assert_eq!(answer.status, status);
        }
    }
    assert_eq!(target.connections(), 0);
}

/// Runs in a process of its own, whose environment names a proxy.
#[tokio::test]
async fn behind_a_proxy() {
    if std::env::var_os("GENTASK_TEST_PROXY").is_none() {
        return;
    }
    let direct = server(|mut stream, _| {
        request(&mut stream);
        let _ = stream.write_all(OK);
    });
    assert_eq!(submit(&direct.origin).await.unwrap().status, 200);
    assert_eq!(submit(&direct.origin.replace("127.0.0.1", "localhost")).await.unwrap().status, 200);
    // The proxy refuses the tunnel, so the request never left.
    assert_eq!(delivery(submit("https://no-such-host.invalid").await), Delivery::NotSent);
}

#[test]
fn the_system_proxy_is_used_but_never_for_loopback() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let keep = seen.clone();
    let proxy = server(move |mut stream, _| {
        if let Some((head, _)) = request(&mut stream) {
            keep.lock().unwrap().push(head);
            let _ = stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        child.env(name, &proxy.origin);
    }
    let child = child.env_remove("NO_PROXY").env_remove("no_proxy").env("GENTASK_TEST_PROXY", "1").args([
        "--exact",
        "behind_a_proxy",
        "--nocapture",
    ]);
    let output = child.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].starts_with("CONNECT no-such-host.invalid:443 ") && !seen[0].contains("sk-test"), "{}", seen[0]);
}
