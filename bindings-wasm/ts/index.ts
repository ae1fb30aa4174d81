/// <reference lib="esnext.disposable" preserve="true" />
// The public names of the package. The entries beside this file load the core first.

export { Client } from "./client.js";
export { Contract } from "./contract.js";
export * from "./errors.js";
export { Reply } from "./reply.js";
export { TaskHandle } from "./task.js";
export { StoreFault } from "./store.js";
export { memoryStore } from "./store/memory.js";
export { sqliteStore } from "./store/open.js";
export { durableObjectStore } from "./store/durable-object.js";
export { Undelivered } from "./http/transport.js";
export { VERSION } from "./version.js";

export type { Delivery, ResponseHead } from "./io.js";
export type { Answer, Outgoing, Transport } from "./http/transport.js";
export type { DurableObjectStorageLike } from "./store/durable-object.js";
export type { SqliteOptions, SqliteStore } from "./store/sqlite.js";
export type { ApiKey } from "./key.js";
export type { ModelId, ModelInput } from "./models.js";
export type * from "./options.js";
export type {
    Awaitable,
    Blob,
    Cursor,
    DeliveryFilter,
    DeliveryOutcome,
    Find,
    NoticeFilter,
    Save,
    StoredDelivery,
    StoreFaultKind,
    StoreFilter,
    StorePage,
    TaskStore,
} from "./store.js";
export type * from "./types.js";
