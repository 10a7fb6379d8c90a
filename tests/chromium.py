"""A headless Chromium, in which the tests look at what newsclean shows."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MISSING = (
    "no {} was found on the PATH: install Debian's packages chromium and chromium-driver "
    "(apt-get install chromium chromium-driver), or Chrome and its chromedriver"
)
_SWITCHES = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # whatever a page asks for, it does not get
)


class Browser:
    """One window of Chromium; every look at a page is a fresh one."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def look(self, page: Path, *, dark: bool = False, width: int = 900) -> None:
        """Open a file, in a light or dark scheme, in a window or a phone of some width."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._command("Emulation.setEmulatedMedia", features=[scheme])
        self._command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        self.driver.get("about:blank")
        for log in ("performance", "browser"):
            self.driver.get_log(log)  # type: ignore[no-untyped-call]  # reading empties it
        self.driver.get(page.as_uri())

    def run(self, script: str, *arguments: object) -> Any:
        """Run the body of a JavaScript function in the page, and give what it returns."""
        return self.driver.execute_script(script, *arguments)

    def requested(self) -> list[str]:
        """The addresses asked for since the last look, the page's own among them."""
        events = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """What stands in the browser's console."""
        return [entry["message"] for entry in self._log("browser")]

    def picture(self, height: int | None = None) -> bytes:
        """The page as PNG, from its top, whole or of some height."""
        size = self.run("return [innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": size[0], "height": min(height or size[1], size[1]), "scale": 1}
        taken = self._command("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return base64.b64decode(taken["data"])

    def _command(self, name: str, **arguments: object) -> Any:
        return self.driver.execute_cdp_cmd(name, arguments)

    def _log(self, name: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.driver.get_log(name)  # type: ignore[no-untyped-call]
        return entries


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser, closed again at the end; RuntimeError where none is installed."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    driver = shutil.which("chromedriver")
    if not program or not driver:
        raise RuntimeError(_MISSING.format("chromedriver" if program else "Chromium"))
    options = webdriver.ChromeOptions()
    options.binary_location = program
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    for switch in _SWITCHES:
        options.add_argument(switch)
    if getattr(os, "geteuid", lambda: 1)() == 0:
        options.add_argument("--no-sandbox")  # as root it does not start in one
    # Both programs are named, so selenium has no reason to look for any, or to fetch one.
    window = webdriver.Chrome(
        options=options, service=Service(driver, env={**os.environ, "SE_OFFLINE": "true"})
    )
    try:
        yield Browser(window)
    finally:
        window.quit()
