//! The headers of a delivery, and what stands at a place in them.

use crate::contract::callback::Place;

/// The most bytes of an id or a user that is read from a header.
const MOST_VALUE: usize = 255;

/// The value of a header. `None`: it is absent, or stands there twice and says two things.
fn value<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut values = headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// The items at a place, in order, without its prefix. Items that do not begin with it are something else's.
pub(super) fn items<'a>(headers: &'a [(String, String)], place: &'a Place) -> impl Iterator<Item = &'a str> {
    // An empty separator splits nothing.
    let separator = place.separator.chars().next();
    let value = value(headers, &place.header);
    let items = value.into_iter().flat_map(move |value| value.split(move |char| Some(char) == separator));
    items.filter_map(|item| item.strip_prefix(place.prefix.as_str()))
}

/// The one item at a place. `None`: there is none, more than one thing is said, it is empty, or longer than 255 bytes.
pub(super) fn single<'a>(headers: &'a [(String, String)], place: Option<&'a Place>) -> Option<&'a str> {
    let mut items = items(headers, place?);
    let first = items.next().filter(|item| (1..=MOST_VALUE).contains(&item.len()))?;
    items.all(|item| item == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn place(prefix: &str, separator: &str) -> Place {
        Place { header: "sig".to_owned(), prefix: prefix.to_owned(), separator: separator.to_owned() }
    }

    #[test]
    fn a_value_is_split_and_only_items_with_the_exact_prefix_count() {
        let own = headers(&[("SIG", "t=5,v0=a,v1=b, v0=c,v0=d")]);
        assert_eq!(items(&own, &place("v0=", ",")).collect::<Vec<_>>(), ["a", "d"]);
        assert_eq!(items(&own, &place("t=", "")).collect::<Vec<_>>(), ["5,v0=a,v1=b, v0=c,v0=d"]);
        assert_eq!(single(&own, Some(&place("t=", ","))), Some("5"));
        assert_eq!(single(&own, Some(&place("v0=", ","))), None);
    }

    #[test]
    fn a_header_that_says_two_things_says_nothing() {
        let place = place("", "");
        assert_eq!(single(&headers(&[("sig", "a"), ("Sig", "a")]), Some(&place)), Some("a"));
        assert_eq!(single(&headers(&[("sig", "a"), ("Sig", "b")]), Some(&place)), None);
        assert_eq!(single(&headers(&[("sig", "")]), Some(&place)), None);
        assert_eq!(single(&headers(&[("sig", &"x".repeat(256))]), Some(&place)), None);
    }
}
