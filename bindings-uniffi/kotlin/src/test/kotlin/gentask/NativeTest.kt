package gentask

import com.sun.jna.NativeLibrary
import gentask.support.Program
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.util.Properties

/** Where the native library is found, and what is said where it is not. */
internal class NativeTest {
    private val providers = "aivideomaker, apidot, apixo"

    private fun load(vararg options: String, version: String? = null, environment: Map<String, String> = emptyMap()) =
        Program("Load", listOfNotNull(version), options.toList(), environment).end()

    /** A library in a folder: the one of the classes that are tested. */
    private fun library(folder: Path): Path {
        val resource = checkNotNull(javaClass.getResourceAsStream("/${NativeSearch.platform}/${NativeSearch.fileName}"))
        return folder.resolve(NativeSearch.fileName).also { Files.copy(resource, it) }
    }

    /** How the library was built, as its folder in the jar says. */
    private fun profile(): String {
        val resource = checkNotNull(javaClass.getResourceAsStream("/${NativeSearch.platform}/build.properties"))
        return resource.use { Properties().apply { load(it) } }.getProperty("profile")
    }

    @Test
    fun `the jar says how its library was built, and so does the library`(@TempDir folder: Path) {
        assertEquals(LibraryVersion.profileOf(NativeLibrary.getInstance("${library(folder)}")), profile())
        assertTrue(profile() in setOf("dev", "release"))
    }

    @Test
    fun `from the jar, by way of a folder that is gone afterwards`(@TempDir folder: Path) {
        val (said, code) = load("-Djava.io.tmpdir=$folder")
        assertEquals(0, code, said)
        assertTrue(said.startsWith("$folder/gentask-") && said.endsWith(providers), said)
        assertEquals(emptyList<Path>(), Files.list(folder).filter { it.fileName.toString().startsWith("gentask-") }.toList())
    }

    @Test
    fun `from the property and from the environment, the property first`(@TempDir folder: Path) {
        val file = library(folder)
        assertEquals("$file\n$providers" to 0, load("-Dgentask.library=$file"))
        assertEquals("$file\n$providers" to 0, load("-Dgentask.library=$folder"))
        assertEquals("$file\n$providers" to 0, load(environment = mapOf("GENTASK_LIBRARY" to "$folder")))
        assertEquals("$file\n$providers" to 0, load("-Dgentask.library=$file", environment = mapOf("GENTASK_LIBRARY" to "/nowhere")))
        assertTrue(Files.exists(file))
    }

    @Test
    fun `what was chosen by hand and cannot be loaded is an error that says so`(@TempDir folder: Path) {
        val text = Files.writeString(folder.resolve("text.so"), "no library")
        for ((options, environment, words) in listOf(
            Triple(arrayOf("-Dgentask.library=/nowhere"), emptyMap(), "the system property gentask.library: there is no file /nowhere"),
            Triple(arrayOf("-Dgentask.library=$text"), emptyMap(), "the system property gentask.library: $text: "),
            Triple(emptyArray<String>(), mapOf("GENTASK_LIBRARY" to "$text"), "the environment variable GENTASK_LIBRARY: $text: "),
        )) {
            val (said, code) = load(*options, environment = environment)
            assertEquals(3, code, said)
            assertTrue(words in said, said)
            assertTrue("the jar" !in said, said)
        }
    }

    @Test
    fun `a folder that will not do is passed over, and all that was tried is listed`(@TempDir folder: Path) {
        val file = Files.writeString(folder.resolve("a file"), "in the way")
        val cache = Files.createDirectory(folder.resolve("cache"))
        val (said, code) = load("-Djava.io.tmpdir=$file", environment = mapOf("XDG_CACHE_HOME" to "$cache"))
        assertEquals(0, code, said)
        assertTrue(said.startsWith("$cache/gentask-"), said)
        val everywhere = arrayOf("-Djava.io.tmpdir=$file", "-Duser.home=$file", "-Dgentask.tmpdir=$file")
        val (none, failed) = load(*everywhere, environment = mapOf("XDG_CACHE_HOME" to "$file"))
        assertEquals(3, failed, none)
        val places = listOf("the system property gentask.tmpdir", "java.io.tmpdir", "XDG_CACHE_HOME", "the user's folder")
        assertEquals(places, places.filter { it in none }, none)
    }

    @Test
    fun `another version and another system are refused before anything is called`() {
        val (said, code) = load(version = "9.9.9")
        assertEquals(3, code, said)
        assertTrue("it is version ${Native.version} (${profile()} build), and this jar needs 9.9.9" in said, said)
        val (other, failed) = load("-Djna.prefix=linux-riscv64")
        assertEquals(3, failed, other)
        assertTrue("it has no linux-riscv64/${NativeSearch.fileName}" in other, other)
    }
}
