// The inputs of APIXO's models, by `gentask types` from revision 1 of its contract. Make it anew instead of editing it.

/** An https URL, or a data URI of base64. */
export type Media = string;

/** The input of `flux-kontext`. */
export interface FluxKontextInput {
    aspect_ratio?: string | undefined;
    image_urls?: readonly Media[] | undefined;
    mode?: string | undefined;
    negative_prompt?: string | undefined;
    output_format?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
}

/** The input of `flux2`. */
export interface Flux2Input {
    mode: "pro-text-to-image" | "pro-image-to-image" | "flex-text-to-image" | "flex-image-to-image";
    aspect_ratio?: string | undefined;
    image_urls?: readonly Media[] | undefined;
    negative_prompt?: string | undefined;
    output_format?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
}

/** The input of `gpt-image-1`. */
export interface GptImage1Input {
    mode: "gpt-image-1";
    prompt: string;
    aspect_ratio?: "1:1" | "2:3" | "3:2" | undefined;
    image_urls?: readonly Media[] | undefined;
    num_images?: 1 | 2 | 4 | undefined;
}

/** The input of `gpt-image-2`. */
export interface GptImage2Input {
    prompt: string;
    aspect_ratio?: "auto" | "1:1" | "4:3" | "3:4" | "16:9" | "9:16" | undefined;
    image_urls?: readonly Media[] | undefined;
    resolution?: "1k" | "2k" | "4k" | undefined;
}

/** The input of `grok-image`. */
export interface GrokImageInput {
    aspect_ratio?: string | undefined;
    image_urls?: readonly Media[] | undefined;
    mode?: string | undefined;
    negative_prompt?: string | undefined;
    output_format?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
}

/** The input of `kling-2-1`. */
export interface Kling21Input {
    mode: "standard-image-to-video" | "pro-image-to-video" | "master-text-to-video" | "master-image-to-video";
    aspect_ratio?: string | undefined;
    duration?: number | undefined;
    image_urls?: readonly Media[] | undefined;
    negative_prompt?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
    sound?: boolean | undefined;
}

/** The input of `ltx-2-19b`. */
export interface Ltx219bInput {
    aspect_ratio?: string | undefined;
    duration?: number | undefined;
    image_urls?: readonly Media[] | undefined;
    mode?: string | undefined;
    negative_prompt?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
    sound?: boolean | undefined;
}

/** The input of `midjourney`. */
export interface MidjourneyInput {
    aspect_ratio?: string | undefined;
    image_urls?: readonly Media[] | undefined;
    mode?: string | undefined;
    negative_prompt?: string | undefined;
    output_format?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
}

/** The input of `nano-banana`. */
export interface NanoBananaInput {
    mode: "text-to-image" | "image-to-image";
    prompt: string;
    aspect_ratio?: "1:1" | "4:3" | "3:4" | "3:2" | "2:3" | "4:5" | "5:4" | "9:16" | "16:9" | "21:9" | "auto" | undefined;
    image_urls?: readonly Media[] | undefined;
    negative_prompt?: string | undefined;
    output_format?: "png" | "jpeg" | undefined;
}

/** The input of `nano-banana-2`. */
export interface NanoBanana2Input {
    prompt: string;
    image_urls?: readonly Media[] | undefined;
    aspect_ratio?: string | undefined;
    mode?: string | undefined;
    negative_prompt?: string | undefined;
    output_format?: string | undefined;
    resolution?: string | undefined;
}

/** The input of `nano-banana-pro`. */
export interface NanoBananaProInput {
    aspect_ratio?: string | undefined;
    image_urls?: readonly Media[] | undefined;
    mode?: string | undefined;
    negative_prompt?: string | undefined;
    output_format?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
}

/** The input of `seedance-2-0`. */
export interface Seedance20Input {
    mode: "text-to-video" | "first_and_last_frames" | "omni_reference";
    resolution?: "480p" | "720p" | "1080p" | undefined;
    aspect_ratio?: "auto" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16" | "21:9" | undefined;
    duration?: number | undefined;
    image_urls?: readonly Media[] | undefined;
    prompt?: string | undefined;
    sound?: boolean | undefined;
    web_search?: boolean | undefined;
}

/** The input of `seedance-2-0-fast`. */
export interface Seedance20FastInput {
    mode: "text-to-video" | "first_and_last_frames" | "omni_reference";
    resolution?: "480p" | "720p" | undefined;
    aspect_ratio?: "auto" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16" | "21:9" | undefined;
    duration?: number | undefined;
    image_urls?: readonly Media[] | undefined;
    prompt?: string | undefined;
    sound?: boolean | undefined;
    web_search?: boolean | undefined;
}

/** The input of `seedance-2-0-mini`. */
export interface Seedance20MiniInput {
    mode: "text-to-video" | "first_and_last_frames" | "omni_reference";
    resolution?: "480p" | "720p" | undefined;
    aspect_ratio?: "auto" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16" | "21:9" | undefined;
    duration?: number | undefined;
    image_urls?: readonly Media[] | undefined;
    prompt?: string | undefined;
    sound?: boolean | undefined;
    web_search?: boolean | undefined;
}

/** The input of `seedream-4-0`. */
export interface Seedream40Input {
    aspect_ratio?: string | undefined;
    image_urls?: readonly Media[] | undefined;
    mode?: string | undefined;
    negative_prompt?: string | undefined;
    output_format?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
}

/** The input of `sora-2`. */
export interface Sora2Input {
    aspect_ratio?: string | undefined;
    duration?: number | undefined;
    image_urls?: readonly Media[] | undefined;
    mode?: string | undefined;
    negative_prompt?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
    sound?: boolean | undefined;
}

/** The input of `suno`. */
export interface SunoInput {
    customMode?: boolean | undefined;
    instrumental?: boolean | undefined;
    mode?: string | undefined;
    prompt?: string | undefined;
    style?: string | undefined;
    title?: string | undefined;
}

/** The input of `veo-3-1`. */
export interface Veo31Input {
    generationType?: string | undefined;
    image_urls?: readonly Media[] | undefined;
    aspect_ratio?: string | undefined;
    duration?: number | undefined;
    mode?: string | undefined;
    negative_prompt?: string | undefined;
    prompt?: string | undefined;
    resolution?: string | undefined;
    sound?: boolean | undefined;
}

/** The inputs by the ids of their models. */
export interface Inputs {
    "flux-kontext": FluxKontextInput;
    "flux2": Flux2Input;
    "gpt-image-1": GptImage1Input;
    "gpt-image-2": GptImage2Input;
    "grok-image": GrokImageInput;
    "kling-2-1": Kling21Input;
    "ltx-2-19b": Ltx219bInput;
    "midjourney": MidjourneyInput;
    "nano-banana": NanoBananaInput;
    "nano-banana-2": NanoBanana2Input;
    "nano-banana-pro": NanoBananaProInput;
    "seedance-2-0": Seedance20Input;
    "seedance-2-0-fast": Seedance20FastInput;
    "seedance-2-0-mini": Seedance20MiniInput;
    "seedream-4-0": Seedream40Input;
    "sora-2": Sora2Input;
    "suno": SunoInput;
    "veo-3-1": Veo31Input;
}

/** Whether models that are not among these pass through, unchecked. */
export type IsOpen = true;
