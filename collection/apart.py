"""Names that look alike and mean different things: what the keeper has said of two of them.

Such a pair is kept by a fingerprint of the two names, not by the names: who erases a testimony
must not find its narrator's name in a list of the keeper's decisions.
"""

from __future__ import annotations

import msgspec


class Apart(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Two names that are to be kept apart."""

    name: str
    """The fingerprint of the pair."""


def fingerprint(kind: str, one: str, other: str) -> str:
    """Give what stands for two names, whichever comes first.

    Args:
        kind: `place`, `theme` or `narrator`.
        one: a name, as it is compared.
        other: another one.
    """
    from hashlib import blake2b  # slow to import, and most collections keep nothing apart

    pair = msgspec.json.encode([kind, *sorted((one, other))])
    return blake2b(pair, digest_size=12).hexdigest()
