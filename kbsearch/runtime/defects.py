"""What a log says of a defect of ours."""

import traceback


def defect_fields(error: BaseException) -> dict[str, object]:
    """Return what a log may hold of a defect: its kind and its place, never its message."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-6:]]
    return {"error": type(error).__qualname__, "where": places}
