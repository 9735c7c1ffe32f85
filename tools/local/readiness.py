"""What `main.py backends` says of a model of this machine, found without loading anything."""

from episodes.errors import BackendUnavailable
from tools.local import weights
from tools.local.libraries import INSTALL, here
from tools.protocols import Readiness


def readiness(
    what: str, module: str, model: str, *, device: str, index: str, gigabytes: float, least_gib: float
) -> Readiness:
    """Return whether a model could work here.

    Args:
        what: how the sentence names it: `Bark`.
        module: the library that runs it.
        model: a folder, or `owner/name`.
        device: the setting.
        index: a file that is there when the weights are.
        gigabytes: what is fetched when they are not.
        least_gib: memory of a GPU below which it will not go.
    """
    if not here(module):
        return Readiness(ready=False, what=f"{what} by {module}, which is not installed: {INSTALL}.")
    from tools.local.device import GIB, chosen, described

    try:
        found = chosen(device, what)
    except BackendUnavailable as error:
        return Readiness(ready=False, what=str(error))
    where = weights.whereabouts(model, index=index, gigabytes=gigabytes)
    missing = weights.is_folder(model) and not weights.found(model, index=index)
    if found.is_gpu and found.total < least_gib * GIB:
        return Readiness(
            ready=False, what=f"{what} wants {least_gib:g} GiB on the GPU at the least: {described(found)}."
        )
    return Readiness(ready=not missing, what=f"{what} by {module} on {described(found)}; {where}.")
