// Kotlin values as JSON and back. What JSON cannot hold is refused, all of it at once, each with its pointer.

package gentask

import gentask.ffi.Fault
import gentask.ffi.refusePayload
import java.math.BigDecimal
import java.math.BigInteger

/**
 * Reads the text of a JSON object as a payload, for those who have one as text.
 *
 * Whole numbers become `Long` (or `BigInteger` where that is too small), others `Double`. Throws [IllegalArgumentException] where it is none.
 */
public fun payloadOf(json: String): Map<String, Any?> = Json.map(json)

/** Writes a payload, or any value that JSON can hold, as JSON text. Throws [GentaskException.InvalidPayload] with all that it cannot hold. */
public fun jsonOf(value: Any?): String = Json.write(value, "the value")

internal object Json {
    fun read(text: String): Any? = JsonReader(text).whole()

    @Suppress("UNCHECKED_CAST")
    fun map(text: String): Map<String, Any?> =
        read(text) as? Map<String, Any?> ?: throw IllegalArgumentException("expected the text of a JSON object")

    /** [what] names the value in the message of what is thrown, [path] is where its pointers begin; media in it are for [provider]. */
    fun write(value: Any?, what: String, path: String = "", provider: Contract? = null): String {
        val writer = JsonWriter(provider)
        writer.write(value, path, 0)
        if (writer.faults.isNotEmpty()) native { refusePayload(what, writer.faults) }
        return writer.text()
    }
}

/** One level more than the core allows: it is the core that says so, with its own words. */
private const val MOST_LEVELS = 66

/** The most values of one payload: far more than any provider takes. An object that holds itself twice has no end. */
private const val MOST_VALUES = 1_000_000

/** The most faults that are listed. */
private const val MOST_FAULTS = 100

/** The longest text of a key that a message shows, in characters. */
private const val SHOWN = 60

private class JsonWriter(private val provider: Contract?) {
    val faults = mutableListOf<Fault>()
    private val out = StringBuilder()
    private var left = MOST_VALUES

    fun text(): String = out.toString()

    private fun fault(path: String, rule: String, expected: String, actual: String) {
        faults += Fault(whole(path), rule, expected, whole(actual))
        if (faults.size >= MOST_FAULTS) left = 0
    }

    fun write(value: Any?, path: String, level: Int) {
        if (left == 0) return
        left -= 1
        if (left == 0) return fault("", "size", "fewer values", "more than $MOST_VALUES, or an object that holds itself")
        when (value) {
            null -> out.append("null")
            is Boolean -> out.append(value)
            is CharSequence -> text(value.toString(), path)
            is Byte, is Short, is Int, is Long, is UByte, is UShort, is UInt, is ULong -> out.append(value)
            is BigInteger -> integer(value, path)
            is Float -> if (value.isFinite()) out.append(value) else fault(path, "number", "a finite number", value.toString())
            is Double -> if (value.isFinite()) out.append(value) else fault(path, "number", "a finite number", value.toString())
            is BigDecimal -> out.append(value)
            else -> if (!medium(value, path) && !foreign(value, path)) nested(value, path, level)
        }
    }

    private fun integer(value: BigInteger, path: String) {
        val fits = value.bitLength() <= 63 || (value.signum() > 0 && value.bitLength() <= 64)
        if (fits) out.append(value) else fault(path, "number", "a whole number from -2^63 to 2^64-1", "another one")
    }

    private fun medium(value: Any, path: String): Boolean {
        val (contract, medium) = (provider ?: return false) to (mediumOf(value) ?: return false)
        medium.textFor(contract, path) { fault(path, it.rule, it.expected, it.actual) }?.let { out.append('"').append(it).append('"') }
        return true
    }

    /** A scalar of kotlinx.serialization, whose text is JSON. Objects and arrays of it are maps and lists. */
    private fun foreign(value: Any, path: String): Boolean {
        if (value is Map<*, *> || value is List<*> || !value.javaClass.name.startsWith("kotlinx.serialization.json.")) return false
        val text = value.toString()
        if (loneSurrogate(text) == null) out.append(text) else fault(path, "text", "text of whole characters", "a lone surrogate")
        return true
    }

    private fun nested(value: Any, path: String, level: Int) {
        if (level >= MOST_LEVELS) {
            // One such fault says it all: there may be as many as there are ways through the object.
            left = 0
            faults += Fault(whole(path), "depth", "fewer levels", "deeper nesting, or an object that holds itself")
            return
        }
        when (value) {
            is Map<*, *> -> readable(value, path, "a map") { value.entries.map { it.key to it.value } }?.let { members(it, path, level) }
            is Collection<*> -> readable(value, path, "a list") { value.toList() }?.let { items(it, path, level) }
            is Array<*> -> items(value.asList(), path, level)
            is IntArray -> items(value.asList(), path, level)
            is LongArray -> items(value.asList(), path, level)
            is DoubleArray -> items(value.asList(), path, level)
            is FloatArray -> items(value.asList(), path, level)
            is BooleanArray -> items(value.asList(), path, level)
            else -> fault(path, "type", "a value that JSON has (null, Boolean, a number, String, List, Map)", typeName(value))
        }
    }

    /** What a collection of the caller's own throws is a fault of the payload. */
    private fun <T> readable(value: Any, path: String, expected: String, read: () -> T): T? = try {
        read()
    } catch (_: Exception) {
        fault(path, "type", expected, "${typeName(value)}, which cannot be read")
        null
    }

    private fun items(items: List<*>, path: String, level: Int) {
        out.append('[')
        items.forEachIndexed { index, item ->
            if (index > 0) out.append(',')
            write(item, "$path/$index", level + 1)
        }
        out.append(']')
    }

    private fun members(members: List<Pair<*, *>>, path: String, level: Int) {
        out.append('{')
        var isFirst = true
        for ((key, value) in members) {
            if (key !is String || loneSurrogate(key) != null) {
                fault(path, "key", "keys that are text", key.toString().take(SHOWN))
                continue
            }
            if (!isFirst) out.append(',')
            isFirst = false
            quote(key)
            out.append(':')
            write(value, "$path/${key.replace("~", "~0").replace("/", "~1")}", level + 1)
        }
        out.append('}')
    }

    private fun text(text: String, path: String) {
        if (loneSurrogate(text) == null) quote(text) else fault(path, "text", "text of whole characters", "a lone surrogate")
    }

    private fun quote(text: String) {
        out.append('"')
        for (char in text) {
            when {
                char == '"' || char == '\\' -> out.append('\\').append(char)
                char < ' ' -> out.append("\\u").append(char.code.toString(16).padStart(4, '0'))
                else -> out.append(char)
            }
        }
        out.append('"')
    }
}

private fun typeName(value: Any): String = value.javaClass.simpleName.ifEmpty { "another type" }

/** Where a text has half of a character, which no encoding can carry. */
internal fun loneSurrogate(text: String): Int? {
    var index = 0
    while (index < text.length) {
        val char = text[index]
        when {
            !char.isSurrogate() -> index += 1
            char.isHighSurrogate() && index + 1 < text.length && text[index + 1].isLowSurrogate() -> index += 2
            else -> return index
        }
    }
    return null
}

/** The text with each half of a character replaced, so that it can be shown. */
internal fun whole(text: String): String = if (loneSurrogate(text) == null) text else String(text.encodeToByteArray())

/** The arguments among these, by name, that are no whole text: each a fault with a pointer to it. */
internal fun halves(vararg arguments: Pair<String, String?>): List<Fault> =
    arguments.filter { (_, value) -> value != null && loneSurrogate(value) != null }
        .map { (name, _) -> Fault("/$name", "text", "text of whole characters", "a lone surrogate") }

/** An argument that must be whole text; [name] is the argument's. */
internal fun text(value: String, name: String): String {
    val at = loneSurrogate(value) ?: return value
    throw IllegalArgumentException("$name: half of a character (a lone surrogate) at index $at, which no text that is sent can hold")
}

internal fun someText(value: String?, name: String): String? = value?.let { text(it, name) }
