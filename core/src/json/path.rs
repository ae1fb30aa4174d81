//! The way to a value, written down only where it is told: most values are valid, and a pointer for each would be most of the work.

use super::escape_segment;
use crate::search::shorten;

/// A way is told to about so many characters, which no real one has; a key may be a megabyte.
const LONGEST: usize = 1_000;

/// A step, and the way up to it.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    /// The pointer where the way begins.
    From(&'a str),
    Name(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    /// The RFC 6901 pointer.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        let (above, segment) = match self {
            Self::From(pointer) => return text.push_str(pointer),
            Self::Name(above, name) => (above, escape_segment(&shorten(name, LONGEST))),
            Self::Index(above, index) => (above, index.to_string()),
        };
        above.write(text);
        if text.len() <= LONGEST {
            text.push('/');
            text.push_str(&segment);
        }
    }
}
