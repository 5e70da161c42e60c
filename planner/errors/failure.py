"""The failure that ends a command in words instead of a traceback."""

from planner.errors.status import ExitStatus


class Failure(Exception):
    """The end of a command: what was found, what cures it, and the exit status.

    Parameters
    ----------
    message : str
        Names the object, file and line, what was found and what is allowed, in English.
    cure : str, optional
        What the user can do about it; empty when nothing is known to help.
    japanese : tuple of str, optional
        Message and cure in Japanese.
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

    def __init__(
        self,
        message: str,
        *,
        cure: str = "",
        japanese: tuple[str, str] | None = None,
        status: ExitStatus = ExitStatus.COULD_NOT,
    ) -> None:
        if status is ExitStatus.DONE:
            raise ValueError("a failure cannot end with status 0")
        super().__init__(message)
        self.message = message
        self.cure = cure
        self.japanese = japanese
        self.status = status

    def said(self, language: str) -> tuple[str, str]:
        """Message and cure in ``ja`` or ``en``; in English where there is no Japanese."""
        return self.japanese if language == "ja" and self.japanese else (self.message, self.cure)
