// The native library: where it is looked for, and that it is the one that this jar was built with.
//
// It is looked for in the system property `gentask.library`, then in the environment variable `GENTASK_LIBRARY` (a file, or a folder with the
// file in it), then in the jar. What was chosen by hand and cannot be loaded is an error: nothing else is loaded in its place. From the jar it
// is copied into a folder of its own that only this user can read, loaded, and deleted again.

package gentask

import com.sun.jna.NativeLibrary
import com.sun.jna.Platform
import gentask.ffi.Failure
import gentask.ffi.InternalException
import gentask.ffi.WaitToken
import gentask.ffi.brokenCall
import gentask.ffi.uniffiEnsureInitialized
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.attribute.PosixFilePermissions
import java.util.Properties

/** The native library could not be loaded. The message lists everything that was tried. */
public class NativeLibraryException internal constructor(message: String, cause: Throwable?) : IllegalStateException(message, cause)

/** Loads the library, once for this process, and makes a [GentaskException] of what it refuses, and of a panic in it. */
internal inline fun <T> native(call: () -> T): T {
    Native.load()
    try {
        return call()
    } catch (failure: Failure.Failed) {
        throw exceptionOf(failure)
    } catch (_: InternalException) {
        throw broken(null)
    }
}

/**
 * What is thrown where a panic ended a call; [token] knows which submit it was. The panic's own words may hold a part of a prompt, so they are not
 * passed on: they are on standard error.
 */
internal fun broken(token: WaitToken?): GentaskException = try {
    brokenCall(token)
    error("the native library says nothing")
} catch (failure: Failure.Failed) {
    exceptionOf(failure)
}

internal object Native {
    /** The jar's version. The library has the same, or is not loaded. */
    val version: String by lazy {
        val text = Native::class.java.getResourceAsStream("version.properties") ?: error("the jar has no version.properties")
        text.use { Properties().apply { load(it) } }.getProperty("version")
    }

    private val outcome: Result<Path> by lazy { runCatching { NativeSearch(System.getenv()).find(version) } }

    fun load(): Path = outcome.getOrThrow()
}

/** One look for the library. */
internal class NativeSearch(private val environment: Map<String, String>) {
    private val tried = mutableListOf<String>()
    private var cause: Throwable? = null

    /** The file that was loaded. It may be gone by now: what is loaded needs no file. */
    fun find(version: String): Path {
        val chosen = System.getProperty(PROPERTY)?.let { "the system property $PROPERTY" to it }
            ?: environment[VARIABLE]?.takeIf { it.isNotEmpty() }?.let { "the environment variable $VARIABLE" to it }
        val loaded = if (chosen == null) inJar(version) else atHand(chosen.first, chosen.second, version)
        return loaded ?: throw NativeLibraryException(report(), cause)
    }

    private fun report(): String {
        val places = tried.joinToString("") { "\n  - $it" }
        return "the native library of gentask cannot be loaded. Tried:$places\n" +
            "Nothing was sent. Set the system property $PROPERTY or the environment variable $VARIABLE to a library for $platform, " +
            "or use a jar that has one."
    }

    private fun atHand(by: String, place: String, version: String): Path? {
        val given = Path.of(place).toAbsolutePath()
        val file = if (Files.isDirectory(given)) given.resolve(fileName) else given
        if (Files.isRegularFile(file)) return open("$by: $file", file, version)
        tried += "$by: there is no file $file"
        return null
    }

    private fun inJar(version: String): Path? {
        val resource = "/$platform/$fileName"
        if (Native::class.java.getResource(resource) == null) {
            tried += "the jar: it has no $platform/$fileName, so it was not built for this system"
            return null
        }
        return folders().firstNotNullOfOrNull { (name, folder) -> copied(name, folder, resource, version) }
    }

    /** Temporary folders may be mounted so that nothing in them can be executed: there is more than one to try. */
    private fun folders(): List<Pair<String, String>> = buildList {
        System.getProperty(FOLDER)?.let { add("the system property $FOLDER" to it) }
        System.getProperty("java.io.tmpdir")?.let { add("java.io.tmpdir" to it) }
        environment["XDG_CACHE_HOME"]?.takeIf { it.isNotEmpty() }?.let { add("XDG_CACHE_HOME" to it) }
        System.getProperty("user.home")?.let { add("the user's folder" to Path.of(it, ".cache").toString()) }
    }

    private fun copied(name: String, folder: String, resource: String, version: String): Path? {
        val own = try {
            privateFolder(Files.createDirectories(Path.of(folder)))
        } catch (error: Exception) {
            tried += "the jar, copied below $folder ($name): ${error.message ?: error}"
            return null
        }
        val file = own.resolve(fileName)
        try {
            val bytes = checkNotNull(Native::class.java.getResourceAsStream(resource)) { "the jar is closed" }
            bytes.use { Files.copy(it, file, StandardCopyOption.REPLACE_EXISTING) }
            return open("the jar, copied to $file ($name)", file, version)
        } catch (error: java.io.IOException) {
            tried += "the jar, copied to $file ($name): ${error.message ?: error}"
            return null
        } finally {
            remove(own, file)
        }
    }

    private fun privateFolder(parent: Path): Path {
        if ("posix" !in FileSystems.getDefault().supportedFileAttributeViews()) return Files.createTempDirectory(parent, "gentask-")
        val owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        return Files.createTempDirectory(parent, "gentask-", owner)
    }

    private fun remove(folder: Path, file: Path) {
        try {
            Files.deleteIfExists(file)
            Files.deleteIfExists(folder)
        } catch (_: java.io.IOException) {
            // Windows keeps a loaded file until the process ends.
            folder.toFile().deleteOnExit()
            file.toFile().deleteOnExit()
        }
    }

    /** Loads a file, and has the generated code take this one. */
    private fun open(where: String, file: Path, version: String): Path? {
        try {
            val library = NativeLibrary.getInstance(file.toString())
            val found = LibraryVersion.of(library)
            if (found != version) {
                tried += "$where: it is version $found (${LibraryVersion.profileOf(library)} build), and this jar needs $version"
                return null
            }
            System.setProperty(OVERRIDE, file.toString())
            uniffiEnsureInitialized()
            return file
        } catch (error: Throwable) {
            if (error is VirtualMachineError) throw error
            cause = cause ?: error
            tried += "$where: ${reason(error)}"
            return null
        }
    }

    /** JNA says first that it cannot, and on the lines after that what the system said. */
    private fun reason(error: Throwable): String {
        val first = generateSequence(error) { it.cause }.last()
        val lines = first.message.orEmpty().lines().map { it.trim() }.filter { it.isNotEmpty() }
        return lines.firstOrNull { !it.startsWith("Unable to load library") } ?: lines.firstOrNull() ?: first.toString()
    }

    internal companion object {
        const val PROPERTY = "gentask.library"
        const val VARIABLE = "GENTASK_LIBRARY"
        const val FOLDER = "gentask.tmpdir"

        /** What the generated code asks for the library's place. */
        private const val OVERRIDE = "uniffi.component.gentask.libraryOverride"

        val fileName: String = System.mapLibraryName("gentask_uniffi")

        /** The library's folder in the jar: JNA's name for the system, and for musl one more, which JNA does not tell from glibc. */
        val platform: String by lazy {
            if (Platform.isLinux() && isMusl()) Platform.RESOURCE_PREFIX.replaceFirst("linux-", "linux-musl-") else Platform.RESOURCE_PREFIX
        }

        private fun isMusl(): Boolean = try {
            Files.readAllLines(Path.of("/proc/self/maps")).any { "/ld-musl-" in it }
        } catch (_: Exception) {
            false
        }
    }
}
