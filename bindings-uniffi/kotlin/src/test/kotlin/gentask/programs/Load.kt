// A program that loads the native library and says where from, or why not: [VERSION].

package gentask.programs

import gentask.Contract
import gentask.Native
import gentask.NativeLibraryException
import gentask.NativeSearch
import kotlin.system.exitProcess

internal object Load {
    @JvmStatic
    fun main(arguments: Array<String>) {
        try {
            println(if (arguments.isEmpty()) Native.load() else NativeSearch(System.getenv()).find(arguments[0]))
            println(Contract.builtIn.joinToString())
        } catch (error: NativeLibraryException) {
            println(error.message)
            exitProcess(3)
        }
    }
}
