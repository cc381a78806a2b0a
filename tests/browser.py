"""A page in a real Chromium, looked through by axe for what keeps people out. Skips where there is no Chromium."""

import json
import re
import shutil
import subprocess
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

_PATIENCE = 120  # seconds, on a busy machine
_SWITCHES = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --virtual-time-budget=60000"
)
_DARK = "--blink-settings=preferredColorScheme=0"
_LOOK = """
<script>{axe}</script>
<script>addEventListener("load", () => axe.run().then(found => {{
  const told = found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))]);
  document.body.innerHTML = ""; document.body.append(Object.assign(document.createElement("pre"),
    {{id: "found", textContent: JSON.stringify({{passes: found.passes.length, width: innerWidth, told}})}}));
}}))</script></body>"""


def looked_through(page: Path, folder: Path, *, width: int = 1200, dark: bool = False) -> dict[str, Any]:
    """What axe says: `told` holds the violations, `passes` how many rules were kept."""
    chromium = found_chromium()
    if chromium is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    axe = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    looking = folder / "looking.html"
    looking.write_text(page.read_text("utf-8").replace("</body>", _LOOK.format(axe=axe)), "utf-8")
    command = [
        chromium,
        *_SWITCHES.split(),
        "--dump-dom",
        f"--window-size={width},900",
        f"--user-data-dir={folder / 'profile'}",
    ]
    command += [_DARK] if dark else []
    done = subprocess.run([*command, looking.as_uri()], capture_output=True, timeout=_PATIENCE, check=True)
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout.decode(), re.S)
    assert found, done.stderr.decode()[-2000:]
    told: dict[str, Any] = json.loads(unescape(found[1]))
    return told


def found_chromium() -> str | None:
    """The browser of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def photographed(page: Path, picture: Path, folder: Path, *, width: int, height: int) -> None:
    """The top of a page, as a PNG."""
    chromium = found_chromium()
    assert chromium, "no Chromium on this machine (Debian: apt-get install chromium)"
    command = [chromium, *_SWITCHES.split(), "--hide-scrollbars", f"--window-size={width},{height}"]
    command += [f"--user-data-dir={folder / 'profile'}", f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)
