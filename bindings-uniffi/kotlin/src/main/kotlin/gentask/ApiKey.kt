// Where the API key comes from.

package gentask

import gentask.ffi.Key
import gentask.ffi.KeySource
import gentask.ffi.NoKey

/**
 * The API key, asked for anew for every request that needs it, so that a rotated key is used at once.
 *
 * `ApiKey("...")` is a fixed one, `ApiKey.variable("MY_KEY")` an environment variable's, and `ApiKey { vault.read("apixo") }` asks a function,
 * on a thread that may block. Without any, the key comes from the contract's environment variable, such as `APIXO_API_KEY`.
 */
public fun interface ApiKey {
    /** Returns the key. What it throws is `AUTH_FAILED` to whoever waits; nothing was sent then. */
    public fun key(): String

    /** Other places for a key. */
    public companion object {
        /** The key of an environment variable. */
        public fun variable(name: String): ApiKey = VariableKey(text(name, "name"))
    }
}

/** A fixed key. It never appears in a record, a log or a message. */
public fun ApiKey(value: String): ApiKey = FixedKey(text(value, "apiKey"))

private class FixedKey(val value: String) : ApiKey {
    override fun key() = value

    override fun toString() = "ApiKey(***)"
}

private class VariableKey(val name: String) : ApiKey {
    override fun key(): String = System.getenv(name) ?: throw IllegalStateException("$name is not set")

    override fun toString() = "ApiKey.variable($name)"
}

internal fun ApiKey.native(): Key = when (this) {
    is FixedKey -> Key.Value(value)
    is VariableKey -> Key.Variable(name)
    else -> Key.Asked(AskedKey(this))
}

/** A key function of the user's, as the native library asks it. Whatever it throws is answered. */
private class AskedKey(private val source: ApiKey) : KeySource {
    override fun key(): String = try {
        text(source.key(), "the key")
    } catch (error: Throwable) {
        log("the API key's function threw ${error.javaClass.name}")
        // Its words may hold the key.
        throw NoKey.Because("the key function threw ${error.javaClass.name}")
    }
}
