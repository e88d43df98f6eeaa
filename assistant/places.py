"""Where what was learned from a pack is kept; it can always be learned again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from assistant.pack import Pack


def heads_folder(cache: Path, pack: Pack) -> Path:
    """The folder for the heads of one pack below ``cache``: packs of one name in two places keep apart."""
    place = sha256(str(pack.root).encode(errors="surrogatepass")).hexdigest()[:8]
    name = "".join(c if c.isalnum() or c in "-_." else "-" for c in pack.id)[:40]
    return cache / "heads" / f"{name}-{place}"
