"""The inputs of AIVideoMaker's models, by `gentask types` from revision 1 of its contract. Make it anew instead of editing it."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, TypedDict, Union

Media = Any
"""An https URL, a data URI, or what gentask makes one of: a path, bytes."""


class _I2vInputNeeds(TypedDict):
    """What `I2vInput` must have."""

    duration: Literal["5", "8"]
    image: Media


class I2vInput(_I2vInputNeeds, total=False):
    """The input of `i2v`."""

    filterMode: Literal["strict", "custom"]
    prompt: Union[str, None]


class _I2vV3InputNeeds(TypedDict):
    """What `I2vV3Input` must have."""

    duration: Literal["5", "10", "15", "20"]
    image: Media


class I2vV3Input(_I2vV3InputNeeds, total=False):
    """The input of `i2v_v3`."""

    prompt: Union[str, None]


class _LvInputNeeds(TypedDict):
    """What `LvInput` must have."""

    image: Media
    prompt: List[str]


class LvInput(_LvInputNeeds, total=False):
    """The input of `lv`."""

    filterMode: Literal["strict", "custom"]


class _T2vInputNeeds(TypedDict):
    """What `T2vInput` must have."""

    aspectRatio: Literal["16:9", "9:16", "1:1"]
    duration: Literal["5", "8"]
    prompt: str


class T2vInput(_T2vInputNeeds, total=False):
    """The input of `t2v`."""

    filterMode: Literal["strict", "custom"]


class T2vV3Input(TypedDict):
    """The input of `t2v_v3`."""

    aspectRatio: Literal["16:9", "9:16", "1:1"]
    duration: Literal["5", "10", "15", "20"]
    prompt: str


ModelId = Literal[
    "i2v",
    "i2v_v3",
    "lv",
    "t2v",
    "t2v_v3",
]
"""The ids of the models. There are no others."""

Payload = Union[
    I2vInput,
    I2vV3Input,
    LvInput,
    T2vInput,
    T2vV3Input,
]
"""The input of any of them."""


INPUTS: Dict[str, Any] = {
    "i2v": I2vInput,
    "i2v_v3": I2vV3Input,
    "lv": LvInput,
    "t2v": T2vInput,
    "t2v_v3": T2vV3Input,
}
"""The inputs by the ids of their models."""
