// A provider as data.

package gentask

import gentask.ffi.Order
import gentask.ffi.builtInProviders
import java.nio.file.Path
import gentask.ffi.Contract as NativeContract

/** A provider, as its contract file describes it: what a [Client] is made of. */
public class Contract internal constructor(internal val native: NativeContract) {
    /** The provider's name in records, such as `apixo`. */
    public val id: String get() = native.id()

    /** Counts the contract's changes. */
    public val revision: Long get() = native.revision().toLong()

    /** The provider's name for a person. */
    public val title: String get() = native.title()

    /** Where the provider documents its API. */
    public val docs: String? get() = native.docs()

    /** The provider's own base URL. */
    public val baseUrl: String get() = native.baseUrl()

    /** The environment variable that holds the API key, where the contract names one. */
    public val keyVariable: String? get() = native.keyVariable()

    /** The listed models and the kind of each: `image`, `video`, `audio`, `model` (3D) or `unknown`. */
    public val models: Map<String, String> get() = native.models().toSortedMap()

    /** Whether models beyond the listed ones are passed through unguessed. */
    public val isOpen: Boolean get() = native.isOpen()

    /** Whether a task of this provider can be cancelled. */
    public val canCancel: Boolean get() = native.canCancel()

    /** The contract as canonical JSON. */
    public val json: String get() = native.json()

    /**
     * Checks a generation without a network, an API key or a store.
     *
     * Throws [GentaskException.InvalidModel] or [GentaskException.InvalidPayload] with everything that is wrong.
     */
    public fun validate(
        model: String,
        input: Map<String, Any?>,
        key: String? = null,
        owner: String? = null,
        callbackUrl: String? = null,
        options: Map<String, Any?>? = null,
    ): Unit = native { native.validate(order(model, input, key, owner, callbackUrl, options, this)) }

    /** The same for a payload that is JSON text. */
    public fun validate(
        model: String,
        json: String,
        key: String? = null,
        owner: String? = null,
        callbackUrl: String? = null,
        options: Map<String, Any?>? = null,
    ): Unit = native { native.validate(order(model, emptyMap(), key, owner, callbackUrl, options).copy(input = text(json, "json"))) }

    /** Decodes every sample of the contract and returns how many there are. Throws where one does not mean what it says. */
    public fun checkSamples(): Int = native { native.checkSamples() }.toInt()

    override fun toString(): String = "Contract($id)"

    public companion object {
        /** The names of the providers that come with the package. */
        public val builtIn: List<String> by lazy { native { builtInProviders() } }

        /** Returns the contract of a built-in provider's name, or of a file: what has a slash in it or ends with `.json` is a file. */
        public fun of(provider: String): Contract = native { Contract(NativeContract.find(text(provider, "provider"))) }

        /** Reads a contract file. Throws [GentaskException.InvalidContract] with every fault. */
        public fun file(path: Path): Contract = native { Contract(NativeContract.file(text(path.toString(), "path"))) }

        /** Reads a contract's JSON. Throws [GentaskException.InvalidContract] with every fault. */
        public fun load(json: String): Contract = native { Contract(NativeContract.load(text(json, "json").encodeToByteArray())) }
    }
}

/** What a caller says about one submit, as it crosses. Media of it are for [provider]; without one, they are values that JSON has not. */
internal fun order(
    model: String,
    input: Map<String, Any?>,
    key: String?,
    owner: String?,
    callbackUrl: String?,
    options: Map<String, Any?>?,
    provider: Contract? = null,
): Order {
    val order = Order(
        text(model, "model"),
        Json.write(input, "the payload of $model", provider = provider),
        someText(key, "key"),
        someText(owner, "owner"),
        someText(callbackUrl, "callbackUrl"),
        options?.let { Json.write(it, "the options", "/options") },
    )
    provider?.native?.nearMiss(order.model)?.let { log(it) }
    return order
}
