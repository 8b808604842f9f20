"""What every test of the interface stands on."""

from __future__ import annotations

import textual._wait

# Between two keys a pilot waits until the program has been idle for so long. Textual's fiftieth of
# a second, twice a key, is most of what these tests would take; much less of it tells the same.
textual._wait.SLEEP_GRANULARITY = 1 / 125
textual._wait.SLEEP_IDLE = textual._wait.SLEEP_GRANULARITY / 20
