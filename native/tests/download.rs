//! Result files from a server on loopback, and what is refused before and while they are fetched.

use gentask::download::{Addresses, DownloadError, DownloadPolicy, Downloader, FileKey, Pace, Wanted, check_directory};
use gentask::http::HttpOptions;
use gentask::key::Secret;
use gentask_core::ErrorCode;
use gentask_core::record::SavedFile;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A port where nobody listens: below those that the system hands out, so that no test beside this one can be given it.
const CLOSED_PORT: u16 = 2;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\nand so on";

/// A server that answers each path with fixed bytes, and the heads of the requests it got.
struct Server {
    origin: String,
    heads: Arc<Mutex<Vec<String>>>,
}

fn server(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let heads = Arc::new(Mutex::new(Vec::new()));
    let keep = heads.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                head.push(byte[0]);
            }
            let head = String::from_utf8(head).unwrap();
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            keep.lock().unwrap().push(head);
            let bytes = answer(&path);
            let hold = bytes.ends_with(b"(silence)");
            let _ = stream.write_all(bytes.strip_suffix(b"(silence)").unwrap_or(&bytes));
            if hold {
                let _ = stream.read_to_end(&mut Vec::new());
            }
        }
    });
    Server { origin, heads }
}

impl Server {
    fn requests(&self) -> usize {
        self.heads.lock().unwrap().len()
    }
}

fn ok(body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn redirect(location: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n").into_bytes()
}

/// A directory of a test's own, removed at its end.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("gentask-download-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        Self(std::env::temp_dir().join(name))
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).into_iter().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn policy() -> DownloadPolicy {
    DownloadPolicy { allow: Addresses::PublicAndLoopback, ..DownloadPolicy::default() }
}

fn wanted(url: String, kind: &str) -> Wanted {
    Wanted { url, kind: kind.to_owned(), index: 0, intent_id: "intent-1".to_owned(), key: None }
}

async fn save(policy: DownloadPolicy, wanted: Wanted, directory: &Path) -> Result<SavedFile, DownloadError> {
    Downloader::new(policy, &HttpOptions::default()).unwrap().save(&wanted, directory).await
}

/// The failure's code. Checks that its message gives nothing away and that nothing is left on disk.
fn code(result: Result<SavedFile, DownloadError>, directory: &Directory) -> ErrorCode {
    let failed = result.expect_err("a file was saved");
    eprintln!("{failed}");
    assert!(!failed.message.contains("hidden") && !failed.message.contains("sk-test"), "{failed}");
    assert_eq!(directory.names(), Vec::<String>::new());
    failed.code
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[tokio::test]
async fn a_file_is_saved_under_a_safe_name_with_the_ending_of_its_type() {
    let server = server(|_| ok(PNG));
    let directory = Directory::new();
    let url = format!("{}/%2e%2e/evil.sh?token=hidden", server.origin);
    let saved = save(policy(), wanted(url, "image"), &directory.0.join("new/er")).await.unwrap();
    assert_eq!(saved.path, directory.0.join("new/er/intent-1-image-1.png").to_str().unwrap());
    assert_eq!(std::fs::read(&saved.path).unwrap(), PNG);
    assert_eq!((saved.bytes, saved.content_type.as_str()), (PNG.len() as u64, "image/png"));
    assert_eq!(saved.sha256, sha256(PNG));
    let heads = server.heads.lock().unwrap();
    assert!(!heads[0].contains("authorization") && !heads[0].contains("cookie") && !heads[0].contains("referer"), "{}", heads[0]);
}

#[tokio::test]
async fn a_file_under_a_given_name_is_exactly_there_and_replaces_nothing_unasked() {
    let other = [PNG, b" another"].concat();
    let server = server(move |path| ok(if path == "/other" { &other } else { PNG }));
    let directory = Directory::new();
    let downloader = Downloader::new(policy(), &HttpOptions::default()).unwrap();
    let (this, another) = (wanted(format!("{}/hidden", server.origin), "image"), wanted(format!("{}/other", server.origin), "image"));
    let path = directory.0.join("deep/er/cat.of.mine");
    let saved = downloader.save_as(&this, &path, false).await.unwrap();
    assert_eq!((saved.path.as_str(), saved.content_type.as_str(), saved.sha256), (path.to_str().unwrap(), "image/png", sha256(PNG)));
    assert_eq!(std::fs::read(&path).unwrap(), PNG);
    // The same bytes are the file; others are refused, and the file stays.
    assert_eq!(downloader.save_as(&this, &path, false).await.unwrap().path, saved.path);
    let refused = downloader.save_as(&another, &path, false).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::StoreError);
    assert!(refused.message.contains("cat.of.mine holds something else") && refused.message.contains("overwrite"), "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), PNG);
    assert_eq!(downloader.save_as(&another, &path, true).await.unwrap().bytes, PNG.len() as u64 + 8);
    assert_eq!(std::fs::read(&path).unwrap().len(), PNG.len() + 8);
    let names: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["cat.of.mine"], "no part is left");
    // A directory is no path of a file: known before anything is fetched.
    let before = server.requests();
    for path in [directory.0.clone(), directory.0.join("new/")] {
        let refused = downloader.save_as(&this, &path, true).await.unwrap_err();
        assert!(refused.code == ErrorCode::InvalidPayload && refused.message.contains("is a directory"), "{refused}");
    }
    assert_eq!(server.requests(), before);
}

#[tokio::test]
async fn a_missing_directory_that_is_named_like_a_file_is_refused() {
    let server = server(|_| ok(PNG));
    let directory = Directory::new();
    let wanted = wanted(format!("{}/a", server.origin), "image");
    let refused = save(policy(), wanted.clone(), &directory.0.join("picture.PNG")).await.unwrap_err();
    assert!(refused.code == ErrorCode::InvalidPayload && refused.message.contains("save_as"), "{refused}");
    assert_eq!((server.requests(), directory.names().len()), (0, 0));
    // One that is there, and one that is written as a directory, are what they are.
    save(policy(), wanted.clone(), &directory.0.join("picture.png/")).await.unwrap();
    save(policy(), wanted, &directory.0.join("picture.png")).await.unwrap();
    assert_eq!(directory.names(), ["picture.png"]);
}

#[tokio::test]
async fn a_file_is_read_into_memory_up_to_its_limit() {
    let server = server(|_| ok(PNG));
    let read = |most| {
        let policy = DownloadPolicy { max_bytes: most, ..policy() };
        let wanted = wanted(format!("{}/hidden", server.origin), "image");
        async move { Downloader::new(policy, &HttpOptions::default()).unwrap().read(&wanted).await }
    };
    let file = read(PNG.len() as u64).await.unwrap();
    assert_eq!((file.bytes.as_slice(), file.content_type), (PNG, "image/png"));
    let refused = read(PNG.len() as u64 - 1).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ResponseTooLarge);
    assert!(refused.message.contains(&format!("larger than {} bytes", PNG.len() - 1)), "{refused}");
}

#[tokio::test]
async fn a_stream_is_the_file_or_fails_where_it_ends_early() {
    let whole = [PNG, &vec![7; 100_000]].concat();
    let answer = whole.clone();
    let server = server(move |path| {
        let answer = ok(&answer);
        if path == "/cut" { answer[..answer.len() - 1].to_vec() } else { answer }
    });
    let downloader = Downloader::new(policy(), &HttpOptions::default()).unwrap();
    let mut stream = downloader.open(&wanted(format!("{}/whole", server.origin), "image")).await.unwrap();
    assert_eq!(stream.content_type(), "image/png");
    let mut bytes = Vec::new();
    while let Some(piece) = stream.next().await.unwrap() {
        bytes.extend(piece);
    }
    assert!(bytes == whole && stream.next().await == Ok(None));
    let mut stream = downloader.open(&wanted(format!("{}/cut", server.origin), "image")).await.unwrap();
    let mut pieces = 0;
    let failed = loop {
        match stream.next().await {
            Ok(Some(_)) => pieces += 1,
            Ok(None) => panic!("a file that is cut ends like a whole one"),
            Err(failed) => break failed,
        }
    };
    assert!(pieces > 0 && failed.code == ErrorCode::NetworkError && failed.message.ends_with("ended early"), "{failed}");
    assert_eq!(stream.next().await, Ok(None), "after a failure there is nothing");
    // What is no picture is told before the first byte is given.
    assert!(
        matches!(downloader.open(&wanted(format!("{}/whole", server.origin), "video")).await, Err(error) if error.code == ErrorCode::UnknownError)
    );
}

#[tokio::test]
async fn a_large_file_is_hashed_whole() {
    let body: Vec<u8> = b"\0\0\0\x1cftypisom".iter().copied().chain((0..3_000_000_u32).map(|n| n.to_le_bytes()[1])).collect();
    let sent = body.clone();
    let server = server(move |_| ok(&sent));
    let directory = Directory::new();
    let saved = save(policy(), wanted(server.origin.clone(), "video"), &directory.0).await.unwrap();
    assert_eq!((saved.bytes, saved.sha256), (body.len() as u64, sha256(&body)));
    assert_eq!(std::fs::read(&saved.path).unwrap(), body);
}

#[tokio::test]
async fn no_file_takes_the_place_of_another() {
    let server = server(|_| ok(PNG));
    let directory = Directory::new();
    std::fs::create_dir_all(&directory.0).unwrap();
    std::fs::write(directory.0.join("intent-1-image-1.png"), "mine").unwrap();
    save(policy(), wanted(server.origin.clone(), "image"), &directory.0).await.unwrap();
    assert_eq!(directory.names(), ["intent-1-image-1-2.png", "intent-1-image-1.png"]);
    assert_eq!(std::fs::read(directory.0.join("intent-1-image-1.png")).unwrap(), b"mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_file_saved_many_times_at_once_is_one_file() {
    let server = server(|_| ok(PNG));
    let directory = Directory::new();
    let (origin, folder) = (server.origin.clone(), directory.0.clone());
    let saving = (0..8).map(|_| {
        let (origin, folder) = (origin.clone(), folder.clone());
        tokio::spawn(async move { save(policy(), wanted(origin, "image"), &folder).await.unwrap().path })
    });
    for saved in saving.collect::<Vec<_>>() {
        assert_eq!(Path::new(&saved.await.unwrap()), folder.join("intent-1-image-1.png"));
    }
    assert_eq!(directory.names(), ["intent-1-image-1.png"]);
    // The same length is not the same file.
    std::fs::write(folder.join("intent-1-image-1.png"), vec![7; PNG.len()]).unwrap();
    save(policy(), wanted(origin, "image"), &folder).await.unwrap();
    assert_eq!(directory.names(), ["intent-1-image-1-2.png", "intent-1-image-1.png"]);
}

#[tokio::test]
async fn loopback_is_refused_unless_the_policy_allows_it() {
    let server = server(|_| ok(PNG));
    let directory = Directory::new();
    let port = server.origin.rsplit(':').next().unwrap().to_owned();
    let public = |allow_http| DownloadPolicy { allow_http, ..DownloadPolicy::default() };
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "0x7f000001"] {
        for url in [format!("http://{host}:{port}/hidden"), format!("https://{host}/hidden"), format!("http://{host}/hidden")] {
            assert_eq!(
                code(save(public(true), wanted(url.clone(), "image"), &directory.0).await, &directory),
                ErrorCode::Unsupported,
                "{url}"
            );
            assert_eq!(code(save(public(false), wanted(url, "image"), &directory.0).await, &directory), ErrorCode::Unsupported);
        }
    }
    assert_eq!(server.requests(), 0);
    let by_name = format!("http://localhost:{port}/");
    assert!(save(policy(), wanted(by_name, "image"), &directory.0).await.is_ok());
}

#[tokio::test]
async fn a_redirect_is_checked_like_the_first_url() {
    let server = server(|path| match path {
        "/to-file" | "/one" => redirect("/file"),
        "/file" => ok(PNG),
        "/round" => redirect("/round"),
        "/five" => redirect("/four"),
        "/four" => redirect("three"),
        "/three" => redirect("two"),
        "/two" => redirect("one"),
        "/nowhere" => b"HTTP/1.1 302 Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".to_vec(),
        other => redirect(&other[1..]),
    });
    let directory = Directory::new();
    for forbidden in [
        "https://10.0.0.1/hidden",
        "https://169.254.169.254/hidden",
        "https://[fd00:ec2::254]/hidden",
        "http://10.0.0.1/hidden",
        "https://127.1/hidden",
        "https://metadata.google.internal/hidden",
        "https://user@cdn.example/hidden",
        "file:///hidden",
        "https://cdn.example:8443/hidden",
        "http://cdn.example/hidden",
        "https://0x7f.1/hidden",
        "round",
        "nowhere",
    ] {
        let url = format!("{}/{forbidden}", server.origin);
        assert_eq!(code(save(policy(), wanted(url, "image"), &directory.0).await, &directory), ErrorCode::Unsupported, "{forbidden}");
    }
    for good in ["to-file", "five"] {
        assert!(save(policy(), wanted(format!("{}/{good}", server.origin), "image"), &directory.0).await.is_ok(), "{good}");
    }
}

#[tokio::test]
async fn another_type_than_expected_is_refused_and_both_are_named() {
    let server = server(|path| ok(if path == "/png" { PNG } else { b"<!doctype html><title>Log in</title>" }));
    let directory = Directory::new();
    let result = save(policy(), wanted(format!("{}/png", server.origin), "video"), &directory.0).await;
    let message = result.as_ref().unwrap_err().message.clone();
    assert!(message.contains("a video") && message.contains("image/png"), "{message}");
    assert_eq!(code(result, &directory), ErrorCode::UnknownError);
    for kind in ["image", "video", "audio", "model", "unknown"] {
        assert_eq!(
            code(save(policy(), wanted(format!("{}/page", server.origin), kind), &directory.0).await, &directory),
            ErrorCode::UnknownError
        );
    }
}

#[tokio::test]
async fn whether_a_directory_can_be_written_is_known_before_there_is_a_file() {
    let directory = Directory::new();
    check_directory(&directory.0.join("new/er")).await.unwrap();
    assert_eq!(directory.names(), ["new"]);
    assert_eq!(std::fs::read_dir(directory.0.join("new/er")).unwrap().count(), 0, "nothing is left in it");
    std::fs::write(directory.0.join("file"), "").unwrap();
    let failed = check_directory(&directory.0.join("file/below")).await.unwrap_err();
    assert_eq!(failed.code, ErrorCode::StoreError);
    assert!(failed.message.contains("file/below"), "{failed}");
}

#[tokio::test]
async fn a_file_that_ends_early_leaves_nothing_behind() {
    let server = server(|path| match path {
        "/length" => [b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n", PNG].concat(),
        "/chunks" => [b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n258\r\n", &PNG[..8], &[0; 592], b"\r\n"].concat(),
        "/silent" => [b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n", PNG, &[0; 1000], b"(silence)"].concat(),
        "/mute" => b"(silence)".to_vec(),
        _ => Vec::new(),
    });
    let directory = Directory::new();
    for path in ["length", "chunks", "silent", "mute", "closed"] {
        let hasty = DownloadPolicy { idle_timeout: Duration::from_millis(300), ..policy() };
        let result = save(hasty, wanted(format!("{}/{path}", server.origin), "image"), &directory.0).await;
        assert_eq!(code(result, &directory), ErrorCode::NetworkError, "{path}");
    }
}

/// A server that sends a file's head and then this again and again, for as long as anybody reads it.
fn endless(piece: &'static [u8], pause: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut byte = [0];
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
            head.push(byte[0]);
        }
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n");
        let _ = stream.write_all(&[PNG, &[0; 1000]].concat());
        while stream.write_all(piece).is_ok() {
            std::thread::sleep(pause);
        }
    });
    origin
}

#[tokio::test]
async fn a_byte_now_and_then_keeps_no_download_alive() {
    let directory = Directory::new();
    let slowest = Pace { bytes: 10_000, window: Duration::from_millis(400) };
    let impatient = DownloadPolicy { slowest, ..policy() };
    // Far less than is asked for, and never silent for as long as is allowed.
    let origin = endless(b"x", Duration::from_millis(10));
    let failed = save(impatient.clone(), wanted(format!("{origin}/hidden"), "image"), &directory.0).await.unwrap_err();
    assert!(failed.message.contains("stalled") && failed.message.contains("10000 bytes"), "{failed}");
    assert_eq!(code(Err(failed), &directory), ErrorCode::NetworkError);
    // What comes quickly goes on until another bound ends it.
    let capped = DownloadPolicy { max_bytes: 200_000_000, ..impatient };
    let quick = endless(&[0; 10_000], Duration::ZERO);
    assert_eq!(save(capped, wanted(quick, "image"), &directory.0).await.unwrap().bytes, 100_000_000);
}

#[tokio::test]
async fn a_file_above_the_cap_is_refused_announced_or_not() {
    let server = server(|path| match path {
        "/chunks" => {
            let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n\x89PNG\r\n\x1a\n\r\n".to_vec();
            for _ in 0..100 {
                bytes.extend_from_slice(b"a\r\n0123456789\r\n");
            }
            bytes.extend_from_slice(b"0\r\n\r\n");
            bytes
        }
        _ => ok(&[PNG, &[0; 991]].concat()),
    });
    let directory = Directory::new();
    let capped = |max_bytes| DownloadPolicy { max_bytes, ..policy() };
    for path in ["length", "chunks"] {
        let url = format!("{}/{path}", server.origin);
        assert_eq!(
            code(save(capped(1007), wanted(url.clone(), "image"), &directory.0).await, &directory),
            ErrorCode::ResponseTooLarge,
            "{path}"
        );
        assert_eq!(save(capped(1008), wanted(url, "image"), &directory.0).await.unwrap().bytes, 1008);
        std::fs::remove_dir_all(&directory.0).unwrap();
    }
}

#[tokio::test]
async fn refusals_of_the_server_have_their_codes() {
    let server = server(|path| format!("HTTP/1.1 {} Status\r\nconnection: close\r\ncontent-length: 0\r\n\r\n", &path[1..]).into_bytes());
    let directory = Directory::new();
    for (status, expected) in [
        (204, ErrorCode::UnknownError),
        (206, ErrorCode::UnknownError),
        (401, ErrorCode::AuthFailed),
        (403, ErrorCode::UnknownError),
        (404, ErrorCode::UnknownError),
        (429, ErrorCode::RateLimited),
        (503, ErrorCode::UpstreamError),
    ] {
        let result = save(policy(), wanted(format!("{}/{status}", server.origin), "image"), &directory.0).await;
        assert_eq!(code(result, &directory), expected, "{status}");
    }
    assert_eq!(
        code(save(policy(), wanted(format!("http://127.0.0.1:{CLOSED_PORT}/"), "image"), &directory.0).await, &directory),
        ErrorCode::NetworkError
    );
    let unknown = wanted("https://no-such-host.invalid/hidden".to_owned(), "image");
    assert_eq!(code(save(policy(), unknown, &directory.0).await, &directory), ErrorCode::NetworkError);
}

#[tokio::test]
async fn the_key_goes_to_the_base_and_not_along_with_a_redirect() {
    let server = server(|path| if path == "/file" { ok(PNG) } else { redirect("/file") });
    let directory = Directory::new();
    let key =
        |base: &str| Some(FileKey { header: "authorization".to_owned(), value: Secret::new("Bearer sk-test"), base: base.to_owned() });
    let keyed = |base: &str| Wanted { key: key(base), ..wanted(format!("{}/start", server.origin), "image") };
    assert_eq!(code(save(policy(), keyed("http://127.0.0.1:1/v1"), &directory.0).await, &directory), ErrorCode::Unsupported);
    assert_eq!(server.requests(), 0);
    save(policy(), keyed(&format!("{}/v1", server.origin)), &directory.0).await.unwrap();
    let heads = server.heads.lock().unwrap();
    let with_key: Vec<_> = heads.iter().map(|head| head.contains("authorization: Bearer sk-test")).collect();
    assert_eq!(with_key, [true, false]);
}

#[tokio::test]
async fn a_directory_that_cannot_be_written_is_the_disks_fault() {
    let server = server(|_| ok(PNG));
    let directory = Directory::new();
    std::fs::create_dir_all(&directory.0).unwrap();
    let file = directory.0.join("a-file");
    std::fs::write(&file, "").unwrap();
    let failed = save(policy(), wanted(server.origin.clone(), "image"), &file).await.unwrap_err();
    assert_eq!(failed.code, ErrorCode::StoreError);
}
