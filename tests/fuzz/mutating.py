"""Makes hostile files out of sound ones: bytes changed, parts repeated, dangerous pieces put in."""

from __future__ import annotations

import io
import zipfile
from random import Random
from typing import Final

PIECES: Final = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\\ud800",
        b"\r",
        b"\n\n",
        b"\x1b]0;x\x07",
    ),
    *(b"\x1b[2J", b"\xe2\x80\xae", b"=cmd|'/c calc'!A1", b"@SUM(1+1)", b"-1+2", b"'=1", b"\t=1"),
    *(b"../../../etc/passwd", b"CON", b"a" * 300, b"[" * 500, b"]" * 500, b"{" * 300, b"(" * 300),
    *(
        b'"',
        b'"""',
        b"''",
        b"\xe2\x80\x9c",
        b"\xe2\x80\x9d",
        b"\xc2\xab",
        b"\xc2\xbb",
        b"\xe2\x80\x9e",
    ),
    *(
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"<!ENTITY % p SYSTEM 'file:///etc/passwd'>",
        b"&a;",
        b"&#0;",
    ),
    *(
        b"<a>" * 200,
        b"</a>",
        b"<![CDATA[",
        b"]]>",
        b"<?xml version='1.0' encoding='utf-7'?>",
        b"&#xD800;",
    ),
    *(
        b"99:99:99.999",
        b"-->",
        b"00:00:00.000 --> 00:00:00.000",
        b"[1e999]",
        b"NaN",
        b"1e400",
        b"-0",
    ),
    *(
        b"99999999999999999999999999",
        b"null",
        b"true",
        b"{}",
        b"[]",
        b'{"a":',
        b",",
        b";",
        b"|",
        b"\t",
    ),
    *(
        b"<script>alert(1)</script>",
        b"${jndi}",
        b"%s%n",
        b"\xf0\x9f\x98\x80",
        b"\xcc\x81" * 50,
        b"1944-99-99",
    ),
)
"""What has broken parsers before."""


def mutated(seed: bytes, others: tuple[bytes, ...], random: Random) -> bytes:
    """Change a file in some places.

    Args:
        seed: the file.
        others: further files, parts of which may come in.
        random: decides.
    """
    data = bytearray(seed)
    for _ in range(random.choice((0, 1, 1, 2, 3, 5, 8, 20))):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.choice((1, 2, 5, 20, 100)))
        match random.randrange(9):
            case 0:
                data[at:at] = random.choice(PIECES)
            case 1:
                data[at:end] = random.choice(PIECES)
            case 2:
                del data[at:end]
            case 3:
                data[at:at] = data[at:end] * random.choice((1, 2, 10))
            case 4:
                if data:
                    data[at % len(data)] = random.randrange(256)
            case 5:
                other = random.choice(others)
                start = random.randrange(len(other) + 1)
                data[at:at] = other[start : start + random.choice((10, 100, 1000))]
            case 6:
                del data[at:]
            case 7:
                data[at:end] = random.randbytes(end - at)
            case _:
                target = random.randrange(len(data) + 1)
                piece = bytes(data[at:end])
                del data[at:end]
                data[target:target] = piece
    return bytes(data)


def mutated_parts(seed: bytes, random: Random) -> bytes:
    """Change parts within a zip file, whose checksums then still hold."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(seed)) as former,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        names = former.namelist()
        chosen = random.choice(names)
        contents = {name: former.read(name) for name in names}
        others = tuple(contents.values())
        contents[chosen] = mutated(contents[chosen], others, random)
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()
