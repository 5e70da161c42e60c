"""The failure that ends a command in words instead of a traceback."""

from planner.errors.status import ExitStatus


class Failure(Exception):
    """The end of a command: what was found, what cures it, and the exit status.

    Parameters
    ----------
    message : str
        Names the object, file and line, what was found and what is allowed.
    cure : str, optional
        What the user can do about it; empty when nothing is known to help.
    status : ExitStatus, optional
        The exit status; never `ExitStatus.DONE`.

    Raises
    ------
    ValueError
        If `status` is `ExitStatus.DONE`: a failure is not success.

    Examples
    --------
    >>> raise Failure("no inventory in 'invntory'", cure="did you mean 'inventory'?")
    Traceback (most recent call last):
    planner.errors.failure.Failure: no inventory in 'invntory'
    """

    def __init__(self, message: str, *, cure: str = "", status: ExitStatus = ExitStatus.COULD_NOT) -> None:
        if status is ExitStatus.DONE:
            raise ValueError("a failure cannot end with status 0")
        super().__init__(message)
        self.message = message
        self.cure = cure
        self.status = status
