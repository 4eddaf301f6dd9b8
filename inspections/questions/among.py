"""Which councils a question is asked about."""

from dataclasses import dataclass

from inspections.rows import Council
from inspections.vocabulary import RegionScheme


@dataclass(frozen=True, slots=True)
class Among:
    """Empty for all councils.

    `region` is of `scheme`, Ofsted's or ONS's; without a scheme a region of either.
    """

    scheme: str = ""
    region: str = ""
    kind: str = ""

    def has(self, row: Council) -> bool:
        schemes = (self.scheme,) if self.scheme else tuple(RegionScheme)
        is_there = not self.region or any(
            self.region == region_of(row, scheme) for scheme in schemes
        )
        return is_there and self.kind in {"", row.kind}


EVERY = Among()


def region_of(council: Council, scheme: str) -> str:
    """The council's region in Ofsted's scheme, which an empty one stands for, or in ONS's."""
    return council.ons_region if scheme == RegionScheme.ONS else council.ofsted_region
