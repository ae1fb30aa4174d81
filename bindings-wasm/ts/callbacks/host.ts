// A host of the core's calls around a client's own store, clock and connections. It performs effects in their order and decides nothing.

import { type Answer, type Call, Client as Calls, type Effect } from "gentask/sansio";
import { milliseconds } from "../arguments.js";
import { secretsOf } from "../calling.js";
import type { Client } from "../client.js";
import { mistake } from "../core.js";
import type { Engine } from "../engine.js";
import { entropy, hex } from "../entropy.js";
import { holderName } from "../process.js";
import { perform } from "./perform.js";

/** One for each client, so that its calls share what they learn. */
const HOSTS = new WeakMap<Engine, Host>();

export class Host {
    readonly engine: Engine;
    readonly calls: Calls;

    private constructor(engine: Engine) {
        const { account, base, calling: { areKept, options, secrets }, contract, maxReadRetries, poll, requestTimeoutMs, timeoutMs } = engine;
        this.engine = engine;
        const signing = secretsOf(options.signingSecrets, "signingSecrets", contract.about.environment.webhookSecret);
        const toleranceMs = milliseconds(options.callbackTolerance, "callbackTolerance");
        this.calls = new Calls(contract, {
            account,
            base,
            holder: holderName(hex(entropy(4))),
            requestTimeoutMs,
            maxReadRetries,
            ...given({ poll: given(poll), timeoutMs }),
            listens: options.onEvent !== undefined,
            callbacks: {
                areKept,
                hosts: options.callbackHosts ?? [],
                secrets: { token: secrets, signing, ...given({ toleranceMs }) },
            },
        });
    }

    /** The host of a client. Its store must keep callbacks. */
    static of(client: Client): Host {
        const engine = (client as Client | undefined)?.engine;
        if (engine === undefined) throw mistake("UNSUPPORTED", "callbacks are received for a Client of this package");
        if (!engine.calling.areKept) {
            throw mistake(
                "UNSUPPORTED",
                "this client's task store keeps no callbacks: use one that has remember, deliveries, notices and acknowledge",
            );
        }
        const known = HOSTS.get(engine);
        if (known) return known;
        const host = new Host(engine);
        HOSTS.set(engine, host);
        // A callback may be faster than the answer to its own submit.
        engine.accepted = (intentId) => void host.run(host.calls.claimOrphans(intentId, host.now())).catch(() => undefined);
        return host;
    }

    now(): number {
        return this.engine.clock.now();
    }

    /** Runs a call to its end, whoever waits for it. */
    run<T>(call: Call<T>): Promise<T> {
        return this.engine.keep(this.#run(call));
    }

    async #run<T>(call: Call<T>): Promise<T> {
        try {
            let answer: (Answer & { readonly number: number }) | undefined;
            for (;;) {
                const next = call.next(this.now(), answer);
                if ("done" in next) return next.done;
                if ("failed" in next) throw next.failed;
                const { effect, number }: { effect: Effect; number: number } = next;
                answer = { number, ...(await perform(this.engine, effect)) };
            }
        } finally {
            call.free();
        }
    }
}

/** The members that are set. */
function given<T extends object>(of: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
    return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as never;
}
