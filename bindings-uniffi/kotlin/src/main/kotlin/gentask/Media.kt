// Media at hand, for a payload: a file, bytes or a stream become the data URI that the provider takes.

package gentask

import gentask.ffi.Fault
import gentask.ffi.NoMedium
import java.io.File
import java.io.InputStream
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import gentask.ffi.Contract as NativeContract

/**
 * A picture, a sound or a film at hand, as a value of a payload: `mapOf("image" to media("cat.png"))`.
 *
 * A call that takes a payload reads it, once, and sends it as a data URI; a suspending one does so on a thread of its own. What the provider would
 * not take is refused before it is read whole, with everything else that is wrong with the payload. A [Path], a [File], a [ByteArray] and an
 * [InputStream] are media by themselves; `media` is for a path that is text, and where the first bytes do not tell the type (`audio/webm`, `video/webm`).
 */
public class Media internal constructor(internal val source: Any, internal val type: String?) {
    /** What kind of thing it is; never where it is or what is in it. */
    override fun toString(): String = "Media(${source.javaClass.simpleName})"
}

/** Names a file as a medium of a payload; [type] is its media type, where its bytes may be of several. */
public fun media(path: String, type: String? = null): Media = Media(File(path), someText(type, "type"))

/** Names a file as a medium of a payload. */
public fun media(path: Path, type: String? = null): Media = Media(path, someText(type, "type"))

/** Makes bytes a medium of a payload. They are not copied before they are sent. */
public fun media(bytes: ByteArray, type: String? = null): Media = Media(bytes, someText(type, "type"))

/** Makes what is left of a stream a medium of one payload. It is read to its end, and not closed. */
public fun media(stream: InputStream, type: String? = null): Media = Media(stream, someText(type, "type"))

/** The medium that a value of a payload is, where it is one. */
internal fun mediumOf(value: Any): Media? = when (value) {
    is Media -> value
    is Path, is File, is ByteArray, is InputStream -> Media(value, null)
    else -> null
}

/** The text that stands for a medium at this [pointer] in a payload for the provider of this contract; [refuse] hears why there is none. */
internal fun Media.textFor(contract: Contract, pointer: String, refuse: (Fault) -> Unit): String? = try {
    native { Reading(contract.native, pointer, type).text(source) }
} catch (unfit: NoMedium.Because) {
    refuse(unfit.fault)
    null
}

private class Reading(private val contract: NativeContract, private val pointer: String, private val type: String?) {
    fun text(source: Any): String = when (source) {
        is ByteArray -> contract.mediaBytes(pointer, source, type)
        is InputStream -> contract.mediaBytes(pointer, readable("a stream") { some(source) }, type)
        is File -> text(readable(source.name) { source.toPath() })
        is Path -> if (source.fileSystem == FileSystems.getDefault()) contract.mediaFile(pointer, source.toString(), type) else archived(source)
        else -> error("no medium")
    }

    /** A file that is none of the system's own, such as one in an archive. */
    private fun archived(file: Path): String {
        val bytes = readable(file.fileName?.toString().orEmpty()) { Files.newInputStream(file).use(::some) }
        return contract.mediaBytes(pointer, bytes, type)
    }

    /** All of a stream. One byte more than a medium may have says that there is more, and no more is read. */
    private fun some(stream: InputStream): ByteArray = stream.readNBytes(contract.mostMediaBytes().toInt() + 1)

    /** What is thrown here may name the whole path, and is not passed on. */
    private fun <T> readable(name: String, read: () -> T): T = try {
        read()
    } catch (error: Exception) {
        val found = "${name.take(SHOWN)}: ${error.javaClass.simpleName}"
        throw NoMedium.Because(Fault(pointer, "media", "a file or a stream that can be read", found))
    }
}

/** The longest part of a path that a message shows, in characters. */
private const val SHOWN = 60
