//! What may not get out of an answer: the token of a callback URL, which a provider repeats in a message ("cannot reach https://...") or among
//! what it says of a task. Answers end up in records, replies and logs; the token lets whoever reads it there have gentask ask about the task.

use crate::io::HttpResponse;
use crate::token::{PARAMETER_NAME, TOKEN_CHARS, is_token_char, stem};
use std::borrow::Cow;
use std::ops::Range;

/// What stands between the parameter's name and a token, as it is, in a URL within a URL, and in JSON.
const EQUALS: [&str; 5] = ["=", "%3D", "%3d", "\\u003d", "\\u003D"];

/// An answer about an intent with stars for each token: the intent's own wherever they stand, those of others where the parameter names them.
pub(crate) fn without_tokens<'a>(response: &'a HttpResponse, intent_id: &str) -> Cow<'a, HttpResponse> {
    let own = stem(intent_id).unwrap_or_default();
    let in_headers = response.headers.iter().any(|(_, value)| !tokens_in(value.as_bytes(), &own).is_empty());
    if !in_headers && tokens_in(&response.body, &own).is_empty() {
        return Cow::Borrowed(response);
    }
    let mut hidden = response.clone();
    hide(&mut hidden.body, &own);
    for (_, value) in &mut hidden.headers {
        let mut bytes = std::mem::take(value).into_bytes();
        hide(&mut bytes, &own);
        // Only ASCII was overwritten, with ASCII.
        *value = String::from_utf8(bytes).unwrap_or_default();
    }
    Cow::Owned(hidden)
}

fn hide(text: &mut [u8], own: &str) {
    for token in tokens_in(text, own) {
        if let Some(bytes) = text.get_mut(token) {
            bytes.fill(b'*');
        }
    }
}

/// The tokens in a text, also one of the intent's own whose end was cut off.
fn tokens_in(text: &[u8], own: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    let begins = [PARAMETER_NAME.as_bytes().first(), own.as_bytes().first()];
    loop {
        at += text.iter().skip(at).take_while(|byte| !begins.contains(&Some(byte))).count();
        let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else { return found };
        let from = if !own.is_empty() && rest.starts_with(own.as_bytes()) { 0 } else { named(rest).unwrap_or(usize::MAX) };
        let token = rest.get(from..).unwrap_or_default();
        let length = token.iter().take(TOKEN_CHARS).take_while(|byte| is_token_char(**byte)).count();
        if length > 0 && (from == 0 || length == TOKEN_CHARS) {
            found.push(at + from..at + from + length);
            at += from + length;
        } else {
            at += 1;
        }
    }
}

/// Where in a text that begins with the parameter's name its value begins.
fn named(text: &[u8]) -> Option<usize> {
    let after = text.strip_prefix(PARAMETER_NAME.as_bytes())?;
    let mark = EQUALS.iter().find(|mark| after.starts_with(mark.as_bytes()))?;
    Some(PARAMETER_NAME.len() + mark.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::BodyEnd;
    use crate::token::{Secret, mint};

    const ID: &str = "01234567-89ab-4def-8123-456789abcdef";
    const OTHER: &str = "11234567-89ab-4def-8123-456789abcdef";

    fn concealed(text: &str, intent_id: &str) -> String {
        let headers = vec![("x-echo".to_owned(), text.to_owned())];
        let response = HttpResponse { status: 400, headers, body: text.as_bytes().to_vec(), end: BodyEnd::Whole };
        let hidden = without_tokens(&response, intent_id).into_owned();
        assert_eq!(hidden.headers[0].1.as_bytes(), hidden.body);
        String::from_utf8(hidden.body).unwrap()
    }

    #[test]
    fn the_tasks_own_token_is_hidden_wherever_it_stands() {
        let token = mint(&Secret::new("s", None), ID).unwrap();
        let stars = "*".repeat(TOKEN_CHARS);
        for echo in ["https://a.example/h?gentask=T&x=1", "{\"m\":\"cannot reach https:\\/\\/a.example\\/T\\/h é\"}", "T", "T T", "(T)", ""]
        {
            assert_eq!(concealed(&echo.replace('T', &token), ID), echo.replace('T', &stars), "{echo}");
        }
        // A message may be cut off.
        assert_eq!(concealed(&format!("cannot reach /{}...", &token[..40]), ID), format!("cannot reach /{}...", &stars[..40]));
    }

    #[test]
    fn a_token_that_its_parameter_names_is_hidden_whose_ever_it_is() {
        let token = mint(&Secret::new("s", None), OTHER).unwrap();
        let stars = "*".repeat(TOKEN_CHARS);
        for echo in ["?gentask=T", "%3Fgentask%3DT", "{\"u\":\"?gentask\\u003dT\"}", "gentask=T&gentask=T"] {
            for intent_id in [ID, ""] {
                assert_eq!(concealed(&echo.replace('T', &token), intent_id), echo.replace('T', &stars), "{echo}");
            }
        }
    }

    #[test]
    fn everything_else_is_left_as_it_is() {
        let other = mint(&Secret::new("s", None), OTHER).unwrap();
        for text in ["{\"code\": 200}", "gentask=short", "gentask", other.as_str(), ID] {
            assert_eq!(concealed(text, ID), text);
            let response = HttpResponse { status: 200, headers: Vec::new(), body: text.as_bytes().to_vec(), end: BodyEnd::Whole };
            assert!(matches!(without_tokens(&response, ID), Cow::Borrowed(_)));
        }
    }
}
