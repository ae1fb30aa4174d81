// Where the tests find what all languages share.

package gentask.support

import java.nio.file.Path

/** The folder of the workspace. */
internal val workspace: Path = Path.of(System.getProperty("gentask.workspace") ?: error("run the tests with Maven")).toRealPath()
