"""How long somebody else's server asks us to wait."""

import email.utils
import math
import time
from datetime import UTC

_LONGEST = 3600.0


def retry_after(header: str) -> float | None:
    """Return the seconds that a `Retry-After` asks for, said as a number or a date (RFC 9110, 10.2.3), at most an hour.

    None when there is none that can be read.
    """
    try:
        seconds = float(header)
    except ValueError:
        try:
            until = email.utils.parsedate_to_datetime(header)
        except (ValueError, TypeError):
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        seconds = until.timestamp() - time.time()
    return None if math.isnan(seconds) else min(max(seconds, 0.0), _LONGEST)
