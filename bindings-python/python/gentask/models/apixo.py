"""The inputs of APIXO's models, by `gentask types` from revision 1 of its contract. Make it anew instead of editing it."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, TypedDict, Union

Media = Any
"""An https URL, a data URI, or what gentask makes one of: a path, bytes."""


class FluxKontextInput(TypedDict, total=False):
    """The input of `flux-kontext`."""

    aspect_ratio: str
    image_urls: List[Media]
    mode: str
    negative_prompt: str
    output_format: str
    prompt: str
    resolution: str


class _Flux2InputNeeds(TypedDict):
    """What `Flux2Input` must have."""

    mode: Literal["pro-text-to-image", "pro-image-to-image", "flex-text-to-image", "flex-image-to-image"]


class Flux2Input(_Flux2InputNeeds, total=False):
    """The input of `flux2`."""

    aspect_ratio: str
    image_urls: List[Media]
    negative_prompt: str
    output_format: str
    prompt: str
    resolution: str


class _GptImage1InputNeeds(TypedDict):
    """What `GptImage1Input` must have."""

    mode: Literal["gpt-image-1"]
    prompt: str


class GptImage1Input(_GptImage1InputNeeds, total=False):
    """The input of `gpt-image-1`."""

    aspect_ratio: Literal["1:1", "2:3", "3:2"]
    image_urls: List[Media]
    num_images: Literal[1, 2, 4]


class _GptImage2InputNeeds(TypedDict):
    """What `GptImage2Input` must have."""

    prompt: str


class GptImage2Input(_GptImage2InputNeeds, total=False):
    """The input of `gpt-image-2`."""

    aspect_ratio: Literal["auto", "1:1", "4:3", "3:4", "16:9", "9:16"]
    image_urls: List[Media]
    resolution: Literal["1k", "2k", "4k"]


class GrokImageInput(TypedDict, total=False):
    """The input of `grok-image`."""

    aspect_ratio: str
    image_urls: List[Media]
    mode: str
    negative_prompt: str
    output_format: str
    prompt: str
    resolution: str


class _Kling21InputNeeds(TypedDict):
    """What `Kling21Input` must have."""

    mode: Literal["standard-image-to-video", "pro-image-to-video", "master-text-to-video", "master-image-to-video"]


class Kling21Input(_Kling21InputNeeds, total=False):
    """The input of `kling-2-1`."""

    aspect_ratio: str
    duration: int
    image_urls: List[Media]
    negative_prompt: str
    prompt: str
    resolution: str
    sound: bool


class Ltx219bInput(TypedDict, total=False):
    """The input of `ltx-2-19b`."""

    aspect_ratio: str
    duration: int
    image_urls: List[Media]
    mode: str
    negative_prompt: str
    prompt: str
    resolution: str
    sound: bool


class MidjourneyInput(TypedDict, total=False):
    """The input of `midjourney`."""

    aspect_ratio: str
    image_urls: List[Media]
    mode: str
    negative_prompt: str
    output_format: str
    prompt: str
    resolution: str


class _NanoBananaInputNeeds(TypedDict):
    """What `NanoBananaInput` must have."""

    mode: Literal["text-to-image", "image-to-image"]
    prompt: str


class NanoBananaInput(_NanoBananaInputNeeds, total=False):
    """The input of `nano-banana`."""

    aspect_ratio: Literal["1:1", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "9:16", "16:9", "21:9", "auto"]
    image_urls: List[Media]
    negative_prompt: str
    output_format: Literal["png", "jpeg"]


class _NanoBanana2InputNeeds(TypedDict):
    """What `NanoBanana2Input` must have."""

    prompt: str


class NanoBanana2Input(_NanoBanana2InputNeeds, total=False):
    """The input of `nano-banana-2`."""

    image_urls: List[Media]
    aspect_ratio: str
    mode: str
    negative_prompt: str
    output_format: str
    resolution: str


class NanoBananaProInput(TypedDict, total=False):
    """The input of `nano-banana-pro`."""

    aspect_ratio: str
    image_urls: List[Media]
    mode: str
    negative_prompt: str
    output_format: str
    prompt: str
    resolution: str


class _Seedance20InputNeeds(TypedDict):
    """What `Seedance20Input` must have."""

    mode: Literal["text-to-video", "first_and_last_frames", "omni_reference"]


class Seedance20Input(_Seedance20InputNeeds, total=False):
    """The input of `seedance-2-0`."""

    resolution: Literal["480p", "720p", "1080p"]
    aspect_ratio: Literal["auto", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9"]
    duration: int
    image_urls: List[Media]
    prompt: str
    sound: bool
    web_search: bool


class _Seedance20FastInputNeeds(TypedDict):
    """What `Seedance20FastInput` must have."""

    mode: Literal["text-to-video", "first_and_last_frames", "omni_reference"]


class Seedance20FastInput(_Seedance20FastInputNeeds, total=False):
    """The input of `seedance-2-0-fast`."""

    resolution: Literal["480p", "720p"]
    aspect_ratio: Literal["auto", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9"]
    duration: int
    image_urls: List[Media]
    prompt: str
    sound: bool
    web_search: bool


class _Seedance20MiniInputNeeds(TypedDict):
    """What `Seedance20MiniInput` must have."""

    mode: Literal["text-to-video", "first_and_last_frames", "omni_reference"]


class Seedance20MiniInput(_Seedance20MiniInputNeeds, total=False):
    """The input of `seedance-2-0-mini`."""

    resolution: Literal["480p", "720p"]
    aspect_ratio: Literal["auto", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9"]
    duration: int
    image_urls: List[Media]
    prompt: str
    sound: bool
    web_search: bool


class Seedream40Input(TypedDict, total=False):
    """The input of `seedream-4-0`."""

    aspect_ratio: str
    image_urls: List[Media]
    mode: str
    negative_prompt: str
    output_format: str
    prompt: str
    resolution: str


class Sora2Input(TypedDict, total=False):
    """The input of `sora-2`."""

    aspect_ratio: str
    duration: int
    image_urls: List[Media]
    mode: str
    negative_prompt: str
    prompt: str
    resolution: str
    sound: bool


class SunoInput(TypedDict, total=False):
    """The input of `suno`."""

    customMode: bool
    instrumental: bool
    mode: str
    prompt: str
    style: str
    title: str


class Veo31Input(TypedDict, total=False):
    """The input of `veo-3-1`."""

    generationType: str
    image_urls: List[Media]
    aspect_ratio: str
    duration: int
    mode: str
    negative_prompt: str
    prompt: str
    resolution: str
    sound: bool


ModelId = Literal[
    "flux-kontext",
    "flux2",
    "gpt-image-1",
    "gpt-image-2",
    "grok-image",
    "kling-2-1",
    "ltx-2-19b",
    "midjourney",
    "nano-banana",
    "nano-banana-2",
    "nano-banana-pro",
    "seedance-2-0",
    "seedance-2-0-fast",
    "seedance-2-0-mini",
    "seedream-4-0",
    "sora-2",
    "suno",
    "veo-3-1",
]
"""The ids of the models. Others pass through, unchecked."""

Payload = Union[
    FluxKontextInput,
    Flux2Input,
    GptImage1Input,
    GptImage2Input,
    GrokImageInput,
    Kling21Input,
    Ltx219bInput,
    MidjourneyInput,
    NanoBananaInput,
    NanoBanana2Input,
    NanoBananaProInput,
    Seedance20Input,
    Seedance20FastInput,
    Seedance20MiniInput,
    Seedream40Input,
    Sora2Input,
    SunoInput,
    Veo31Input,
]
"""The input of any of them."""


INPUTS: Dict[str, Any] = {
    "flux-kontext": FluxKontextInput,
    "flux2": Flux2Input,
    "gpt-image-1": GptImage1Input,
    "gpt-image-2": GptImage2Input,
    "grok-image": GrokImageInput,
    "kling-2-1": Kling21Input,
    "ltx-2-19b": Ltx219bInput,
    "midjourney": MidjourneyInput,
    "nano-banana": NanoBananaInput,
    "nano-banana-2": NanoBanana2Input,
    "nano-banana-pro": NanoBananaProInput,
    "seedance-2-0": Seedance20Input,
    "seedance-2-0-fast": Seedance20FastInput,
    "seedance-2-0-mini": Seedance20MiniInput,
    "seedream-4-0": Seedream40Input,
    "sora-2": Sora2Input,
    "suno": SunoInput,
    "veo-3-1": Veo31Input,
}
"""The inputs by the ids of their models."""
