"""The inputs of APIDot's models, by `gentask types` from revision 1 of its contract. Make it anew instead of editing it."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, TypedDict, Union

Media = Any
"""An https URL, a data URI, or what gentask makes one of: a path, bytes."""


FluxKontextInput = Dict[str, Any]
"""The input of `flux-kontext`. No field is known."""


class GenerateMusicInput(TypedDict, total=False):
    """The input of `generate-music`."""

    audio_weight: float
    custom_mode: bool
    instrumental: bool
    mv: str
    negative_tags: str
    prompt: str
    style: str
    style_weight: float
    title: str
    vocal_gender: Literal["f", "m"]
    weirdness_constraint: float


class _GptImage2InputNeeds(TypedDict):
    """What `GptImage2Input` must have."""

    prompt: str


class GptImage2Input(_GptImage2InputNeeds, total=False):
    """The input of `gpt-image-2`."""

    quality: Literal["low", "medium", "high"]
    resolution: Literal["1K", "2K", "4K"]
    size: Union[Literal["auto", "1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"], str]


class _GptImage2EditInputNeeds(TypedDict):
    """What `GptImage2EditInput` must have."""

    image_urls: List[Media]
    prompt: str


class GptImage2EditInput(_GptImage2EditInputNeeds, total=False):
    """The input of `gpt-image-2-edit`."""

    quality: Literal["low", "medium", "high"]
    resolution: Literal["1K", "2K", "4K"]
    size: Union[Literal["auto", "1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"], str]


GrokImagineInput = Dict[str, Any]
"""The input of `grok-imagine`. No field is known."""


Hailuo02Input = Dict[str, Any]
"""The input of `hailuo-02`. No field is known."""


Hailuo02ProInput = Dict[str, Any]
"""The input of `hailuo-02-pro`. No field is known."""


Hailuo23Input = Dict[str, Any]
"""The input of `hailuo-2.3`. No field is known."""


HappyHorseInput = Dict[str, Any]
"""The input of `happy-horse`. No field is known."""


Kling21ProInput = Dict[str, Any]
"""The input of `kling-2.1/pro`. No field is known."""


Kling21StandardInput = Dict[str, Any]
"""The input of `kling-2.1/standard`. No field is known."""


Kling26Input = Dict[str, Any]
"""The input of `kling-2.6`. No field is known."""


Kling26MotionControlInput = Dict[str, Any]
"""The input of `kling-2.6-motion-control`. No field is known."""


Kling30MotionControlInput = Dict[str, Any]
"""The input of `kling-3.0-motion-control`. No field is known."""


class Kling304kInput(TypedDict, total=False):
    """The input of `kling-3.0/4K`."""

    image_urls: List[Media]
    multi_prompt: List[Any]
    multi_shots: bool
    prompt: str


class Kling30ProInput(TypedDict, total=False):
    """The input of `kling-3.0/pro`."""

    image_urls: List[Media]
    multi_prompt: List[Any]
    multi_shots: bool
    prompt: str


class Kling30StandardInput(TypedDict, total=False):
    """The input of `kling-3.0/standard`."""

    image_urls: List[Media]
    multi_prompt: List[Any]
    multi_shots: bool
    prompt: str


KlingO34kInput = Dict[str, Any]
"""The input of `kling-o3/4K`. No field is known."""


KlingO3ProInput = Dict[str, Any]
"""The input of `kling-o3/pro`. No field is known."""


KlingO3StandardInput = Dict[str, Any]
"""The input of `kling-o3/standard`. No field is known."""


class _Meshy6ImageTo3dInputNeeds(TypedDict):
    """What `Meshy6ImageTo3dInput` must have."""

    image_urls: List[Media]


class Meshy6ImageTo3dInput(_Meshy6ImageTo3dInputNeeds, total=False):
    """The input of `meshy-6-image-to-3d`."""

    enable_pbr: bool
    enable_safety_checker: bool
    mode: str
    prompt: str
    should_remesh: bool
    symmetry_mode: str
    target_polycount: int
    topology: str


class _Meshy6MultiImageTo3dInputNeeds(TypedDict):
    """What `Meshy6MultiImageTo3dInput` must have."""

    image_urls: List[Media]


class Meshy6MultiImageTo3dInput(_Meshy6MultiImageTo3dInputNeeds, total=False):
    """The input of `meshy-6-multi-image-to-3d`."""

    enable_pbr: bool
    enable_safety_checker: bool
    mode: str
    prompt: str
    should_remesh: bool
    symmetry_mode: str
    target_polycount: int
    topology: str


class _Meshy6TextTo3dInputNeeds(TypedDict):
    """What `Meshy6TextTo3dInput` must have."""

    prompt: str


class Meshy6TextTo3dInput(_Meshy6TextTo3dInputNeeds, total=False):
    """The input of `meshy-6-text-to-3d`."""

    enable_pbr: bool
    enable_safety_checker: bool
    image_urls: List[Media]
    mode: str
    should_remesh: bool
    symmetry_mode: str
    target_polycount: int
    topology: str


class MinimaxMusic26InputAudioSetting(TypedDict, total=False):
    """A part of `MinimaxMusic26InputAudioSetting`."""

    bitrate: Literal[32000, 64000, 128000, 256000]
    format: Literal["mp3", "wav", "pcm"]
    sample_rate: Literal[16000, 24000, 32000, 44100]


class _MinimaxMusic26InputNeeds(TypedDict):
    """What `MinimaxMusic26Input` must have."""

    prompt: str


class MinimaxMusic26Input(_MinimaxMusic26InputNeeds, total=False):
    """The input of `minimax-music-2.6`."""

    audio_setting: MinimaxMusic26InputAudioSetting
    is_instrumental: bool
    lyrics: str
    lyrics_optimizer: bool


NanoBanana2Input = Dict[str, Any]
"""The input of `nano-banana-2`. No field is known."""


NanoBanana2EditInput = Dict[str, Any]
"""The input of `nano-banana-2-edit`. No field is known."""


NanoBananaProInput = Dict[str, Any]
"""The input of `nano-banana-pro`. No field is known."""


NanoBananaProEditInput = Dict[str, Any]
"""The input of `nano-banana-pro-edit`. No field is known."""


RunwayGen45Input = Dict[str, Any]
"""The input of `runway-gen-4.5`. No field is known."""


Seedance10ProInput = Dict[str, Any]
"""The input of `seedance-1.0-pro`. No field is known."""


Seedance15ProInput = Dict[str, Any]
"""The input of `seedance-1.5-pro`. No field is known."""


class _Seedance2InputNeeds(TypedDict):
    """What `Seedance2Input` must have."""

    resolution: Literal["480p", "720p", "1080p"]
    duration: int
    prompt: str


class Seedance2Input(_Seedance2InputNeeds, total=False):
    """The input of `seedance-2`."""

    aspect_ratio: Literal["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"]
    generate_audio: bool
    image_urls: List[Media]
    reference_audio_urls: List[Media]
    reference_image_urls: List[Media]
    reference_video_urls: List[Media]


class _Seedance2FastInputNeeds(TypedDict):
    """What `Seedance2FastInput` must have."""

    resolution: Literal["480p", "720p"]
    duration: int
    prompt: str


class Seedance2FastInput(_Seedance2FastInputNeeds, total=False):
    """The input of `seedance-2-fast`."""

    aspect_ratio: Literal["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"]
    generate_audio: bool
    image_urls: List[Media]
    reference_audio_urls: List[Media]
    reference_image_urls: List[Media]
    reference_video_urls: List[Media]


Seedream45Input = Dict[str, Any]
"""The input of `seedream-4.5`. No field is known."""


Seedream45EditInput = Dict[str, Any]
"""The input of `seedream-4.5-edit`. No field is known."""


Seedream50LiteInput = Dict[str, Any]
"""The input of `seedream-5.0-lite`. No field is known."""


Sora2OfficialInput = Dict[str, Any]
"""The input of `sora-2-official`. No field is known."""


Sora2ProOfficialInput = Dict[str, Any]
"""The input of `sora-2-pro-official`. No field is known."""


class _Veo31FastInputNeeds(TypedDict):
    """What `Veo31FastInput` must have."""

    prompt: str


class Veo31FastInput(_Veo31FastInputNeeds, total=False):
    """The input of `veo3.1-fast`."""

    generate_type: Literal["frame", "reference"]
    aspect_ratio: Literal["16:9", "9:16"]
    duration: Literal[8]
    image_urls: List[Media]
    resolution: Literal["720p", "1080p", "4k"]


Veo31FastOfficialInput = Dict[str, Any]
"""The input of `veo3.1-fast-official`. No field is known."""


class _Veo31LiteInputNeeds(TypedDict):
    """What `Veo31LiteInput` must have."""

    prompt: str


class Veo31LiteInput(_Veo31LiteInputNeeds, total=False):
    """The input of `veo3.1-lite`."""

    aspect_ratio: Literal["16:9", "9:16"]
    duration: Literal[8]
    image_urls: List[Media]
    resolution: Literal["720p", "1080p", "4k"]


Veo31LiteOfficialInput = Dict[str, Any]
"""The input of `veo3.1-lite-official`. No field is known."""


class _Veo31QualityInputNeeds(TypedDict):
    """What `Veo31QualityInput` must have."""

    prompt: str


class Veo31QualityInput(_Veo31QualityInputNeeds, total=False):
    """The input of `veo3.1-quality`."""

    generate_type: Literal["frame"]
    aspect_ratio: Literal["16:9", "9:16"]
    duration: Literal[8]
    image_urls: List[Media]
    resolution: Literal["720p", "1080p", "4k"]


Veo31QualityOfficialInput = Dict[str, Any]
"""The input of `veo3.1-quality-official`. No field is known."""


Wan27ImageInput = Dict[str, Any]
"""The input of `wan-2.7-image`. No field is known."""


Wan27ImageProInput = Dict[str, Any]
"""The input of `wan-2.7-image-pro`. No field is known."""


Wan26ImageToVideoInput = Dict[str, Any]
"""The input of `wan2.6-image-to-video`. No field is known."""


Wan26TextToVideoInput = Dict[str, Any]
"""The input of `wan2.6-text-to-video`. No field is known."""


Wan26VideoToVideoInput = Dict[str, Any]
"""The input of `wan2.6-video-to-video`. No field is known."""


ZImageInput = Dict[str, Any]
"""The input of `z-image`. No field is known."""


ModelId = Literal[
    "flux-kontext",
    "generate-music",
    "gpt-image-2",
    "gpt-image-2-edit",
    "grok-imagine",
    "hailuo-02",
    "hailuo-02-pro",
    "hailuo-2.3",
    "happy-horse",
    "kling-2.1/pro",
    "kling-2.1/standard",
    "kling-2.6",
    "kling-2.6-motion-control",
    "kling-3.0-motion-control",
    "kling-3.0/4K",
    "kling-3.0/pro",
    "kling-3.0/standard",
    "kling-o3/4K",
    "kling-o3/pro",
    "kling-o3/standard",
    "meshy-6-image-to-3d",
    "meshy-6-multi-image-to-3d",
    "meshy-6-text-to-3d",
    "minimax-music-2.6",
    "nano-banana-2",
    "nano-banana-2-edit",
    "nano-banana-pro",
    "nano-banana-pro-edit",
    "runway-gen-4.5",
    "seedance-1.0-pro",
    "seedance-1.5-pro",
    "seedance-2",
    "seedance-2-fast",
    "seedream-4.5",
    "seedream-4.5-edit",
    "seedream-5.0-lite",
    "sora-2-official",
    "sora-2-pro-official",
    "veo3.1-fast",
    "veo3.1-fast-official",
    "veo3.1-lite",
    "veo3.1-lite-official",
    "veo3.1-quality",
    "veo3.1-quality-official",
    "wan-2.7-image",
    "wan-2.7-image-pro",
    "wan2.6-image-to-video",
    "wan2.6-text-to-video",
    "wan2.6-video-to-video",
    "z-image",
]
"""The ids of the models. Others pass through, unchecked."""

Payload = Union[
    FluxKontextInput,
    GenerateMusicInput,
    GptImage2Input,
    GptImage2EditInput,
    GrokImagineInput,
    Hailuo02Input,
    Hailuo02ProInput,
    Hailuo23Input,
    HappyHorseInput,
    Kling21ProInput,
    Kling21StandardInput,
    Kling26Input,
    Kling26MotionControlInput,
    Kling30MotionControlInput,
    Kling304kInput,
    Kling30ProInput,
    Kling30StandardInput,
    KlingO34kInput,
    KlingO3ProInput,
    KlingO3StandardInput,
    Meshy6ImageTo3dInput,
    Meshy6MultiImageTo3dInput,
    Meshy6TextTo3dInput,
    MinimaxMusic26Input,
    NanoBanana2Input,
    NanoBanana2EditInput,
    NanoBananaProInput,
    NanoBananaProEditInput,
    RunwayGen45Input,
    Seedance10ProInput,
    Seedance15ProInput,
    Seedance2Input,
    Seedance2FastInput,
    Seedream45Input,
    Seedream45EditInput,
    Seedream50LiteInput,
    Sora2OfficialInput,
    Sora2ProOfficialInput,
    Veo31FastInput,
    Veo31FastOfficialInput,
    Veo31LiteInput,
    Veo31LiteOfficialInput,
    Veo31QualityInput,
    Veo31QualityOfficialInput,
    Wan27ImageInput,
    Wan27ImageProInput,
    Wan26ImageToVideoInput,
    Wan26TextToVideoInput,
    Wan26VideoToVideoInput,
    ZImageInput,
]
"""The input of any of them."""


INPUTS: Dict[str, Any] = {
    "flux-kontext": FluxKontextInput,
    "generate-music": GenerateMusicInput,
    "gpt-image-2": GptImage2Input,
    "gpt-image-2-edit": GptImage2EditInput,
    "grok-imagine": GrokImagineInput,
    "hailuo-02": Hailuo02Input,
    "hailuo-02-pro": Hailuo02ProInput,
    "hailuo-2.3": Hailuo23Input,
    "happy-horse": HappyHorseInput,
    "kling-2.1/pro": Kling21ProInput,
    "kling-2.1/standard": Kling21StandardInput,
    "kling-2.6": Kling26Input,
    "kling-2.6-motion-control": Kling26MotionControlInput,
    "kling-3.0-motion-control": Kling30MotionControlInput,
    "kling-3.0/4K": Kling304kInput,
    "kling-3.0/pro": Kling30ProInput,
    "kling-3.0/standard": Kling30StandardInput,
    "kling-o3/4K": KlingO34kInput,
    "kling-o3/pro": KlingO3ProInput,
    "kling-o3/standard": KlingO3StandardInput,
    "meshy-6-image-to-3d": Meshy6ImageTo3dInput,
    "meshy-6-multi-image-to-3d": Meshy6MultiImageTo3dInput,
    "meshy-6-text-to-3d": Meshy6TextTo3dInput,
    "minimax-music-2.6": MinimaxMusic26Input,
    "nano-banana-2": NanoBanana2Input,
    "nano-banana-2-edit": NanoBanana2EditInput,
    "nano-banana-pro": NanoBananaProInput,
    "nano-banana-pro-edit": NanoBananaProEditInput,
    "runway-gen-4.5": RunwayGen45Input,
    "seedance-1.0-pro": Seedance10ProInput,
    "seedance-1.5-pro": Seedance15ProInput,
    "seedance-2": Seedance2Input,
    "seedance-2-fast": Seedance2FastInput,
    "seedream-4.5": Seedream45Input,
    "seedream-4.5-edit": Seedream45EditInput,
    "seedream-5.0-lite": Seedream50LiteInput,
    "sora-2-official": Sora2OfficialInput,
    "sora-2-pro-official": Sora2ProOfficialInput,
    "veo3.1-fast": Veo31FastInput,
    "veo3.1-fast-official": Veo31FastOfficialInput,
    "veo3.1-lite": Veo31LiteInput,
    "veo3.1-lite-official": Veo31LiteOfficialInput,
    "veo3.1-quality": Veo31QualityInput,
    "veo3.1-quality-official": Veo31QualityOfficialInput,
    "wan-2.7-image": Wan27ImageInput,
    "wan-2.7-image-pro": Wan27ImageProInput,
    "wan2.6-image-to-video": Wan26ImageToVideoInput,
    "wan2.6-text-to-video": Wan26TextToVideoInput,
    "wan2.6-video-to-video": Wan26VideoToVideoInput,
    "z-image": ZImageInput,
}
"""The inputs by the ids of their models."""
