"""The work that a brief's sources ask for: a fetch for each link, then one reading of all of them."""

from episodes.brief import Brief
from episodes.requests import FetchRequest, ReadRequest
from episodes.work import Belt, Plan, task


def source_plan(brief: Brief, belt: Belt) -> Plan:
    """Return the fetches in the order of the sources, and the reading as the last task."""
    fetches = []
    needs = {f"source:{number}": source.digest for number, source in enumerate(brief.sources)}
    for number, source in enumerate(brief.sources):
        if source.address is not None:
            request = FetchRequest(address=source.address, language=brief.language, wish=brief.identity)
            fetches.append(task(f"link-{number + 1}", belt.fetcher, request))
            needs[f"source:{number}"] = fetches[-1].key
    request_all = ReadRequest(
        names=tuple(source.name for source in brief.sources),
        digests=tuple(source.digest for source in brief.sources),
        seed=brief.effective_seed,
    )
    reading = task("sources", belt.reader, request_all, needs)
    # Two sources may be one and the same link.
    return Plan(tasks=(*{fetch.key: fetch for fetch in fetches}.values(), reading))
