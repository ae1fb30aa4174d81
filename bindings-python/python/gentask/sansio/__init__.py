"""The decisions of gentask without its input and output: for drivers of your own.

A workflow engine that replays its code, an event loop of its own, a test in virtual time: each drives a `Machine` by itself. The machine is
told what happened and what time it is, and says what to do next. Inputs and outputs are dictionaries in the wire form that all languages
share, times are Unix milliseconds, and the same inputs give the same outputs to the byte.

The loop:

1. `Machine.prepare(...)` a generation, or `Machine.resume(...)` a stored record.
2. Sleep until `machine.poll_timeout()`, then `machine.step({"kind": "timeout"}, now, pacer)`.
3. Perform the outputs in order: `save` (with compare-and-set; durably, where `fence` is set, before anything else), `event`, `transmit`
   (send it, then step `response` or `undelivered` with the request's id), `yield` (this wait has ended), `finished` (the task has).
4. Go on at 2.

Where the generation has a key, look for its record before the first step: `machine.key_use(record, ...)` says whether that task is the
caller's (`same`: resume it), whether another job has the key (`conflict`), whether a pause is not over (`wait`), or whether an attempt
came to nothing (`free`: save the record that it gives, which lets go of the key, with compare-and-set; then step). `advice(...)` is
the table behind the suggestions of every failure.

If an output cannot be performed, drop the rest and the machine: the record has everything. On a conflict: load, resume, and step the same
input again. The credential never enters a machine: a request says `auth: true`, and whoever sends it adds the key, to the base URL's own
origin only.
"""

from gentask._native import (
    Contract,
    Machine,
    Pacer,
    Reply,
    TaskRecord,
    account_request,
    advice,
    backoff,
    next_poll,
    outcome,
    read_account,
    split_mix_64,
)

__all__ = [
    "Contract",
    "Machine",
    "Pacer",
    "Reply",
    "TaskRecord",
    "account_request",
    "advice",
    "backoff",
    "next_poll",
    "outcome",
    "read_account",
    "split_mix_64",
]
