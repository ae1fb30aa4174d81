"""Runs orders of the example host, each in a process of its own that may be killed at one of its effects.

Each line of the input is an order: `KEY AT WHEN`, where AT counts effects from 1 (0: none is fatal) and WHEN is `before` or `after` the
effect is performed. Each line of the output is what became of it. No sleep takes time: the host's clock jumps.
"""

from __future__ import annotations

import json
import os
import sys

import gentask

from ..support.clock import JumpingClock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gentask.sansio import answers, effects

sys.path.insert(0, sys.argv[3])
import host  # noqa: E402 (its folder is an argument)

BASE_URL, STORE = sys.argv[1:3]
KILLED = 9


class Mortal(host.Host):
    """A host whose process ends at one effect."""

    def __init__(self, at: int, when: str, note: int) -> None:
        super().__init__(STORE, base_url=BASE_URL)
        self.at, self.when, self.note, self.count = at, when, note, 0

    def perform(self, effect: effects.Effect) -> answers.Answer:
        self.count += 1
        fatal = self.when if self.count == self.at else None
        if fatal is not None:
            phase = getattr(getattr(effect, "record", None), "phase", getattr(effect, "operation", ""))
            os.write(self.note, f"{type(effect).__name__} {phase}".strip().encode())
        if fatal == "before":
            os._exit(KILLED)
        answer = super().perform(effect)
        if fatal == "after":
            os._exit(KILLED)
        return answer


def live(key: str, at: int, when: str, note: int) -> None:
    """Order, and write down what came of it."""
    mortal = Mortal(at, when, note)
    try:
        reply = host.order(mortal, key, "a sunset")
    except gentask.GentaskError as error:
        reply = error.reply
    call = mortal.client.unresolved(host.now())
    unresolved = [record.key for record in mortal.run(call)]
    os.write(note, json.dumps({"reply": reply.to_dict(), "unresolved": key in unresolved}).encode())


def main() -> None:
    vars(host)["time"] = JumpingClock()
    for line in sys.stdin:
        key, at, when = line.split()
        reads, note = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                live(key, int(at), when, note)
                code = 0
            finally:
                os._exit(code)
        os.close(note)
        with os.fdopen(reads, encoding="utf-8") as told:
            text = told.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"code": code, "told": text}), flush=True)


main()
