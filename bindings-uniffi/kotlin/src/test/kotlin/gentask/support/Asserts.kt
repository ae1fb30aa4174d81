package gentask.support

/** JUnit's own cannot call suspending functions. */
internal inline fun <reified T : Throwable> assertThrows(call: () -> Unit): T {
    try {
        call()
    } catch (error: Throwable) {
        if (error is T) return error
        throw AssertionError("expected ${T::class.simpleName}, and caught $error", error)
    }
    throw AssertionError("expected ${T::class.simpleName}, and nothing was thrown")
}
