"""Which councils a question is asked about."""

from dataclasses import dataclass

from inspections.rows import Council
from inspections.vocabulary import RegionScheme


@dataclass(frozen=True, slots=True)
class Among:
    """Empty for all councils.

    `region` is one of either scheme, Ofsted's or ONS's: the two differ only where Ofsted joins two
    regions under a name of its own. `scheme` says by which councils are grouped.
    """

    scheme: str = ""
    region: str = ""
    kind: str = ""

    def has(self, row: Council) -> bool:
        is_there = self.region in {"", row.ons_region, row.ofsted_region}
        return is_there and self.kind in {"", row.kind}


EVERY = Among()


def region_of(council: Council, scheme: str) -> str:
    """The council's region in Ofsted's scheme, which an empty one stands for, or in ONS's."""
    return council.ons_region if scheme == RegionScheme.ONS else council.ofsted_region
