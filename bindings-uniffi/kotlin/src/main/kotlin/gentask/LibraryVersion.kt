// The version of a library that is loaded, and how it was built, asked before anything else is: another version may have other functions.

package gentask

import com.sun.jna.NativeLibrary
import gentask.ffi.RustBuffer
import gentask.ffi.UniffiRustCallStatus

internal object LibraryVersion {
    fun of(library: NativeLibrary): String = text(library, "version")

    /** `release` as it is shipped, `dev` for tests; an older library does not say. */
    fun profileOf(library: NativeLibrary): String = try {
        text(library, "profile")
    } catch (_: UnsatisfiedLinkError) {
        "unknown"
    }

    private fun text(library: NativeLibrary, name: String): String {
        val function = library.getFunction("uniffi_gentask_uniffi_fn_func_$name")
        val buffer = function.invoke(RustBuffer.ByValue::class.java, arrayOf<Any>(UniffiRustCallStatus())) as RustBuffer.ByValue
        try {
            return buffer.data?.getByteArray(0, buffer.len.toInt())?.decodeToString().orEmpty()
        } finally {
            library.getFunction("ffi_gentask_uniffi_rustbuffer_free").invoke(Void.TYPE, arrayOf(buffer, UniffiRustCallStatus()))
        }
    }
}
