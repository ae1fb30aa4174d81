import gentask.Client
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.util.jar.JarFile
import java.util.zip.ZipEntry

private const val MOST_BYTES = 10_000_000L

/** The jar as a project gets it from a Maven repository. */
class JarTest {
    private val path: Path = Path.of(Client::class.java.protectionDomain.codeSource.location.toURI())

    private fun entries(): List<ZipEntry> = JarFile(path.toFile()).use { it.entries().toList() }.filter { !it.isDirectory }

    @Test
    fun `it is one jar of less than 10 MB`() {
        assertTrue(path.toString().endsWith(".jar"), "$path")
        val size = Files.size(path)
        println("jar: ${size / 1000} KB")
        assertTrue(size < MOST_BYTES, "$size bytes")
    }

    @Test
    fun `its layout is the classes, the native libraries in JNA's folders, and the version`() {
        val library = Regex("(linux|linux-musl|darwin|win32)-[a-z0-9-]+/(lib)?gentask_uniffi\\.(so|dylib|dll)")
        val groups = entries().map { it.name }.groupBy { name ->
            when {
                name.startsWith("META-INF/") -> "about"
                library.matches(name) -> "native"
                name == "gentask/version.properties" -> "version"
                name.startsWith("gentask/") && name.endsWith(".class") -> "class"
                else -> "other"
            }
        }
        assertEquals(emptyList<String>(), groups["other"].orEmpty())
        assertEquals(setOf("about", "native", "version", "class"), groups.keys)
        assertTrue(groups.getValue("native").isNotEmpty())
        assertTrue(groups.getValue("about").any { it.endsWith(".kotlin_module") }, "${groups["about"]}")
    }

    @Test
    fun `its native libraries are stripped`() {
        JarFile(path.toFile()).use { jar ->
            for (entry in jar.entries().toList().filter { it.name.endsWith(".so") }) {
                val text = String(jar.getInputStream(jar.getEntry(entry.name)).readAllBytes(), Charsets.ISO_8859_1)
                for (section in listOf(".debug_info", ".symtab")) assertTrue(section !in text, "${entry.name} has $section")
            }
        }
    }

    @Test
    fun `the quick start makes a picture`(@TempDir folder: Path) {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val process = ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), "QuickstartKt").directory(folder.toFile()).redirectErrorStream(true).start()
        val said = process.inputStream.readAllBytes().decodeToString()
        assertEquals(0, process.waitFor(), said)
        assertEquals(1, Files.list(folder.resolve("pictures")).toList().size, said)
        assertTrue("success" in said, said)
    }
}
