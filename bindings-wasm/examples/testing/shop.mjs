// What is tested beside this file: an order of a picture, of which this program may be told more than once.

/**
 * The address of an order's picture.
 *
 * @param {import("gentask").Client} client
 * @param {{ id: string, wish: string }} order
 */
export async function deliver(client, { id, wish }) {
    const task = await client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt: wish }, key: id });
    const { files } = await task.wait();
    return files[0]?.url;
}
