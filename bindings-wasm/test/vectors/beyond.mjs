// What JavaScript's numbers cannot hold stays what it is on every way that is made of texts.

import { canonicalRecord, Machine, Pacer, Reply, replyOf } from "gentask/sansio";
import { mustBeSame } from "./compare.mjs";
import { Scene } from "./scene.mjs";

/** 2^53 + 1, of which JavaScript makes 2^53; and more digits than a double has. */
const NUMBERS = ["9007199254740993", "-9007199254740993", "18446744073709551615"];

/** Throws where a number comes out changed. */
export function numbersBeyondJavaScript(shelf) {
    for (const number of NUMBERS) {
        if (String(Number(number)) === number) throw new Error(`${number} is a number of JavaScript's`);
        const more = (name) => `{"aa":${number},${canonicalOf(shelf, name).slice(1)}`;

        mustBeSame("a record that is written back", more("waiting"), canonicalRecord(more("waiting")));

        const machine = Machine.resume(shelf.contract("apixo"), more("unresolved"));
        mustBeSame("a record that a machine holds", more("unresolved"), machine.recordJson());
        const [save] = machine.step({ kind: "discard" }, machine.pollTimeout(), new Pacer());
        mustBeSame("what is saved", "save", save.kind);
        mustBeSame("a record that is saved, as text", machine.recordJson(), save.json);
        mustBeSame("its number", `{"aa":${number},`, save.json.slice(0, number.length + 7));

        const claim = shelf.cases("keys").find((each) => each.name === "refused with RATE_LIMITED");
        const { json } = Scene.prepared(shelf.contract(claim.contract), claim.generation, claim)
            .machine.keyUse(`{"aa":${number},${claim.stored.slice(1)}`, { ...claim.generation, ...claim.options, held: claim.held, now: claim.now });
        mustBeSame("the number of a record that lets go of its key", `{"aa":${number},`, json.slice(0, number.length + 7));

        const raw = `{"aa":${number}}`;
        const reply = replyOf(canonicalOf(shelf, "succeeded"), new TextEncoder().encode(raw));
        if (!reply.toJson().includes(`"raw":${raw}`)) throw new Error(`the reply has no ${raw}: ${reply.toJson()}`);
        mustBeSame("a reply, read from its text", reply.toJson(), Reply.fromJson(reply.toJson()).toJson());
    }
}

function canonicalOf(shelf, name) {
    return shelf.cases("records").find((each) => each.name === name).expect.canonical;
}
