// `gentask/callbacks`: callbacks of providers, received for the clients of a program. It loads the core's calls, as `gentask/sansio` does.

export { acknowledge, deliveries, type Notice, notices, settleNotices } from "./notices.js";
export { type Receipt, type ReceiveContext, Receiver, type ReceiverOptions } from "./receiver.js";
export { signTestCallback, type TestCallback } from "./testing.js";
export type { Arrival, Received } from "gentask/sansio";
export type { NodeRequest, NodeResponse } from "./http.js";
export type { DeliveryFilter, DeliveryOutcome, StoredDelivery } from "../store.js";
