"""Asking an OpenAI-compatible address, patiently; and answers kept on disk, so that a run that was stopped goes on."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx

from zubda.errors import NetworkError

__all__ = ["AnswerCache", "Client", "api_key", "default_cache"]

KEY_VARIABLES = ("ZUBDA_API_KEY", "OPENAI_API_KEY")
TRIES = 5
LONGEST_WAIT = 60.0
TRY_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


def api_key() -> str | None:
    """The key from the environment (``ZUBDA_API_KEY``, else ``OPENAI_API_KEY``), None if there is none."""
    return next((os.environ[name] for name in KEY_VARIABLES if os.environ.get(name)), None)


def default_cache() -> Path:
    """Where answers are kept unless told otherwise: ``zubda/answers`` in the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zubda" / "answers"


class AnswerCache:
    """Answers by what was asked, one file each; None as its folder keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def _path(self, model: str, messages: list[dict[str, str]]) -> Path | None:
        if self.folder is None:
            return None
        asked = json.dumps([model, messages], ensure_ascii=False, sort_keys=True)
        name = sha256(asked.encode()).hexdigest()
        return self.folder / name[:2] / f"{name}.json"

    def get(self, model: str, messages: list[dict[str, str]]) -> str | None:
        """The answer that was kept, None if there is none that can be read."""
        path = self._path(model, messages)
        if path is None or not path.is_file():
            return None
        try:
            answer = json.loads(path.read_text(encoding="utf-8"))["answer"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer if isinstance(answer, str) else None

    def put(self, model: str, messages: list[dict[str, str]], answer: str) -> None:
        """Keep an answer, in one step; a folder that cannot be written keeps none."""
        path = self._path(model, messages)
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
                json.dump({"model": model, "answer": answer}, file, ensure_ascii=False)
            Path(file.name).replace(path)
        except OSError:
            self.folder = None


@dataclass
class Client:
    """Asks ``address`` (``https://host/v1``, or the whole ``…/chat/completions``) for ``model``'s answers.

    ``timeout`` is in seconds for one answer. Busy servers (429, 5xx) and time-outs are asked again up to five times, with pauses that
    double, or as long as the server says.
    """

    address: str
    model: str
    key: str | None = None
    timeout: float = 120.0
    pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        self.url = self.address.rstrip("/")
        if not self.url.endswith("/chat/completions"):
            self.url += "/chat/completions"
        if not self.url.startswith(("http://", "https://")):
            raise NetworkError("address", f"{self.address!r} is no web address.", "Give one such as https://host/v1.")
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        self.session = httpx.Client(timeout=self.timeout, headers=headers, follow_redirects=False)

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    def ask(self, messages: list[dict[str, str]]) -> str:
        """The text of the model's answer.

        Raises `NetworkError`: ``network.endpoint`` for an address that refuses or does not answer as it should,
        ``network.timeout`` and ``network.unreachable`` after the last try.
        """
        asked = {
            "model": self.model,
            "messages": messages,
            "temperature": 0,
            "response_format": {"type": "json_object"},
        }
        problem: NetworkError | None = None
        for attempt in range(TRIES):
            if attempt:
                self.sleep(min(LONGEST_WAIT, self.pause * 2 ** (attempt - 1)))
            try:
                answer = self.session.post(self.url, json=asked)
            except httpx.TimeoutException:
                problem = NetworkError(
                    "timeout",
                    f"{self.url} did not answer in {self.timeout:.0f} seconds.",
                    "Run it again: answers so far are kept.",
                )
                continue
            except httpx.HTTPError as reason:
                problem = NetworkError(
                    "unreachable", f"{self.url} cannot be reached: {reason}.", "Check the address; run it again."
                )
                continue
            if answer.status_code in TRY_AGAIN:
                problem = self._refusal(answer)
                self._wait_as_told(answer)
                continue
            return self._content(answer)
        assert problem is not None
        raise problem

    def _wait_as_told(self, answer: httpx.Response) -> None:
        told = answer.headers.get("retry-after", "")
        if told.replace(".", "", 1).isdigit():
            self.sleep(min(LONGEST_WAIT, float(told)))

    def _refusal(self, answer: httpx.Response) -> NetworkError:
        said = answer.text[:200].replace("\n", " ")
        hint = "Set ZUBDA_API_KEY." if answer.status_code in (401, 403) else "Check the address and the model's name."
        if answer.status_code in TRY_AGAIN:
            hint = "Run it again later: answers so far are kept."
        return NetworkError("endpoint", f"{self.url} answered {answer.status_code}: {said}", hint)

    def _content(self, answer: httpx.Response) -> str:
        if answer.status_code != 200:
            raise self._refusal(answer)
        try:
            content: Any = answer.json()["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError) as problem:
            raise NetworkError(
                "endpoint",
                f"{self.url} did not answer as the interface says: {answer.text[:200]!r}",
                "Is it OpenAI-compatible?",
            ) from problem
        return content if isinstance(content, str) else ""
