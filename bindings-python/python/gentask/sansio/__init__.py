"""gentask without its input and output: for workflow engines, event loops of your own, other stores, and tests in virtual time.

Times are Unix milliseconds, and the same inputs give the same outputs to the byte. There are two layers.

**`Client` and `Call`** are the whole client: submits under a key, waits, cancels, listings. A host owns sockets, timers, a database, the
key and threads; it holds no rule and no retry. All of it is one loop:

>>> def run(call):
...     answer = None
...     while True:
...         match call.next(answer, now=now()):
...             case Done() as end:
...                 return end.result()
...             case Do(number, effect):
...                 answer = number, perform(effect)

`effects` has what a call may ask for, `answers` what may be answered. The page on hosts (`docs/hosts.md`) says what each effect must
guarantee, and shows a whole host in one file.

**`Machine`** is one task alone, without keys, listings and shared pauses. Inputs and outputs are dictionaries in the wire form that all
languages share. The loop:

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
    holder_name,
    judge,
    next_poll,
    outcome,
    read_account,
    split_mix_64,
    verify_ed25519,
)
from gentask.learned import LearnedModel
from gentask.sansio import answers, effects
from gentask.sansio.calls import Accepted, Call, Client, Do, Done, Receipt, Unfinished
from gentask.sansio.work import Notice, Turn, Work

__all__ = [
    "Accepted",
    "Call",
    "Client",
    "Contract",
    "Do",
    "Done",
    "LearnedModel",
    "Machine",
    "Notice",
    "Pacer",
    "Receipt",
    "Reply",
    "TaskRecord",
    "Turn",
    "Unfinished",
    "Work",
    "account_request",
    "advice",
    "answers",
    "backoff",
    "effects",
    "holder_name",
    "judge",
    "next_poll",
    "outcome",
    "read_account",
    "split_mix_64",
    "verify_ed25519",
]
