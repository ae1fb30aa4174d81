// The package's version, which a test compares with package.json.

export const VERSION = "0.1.0";

/** Tells providers about this program; nothing else does. */
export const USER_AGENT = `gentask/${VERSION}`;
