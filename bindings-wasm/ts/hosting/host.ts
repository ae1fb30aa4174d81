// A host of the core's calls around a client's own store, clock and connections. It performs effects in their order and decides nothing.

import { type Answer, type Call, Client as Calls, type Effect } from "gentask/sansio";
import { milliseconds } from "../arguments.js";
import { secretsOf } from "../calling.js";
import type { Client } from "../client.js";
import { mistake } from "../core.js";
import type { Engine } from "../engine.js";
import { entropy, hex } from "../entropy.js";
import { holderName } from "../process.js";
import { Performance } from "./perform.js";

/** A call was left. */
const LEFT = Symbol("left");

/** One for each client, so that its calls share what they learn. */
const HOSTS = new WeakMap<Engine, Host>();

export class Host {
    readonly engine: Engine;
    readonly calls: Calls;
    /** Who holds what its workers claim. */
    readonly holder = holderName(hex(entropy(4)));

    private constructor(engine: Engine) {
        const { account, base, calling: { areKept, options, secrets }, contract, maxReadRetries, poll, requestTimeoutMs, timeoutMs } = engine;
        this.engine = engine;
        const signing = secretsOf(options.signingSecrets, "signingSecrets", contract.about.environment.webhookSecret);
        const toleranceMs = milliseconds(options.callbackTolerance, "callbackTolerance");
        this.calls = new Calls(contract, {
            account,
            base,
            holder: this.holder,
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

    /** The host of a client whose callbacks are received: its store must keep them. */
    static receiving(client: Client): Host {
        const host = Host.of(client);
        if (host.engine.calling.areKept) return host;
        throw mistake(
            "UNSUPPORTED",
            "this client's task store keeps no callbacks: use one that has remember, deliveries, notices and acknowledge",
        );
    }

    /** The host of a client. */
    static of(client: Client): Host {
        const engine = (client as Client | undefined)?.engine;
        if (engine === undefined) throw mistake("UNSUPPORTED", "this is for a Client of this package");
        const known = HOSTS.get(engine);
        if (known) return known;
        const host = new Host(engine);
        HOSTS.set(engine, host);
        // A callback may be faster than the answer to its own submit.
        if (engine.calling.areKept) {
            engine.accepted = (intentId) => void host.run(host.calls.claimOrphans(intentId, host.now())).catch(() => undefined);
        }
        return host;
    }

    now(): number {
        return this.engine.clock.now();
    }

    /** Runs a call to its end, whoever waits for it. */
    run<T>(call: Call<T>): Promise<T> {
        return this.engine.keep(this.#run(call));
    }

    /** The same for a call that is left at the signal, where it may be: what it brings then is `undefined`. */
    async leavable<T>(call: Call<T>, signal: AbortSignal): Promise<T | undefined> {
        try {
            return await this.engine.keep(this.#run(call, signal));
        } catch (error) {
            if (error === LEFT) return undefined;
            throw error;
        }
    }

    async #run<T>(call: Call<T>, signal?: AbortSignal): Promise<T> {
        const performance = new Performance(this.engine);
        try {
            let answer: (Answer & { readonly number: number }) | undefined;
            for (;;) {
                const next = call.next(this.now(), answer);
                if ("done" in next) return next.done;
                if ("failed" in next) throw next.failed;
                const { effect, number }: { effect: Effect; number: number } = next;
                // What must not be left is not cut short either.
                const leave = call.mayBeLeft ? signal : undefined;
                if (leave?.aborted) throw LEFT;
                try {
                    answer = { number, ...(await performance.of(effect, leave)) };
                } catch (error) {
                    throw leave?.aborted ? LEFT : error;
                }
                // A sleep that was cut short is not over: its time has not come.
                if (effect.kind === "sleep" && leave?.aborted) throw LEFT;
            }
        } finally {
            performance.end();
            call.free();
        }
    }
}

/** The members that are set. */
function given<T extends object>(of: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
    return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as never;
}
