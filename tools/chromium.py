"""Finds a Chromium for the browser tests and the screenshots, and gets one where it is missing.

python tools/chromium.py        # prints the path of the browser that would be used
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

# The shell has no window to draw: the browser tests take a third less of the processor.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Chromium's sandbox does not start as root; the other flags keep it from calling its maker, and
# letters as wide as they are in a window.
QUIET_FLAGS = [
    "--disable-gpu",
    "--font-render-hinting=none",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class ChromiumMissingError(Exception):
    """No Chromium here and none could be got; the text says what to install."""


def launch_flags() -> list[str]:
    """The command-line flags that suit a test: quiet, and startable as root."""
    return [*QUIET_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else QUIET_FLAGS


def installed() -> str | None:
    """A browser on this machine: CHROMIUM, one on the PATH, or an application of macOS."""
    if chosen := os.environ.get("CHROMIUM"):
        if not shutil.which(chosen):
            raise ChromiumMissingError(f"CHROMIUM: found {chosen!r}, expected a program that runs")
        return chosen
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return next((path for path in MACOS_APPS if Path(path).exists()), None)


def driver_download() -> str | None:
    """The browser that playwright downloaded for itself, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def install_debian_package() -> None:
    """Installs Debian's Chromium without a window, when run as root on Debian."""
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return
    print("Installing Debian's Chromium ...", file=sys.stderr, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    nothing = subprocess.DEVNULL
    quiet: dict[str, Any] = {"stdin": nothing, "stdout": nothing, "env": environment}
    for package in (SHELL, SHELL, "chromium"):  # older releases have no shell
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
        install += ["fonts-liberation"]
        if not subprocess.run(install, stderr=nothing, check=False, **quiet).returncode:
            return
        subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)


def obtain() -> str:
    """The path of a Chromium, got where it is missing; an error says what to install."""
    if found := installed() or driver_download():
        return found
    install_debian_package()
    if found := installed():
        return found
    print("Downloading the browser driver's own Chromium ...", file=sys.stderr, flush=True)
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    )
    if found := driver_download():
        return found
    raise ChromiumMissingError(
        "Chromium: found none, expected one for the browser tests.\n"
        f"  Debian:  apt-get install {SHELL}\n"
        "  macOS:   brew install --cask chromium, or Google Chrome\n"
        "  or name one:  CHROMIUM=/path/to/chromium make test"
    )


if __name__ == "__main__":
    try:
        print(obtain())
    except ChromiumMissingError as missing:
        sys.exit(str(missing))
