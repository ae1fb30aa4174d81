// What the built-in providers' models take, for checkers and editors alone: no program loads any of it. `cargo xtask models` writes the files of `models/`.

import type * as aivideomaker from "./models/aivideomaker.js";
import type * as apidot from "./models/apidot.js";
import type * as apixo from "./models/apixo.js";
import type { SubmitRequest } from "./options.js";
import type { Json } from "./types.js";

/** What may be said of models that are not listed. */
interface Others {
    readonly [model: string]: Json | object;
}

/** A provider whose models are listed. An editor offers them also where others pass through. */
interface Listed<Inputs, IsOpen> {
    readonly models: (keyof Inputs & string) | (IsOpen extends true ? string & Record<never, never> : never);
    readonly inputs: Inputs & Others;
}

interface Providers {
    readonly [provider: string]: { readonly models: string; readonly inputs: Others };
    readonly aivideomaker: Listed<aivideomaker.Inputs, aivideomaker.IsOpen>;
    readonly apidot: Listed<apidot.Inputs, apidot.IsOpen>;
    readonly apixo: Listed<apixo.Inputs, apixo.IsOpen>;
}

/** A provider's models, by its name: `ModelId<"apixo">`. Where its list is open, and of a provider that is not built in, any text is one. */
export type ModelId<P extends string = string> = Providers[P]["models"];

/** The input of a model, by the names of both: `ModelInput<"apixo", "nano-banana">`. Anything, where one of them is not listed. */
export type ModelInput<P extends string = string, M extends string = string> = Providers[P]["inputs"][M];

/** What is asked of a provider's model. Of a model that is only known as text, nobody can say before the program runs whether it is listed. */
export type RequestOf<P extends string, M extends string> = SubmitRequest<string extends M ? M : ModelId<P>, ModelInput<P, M>>;
