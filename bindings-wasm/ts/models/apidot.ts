// The inputs of APIDot's models, by `gentask types` from revision 1 of its contract. Make it anew instead of editing it.

/** An https URL, or a data URI of base64. */
export type Media = string;

/** The input of `flux-kontext`, of which no field is known. */
export type FluxKontextInput = object;

/** The input of `generate-music`. */
export interface GenerateMusicInput {
    audio_weight?: number | undefined;
    custom_mode?: boolean | undefined;
    instrumental?: boolean | undefined;
    mv?: string | undefined;
    negative_tags?: string | undefined;
    prompt?: string | undefined;
    style?: string | undefined;
    style_weight?: number | undefined;
    title?: string | undefined;
    vocal_gender?: "f" | "m" | undefined;
    weirdness_constraint?: number | undefined;
}

/** The input of `gpt-image-2`. */
export interface GptImage2Input {
    prompt: string;
    quality?: "low" | "medium" | "high" | undefined;
    resolution?: "1K" | "2K" | "4K" | undefined;
    size?: "auto" | "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" | "9:16" | "16:9" | "21:9" | (string & {}) | undefined;
}

/** The input of `gpt-image-2-edit`. */
export interface GptImage2EditInput {
    image_urls: readonly Media[];
    prompt: string;
    quality?: "low" | "medium" | "high" | undefined;
    resolution?: "1K" | "2K" | "4K" | undefined;
    size?: "auto" | "1:1" | "2:3" | "3:2" | "3:4" | "4:3" | "4:5" | "5:4" | "9:16" | "16:9" | "21:9" | (string & {}) | undefined;
}

/** The input of `grok-imagine`, of which no field is known. */
export type GrokImagineInput = object;

/** The input of `hailuo-02`, of which no field is known. */
export type Hailuo02Input = object;

/** The input of `hailuo-02-pro`, of which no field is known. */
export type Hailuo02ProInput = object;

/** The input of `hailuo-2.3`, of which no field is known. */
export type Hailuo23Input = object;

/** The input of `happy-horse`, of which no field is known. */
export type HappyHorseInput = object;

/** The input of `kling-2.1/pro`, of which no field is known. */
export type Kling21ProInput = object;

/** The input of `kling-2.1/standard`, of which no field is known. */
export type Kling21StandardInput = object;

/** The input of `kling-2.6`, of which no field is known. */
export type Kling26Input = object;

/** The input of `kling-2.6-motion-control`, of which no field is known. */
export type Kling26MotionControlInput = object;

/** The input of `kling-3.0-motion-control`, of which no field is known. */
export type Kling30MotionControlInput = object;

/** The input of `kling-3.0/4K`. */
export interface Kling304kInput {
    image_urls?: readonly Media[] | undefined;
    multi_prompt?: readonly unknown[] | undefined;
    multi_shots?: boolean | undefined;
    prompt?: string | undefined;
}

/** The input of `kling-3.0/pro`. */
export interface Kling30ProInput {
    image_urls?: readonly Media[] | undefined;
    multi_prompt?: readonly unknown[] | undefined;
    multi_shots?: boolean | undefined;
    prompt?: string | undefined;
}

/** The input of `kling-3.0/standard`. */
export interface Kling30StandardInput {
    image_urls?: readonly Media[] | undefined;
    multi_prompt?: readonly unknown[] | undefined;
    multi_shots?: boolean | undefined;
    prompt?: string | undefined;
}

/** The input of `kling-o3/4K`, of which no field is known. */
export type KlingO34kInput = object;

/** The input of `kling-o3/pro`, of which no field is known. */
export type KlingO3ProInput = object;

/** The input of `kling-o3/standard`, of which no field is known. */
export type KlingO3StandardInput = object;

/** The input of `meshy-6-image-to-3d`. */
export interface Meshy6ImageTo3dInput {
    image_urls: readonly Media[];
    enable_pbr?: boolean | undefined;
    enable_safety_checker?: boolean | undefined;
    mode?: string | undefined;
    prompt?: string | undefined;
    should_remesh?: boolean | undefined;
    symmetry_mode?: string | undefined;
    target_polycount?: number | undefined;
    topology?: string | undefined;
}

/** The input of `meshy-6-multi-image-to-3d`. */
export interface Meshy6MultiImageTo3dInput {
    image_urls: readonly Media[];
    enable_pbr?: boolean | undefined;
    enable_safety_checker?: boolean | undefined;
    mode?: string | undefined;
    prompt?: string | undefined;
    should_remesh?: boolean | undefined;
    symmetry_mode?: string | undefined;
    target_polycount?: number | undefined;
    topology?: string | undefined;
}

/** The input of `meshy-6-text-to-3d`. */
export interface Meshy6TextTo3dInput {
    prompt: string;
    enable_pbr?: boolean | undefined;
    enable_safety_checker?: boolean | undefined;
    image_urls?: readonly Media[] | undefined;
    mode?: string | undefined;
    should_remesh?: boolean | undefined;
    symmetry_mode?: string | undefined;
    target_polycount?: number | undefined;
    topology?: string | undefined;
}

/** The input of `minimax-music-2.6`. */
export interface MinimaxMusic26Input {
    prompt: string;
    audio_setting?: {
        bitrate?: 32000 | 64000 | 128000 | 256000 | undefined;
        format?: "mp3" | "wav" | "pcm" | undefined;
        sample_rate?: 16000 | 24000 | 32000 | 44100 | undefined;
    } | undefined;
    is_instrumental?: boolean | undefined;
    lyrics?: string | undefined;
    lyrics_optimizer?: boolean | undefined;
}

/** The input of `nano-banana-2`, of which no field is known. */
export type NanoBanana2Input = object;

/** The input of `nano-banana-2-edit`, of which no field is known. */
export type NanoBanana2EditInput = object;

/** The input of `nano-banana-pro`, of which no field is known. */
export type NanoBananaProInput = object;

/** The input of `nano-banana-pro-edit`, of which no field is known. */
export type NanoBananaProEditInput = object;

/** The input of `runway-gen-4.5`, of which no field is known. */
export type RunwayGen45Input = object;

/** The input of `seedance-1.0-pro`, of which no field is known. */
export type Seedance10ProInput = object;

/** The input of `seedance-1.5-pro`, of which no field is known. */
export type Seedance15ProInput = object;

/** The input of `seedance-2`. */
export interface Seedance2Input {
    resolution: "480p" | "720p" | "1080p";
    duration: number;
    prompt: string;
    aspect_ratio?: "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16" | undefined;
    generate_audio?: boolean | undefined;
    image_urls?: readonly Media[] | undefined;
    reference_audio_urls?: readonly Media[] | undefined;
    reference_image_urls?: readonly Media[] | undefined;
    reference_video_urls?: readonly Media[] | undefined;
}

/** The input of `seedance-2-fast`. */
export interface Seedance2FastInput {
    resolution: "480p" | "720p";
    duration: number;
    prompt: string;
    aspect_ratio?: "21:9" | "16:9" | "4:3" | "1:1" | "3:4" | "9:16" | undefined;
    generate_audio?: boolean | undefined;
    image_urls?: readonly Media[] | undefined;
    reference_audio_urls?: readonly Media[] | undefined;
    reference_image_urls?: readonly Media[] | undefined;
    reference_video_urls?: readonly Media[] | undefined;
}

/** The input of `seedream-4.5`, of which no field is known. */
export type Seedream45Input = object;

/** The input of `seedream-4.5-edit`, of which no field is known. */
export type Seedream45EditInput = object;

/** The input of `seedream-5.0-lite`, of which no field is known. */
export type Seedream50LiteInput = object;

/** The input of `sora-2-official`, of which no field is known. */
export type Sora2OfficialInput = object;

/** The input of `sora-2-pro-official`, of which no field is known. */
export type Sora2ProOfficialInput = object;

/** The input of `veo3.1-fast`. */
export interface Veo31FastInput {
    prompt: string;
    generate_type?: "frame" | "reference" | undefined;
    aspect_ratio?: "16:9" | "9:16" | undefined;
    duration?: 8 | undefined;
    image_urls?: readonly Media[] | undefined;
    resolution?: "720p" | "1080p" | "4k" | undefined;
}

/** The input of `veo3.1-fast-official`, of which no field is known. */
export type Veo31FastOfficialInput = object;

/** The input of `veo3.1-lite`. */
export interface Veo31LiteInput {
    prompt: string;
    aspect_ratio?: "16:9" | "9:16" | undefined;
    duration?: 8 | undefined;
    image_urls?: readonly Media[] | undefined;
    resolution?: "720p" | "1080p" | "4k" | undefined;
}

/** The input of `veo3.1-lite-official`, of which no field is known. */
export type Veo31LiteOfficialInput = object;

/** The input of `veo3.1-quality`. */
export interface Veo31QualityInput {
    prompt: string;
    generate_type?: "frame" | undefined;
    aspect_ratio?: "16:9" | "9:16" | undefined;
    duration?: 8 | undefined;
    image_urls?: readonly Media[] | undefined;
    resolution?: "720p" | "1080p" | "4k" | undefined;
}

/** The input of `veo3.1-quality-official`, of which no field is known. */
export type Veo31QualityOfficialInput = object;

/** The input of `wan-2.7-image`, of which no field is known. */
export type Wan27ImageInput = object;

/** The input of `wan-2.7-image-pro`, of which no field is known. */
export type Wan27ImageProInput = object;

/** The input of `wan2.6-image-to-video`, of which no field is known. */
export type Wan26ImageToVideoInput = object;

/** The input of `wan2.6-text-to-video`, of which no field is known. */
export type Wan26TextToVideoInput = object;

/** The input of `wan2.6-video-to-video`, of which no field is known. */
export type Wan26VideoToVideoInput = object;

/** The input of `z-image`, of which no field is known. */
export type ZImageInput = object;

/** The inputs by the ids of their models. */
export interface Inputs {
    "flux-kontext": FluxKontextInput;
    "generate-music": GenerateMusicInput;
    "gpt-image-2": GptImage2Input;
    "gpt-image-2-edit": GptImage2EditInput;
    "grok-imagine": GrokImagineInput;
    "hailuo-02": Hailuo02Input;
    "hailuo-02-pro": Hailuo02ProInput;
    "hailuo-2.3": Hailuo23Input;
    "happy-horse": HappyHorseInput;
    "kling-2.1/pro": Kling21ProInput;
    "kling-2.1/standard": Kling21StandardInput;
    "kling-2.6": Kling26Input;
    "kling-2.6-motion-control": Kling26MotionControlInput;
    "kling-3.0-motion-control": Kling30MotionControlInput;
    "kling-3.0/4K": Kling304kInput;
    "kling-3.0/pro": Kling30ProInput;
    "kling-3.0/standard": Kling30StandardInput;
    "kling-o3/4K": KlingO34kInput;
    "kling-o3/pro": KlingO3ProInput;
    "kling-o3/standard": KlingO3StandardInput;
    "meshy-6-image-to-3d": Meshy6ImageTo3dInput;
    "meshy-6-multi-image-to-3d": Meshy6MultiImageTo3dInput;
    "meshy-6-text-to-3d": Meshy6TextTo3dInput;
    "minimax-music-2.6": MinimaxMusic26Input;
    "nano-banana-2": NanoBanana2Input;
    "nano-banana-2-edit": NanoBanana2EditInput;
    "nano-banana-pro": NanoBananaProInput;
    "nano-banana-pro-edit": NanoBananaProEditInput;
    "runway-gen-4.5": RunwayGen45Input;
    "seedance-1.0-pro": Seedance10ProInput;
    "seedance-1.5-pro": Seedance15ProInput;
    "seedance-2": Seedance2Input;
    "seedance-2-fast": Seedance2FastInput;
    "seedream-4.5": Seedream45Input;
    "seedream-4.5-edit": Seedream45EditInput;
    "seedream-5.0-lite": Seedream50LiteInput;
    "sora-2-official": Sora2OfficialInput;
    "sora-2-pro-official": Sora2ProOfficialInput;
    "veo3.1-fast": Veo31FastInput;
    "veo3.1-fast-official": Veo31FastOfficialInput;
    "veo3.1-lite": Veo31LiteInput;
    "veo3.1-lite-official": Veo31LiteOfficialInput;
    "veo3.1-quality": Veo31QualityInput;
    "veo3.1-quality-official": Veo31QualityOfficialInput;
    "wan-2.7-image": Wan27ImageInput;
    "wan-2.7-image-pro": Wan27ImageProInput;
    "wan2.6-image-to-video": Wan26ImageToVideoInput;
    "wan2.6-text-to-video": Wan26TextToVideoInput;
    "wan2.6-video-to-video": Wan26VideoToVideoInput;
    "z-image": ZImageInput;
}

/** Whether models that are not among these pass through, unchecked. */
export type IsOpen = true;
