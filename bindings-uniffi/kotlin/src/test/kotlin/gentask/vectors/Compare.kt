// What differs between what was expected and what came out.

package gentask.vectors

import gentask.jsonOf

private const val MAX_SAFE = 9_007_199_254_740_991.0
private const val SHOWN = 300

/** The canonical text: keys in order, no white space, whole numbers without a point. */
internal fun canonical(value: Any?): String = jsonOf(whole(value))

private fun whole(value: Any?): Any? = when (value) {
    is Map<*, *> -> value.entries.sortedWith { a, b -> compareCodePoints(a.key as String, b.key as String) }.associate { it.key to whole(it.value) }
    is List<*> -> value.map(::whole)
    is Double -> if (value % 1.0 == 0.0 && value in -MAX_SAFE..MAX_SAFE) value.toLong() else value
    else -> value
}

private fun compareCodePoints(a: String, b: String): Int {
    val (x, y) = a.codePoints().toArray() to b.codePoints().toArray()
    return x.zip(y).map { (one, other) -> one.compareTo(other) }.firstOrNull { it != 0 } ?: x.size.compareTo(y.size)
}

internal fun mustBeSame(what: String, expected: Any?, found: Any?) {
    firstDifference(expected, found)?.let { throw AssertionError("$what: $it") }
}

/** Where two JSON values differ first, and how; `null` where they are the same. */
internal fun firstDifference(expected: Any?, found: Any?, at: String = ""): String? {
    if (expected is Map<*, *> && found is Map<*, *>) {
        for (name in (expected.keys + found.keys).map { it as String }.sorted()) {
            if (name !in found) return "$at/$name: expected ${shown(expected[name])}, found no such member"
            if (name !in expected) return "$at/$name: expected no such member, found ${shown(found[name])}"
            firstDifference(expected[name], found[name], "$at/$name")?.let { return it }
        }
        return null
    }
    if (expected is List<*> && found is List<*>) {
        for (index in 0 until minOf(expected.size, found.size)) firstDifference(expected[index], found[index], "$at/$index")?.let { return it }
        return if (expected.size == found.size) null else "$at: expected ${expected.size} items, found ${found.size}"
    }
    return if (canonical(expected) == canonical(found)) null else "$at: expected ${shown(expected)}, found ${shown(found)}"
}

private fun shown(value: Any?): String = canonical(value).let { if (it.length <= SHOWN) it else it.take(SHOWN) + "..." }

/** The record that was named last: in a case each stands as what of it differs from the one before; the first one whole. */
internal class Changes {
    private var last: Map<String, Any?> = emptyMap()

    /** What of a record differs from the one before. */
    fun of(record: Map<String, Any?>): Map<String, Any?> {
        val before = last
        last = record
        return record.filter { (name, value) -> name !in before || canonical(before[name]) != canonical(value) }
    }

    /** The text of the record that a case names by what differs. */
    fun text(changes: Map<String, Any?>): String {
        last = last + changes
        return canonical(last)
    }
}
