//! Functions of the program's around each request: what they see, what they may add, and that they change nothing of what is known of a delivery.

mod common;

use common::{memory, sandbox, submit};
use gentask::core::{Delivery, Operation};
use gentask::{Client, ClientBuilder, Contract, ErrorCode, RequestHook, RequestInfo, ResponseInfo, Wait};
use gentask_sandbox::{Fault, Rule, Server, Target};
use std::sync::{Arc, Mutex};

const TRACE: (&str, &str) = ("TraceParent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

fn adding(name: &'static str, value: &'static str) -> RequestHook {
    Arc::new(move |_| Box::pin(async move { Ok(vec![(name.to_owned(), value.to_owned())]) }))
}

fn builder(server: &Server) -> ClientBuilder {
    common::builder(Contract::built_in("apixo").unwrap(), server.base_url("apixo"), &memory())
}

fn with(server: &Server, hook: RequestHook) -> Client {
    builder(server).on_request(hook).build().unwrap()
}

fn arrived(server: &Server) -> u64 {
    server.stats().of("apixo").arrived(Target::Submit)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_is_seen_with_what_came_of_it() {
    let server = sandbox("apixo", []);
    let (asked, answered) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let (asks, answers) = (Arc::clone(&asked), Arc::clone(&answered));
    let client = builder(&server)
        .on_request(Arc::new(move |request: Arc<RequestInfo>| {
            asks.lock().unwrap().push(request);
            Box::pin(async { Ok(vec![(TRACE.0.to_owned(), TRACE.1.to_owned())]) })
        }))
        .on_response(Arc::new(move |request: &RequestInfo, response: &ResponseInfo| {
            answers.lock().unwrap().push((request.clone(), response.clone()));
        }))
        .build()
        .unwrap();
    let task = submit(&client, "").await.unwrap();
    task.wait(Wait::default()).await.unwrap();
    let (asked, answered) = (asked.lock().unwrap(), answered.lock().unwrap());
    let polls = usize::try_from(server.stats().of("apixo").arrived(Target::Status)).unwrap();
    assert_eq!((asked.len(), answered.len()), (1 + polls, 1 + polls));
    assert_eq!((asked[0].operation, asked[0].method.as_str()), (Operation::Submit, "POST"));
    for (request, response) in answered.iter() {
        assert_eq!(request.intent_id.as_deref(), Some(task.intent_id()));
        assert_eq!((response.status, response.undelivered), (Some(200), None));
        // The key is no header that anybody is shown, and a URL is in no log.
        assert!(!request.headers.iter().any(|(name, _)| name == "authorization"));
        assert!(!format!("{request:?}{response:?}").contains("/api/"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_added_keeps_the_request_from_being_sent() {
    for (name, value) in [("Authorization", "Bearer other"), ("host", "evil.example"), ("x-own", "a\r\nb: c"), ("x own", "secret")] {
        let server = sandbox("apixo", []);
        let failure = submit(&with(&server, adding(name, value)), "").await.map(drop).unwrap_err();
        assert_eq!(failure.code(), ErrorCode::NetworkError, "{name}: {failure}");
        assert!(failure.to_string().contains("on_request: ") && !failure.to_string().contains(value), "{failure}");
        assert_eq!((arrived(&server), failure.reply().data["billing"].as_str()), (0, Some("none")), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_that_fails_or_panics_keeps_the_request_from_being_sent() {
    let failing: RequestHook = Arc::new(|_| Box::pin(async { Err("no trace".to_owned()) }));
    let panicking: RequestHook = Arc::new(|_| panic!("planted"));
    let later: RequestHook = Arc::new(|_| Box::pin(async { panic!("planted") }));
    for (hook, words) in [(failing, "on_request failed: no trace"), (panicking, "on_request panicked"), (later, "on_request panicked")] {
        let server = sandbox("apixo", []);
        let failure = submit(&with(&server, hook), "").await.map(drop).unwrap_err();
        assert_eq!((failure.code(), arrived(&server)), (ErrorCode::NetworkError, 0), "{failure}");
        assert!(failure.to_string().contains(words), "{failure}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_after_that_panics_changes_nothing() {
    let server = sandbox("apixo", []);
    let client = builder(&server).on_response(Arc::new(|_, _| panic!("planted"))).build().unwrap();
    assert!(submit(&client, "").await.unwrap().wait(Wait::default()).await.unwrap().ok);
    assert_eq!(arrived(&server), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_stays_lost_whatever_hooks_there_are() {
    let server = sandbox("apixo", [Rule::every(Target::Submit, Fault::ResetAfterBody)]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&seen);
    let client = builder(&server)
        .on_request(adding(TRACE.0, TRACE.1))
        .on_response(Arc::new(move |_, response: &ResponseInfo| heard.lock().unwrap().push(response.undelivered)))
        .build()
        .unwrap();
    assert_eq!(submit(&client, "").await.map(drop).unwrap_err().code(), ErrorCode::SubmitUnknown);
    assert_eq!((arrived(&server), seen.lock().unwrap().as_slice()), (1, &[Some(Delivery::MaybeSent)][..]));
}
