package gentask.support

import gentask.CallbackStore
import gentask.Change
import gentask.Delivery
import gentask.DeliveryFilter
import gentask.Lookup
import gentask.NoticeFilter
import gentask.StoreFilter
import gentask.TaskRecord
import gentask.payloadOf
import java.time.Instant

/** A whole store in maps: what a user would write over a database. */
internal class MapStore : CallbackStore {
    private val records = LinkedHashMap<String, String>()
    private val blobs = HashMap<Pair<String, String>, ByteArray>()
    private val metas = HashMap<String, String>()
    private val deliveries = HashMap<List<String>, Delivery>()
    private val notices = LinkedHashMap<String, Instant?>()
    @Volatile var failing: Throwable? = null
    @Volatile var failAfterSubmit = false
    var fenced = 0
    var events = 0

    private val texts = mutableListOf<String>()

    private fun records() = records.values.map(TaskRecord::fromJson)

    /** All records, as maps. */
    @Synchronized
    fun all(): List<Map<String, Any?>> = records.values.map(::payloadOf)

    /** The intent of the record that was made last. */
    @Synchronized
    fun newest(): String = records.keys.last()

    /** All that was ever written. */
    @Synchronized
    fun written(): List<String> = texts.toList()

    @Synchronized
    override fun load(intentId: String): String? = records[intentId].also { failing?.let { throw it } }

    @Synchronized
    override fun find(by: Lookup): List<String> {
        failing?.let { throw it }
        return records().filter {
            when (by) {
                is Lookup.TaskId -> it.provider == by.provider && it.taskId == by.taskId
                is Lookup.CallerKey -> listOf(it.provider, it.account, it.owner, it.key) == listOf(by.provider, by.account, by.owner, by.key)
            }
        }.map { it.json }
    }

    @Synchronized
    override fun save(change: Change): Boolean {
        failing?.let { throw it }
        val record = change.record
        if (failAfterSubmit && record.taskId != null) throw IllegalStateException("the database is gone")
        val stands = records[record.intentId]?.let { TaskRecord.fromJson(it).version } ?: 0
        if (stands != change.expectedVersion) return false
        val named = { it: TaskRecord -> listOf(it.provider, it.account, it.owner, it.key) }
        if (record.key != null && records().any { it.intentId != record.intentId && named(it) == named(record) }) return false
        val delivery = change.delivery
        if (delivery != null && deliveries[name(delivery)]?.let { it.outcome != gentask.DeliveryOutcome.ORPHAN } == true) return false
        records[record.intentId] = record.json
        texts += record.json
        for ((name, bytes) in change.blobs) if (bytes == null) blobs.remove(record.intentId to name) else blobs[record.intentId to name] = bytes
        if (delivery != null) deliveries[name(delivery)] = delivery
        if (change.notice) notices.putIfAbsent(record.intentId, null)
        if (change.fence) fenced += 1
        return true
    }

    private fun name(delivery: Delivery) = listOf(delivery.provider, delivery.account, delivery.dedupe)

    @Synchronized
    override fun list(filter: StoreFilter): List<String> = filter.apply(records.values)

    @Synchronized
    override fun blob(intentId: String, name: String): ByteArray? = blobs[intentId to name]

    @Synchronized
    override fun meta(name: String): String? = metas[name]

    @Synchronized
    override fun setMeta(name: String, value: String, onlyIfAbsent: Boolean): String {
        if (onlyIfAbsent) metas.putIfAbsent(name, value) else metas[name] = value
        return metas.getValue(name)
    }

    @Synchronized
    override fun appendEvents(intentId: String, events: List<String>) {
        this.events += events.size
    }

    @Synchronized
    override fun delete(intentIds: List<String>): Long {
        val gone = intentIds.filter { records[it]?.let(TaskRecord::fromJson)?.isTerminal == true }
        records.keys.removeAll(gone.toSet())
        notices.keys.removeAll(gone.toSet())
        return gone.size.toLong()
    }

    @Synchronized
    override fun remember(delivery: Delivery): Boolean = deliveries.putIfAbsent(name(delivery), delivery) == null

    @Synchronized
    override fun deliveries(filter: DeliveryFilter): List<String> = filter.apply(deliveries.values.map { it.json })

    @Synchronized
    override fun notices(filter: NoticeFilter): List<String> = notices.filterValues { it == null }.keys.mapNotNull { records[it] }
        .filter { json ->
            val record = TaskRecord.fromJson(json)
            (filter.provider ?: record.provider) == record.provider && (filter.account ?: record.account) == record.account
        }
        .take(filter.limit?.toInt() ?: Int.MAX_VALUE)

    @Synchronized
    override fun acknowledge(intentId: String, at: Instant): Boolean {
        if (intentId !in notices || notices[intentId] != null) return false
        notices[intentId] = at
        return true
    }
}
