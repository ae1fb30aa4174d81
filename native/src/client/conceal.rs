//! A provider may repeat the key in its answer ("the key sk-... is not valid"). It goes no further than this: answers end up in
//! records, replies and logs.

use gentask_core::HttpResponse;

/// Shorter ones are no keys but words that may stand anywhere.
const SHORTEST: usize = 8;

/// Overwrites each occurrence of the key in an answer with stars, also where it is escaped as JSON or a URL escapes it.
pub(super) fn conceal(response: &mut HttpResponse, key: &str) {
    if key.len() < SHORTEST {
        return;
    }
    hide(&mut response.body, key.as_bytes());
    for (_, value) in &mut response.headers {
        *value = concealed(std::mem::take(value), key);
    }
}

/// A text of our own side's, such as what a transport says, with stars for each occurrence of the key.
pub(super) fn concealed(text: String, key: &str) -> String {
    if key.len() < SHORTEST {
        return text;
    }
    let mut bytes = text.into_bytes();
    hide(&mut bytes, key.as_bytes());
    // Only whole characters were overwritten.
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hide(body: &mut [u8], key: &[u8]) {
    let mut at = 0;
    while at < body.len() {
        match occurrence(body, at, key) {
            0 => at += 1,
            length => {
                body[at..at + length].fill(b'*');
                at += length;
            }
        }
    }
}

/// How many bytes the key takes up in a text that may have escaped its characters; 0 where it does not stand there.
fn occurrence(body: &[u8], at: usize, key: &[u8]) -> usize {
    // A backslash that is itself escaped begins nothing: of a run, every second one is.
    let before = body[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
    if body[at] == b'\\' && before % 2 == 1 {
        return 0;
    }
    let mut end = at;
    for char in key {
        match character(&body[end..], *char) {
            0 => return 0,
            length => end += length,
        }
    }
    end - at
}

/// How many bytes one ASCII character takes up: `/` is also `\/`, `\u002f` and `%2F`.
fn character(text: &[u8], char: u8) -> usize {
    let hex = |digits: &[u8]| std::str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
    match text {
        [b'\\', b'u', b'0', b'0', digits @ ..] if digits.get(..2).and_then(hex) == Some(char) => 6,
        [b'\\', escaped @ (b'"' | b'\\' | b'/'), ..] if *escaped == char => 2,
        [b'%', digits @ ..] if digits.get(..2).and_then(hex) == Some(char) => 3,
        [first, ..] if *first == char => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gentask_core::BodyEnd;

    fn concealed(body: &str, key: &str) -> String {
        let headers = vec![("x-echo".to_owned(), body.to_owned())];
        let mut response = HttpResponse { status: 401, headers, body: body.as_bytes().to_vec(), end: BodyEnd::Whole };
        conceal(&mut response, key);
        assert_eq!(response.headers[0].1.as_bytes(), response.body);
        String::from_utf8(response.body).unwrap()
    }

    #[test]
    fn every_occurrence_is_overwritten_and_nothing_else() {
        assert_eq!(concealed("sk-12345 and ssk-12345sk-1234", "sk-12345"), "******** and s********sk-1234");
        assert_eq!(concealed("sk-12345", "sk-12345"), "********");
        assert_eq!(concealed("", "sk-12345"), "");
        assert_eq!(concealed("nothing here", "sk-12345"), "nothing here");
    }

    #[test]
    fn a_key_is_found_however_it_is_escaped() {
        let key = r#"sk/a+b"c\d"#;
        for echo in [r#"sk\/a+b\"c\\d"#, r"\u0073k\/a\u002Bb\u0022c\u005cd", "sk%2Fa%2bb%22c%5Cd", r#"sk/a+b\"c\\d"#] {
            let text = format!("{{\"message\":\"the key {echo} is not valid\"}}");
            let hidden = concealed(&text, key);
            assert_eq!(hidden, text.replace(echo, &"*".repeat(echo.len())));
            assert!(serde_json::from_str::<serde_json::Value>(&hidden).is_ok());
        }
        // What only looks like an escape is text: a backslash, and then a word.
        let text = r#"{"message":"\\u0073k12345678"}"#;
        assert_eq!(concealed(text, "sk12345678"), text);
    }

    #[test]
    fn a_word_that_may_stand_anywhere_is_left() {
        assert_eq!(concealed("{\"code\": 200}", "code"), "{\"code\": 200}");
    }
}
