// The files that all languages share: their cases, their contracts and how many cases there are.

package gentask.vectors

import gentask.Contract
import gentask.payloadOf
import gentask.support.workspace
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap

internal typealias Case = Map<String, Any?>

/** The folder that the paths of contracts begin at. */
internal val ROOT: Path = workspace.resolve("tests")
internal val FOLDER: Path = ROOT.resolve("vectors")

/** When every run begins whose case names no other time, in Unix milliseconds. */
internal const val START = 1_790_000_000_000

/** The entropy of cases that name none, in hexadecimal. */
internal val ENTROPY = "0123456789abcdef".repeat(4)

/** Which files there are, and how many cases each has. */
internal val manifest: Map<String, Any?> by lazy { payloadOf(Files.readString(FOLDER.resolve("manifest.json"))) }

internal val counts: Map<String, Long> by lazy { map(manifest["files"]).mapValues { it.value as Long } }

private val read = ConcurrentHashMap<String, List<Case>>()

internal fun cases(name: String): List<Case> =
    read.getOrPut(name) { list(payloadOf(Files.readString(FOLDER.resolve("$name.json")))["cases"]).map(::map) }

private val loaded = ConcurrentHashMap<String, Contract>()

/** What a contract is loaded from: a built-in name, or a path. */
internal fun source(name: String): String = if (name.endsWith(".json")) ROOT.resolve(name).toString() else name

internal fun contract(name: String): Contract = loaded.getOrPut(name) { Contract.of(source(name)) }

/** The generation of a contract that cases mean which name none. */
internal fun example(name: String): Map<String, Any?> =
    map(cases("validate").first { it["name"] == "$name: the example is valid" }["generation"])

@Suppress("UNCHECKED_CAST")
internal fun map(value: Any?): Map<String, Any?> = value as? Map<String, Any?> ?: error("expected an object, found $value")

internal fun list(value: Any?): List<Any?> = value as? List<Any?> ?: error("expected a list, found $value")

internal fun Case.map(name: String) = map(this[name])

internal fun Case.text(name: String) = this[name] as String

internal fun Case.number(name: String) = this[name] as Long

internal fun bytes(hex: String): ByteArray = hex.chunked(2).map { it.toInt(16).toByte() }.toByteArray()
