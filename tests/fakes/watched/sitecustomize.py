"""Notes all deeds of this process in the file that `TENFOUR_WATCH` names, one JSON list a line."""

import json
import os
import sys

import watching

_log = os.open(os.environ["TENFOUR_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
sys.addaudithook(watching.hook(lambda deed: os.write(_log, (json.dumps(deed) + "\n").encode()) and None))
