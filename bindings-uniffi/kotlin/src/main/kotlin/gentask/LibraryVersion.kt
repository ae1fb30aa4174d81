// The version of a library that is loaded, asked before anything else is: another version may have other functions.

package gentask

import com.sun.jna.NativeLibrary
import gentask.ffi.RustBuffer
import gentask.ffi.UniffiRustCallStatus

internal object LibraryVersion {
    fun of(library: NativeLibrary): String {
        val status = UniffiRustCallStatus()
        val version = library.getFunction("uniffi_gentask_uniffi_fn_func_version")
        val buffer = version.invoke(RustBuffer.ByValue::class.java, arrayOf<Any>(status)) as RustBuffer.ByValue
        try {
            return buffer.data?.getByteArray(0, buffer.len.toInt())?.decodeToString().orEmpty()
        } finally {
            library.getFunction("ffi_gentask_uniffi_rustbuffer_free").invoke(Void.TYPE, arrayOf(buffer, UniffiRustCallStatus()))
        }
    }
}
