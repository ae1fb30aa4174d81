// The inputs of AIVideoMaker's models, by `gentask types` from revision 1 of its contract. Make it anew instead of editing it.

/** An https URL, or a data URI of base64. */
export type Media = string;

/** The input of `i2v`. */
export interface I2vInput {
    duration: "5" | "8";
    image: Media;
    filterMode?: "strict" | "custom" | undefined;
    prompt?: string | null | undefined;
}

/** The input of `i2v_v3`. */
export interface I2vV3Input {
    duration: "5" | "10" | "15" | "20";
    image: Media;
    prompt?: string | null | undefined;
}

/** The input of `lv`. */
export interface LvInput {
    image: Media;
    prompt: readonly string[];
    filterMode?: "strict" | "custom" | undefined;
}

/** The input of `t2v`. */
export interface T2vInput {
    aspectRatio: "16:9" | "9:16" | "1:1";
    duration: "5" | "8";
    prompt: string;
    filterMode?: "strict" | "custom" | undefined;
}

/** The input of `t2v_v3`. */
export interface T2vV3Input {
    aspectRatio: "16:9" | "9:16" | "1:1";
    duration: "5" | "10" | "15" | "20";
    prompt: string;
}

/** The inputs by the ids of their models. */
export interface Inputs {
    "i2v": I2vInput;
    "i2v_v3": I2vV3Input;
    "lv": LvInput;
    "t2v": T2vInput;
    "t2v_v3": T2vV3Input;
}

/** Whether models that are not among these pass through, unchecked. */
export type IsOpen = false;
