// A store of the user's, as the native library asks it. Whatever it throws is answered: nothing else would, and the library would wait for ever.

package gentask

import gentask.ffi.StoreErrorKind
import gentask.ffi.Change as NativeChange
import gentask.ffi.Delivery as NativeDelivery
import gentask.ffi.DeliveryFilter as NativeDeliveryFilter
import gentask.ffi.Lookup as NativeLookup
import gentask.ffi.NoticeFilter as NativeNoticeFilter
import gentask.ffi.Store as NativeStore
import gentask.ffi.StoreFault as NativeFault
import gentask.ffi.StoreFilter as NativeFilter

internal class OwnStore(private val store: Store) : NativeStore {
    private val callbacks = store as? CallbackStore

    override fun load(intentId: String): String? = asked { store.load(intentId)?.let(::sendable) }

    override fun find(by: NativeLookup): List<String> = asked {
        val wanted = when (by) {
            is NativeLookup.TaskId -> Lookup.TaskId(by.provider, by.taskId)
            is NativeLookup.CallerKey -> Lookup.CallerKey(by.provider, by.account, by.owner, by.key)
        }
        store.find(wanted).map(::sendable)
    }

    override fun save(change: NativeChange): Boolean = asked {
        val blobs = change.blobs.associate { it.name to it.bytes }
        val delivery = change.delivery?.let(::Delivery)
        store.save(Change(TaskRecord(change.record), blobs, change.expectedVersion.toLong(), change.fence, delivery, change.notice))
    }

    override fun list(filter: NativeFilter): List<String> = asked { store.list(StoreFilter(filter)).map(::sendable) }

    override fun blob(intentId: String, name: String): ByteArray? = asked { store.blob(intentId, name) }

    override fun meta(name: String): String? = asked { store.meta(name)?.let(::sendable) }

    override fun setMeta(name: String, value: String, onlyIfAbsent: Boolean): String =
        asked { sendable(store.setMeta(name, value, onlyIfAbsent)) }

    override fun raiseMeta(name: String, value: ULong): ULong =
        asked { store.raiseMeta(name, value.coerceAtMost(Long.MAX_VALUE.toULong()).toLong()).coerceAtLeast(0).toULong() }

    override fun appendEvents(intentId: String, events: List<String>): Unit = asked { store.appendEvents(intentId, events) }

    override fun delete(intentIds: List<String>): ULong = asked { store.delete(intentIds).coerceAtLeast(0).toULong() }

    override fun keepsCallbacks(): Boolean = callbacks != null

    override fun remember(delivery: NativeDelivery): Boolean = asked { keeping().remember(Delivery(delivery)) }

    override fun deliveries(filter: NativeDeliveryFilter): List<String> =
        asked { keeping().deliveries(DeliveryFilter(filter)).map(::sendable) }

    override fun notices(filter: NativeNoticeFilter): List<String> = asked { keeping().notices(NoticeFilter(filter)).map(::sendable) }

    override fun acknowledge(intentId: String, atMs: ULong): Boolean = asked { keeping().acknowledge(intentId, instant(atMs)) }

    private fun keeping(): CallbackStore = callbacks ?: throw StoreFault(StoreFault.Kind.MISUSE, "this store keeps no callbacks")

    /** A text that crosses: one with half of a character is no record, and is told so. */
    private fun sendable(text: String): String = text(text, "what the store returned")

    private inline fun <T> asked(call: () -> T): T = try {
        call()
    } catch (fault: StoreFault) {
        throw NativeFault.Refused(StoreErrorKind.valueOf(fault.kind.name), whole(fault.message.orEmpty()))
    } catch (error: Throwable) {
        // Its text may hold what was to be stored: a callback secret, a prompt.
        log("the task store threw ${error.javaClass.name}")
        // Its words may hold anything, a prompt too; they are in the log that the application chose.
        throw NativeFault.Refused(StoreErrorKind.IO, "the task store threw ${error.javaClass.name}")
    }
}
