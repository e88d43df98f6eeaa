"""Where what can always be rebuilt is kept."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from assistant.pack import Pack


def cache_folder() -> Path:
    """The user's cache folder for groundrule."""
    from platformdirs import user_cache_path  # needed only where nobody named another folder

    return user_cache_path("groundrule", appauthor=False)


def pack_cache(cache: Path, pack: Pack) -> Path:
    """The folder of one pack below ``cache``: packs of the same name in other places keep apart."""
    place = sha256(str(pack.root).encode(errors="surrogatepass")).hexdigest()[:8]
    name = "".join(c if c.isalnum() or c in "-_." else "-" for c in pack.id)[:40]
    return cache / f"{name}-{place}"
