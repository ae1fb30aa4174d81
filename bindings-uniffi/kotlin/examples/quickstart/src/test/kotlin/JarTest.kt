import gentask.Client
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.ByteBuffer
import java.nio.ByteOrder
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
    fun `its layout is the classes, the native libraries in JNA's folders with how they were built, and the version`() {
        val library = Regex("(linux|linux-musl|darwin|win32)-[a-z0-9-]+/((lib)?gentask_uniffi\\.(so|dylib|dll)|build\\.properties)")
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
        assertEquals(2, groups.getValue("native").size, "one system's library, and none of an earlier build: ${groups["native"]}")
        assertTrue(groups.getValue("about").any { it.endsWith(".kotlin_module") }, "${groups["about"]}")
    }

    @Test
    fun `it has the licences of what is in it`() {
        val text = JarFile(path.toFile()).use { jar ->
            listOf("LICENSE-MIT", "LICENSE-APACHE").forEach { assertTrue(jar.getEntry("META-INF/$it").size > 500, it) }
            jar.getInputStream(jar.getEntry("META-INF/THIRD-PARTY.txt")).readAllBytes().decodeToString()
        }
        for (crate in listOf("reqwest", "ring", "rustls", "tokio", "uniffi")) assertTrue(Regex("(?m)^$crate \\d\\S*: \\S").containsMatchIn(text), crate)
        assertTrue("Permission is hereby granted, free of charge" in text)
        assertTrue("gentask-core" !in text)
    }

    @Test
    fun `its native libraries are stripped`() {
        JarFile(path.toFile()).use { jar ->
            for (entry in jar.entries().toList().filter { it.name.endsWith(".so") }) {
                val sections = sections(jar.getInputStream(jar.getEntry(entry.name)).readAllBytes())
                assertTrue(".dynsym" in sections, "$sections")
                assertEquals(emptyList<String>(), sections.filter { it.startsWith(".debug") || it == ".symtab" }, entry.name)
            }
        }
    }

    /** The names of the sections of an ELF file of 64 bits. */
    private fun sections(elf: ByteArray): List<String> {
        val file = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN)
        val (table, size) = file.getLong(0x28).toInt() to file.getShort(0x3A).toInt()
        fun offset(section: Int) = file.getLong(table + section * size + 0x18).toInt()
        val names = offset(file.getShort(0x3E).toInt())
        return (0 until file.getShort(0x3C)).map { section ->
            val start = names + file.getInt(table + section * size)
            String(elf, start, (start until elf.size).first { elf[it] == 0.toByte() } - start, Charsets.US_ASCII)
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
