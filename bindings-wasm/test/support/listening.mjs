// For programs that are run with `--import`.

/** Makes a program of any free port tell which one it is. */
export const LISTENING = `data:text/javascript,${
    encodeURIComponent(`
        import { Server } from "node:http";
        const { listen } = Server.prototype;
        Server.prototype.listen = function (...given) {
            return listen.apply(this, given).once("listening", () => console.log("port " + this.address().port));
        };
    `)
}`;
