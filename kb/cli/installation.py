"""Whether the installed modules are ours: `events` and `kb` are names of other distributions, too."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

OUR_PACKAGES = ("events", "kb", "visualize")
_DISTRIBUTION = "zeitstrahl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intruder:
    """Another distribution that has installed files into one of our packages."""

    distribution: str  # name and version
    package: str


def find_intruders() -> tuple[Intruder, ...]:
    """All other distributions that claim files of our packages, by what their own records say."""
    found = []
    for distribution in distributions():
        name = distribution.metadata["Name"] or ""
        if name.lower() == _DISTRIBUTION:
            continue
        tops = {path.parts[0] for path in distribution.files or () if path.parts and path.suffix == ".py"}
        tops |= {path.stem for path in distribution.files or () if len(path.parts) == 1 and path.suffix == ".py"}
        found += [
            Intruder(distribution=f"{name} {distribution.version}", package=package)
            for package in OUR_PACKAGES
            if package in tops
        ]
    return tuple(found)


def own_folder() -> Path:
    """The folder that our packages are imported from."""
    return Path(__file__).resolve().parents[2]


def find_strays() -> tuple[tuple[str, Path], ...]:
    """Our packages that are not imported from beside this one, each with the folder it comes from."""
    strays = []
    for package in OUR_PACKAGES:
        spec = find_spec(package)
        locations = [*(spec.submodule_search_locations or ())] if spec is not None else []
        folder = Path(locations[0]).resolve().parent if locations else None
        if folder != own_folder():
            strays.append((package, folder or Path("?")))
    return tuple(strays)
