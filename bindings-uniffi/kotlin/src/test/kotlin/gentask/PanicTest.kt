package gentask

import gentask.ffi.ClientOptions
import gentask.ffi.InternalException
import gentask.ffi.Place
import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.bounded
import gentask.support.job
import gentask.support.sandboxed
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.lang.reflect.Proxy
import gentask.ffi.Client as NativeClient
import gentask.ffi.Store as NativeStore

private const val WORDS = "an internal error of gentask ended this call"

/** A panic of the native library is an exception like any other. */
internal class PanicTest {
    /** A store whose `keepsCallbacks` throws, which only the generated code allows: the native library can do nothing but panic. */
    private fun impossible(): NativeStore =
        Proxy.newProxyInstance(NativeStore::class.java.classLoader, arrayOf(NativeStore::class.java)) { _, _, _ -> error("a prompt") } as NativeStore

    private fun panic(): NativeClient = NativeClient.open(options(Contract.of("apixo"), Place.Own(impossible())))

    private fun options(contract: Contract, store: Place) = ClientOptions(
        contract = contract.native, key = null, account = null, baseUrl = null, store = store, timeoutMs = null, pollInitialMs = null, pollFactor = null,
        pollCapMs = null, pollByContract = false, requestTimeoutMs = null, maxReadRetries = null, transport = null, listener = null, caCerts = emptyList(), maxInFlight = null,
        callbackSecrets = emptyList(), callbackSigning = emptyList(), callbackToleranceMs = null, callbackHosts = emptyList(), clock = null,
    )

    @Test
    fun `a call that panics throws one of gentask's own exceptions`() = bounded {
        assertThrows<InternalException> { panic() }
        val plain = assertThrows<GentaskException.UnknownError> { native { panic() } }
        val waited = assertThrows<GentaskException.UnknownError> { waiting(null) { panic() } }
        for (error in listOf(plain, waited)) {
            assertTrue(WORDS in error.message!! && "a prompt" !in error.stackTraceToString(), error.stackTraceToString())
            assertEquals(Status.UNKNOWN to null, error.reply.status to error.intentId)
            assertTrue(error.suggestions.none { "submit again" in it }, "${error.suggestions}")
        }
    }

    @Test
    fun `a submit that panics is named and in doubt`() = sandboxed { _, client ->
        val order = order(MODEL, job(), "order-42", null, null, null)
        val error = assertThrows<GentaskException.SubmitUnknown> {
            waiting(client) { token ->
                client.native.submit(token, order, null)
                // A submit that has its name already, and whose call panics.
                panic()
            }
        }
        assertEquals(client.find("order-42")!!.intentId, error.intentId)
        assertEquals(Billing.POSSIBLE, error.billing)
        assertTrue("do not submit again" in error.suggestions.first(), "${error.suggestions}")
        assertTrue(WORDS in error.message!!)
    }
}
