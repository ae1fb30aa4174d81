//! A provider may repeat the key in its answer ("the key sk-... is not valid"). It goes no further than this: answers end up in
//! records, replies and logs.

use gentask_core::HttpResponse;

/// Shorter ones are no keys but words that may stand anywhere.
const SHORTEST: usize = 8;

/// Overwrites each occurrence of the key in an answer with stars.
pub(super) fn conceal(response: &mut HttpResponse, key: &str) {
    if key.len() < SHORTEST {
        return;
    }
    let mut rest = response.body.as_mut_slice();
    while let Some(at) = find(rest, key.as_bytes()) {
        let (found, behind) = rest[at..].split_at_mut(key.len());
        found.fill(b'*');
        rest = behind;
    }
    for (_, value) in &mut response.headers {
        if value.contains(key) {
            *value = value.replace(key, &"*".repeat(key.len()));
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(wanted) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
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
    fn a_word_that_may_stand_anywhere_is_left() {
        assert_eq!(concealed("{\"code\": 200}", "code"), "{\"code\": 200}");
    }
}
