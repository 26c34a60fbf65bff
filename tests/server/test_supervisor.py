"""The supervisor with trivial programs: what dies is started again, and at the end nothing is left."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import processes
from server.errors import ServerError
from server.supervisor import MOST_QUICK_DEATHS, STEADY_SECONDS, Program, Supervisor, run_step
from server.terminal import LogStream
from tests.server.life import is_alive

SUPERVISING = """
import os, sys
from pathlib import Path
from server import stopping
from server.supervisor import Program, Supervisor
from server.terminal import LogStream

stopping.listen()
supervisor = Supervisor(LogStream())
folder = Path(sys.argv[1])
try:
    for name in ("one", "two"):
        # A program with a child of its own, as the web server has.
        command = ["sh", "-c", "sleep 987 & echo $! $$; wait"]
        supervisor.start(Program(name, command, os.environ, folder / f"{name}.log"))
    supervisor.watch(until=lambda: all((folder / f"{name}.log").read_text().strip() for name in ("one", "two")))
    print("up", flush=True)
    supervisor.watch()
except stopping.StopRequested:
    pass
finally:
    stopping.close_ears()
    supervisor.stop()
"""


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Recorded:
    """A part that only notes what happens to it."""

    def __init__(self, name: str, diary: list[str]) -> None:
        self.name = name
        self.log_file = Path("/nowhere")
        self.running = False
        self._diary = diary

    def start(self) -> None:
        self._diary.append(f"start {self.name}")
        self.running = True

    def stop(self) -> None:
        self._diary.append(f"stop {self.name}")
        self.running = False


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def supervisor(clock: Clock) -> Iterator[Supervisor]:
    made = Supervisor(LogStream(), clock=clock)
    yield made
    made.stop()


def program(folder: Path, script: str) -> Program:
    return Program("web", ["sh", "-c", script], os.environ, folder / "web.log")


def test_parts_stop_in_the_opposite_order() -> None:
    diary: list[str] = []
    supervisor = Supervisor(LogStream())
    for name in ("database", "web", "worker"):
        supervisor.start(Recorded(name, diary))
    supervisor.stop()
    assert diary[3:] == ["stop worker", "stop web", "stop database"]


def test_a_killed_program_is_started_again(supervisor: Supervisor, clock: Clock, tmp_path: Path) -> None:
    web = program(tmp_path, "exec sleep 987")
    supervisor.start(web)
    first = web.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert processes.wait_until(lambda: not web.running, 60)
    supervisor.look()
    assert not web.running, "it waits a moment before the new start"
    clock.now += 1
    supervisor.look()
    assert web.running
    assert web.pid != first


def test_what_a_killed_program_left_behind_is_ended_before_the_new_start(
    supervisor: Supervisor, clock: Clock, tmp_path: Path
) -> None:
    web = program(tmp_path, "sleep 987 & echo $!; wait")
    supervisor.start(web)
    assert processes.wait_until(lambda: web.log_file.read_text().strip() != "", 60)
    child = int(web.log_file.read_text())
    assert web.pid is not None
    os.kill(web.pid, signal.SIGKILL)
    assert processes.wait_until(lambda: not web.running, 60)
    supervisor.look()
    clock.now += 1
    supervisor.look()
    assert processes.wait_until(lambda: not is_alive(child), 60)


def test_a_program_that_dies_over_and_over_is_given_up_in_one_sentence(
    supervisor: Supervisor, clock: Clock, tmp_path: Path
) -> None:
    web = program(tmp_path, "echo no such table: orders; exit 3")
    supervisor.start(web)
    pauses = 0
    with pytest.raises(ServerError, match=r"web ended 5 times right after it was started: no such table: orders \(see"):
        for _ in range(4 * MOST_QUICK_DEATHS):
            assert processes.wait_until(lambda: not web.running, 60)
            supervisor.look()
            clock.now += STEADY_SECONDS - 1
            pauses += 1
    assert pauses < 4 * MOST_QUICK_DEATHS


def test_a_program_that_dies_now_and_then_is_never_given_up(supervisor: Supervisor, clock: Clock) -> None:
    diary: list[str] = []
    part = Recorded("web", diary)
    supervisor.start(part)
    for _ in range(3 * MOST_QUICK_DEATHS):
        clock.now += STEADY_SECONDS + 1
        part.running = False
        supervisor.look()
        clock.now += 1
        supervisor.look()
        assert part.running


def test_a_failed_step_says_what_it_was_and_why(tmp_path: Path) -> None:
    command = ["sh", "-c", "echo it is full; exit 1"]
    with pytest.raises(ServerError, match="Pasok cannot bring the database up to date: it is full"):
        run_step("bring the database up to date", command, os.environ, tmp_path / "setup.log")


def test_a_program_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="no-such-program cannot be started: No such file or directory"):
        Program("web", ["no-such-program"], os.environ, tmp_path / "web.log").start()


def test_log_lines_come_whole_and_with_the_name_of_their_writer(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("old news\n")
    seen: list[str] = []
    stream = LogStream(put=seen.append)
    stream.follow("web", log, wanted=lambda line: "dull" not in line)
    with log.open("a") as file:
        file.write("first\ndull\nsec")
        file.flush()
        stream.pump()
        file.write("ond\n")
    stream.pump()
    assert seen == ["web        | first", "web        | second"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_stop_it_leaves_no_process_behind(how: signal.Signals, tmp_path: Path) -> None:
    supervising, started = begin(tmp_path)
    supervising.send_signal(how)
    assert supervising.wait(60) == 0
    assert [pid for pid in started if is_alive(pid)] == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs the kernel's parent death signal")
def test_even_killed_it_takes_its_programs_along(tmp_path: Path) -> None:
    supervising, started = begin(tmp_path)
    programs = [pid for pair in zip(started[1::2], strict=True) for pid in pair]
    supervising.kill()
    supervising.wait(60)
    assert processes.wait_until(lambda: not any(is_alive(pid) for pid in programs), 60)
    for pid in started:
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)


def begin(folder: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """A supervisor in a process of its own, with the ids of every process below it."""
    command = [sys.executable, "-c", SUPERVISING, str(folder)]
    supervising = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert supervising.stdout is not None
    with supervising.stdout as said:
        assert said.readline() == "up\n"
    return supervising, [int(pid) for name in ("one", "two") for pid in (folder / f"{name}.log").read_text().split()]


def test_what_a_step_says_is_shown_while_it_runs(tmp_path: Path) -> None:
    log, seen = tmp_path / "setup.log", tmp_path / "seen"
    stream = LogStream(lambda _line: seen.touch())
    stream.follow("setup", log)
    waits_to_be_seen = (
        "import pathlib, sys, time; print('half'); seen = pathlib.Path(sys.argv[1]); end = time.monotonic() + 30\n"
        "while not seen.exists() and time.monotonic() < end: time.sleep(0.05)\n"
        "sys.exit(not seen.exists())"
    )
    run_step("load the demo", [sys.executable, "-u", "-c", waits_to_be_seen, seen], os.environ, log, stream)
