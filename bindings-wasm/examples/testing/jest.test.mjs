// The same with Jest, which runs modules with `node --experimental-vm-modules node_modules/jest/bin/jest.js`.

import { expect, test } from "@jest/globals";
import { Sandbox } from "gentask/testing";
import { deliver } from "./shop.mjs";

test("an order that comes twice is paid once", async () => {
    const sandbox = new Sandbox();
    const client = sandbox.client("apixo");
    const order = { id: "order-42", wish: "a sunset" };
    expect(await deliver(client, order)).toBe(await deliver(client, order));
    expect(sandbox.submits("apixo")).toBe(1);
});
