"""Hashes without OpenSSL are those of `hashlib`."""

import hashlib
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck import hashes


@given(st.binary())
def test_they_are_the_standard_ones(data: bytes) -> None:
    assert hashes.sha1(data) == hashlib.sha1(data, usedforsecurity=False).digest()
    assert hashes.sha256(data) == hashlib.sha256(data).digest()


def test_a_python_without_its_own_has_them_of_openssl(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_sha1", "_sha2", "_sha256"):
        monkeypatch.setitem(sys.modules, name, None)
    assert hashes.sha1(b"x") == hashlib.sha1(b"x", usedforsecurity=False).digest()
    assert hashes.sha256(b"x") == hashlib.sha256(b"x").digest()
