"""The addresses in saved records: of the questionnaire, and of what is named under it.

With an address of the clinic's own they are below it: `https://clinic.test/q`, `https://clinic.test/q/answers`.
While `url` is still an example, nobody owns the address, and HL7's validator refuses it. Then each is a
`urn:uuid`, of a UUIDv5 (RFC 9562) in the namespace of URLs. Its name is `fibrocheck:` and the `id` of the
questionnaire, with `/answers` and so on after it: the same on every computer and in every version.
"""

import uuid
from functools import lru_cache

from fibrocheck.content.model import Content
from fibrocheck.hashes import sha1
from fibrocheck.text_safety import is_example

ANSWERS, APPOINTMENTS, DEVICES = "answers", "appointments", "devices"
INTERVIEW_LANGUAGE, CORRECTION = "interview-language", "correction"


def address(content: Content, name: str = "") -> str:
    """Return the address of the questionnaire, or of what is named under it."""
    return fixed_urn(content, name) if is_example(content.url) else _below(content.url, name)


def canonical(content: Content) -> str:
    """Return the address and version by which a record names its questionnaire."""
    return f"{address(content)}|{content.version}"


def answer_system(content: Content) -> str:
    """Return the code system of all answer codes.

    The codes are the clinic's own. A SNOMED or ICD code on an answer would read as a diagnosis.
    """
    return address(content, ANSWERS)


def is_address(found: str, content: Content, name: str = "") -> bool:
    """Return whether an address in a record means this questionnaire, now or in an earlier version.

    Records from before the clinic had an address have a URN, and those of fibrocheck 0.1 an example.
    """
    if found in _own(content.url, content.id, name):
        return True
    return not is_example(content.url) and is_example(found) and found.endswith(f"/{name}" if name else "")


def fixed_urn(content: Content, name: str) -> str:
    """Return a `urn:uuid` that depends only on the id of the questionnaire and a name under it."""
    return _own(content.url, content.id, name)[1]


@lru_cache(maxsize=64)  # the front desk's list of a day of a thousand asks for the same few
def _own(url: str, own_id: str, name: str) -> tuple[str, str]:
    """Return the address below `url` and the `urn:uuid` of a name under the questionnaire."""
    return _below(url, name), _uuid5(_below(f"fibrocheck:{own_id}", name)).urn


def _uuid5(name: str) -> uuid.UUID:
    """Return the UUID of a name among URLs, as `uuid.uuid5` does."""
    return uuid.UUID(bytes=sha1(uuid.NAMESPACE_URL.bytes + name.encode())[:16], version=5)


def _below(url: str, name: str) -> str:
    return f"{url}/{name}" if name else url
