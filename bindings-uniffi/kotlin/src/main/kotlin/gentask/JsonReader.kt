// JSON text as Kotlin values: maps in the order of the text, lists, String, Boolean, null, Long or BigInteger, and Double.

package gentask

import java.math.BigInteger

internal class JsonReader(private val text: String) {
    private var at = 0

    fun whole(): Any? {
        val value = value(0)
        space()
        if (at < text.length) fail("the end of the text")
        return value
    }

    private fun value(level: Int): Any? {
        if (level > MOST_LEVELS) fail("fewer than $MOST_LEVELS levels")
        space()
        return when (text.getOrNull(at)) {
            '{' -> members(level)
            '[' -> items(level)
            '"' -> string()
            't' -> word("true", true)
            'f' -> word("false", false)
            'n' -> word("null", null)
            else -> number()
        }
    }

    private fun members(level: Int): Map<String, Any?> {
        at += 1
        val map = LinkedHashMap<String, Any?>()
        space()
        if (skip('}')) return map
        while (true) {
            space()
            if (text.getOrNull(at) != '"') fail("a name in quotes")
            val name = string()
            space()
            if (!skip(':')) fail("a colon")
            map[name] = value(level + 1)
            space()
            if (skip('}')) return map
            if (!skip(',')) fail("a comma or a closing brace")
        }
    }

    private fun items(level: Int): List<Any?> {
        at += 1
        val list = ArrayList<Any?>()
        space()
        if (skip(']')) return list
        while (true) {
            list += value(level + 1)
            space()
            if (skip(']')) return list
            if (!skip(',')) fail("a comma or a closing bracket")
        }
    }

    private fun string(): String {
        at += 1
        val start = at
        while (at < text.length && text[at] != '"' && text[at] != '\\') at += 1
        if (text.getOrNull(at) == '"') return text.substring(start, at++)
        val out = StringBuilder().append(text, start, at)
        while (true) {
            when (val char = text.getOrNull(at++) ?: fail("a closing quote")) {
                '"' -> return out.toString()
                '\\' -> out.append(escaped())
                else -> out.append(char)
            }
        }
    }

    private fun escaped(): Char = when (text.getOrNull(at++)) {
        '"' -> '"'
        '\\' -> '\\'
        '/' -> '/'
        'b' -> '\b'
        'f' -> '\u000c'
        'n' -> '\n'
        'r' -> '\r'
        't' -> '\t'
        'u' -> {
            val code = text.substring(at, minOf(at + 4, text.length)).takeIf { it.length == 4 }?.toIntOrNull(16) ?: fail("four digits")
            at += 4
            code.toChar()
        }
        else -> fail("an escape")
    }

    private fun number(): Any {
        val start = at
        while (at < text.length && (text[at].isLetterOrDigit() || text[at] in "+-.")) at += 1
        val found = text.substring(start, at)
        if (!NUMBER.matches(found)) {
            at = start
            fail("a value")
        }
        if (found.none { it in ".eE" }) return found.toLongOrNull() ?: BigInteger(found)
        return found.toDouble()
    }

    private fun word(word: String, value: Any?): Any? {
        if (!text.startsWith(word, at)) fail("a value")
        at += word.length
        return value
    }

    private fun space() {
        while (at < text.length && text[at] in " \t\r\n") at += 1
    }

    private fun skip(char: Char): Boolean {
        if (text.getOrNull(at) != char) return false
        at += 1
        return true
    }

    private fun fail(expected: String): Nothing = throw IllegalArgumentException("no JSON: expected $expected at index $at")

    private companion object {
        /** More than any record or reply has, and few enough for any stack. */
        const val MOST_LEVELS = 512
        val NUMBER = Regex("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")
    }
}
