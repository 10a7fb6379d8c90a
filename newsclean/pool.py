"""Pages cleaned by a pool of processes: in order, lazily, each within a time limit.

Every process has a thread of this one that hands it one page at a time, so that it is never in doubt
which page a dead process had in hand. pebble watches over the process and stops it when a page takes too
long. loky starts it: it holds newsclean and nothing of the program that asked, so a script needs no
``if __name__ == "__main__"``, and threads of the program do no harm.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from itertools import islice
from multiprocessing import current_process
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from newsclean.cleaner import TIME_LIMIT
from newsclean.decoding import no_page
from newsclean.document import Document
from newsclean.errors import PageTimeoutError, WorkerError
from newsclean.worker import Cleans, Job, Outcome, hold, outcome, run

if TYPE_CHECKING:
    from pebble import ProcessPool

__all__ = ["Job", "Outcome", "clean_jobs", "or_failed", "outcomes"]

_AHEAD = 4
"""Pages a process that are read before the first of them is asked for."""
_STARTS = 3
"""How often in a row a process may fail to start."""


class _NoProcessError(WorkerError):
    """No process could be started: nothing to do with the page."""


def clean_jobs(
    cleaner: Cleans, jobs: Iterable[Job], *, workers: int | None = None, timeout: float | None = TIME_LIMIT
) -> Generator[Document, None, None]:
    """Clean pages lazily and in order; a page that fails gives an empty Document with its ``error``.

    workers: processes; 0 for none but this one, None for as many as there are processors to use.
    timeout: seconds a page may take, None for any time; of no effect without processes.
    What ``jobs`` itself raises is raised here, after the documents of the pages before it.

    Raises ValueError for a number of workers or seconds that cannot be, and WorkerError when no process
    can be started.
    """
    return _documents(outcomes(cleaner, jobs, workers=workers, timeout=timeout))


def _documents(found: Generator[Outcome, None, None]) -> Generator[Document, None, None]:
    with closing(found):
        yield from map(or_failed, found)


def outcomes(
    cleaner: Cleans, jobs: Iterable[Job], *, workers: int | None = None, timeout: float | None = TIME_LIMIT
) -> Generator[Outcome, None, None]:
    """What ``clean_jobs`` gives, with the exceptions themselves in place of documents that tell of them."""
    count = _processes(workers)
    if timeout is not None and not _is_time(timeout):
        raise ValueError(f"timeout is a number of seconds above 0, or None; not {timeout!r}")
    if count == 0:
        return (outcome(cleaner, job) for job in jobs)
    return _pooled(cleaner, iter(jobs), count, timeout)


def or_failed(found: Outcome) -> Document:
    """The document, or one that says why there is none."""
    if isinstance(found, Document):
        return found
    error = f"{type(found).__name__}: {found}"
    return Document(text="", warnings=(error,), error=error)


def _is_time(timeout: object) -> bool:
    return isinstance(timeout, int | float) and not isinstance(timeout, bool) and timeout > 0


def _processes(workers: object) -> int:
    if workers is not None and (not isinstance(workers, int) or isinstance(workers, bool) or workers < 0):
        raise ValueError(f"workers is a whole number from 0 on, or None; not {workers!r}")
    if current_process().daemon:  # of a pool itself: it may start none
        if workers:
            raise ValueError("this process is one of a pool and may start none of its own: use workers=0")
        return 0
    if workers is not None:
        return workers
    from loky import cpu_count

    return int(cpu_count())


def _pooled(
    cleaner: Cleans, jobs: Iterator[Job], workers: int, timeout: float | None
) -> Generator[Outcome, None, None]:
    pool = _Pool(cleaner, workers, timeout)
    waiting: deque[Future[Outcome]] = deque()
    broken: list[Exception] = []

    def hand_out(count: int) -> None:
        try:
            waiting.extend(pool.submit(job) for job in islice(jobs, count))
        except Exception as error:  # noqa: BLE001 - raised again when its turn has come
            broken.append(error)

    try:
        hand_out(workers * _AHEAD)
        while waiting:
            found = waiting.popleft().result()
            if isinstance(found, _NoProcessError):
                raise WorkerError(f"no process could be started: {found}")
            yield found
            if not broken:
                hand_out(1)
        if broken:
            raise broken[0]
    finally:  # at the end, and when nobody wants the rest: an error there, close(), Ctrl-C
        pool.stop()


class _Pool:
    """So many handlers, as they are needed, and the pages that wait for one."""

    def __init__(self, cleaner: Cleans, size: int, timeout: float | None) -> None:
        import cloudpickle

        self._packed: bytes = cloudpickle.dumps(cleaner)  # also of a class that a notebook defines
        self._size = size
        self._timeout = timeout
        self._tasks: SimpleQueue[tuple[Job, Future[Outcome]] | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._handlers: list[_Handler] = []

    def submit(self, job: Job) -> Future[Outcome]:
        """Hand a page to the next handler that is free."""
        done: Future[Outcome] = Future()
        try:
            page = _plain(job.page)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the page, it is its outcome
            done.set_result(error)
            return done
        if not self._idle.acquire(blocking=False) and len(self._handlers) < self._size:
            self._handlers.append(_Handler(self._packed, self._timeout, self._tasks, self._idle))
            self._handlers[-1].start()
        self._tasks.put((job._replace(page=page), done))
        return done

    def stop(self) -> None:
        """Stop all processes, whatever they are at, and wait until they are gone."""
        for handler in self._handlers:
            handler.stop()
            self._tasks.put(None)
        for handler in self._handlers:
            handler.join()


def _plain(page: object) -> str | bytes:
    """The page as what every process knows: no class of its own goes along, and nobody changes it."""
    if isinstance(page, str):
        return str.__str__(page)
    if not isinstance(page, bytes | bytearray | memoryview):
        raise no_page(page)
    return bytes(page)


class _Handler(threading.Thread):
    """Hands one page after another to a process of its own, and replaces it when a page was its end."""

    def __init__(
        self,
        packed: bytes,
        timeout: float | None,
        tasks: SimpleQueue[tuple[Job, Future[Outcome]] | None],
        idle: threading.Semaphore,
    ) -> None:
        super().__init__(name="newsclean-handler", daemon=True)
        self._packed = packed
        self._timeout = timeout
        self._tasks = tasks
        self._idle = idle
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()
        self._stopped = False
        self._call: Future[Any] | None = None

    def run(self) -> None:
        """Serve until stopped."""
        _keep_ctrl_c_away()
        while not self._stopped and (task := self._tasks.get()) is not None:
            job, done = task
            try:
                done.set_result(self._outcome(job))
            except CancelledError:
                break
            except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
                done.set_result(_NoProcessError(f"{type(error).__name__}: {error}"))
            self._idle.release()
        self._end()

    def stop(self) -> None:
        """Leave the page in hand; ``join`` waits until the process is gone."""
        with self._lock:
            self._stopped = True
            if self._call is not None:
                self._call.cancel()

    def _outcome(self, job: Job) -> Outcome:
        pool = self._pool or self._begin()
        try:
            packed = self._ask(pool, self._timeout, run, job)
        except TimeoutError:
            self._end()
            return PageTimeoutError(f"the page took longer than {self._timeout:g} seconds")
        except (OSError, BrokenProcessPool, RuntimeError) as error:  # ProcessExpired is an OSError
            self._end()
            return WorkerError(f"the process that cleaned the page died{_cause(error)}")
        found: Outcome = pickle.loads(packed)  # noqa: S301 - from the process that this one started
        return found

    def _begin(self) -> ProcessPool:
        """Start the process, with the cleaner."""
        from loky.backend import get_context
        from pebble import ProcessPool

        for left in reversed(range(_STARTS)):
            pool = self._pool = ProcessPool(max_workers=1, context=get_context("loky"))
            try:
                self._ask(pool, None, hold, self._packed, os.getpid())
            except (OSError, BrokenProcessPool):
                self._end()
                if not left:
                    raise
            except Exception:  # the cleaner cannot be unpacked, and never will
                self._end()
                raise
            else:
                break
        return pool

    def _ask(self, pool: ProcessPool, timeout: float | None, function: Any, *arguments: Any) -> Any:
        with self._lock:
            if self._stopped:
                raise CancelledError
            self._call = pool.schedule(function, args=arguments, timeout=timeout)
        return self._call.result()

    def _end(self) -> None:
        """Stop the process; the next page gets a new one, without what the old one left in its pipes."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


def _cause(error: Exception) -> str:
    code = getattr(error, "exitcode", None)
    if code is None:
        return ""
    if code < 0:
        return f": {signal.Signals(-code).name}" if -code in set(signal.Signals) else f": signal {-code}"
    return f": exit code {code}"


def _keep_ctrl_c_away() -> None:
    """Let what this thread starts inherit that Ctrl-C is not for it: it would only print where it was.

    The processes that track semaphores are started first: they take the block away again.
    """
    if not hasattr(signal, "pthread_sigmask"):
        return
    from multiprocessing import resource_tracker

    from loky.backend import get_context

    get_context("loky").RLock()
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
