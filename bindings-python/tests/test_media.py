"""Media of the caller's own in a payload: data URIs where the provider takes them; otherwise every fault is told, and nothing private."""

from __future__ import annotations

import base64
import io
import json
import os
import tempfile
import threading
from pathlib import Path
from typing import Any

import pytest

import gentask
from gentask import InvalidPayload, MemoryStore, media
from gentask.testing import Sandbox

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gentask import Client

    from .support.both import Both

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
JPEG = b"\xff\xd8\xff\xe0" + b"mauve walrus" * 40
PRIVATE = "mauve-walrus"
UPLOADING = Path(__file__).parents[2] / "tests/vectors/contracts/uploading.json"


def uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def film(image: Any) -> dict[str, Any]:
    return {"image": image, "duration": "5"}


def sent(client: Client, payload: Any) -> Any:
    return json.loads(client.dry_run("i2v", payload).body)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / PRIVATE / "cat.png"
    path.parent.mkdir()
    path.write_bytes(PNG)
    return path


FORMS: dict[str, Callable[[Path], Any]] = {
    "a path": lambda path: path,
    "bytes": lambda path: path.read_bytes(),
    "a bytearray": lambda path: bytearray(path.read_bytes()),
    "a memoryview": lambda path: memoryview(path.read_bytes()),
    "half a memoryview": lambda path: memoryview(b"xx" + path.read_bytes())[2:],
    "media of a text": lambda path: media(str(path)),
    "media of a path": media,
    "media of bytes": lambda path: media(path.read_bytes(), "image/png"),
    "media of a file in memory": lambda path: media(io.BytesIO(path.read_bytes())),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_medium_is_sent_as_the_data_uri_that_the_provider_takes(both: Both, picture: Path, form: Callable[[Path], Any]) -> None:
    client = both.client("aivideomaker")
    payload = film(form(picture))
    assert sent(client, payload)["image"] == uri("image/png", PNG)
    client.validate("i2v", payload)
    gentask.validate("aivideomaker", "i2v", payload)
    task = client.submit("i2v", payload, key="k")
    assert task.wait().ok
    # The same bytes in any form are the same job.
    assert client.submit("i2v", film(uri("image/png", PNG)), key="k").intent_id == task.intent_id
    assert client.create_generation("i2v", film(form(picture)), key="k").intent_id == task.intent_id
    [ordered] = client.submit_many([{"model": "i2v", "input": film(form(picture)), "key": "k"}])
    assert ordered.reply.intent_id == task.intent_id
    assert both.seen("aivideomaker") == (1, 1)


def test_an_open_file_is_read_from_where_it_stands_and_stands_there_again(both: Both, picture: Path) -> None:
    client = both.client("aivideomaker")
    with tempfile.TemporaryFile() as file:
        file.write(b"head" + PNG)
        file.seek(4)
        for _ in range(2):
            assert sent(client, film(media(file)))["image"] == uri("image/png", PNG)
        client.submit("i2v", film(media(file)))
        assert file.tell() == 4
    with picture.open("rb", buffering=0) as raw:
        assert sent(client, film(media(raw)))["image"] == uri("image/png", PNG)


def test_media_are_found_at_any_depth(both: Both, picture: Path) -> None:
    contract = gentask.load_contract("apixo").to_dict()
    contract["media"] = {"accept": ["data", "https"], "types": ["image/png", "image/jpeg"]}
    client = both.bare(gentask.load_contract(contract), store=MemoryStore(), api_key="k")
    payload = {"mode": "image-to-image", "prompt": "p", "image_urls": [picture, "https://a.example/x.png", JPEG], "more": {"a/b~": (PNG,)}}
    body = client.dry_run("nano-banana", payload).body.decode()
    assert body.count(uri("image/png", PNG)) == 2
    assert body.count(uri("image/jpeg", JPEG)) == 1


def faults(call: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(InvalidPayload) as caught:
        call()
    for private in (PRIVATE, "mauve", "walrus", os.sep + "tmp"):
        assert private not in str(caught.value)
        assert private not in caught.value.reply.to_json()
    assert {each.rule for each in caught.value.violations} <= {"media", "type", "number"}
    return {each.path: f"{each.expected}: {each.actual}" for each in caught.value.violations}


def test_all_media_together_must_fit_into_one_request(both: Both, picture: Path, tmp_path: Path) -> None:
    contract = gentask.load_contract("aivideomaker").to_dict()
    contract["media"] = {"accept": ["data"], "types": ["image/png"]}
    contract["limits"] = {**contract["limits"], "submitBytes": 12_000}
    client = both.bare(gentask.load_contract(contract), store=MemoryStore(), api_key="k")
    unreadable = tmp_path / "third.png"
    unreadable.write_bytes(PNG)
    payload = {"duration": "5", "image": PNG, "more": [picture, media(unreadable)]}
    size = len(PNG)
    together = "at most 9000 bytes of all media together"
    assert faults(lambda: client.submit("i2v", payload)) == {
        "/more/0": f"{together}: cat.png: {size} bytes of image/png after {size} bytes of others",
        "/more/1": f"{together}: third.png: {size} bytes of image/png after {size} bytes of others",
    }
    client.validate("i2v", film(PNG))


def test_every_fault_is_told_at_once_and_nothing_private(both: Both, picture: Path, tmp_path: Path) -> None:
    contract = gentask.load_contract("aivideomaker").to_dict()
    contract["media"] = {"accept": ["data"], "types": ["image/png"], "maxBytes": 1_000}
    client = both.bare(gentask.load_contract(contract), store=MemoryStore(), api_key="k")
    (tmp_path / "empty.png").touch()
    os.mkfifo(tmp_path / "pipe.png")
    shut = picture.open("rb")
    shut.close()
    payload = {
        "image": picture,
        "bytes": PNG,
        "there": tmp_path / PRIVATE / "dog.png",
        "folder": tmp_path / PRIVATE / "..",
        "pipe": tmp_path / "pipe.png",
        "empty": tmp_path / "empty.png",
        "text": b"mauve walrus",
        "none": b"",
        "jpeg": media(JPEG, "image/png"),
        "shut": media(shut),
        "words": media(io.StringIO("mauve walrus")),  # type: ignore[arg-type]
        "set": {1},
        "nan": float("nan"),
        "nul": media("a\0b"),
        "good": PNG[:500],
    }
    found = faults(lambda: client.submit("i2v", payload))
    assert found == faults(lambda: client.validate("i2v", payload))
    assert found.keys() == {f"/{name}" for name in payload} - {"/good"}
    assert found["/bytes"] == f"at most 1000 bytes: {len(PNG)} bytes of image/png"
    assert found["/image"] == f"at most 1000 bytes: cat.png: {len(PNG)} bytes of image/png"
    assert found["/there"] == "a file that can be read: dog.png: not there"
    assert found["/pipe"] == "a file that can be read: pipe.png: no file"
    assert found["/empty"].endswith("0 bytes of no known type")
    assert found["/text"].endswith("12 bytes of no known type")
    assert found["/jpeg"].endswith(f"{len(JPEG)} bytes of image/jpeg")
    assert found["/shut"] == "an open binary file that can seek: one that raised ValueError"
    assert "medium (Path, bytes, gentask.media)" in found["/set"]
    assert len(client.tasks()) == 0
    reply = client.create_generation("i2v", payload)
    assert len(reply.data["violations"]) == len(found)
    [ordered] = client.submit_many([{"model": "i2v", "input": payload}], key="k")
    assert ordered.reply.error_code == "INVALID_PAYLOAD"


def test_a_provider_that_takes_urls_only_says_so(both: Both, picture: Path) -> None:
    payload = {"mode": "image-to-image", "prompt": "p", "image_urls": [picture, JPEG]}
    found = faults(lambda: both.client("apixo").submit("nano-banana", payload))
    assert found == {
        "/image_urls/0": f"an https URL: cat.png: {len(PNG)} bytes of image/png",
        "/image_urls/1": f"an https URL: {len(JPEG)} bytes of image/jpeg",
    }
    assert both.sandbox.submits("apixo") == 0


def test_media_in_options_and_as_a_whole_input_are_none(both: Both) -> None:
    client = both.client("aivideomaker")
    whole: Any = PNG
    with pytest.raises(InvalidPayload, match="a mapping"):
        client.submit("i2v", whole)
    with pytest.raises(InvalidPayload, match="bytes"):
        client.submit("i2v", film(PNG), options={"maxCredits": PNG})


@pytest.mark.parametrize("source", [7, None, {1}, ["a.png"]], ids=str)
def test_a_source_that_is_none_is_named(source: Any) -> None:
    with pytest.raises(TypeError, match="source is a path, bytes or an open binary file"):
        media(source)
    with pytest.raises(TypeError, match="type is a media type"):
        media(PNG, 7)  # type: ignore[arg-type]
    assert "x89PNG" not in repr(media(PNG))


class Watched(io.BytesIO):
    """A file that notes on which thread it is read."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.threads: set[str] = set()

    def read(self, size: int | None = -1) -> bytes:
        self.threads.add(threading.current_thread().name)
        return super().read(size)


def test_an_event_loop_reads_no_file_itself(both: Both) -> None:
    client, file = both.client("aivideomaker"), Watched(PNG)
    client.submit("i2v", film(media(file)))
    list(client.submit_many([{"model": "i2v", "input": film(media(file))}], key="k"))
    own = {"sync": threading.current_thread().name, "asyncio": "test-loop"}[both.kind]
    assert (own in file.threads) == (both.kind == "sync")


def test_an_interrupt_while_reading_is_no_fault(both: Both) -> None:
    class Interrupted(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise KeyboardInterrupt

    if both.kind == "asyncio":
        pytest.skip("it would end the loop, as in any thread of it")
    with pytest.raises(KeyboardInterrupt):
        both.client("aivideomaker").submit("i2v", film(media(Interrupted(PNG))))


def test_media_are_read_in_trio(gentask_sandbox: Sandbox, picture: Path) -> None:
    import trio

    async def main() -> None:
        async with gentask_sandbox.async_client("aivideomaker") as client:
            assert (await client.submit("i2v", film(picture))).task_id is not None

    trio.run(main)
    assert gentask_sandbox.submits("aivideomaker") == 1


def test_media_that_the_provider_wants_uploaded_are_uploaded_once_and_then_ordered() -> None:
    gif = b"GIF89a and so on"
    with Sandbox([UPLOADING]) as sandbox, sandbox.client(gentask.load_contract(UPLOADING), store=MemoryStore()) as client:
        for image in (gif, media(io.BytesIO(gif)), uri("image/gif", gif)):
            task = client.submit("painter", {"prompt": "a cat", "image": image}, key="order-42")
            assert task.wait().ok
        assert client.submit("painter", {"prompt": "another", "image": gif}).wait().ok
        assert sandbox.stats("uploading")["requests"]["upload"] == 3
        assert sandbox.submits("uploading") == 2
        with pytest.raises(gentask.KeyConflict):
            client.submit("painter", {"prompt": "a cat", "image": gif + b"."}, key="order-42")
