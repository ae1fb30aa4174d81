// What nobody is there to catch is logged, through the platform's own interface: any logging library can take it up.

package gentask

private val logger: System.Logger by lazy { System.getLogger("gentask") }

internal fun log(message: String, error: Throwable? = null, level: System.Logger.Level = System.Logger.Level.WARNING) {
    try {
        if (error == null) logger.log(level, message) else logger.log(level, message, error)
    } catch (_: Throwable) {
        // A logger that throws must not undo what was done.
    }
}
