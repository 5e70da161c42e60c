"""CP-SAT as it is called here: one worker, effort in deterministic units, Ctrl-C left to Python."""

from ortools.sat.python import cp_model


def solver_with(effort: float, seed: int = 0) -> cp_model.CpSolver:
    """A solver whose answer depends on the model, the effort (deterministic units) and the seed alone.

    CP-SAT would take over SIGINT and, once done, leave the system's own handler in its place: the next Ctrl-C would
    then end the process at once, with no plan kept.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    solver.parameters.catch_sigint_signal = False
    return solver
