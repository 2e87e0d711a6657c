"""What the whole run shares."""

import gc

gc.disable()  # while everything is imported and collected: none of it is garbage


def pytest_collection_finish() -> None:
    """From here on the collector leaves alone what was imported and collected: looking through all of it
    again and again took two fifths of the run."""
    gc.freeze()
    gc.enable()
