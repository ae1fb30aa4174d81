//! Makes the sources that UniFFI generates internal to the jar: what programs see is the hand-written Kotlin around them. UniFFI's generator for
//! Kotlin has no option for that, so its output is read here, line by line: every declaration at the top of a file gets `internal`, in place of
//! `public` or of nothing. Lines that are no such declaration stay as they are. The compiler checks the result: in its strict mode for explicit
//! visibility, a top-level declaration without one is an error.

use std::fs;
use std::path::Path;

/// What a declaration of a file's top level may begin with, its visibility aside.
const WORDS: &str = "abstract annotation class const data enum fun inline interface object open sealed suspend typealias";

/// All generated files of a folder, made internal, into another one.
pub(super) fn all(from: &Path, to: &Path) -> Result<(), String> {
    let entries = fs::read_dir(from).map_err(|e| format!("cannot read {}: {e}", from.display()))?;
    fs::create_dir_all(to).map_err(|e| format!("cannot create {}: {e}", to.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            all(&path, &target)?;
        } else {
            let source = fs::read_to_string(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
            fs::write(&target, internal(&source)).map_err(|e| format!("cannot write {}: {e}", target.display()))?;
        }
    }
    Ok(())
}

fn internal(source: &str) -> String {
    let mut depth = Depth::default();
    let mut out = String::with_capacity(source.len());
    for line in source.lines() {
        // A declaration may follow the end of its comment.
        let (comment, code) = match (depth.comment, line.find("*/")) {
            (true, Some(end)) => line.split_at(end + 2),
            (true, None) => (line, ""),
            (false, _) => ("", line),
        };
        out.push_str(comment);
        out.push_str(&if depth.open == 0 { declaration(code) } else { code.to_owned() });
        out.push('\n');
        depth.read(line);
    }
    out
}

/// A line at the top of a file.
fn declaration(line: &str) -> String {
    let text = line.trim_start();
    // An annotation of its own declaration's line, such as `@Throws(...) fun`.
    let (before, text) = match text.starts_with('@').then(|| text.find(" fun ")).flatten() {
        Some(at) => text.split_at(at + 1),
        None => ("", text),
    };
    let rest = text.strip_prefix("public ").unwrap_or(text);
    let first = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    if WORDS.split(' ').any(|word| word == first) && rest[first.len()..].starts_with(' ') || rest.starts_with("fun<") {
        let space = &line[..line.len() - line.trim_start().len()];
        return format!("{space}{before}internal {rest}");
    }
    line.to_owned()
}

/// How many brackets are open, comments and texts aside.
#[derive(Default)]
struct Depth {
    open: usize,
    comment: bool,
}

impl Depth {
    fn read(&mut self, line: &str) {
        let mut text = None;
        let mut chars = line.chars().peekable();
        while let Some(char) = chars.next() {
            let next = chars.peek().copied();
            match (self.comment, text, char) {
                (true, _, '*') if next == Some('/') => self.comment = false,
                (true, ..) => {}
                (_, Some(_), '\\') => drop(chars.next()),
                (_, Some(quote), _) if char == quote => text = None,
                (_, None, '/') if next == Some('/') => return,
                (_, None, '/') if next == Some('*') => self.comment = true,
                (_, None, '"' | '\'' | '`') => text = Some(char),
                (_, None, '{' | '(' | '[') => self.open += 1,
                (_, None, '}' | ')' | ']') => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_the_top_becomes_internal() {
        let source = "open class RustBuffer : Structure() {\n    public fun inner() {\n    }\n}\npublic object Converter: X {\n}\n\
                      @Throws(Failure::class) fun `version`(): kotlin.String {\n}\n/** It\n * is */ fun `advice`(\n  `a`: Int) {\n}\nprivate fun<E> own() {}\n\
                      internal class Own\n/**\n * class in words\n */\ndata class Reply (\n    val `ok`: Boolean\n) {\n    companion object\n}\n";
        let wanted = "internal open class RustBuffer : Structure() {\n    public fun inner() {\n    }\n}\ninternal object Converter: X {\n}\n\
                      @Throws(Failure::class) internal fun `version`(): kotlin.String {\n}\n/** It\n * is */ internal fun `advice`(\n  `a`: Int) {\n}\n\
                      private fun<E> own() {}\ninternal class Own\n/**\n * class in words\n */\ninternal data class Reply (\n    val `ok`: Boolean\n) {\n    companion object\n}\n";
        assert_eq!(internal(source), wanted);
    }

    #[test]
    fn brackets_in_texts_and_comments_are_none() {
        let source = "internal val a = \"{\" // {\nclass B /* { */ { val c = '{' }\nclass D\n";
        assert_eq!(internal(source), "internal val a = \"{\" // {\ninternal class B /* { */ { val c = '{' }\ninternal class D\n");
    }
}
