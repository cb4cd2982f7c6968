import ast
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from bootstrap import Need, SetupError

HERE = Path(bootstrap.__file__)
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no exec and no apt")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder that bootstrap takes for its own, with the three files it looks at."""
    for name in ("pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "BIN", tmp_path / ".venv" / "bin")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "bootstrap.json")
    monkeypatch.setattr(bootstrap, "UNFINISHED", tmp_path / ".venv" / "unfinished")
    return tmp_path


@pytest.fixture
def steps(checkout, monkeypatch):
    """The steps that set_up takes, in order; each leaves behind what the real one would, without a network."""
    taken = []

    def make_environment():
        taken.append("environment")
        bootstrap.BIN.mkdir(parents=True, exist_ok=True)
        bootstrap.UNFINISHED.touch()
        Path(bootstrap.tool("python")).touch()

    def install(tests):
        taken.append("development" if tests else "program")
        bootstrap.UNFINISHED.touch()
        bootstrap.STAMP.unlink(missing_ok=True)
        Path(bootstrap.tool("sr-desktop")).touch()

    monkeypatch.setattr(bootstrap, "make_environment", make_environment)
    monkeypatch.setattr(bootstrap, "install", install)
    monkeypatch.setattr(bootstrap, "has_pip", lambda: Path(bootstrap.tool("python")).exists())
    monkeypatch.setattr(bootstrap, "provide", lambda needs: None)
    return taken


def stamp(tests=False):
    return bootstrap.wanted_stamp(tests)


# Old Pythons


def test_python_3_6_can_read_the_file():
    ast.parse(HERE.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_which_one_is_needed():
    old = "import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)'; sys.argv = ['bootstrap.py']"
    program = f"{old}; exec(compile(open({str(HERE)!r}, encoding='utf-8').read(), {str(HERE)!r}, 'exec'))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("sr_desktop needs Python 3.11 or newer, and this is 3.9.2.")


def test_only_the_standard_library_is_imported():
    nodes = list(ast.walk(ast.parse(HERE.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert "subprocess" in names
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


# What gets installed when


def test_first_run_makes_the_environment_and_installs_the_program(steps):
    bootstrap.set_up(tests=False, window=False)
    assert steps == ["environment", "program"]
    assert bootstrap.read_stamp() == stamp()
    assert not bootstrap.UNFINISHED.exists()


def test_second_run_installs_nothing(steps):
    bootstrap.set_up(tests=False, window=False)
    steps.clear()
    bootstrap.set_up(tests=False, window=True)
    assert steps == []


def test_tests_add_the_development_tools_once_and_the_program_stays_installed(steps):
    bootstrap.set_up(tests=False, window=False)
    steps.clear()
    for tests in (True, True, False):
        bootstrap.set_up(tests=tests, window=False)
    assert steps == ["development"]


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_changed_requirements_are_installed_into_the_same_environment(steps, checkout, changed):
    bootstrap.set_up(tests=False, window=False)
    steps.clear()
    (checkout / changed).write_text("something else")
    bootstrap.set_up(tests=False, window=False)
    assert steps == ["program"]


def test_changed_development_tools_matter_to_the_tests_only(steps, checkout):
    bootstrap.set_up(tests=True, window=False)
    steps.clear()
    (checkout / "requirements-dev.txt").write_text("something else")
    bootstrap.set_up(tests=False, window=False)
    assert steps == []
    bootstrap.set_up(tests=True, window=False)
    assert steps == ["development"]


def test_an_interrupted_installation_starts_over(steps, monkeypatch):
    def interrupted(tests):
        bootstrap.UNFINISHED.touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "install", interrupted)
        assert bootstrap.main(["upscale"]) == bootstrap.INTERRUPTED
    steps.clear()
    bootstrap.set_up(tests=False, window=False)
    assert steps == ["environment", "program"]


def test_an_environment_made_by_hand_is_kept(steps):
    bootstrap.make_environment()
    bootstrap.UNFINISHED.unlink()
    steps.clear()
    bootstrap.set_up(tests=False, window=False)
    assert steps == ["program"]


@pytest.mark.parametrize("lost", ["python", "sr-desktop"])
def test_an_environment_that_lost_its_programs_is_repaired(steps, lost):
    bootstrap.set_up(tests=False, window=False)
    steps.clear()
    Path(bootstrap.tool(lost)).unlink()
    bootstrap.set_up(tests=False, window=False)
    assert steps[-1] == "program"


def test_a_moved_checkout_or_another_python_gets_a_new_environment(steps):
    bootstrap.set_up(tests=False, window=False)
    steps.clear()
    bootstrap.write_stamp({**stamp(), "environment": "cpython-310 /elsewhere"})
    bootstrap.set_up(tests=False, window=False)
    assert steps == ["environment", "program"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_broken_stamp_counts_as_none(steps, text):
    bootstrap.set_up(tests=False, window=False)
    bootstrap.STAMP.write_text(text)
    assert bootstrap.read_stamp() == {}


def test_making_the_environment_clears_what_was_there(checkout, monkeypatch):
    commands = []
    monkeypatch.setattr(bootstrap, "run_quietly", lambda command, failure: commands.append(command))
    (bootstrap.VENV / "lib").mkdir(parents=True)
    (bootstrap.VENV / "lib" / "half.py").write_text("")
    (bootstrap.VENV / "pyvenv.cfg").write_text("")
    bootstrap.make_environment()
    assert list(bootstrap.VENV.iterdir()) == [bootstrap.UNFINISHED]
    assert commands[0][1:] == ["-m", "venv", str(bootstrap.VENV)]


# What the system provides


def test_missing_names_only_what_is_not_there():
    needs = [Need("libGL.so.1", "libgl1"), Need("Xvfb", "xvfb")]
    assert bootstrap.missing(needs, present=lambda thing: thing == "Xvfb") == [Need("libGL.so.1", "libgl1")]


def test_presence_is_found_by_loading_importing_or_looking_on_the_path():
    assert bootstrap.is_present("ensurepip")
    assert bootstrap.is_present(Path(sys.executable).name)
    assert not bootstrap.is_present("libnothing-like-it.so.7")
    assert not bootstrap.is_present("no-such-program")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', True),
        ("ID=ubuntu\nID_LIKE=debian\n", True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ('ID=fedora\nVARIANT="not debian"\n', False),
        ("ID=nobara\nID_LIKE='rhel fedora'\n", False),
        ("", False),
    ],
)
def test_debian_and_its_relatives_are_recognised(text, expected):
    assert bootstrap.is_debian(text) is expected


def test_apt_asks_nothing_and_installs_what_the_printed_line_would():
    packages = ["python3.11-venv", "libgl1"]
    update, install = bootstrap.apt_commands(["sudo", "-n"], packages)
    assert update[:3] == ["sudo", "-n", "env"]
    assert update[-1] == "update"
    assert "DEBIAN_FRONTEND=noninteractive" in install
    assert "-y" in install
    assert install[-2:] == packages
    assert bootstrap.apt_line(packages).endswith(" ".join(install[-4:]))


@pytest.fixture
def debian(monkeypatch, tmp_path):
    """A Debian on which nothing that bootstrap asks for is installed; returns the packages apt was asked for."""
    installed = []
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    release = tmp_path / "os-release"
    release.write_text("ID=debian\n")
    monkeypatch.setattr(bootstrap, "OS_RELEASE", release)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap, "missing", lambda needs: list(needs))
    monkeypatch.setattr(bootstrap, "root_prefix", list)
    monkeypatch.setattr(bootstrap, "install_packages", lambda prefix, packages: installed.extend(packages))
    return installed


def test_root_on_debian_gets_the_packages_installed(debian):
    bootstrap.provide([Need("Xvfb", "xvfb")])
    assert debian == ["xvfb"]


def test_without_the_right_to_install_the_line_to_run_is_said(debian, monkeypatch):
    monkeypatch.setattr(bootstrap, "root_prefix", lambda: None)
    with pytest.raises(SetupError, match=r"apt-get install .* xvfb"):
        bootstrap.provide([Need("Xvfb", "xvfb")])
    assert debian == []


def test_another_linux_is_told_what_is_missing_and_goes_on(debian, capsys):
    bootstrap.OS_RELEASE.write_text("ID=fedora\n")
    bootstrap.provide([Need("libGL.so.1", "libgl1")])
    assert "lacks libGL.so.1" in capsys.readouterr().err
    assert debian == []


def test_windows_and_macos_are_asked_for_nothing(debian, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "platform", "darwin")
    bootstrap.provide([Need("libGL.so.1", "libgl1")])
    assert debian == []


@pytest.fixture
def refused(steps, monkeypatch):
    """A system that has nothing but Python's modules, and where nothing may be installed."""

    def provide(needs):
        raise SetupError("System packages are missing.")

    monkeypatch.setattr(bootstrap, "provide", provide)
    monkeypatch.setattr(bootstrap, "missing", lambda needs: [need for need in needs if need.thing != "ensurepip"])
    return steps


def test_a_command_without_a_window_goes_on_without_the_windows_libraries(refused, capsys):
    bootstrap.set_up(tests=False, window=False)
    assert refused == ["environment", "program"]
    assert "Only the window needs them" in capsys.readouterr().err


@pytest.mark.parametrize(("tests", "window"), [(True, False), (False, True)])
def test_the_window_and_the_tests_stop_without_their_libraries(refused, tests, window):
    with pytest.raises(SetupError):
        bootstrap.set_up(tests=tests, window=window)
    assert refused == []


# The start


def test_arguments_go_to_the_program_as_they_are():
    assert bootstrap.command_for(["upscale", "a b.jpg", "--json"])[1:] == ["upscale", "a b.jpg", "--json"]
    assert Path(bootstrap.command_for([])[0]).stem == "sr-desktop"


def test_no_arguments_or_a_picture_open_the_window_and_a_command_does_not(tmp_path):
    picture = tmp_path / "photo.jpg"
    picture.touch()
    assert bootstrap.opens_window([])
    assert bootstrap.opens_window([str(picture)])
    assert not bootstrap.opens_window(["upscale", str(picture)])


def test_test_runs_the_one_task_that_checks_everything():
    command = bootstrap.command_for(["test"])
    assert Path(command[0]).stem == "poe"
    assert command[1:] == ["-C", str(HERE.parent), "check"]


def test_test_takes_no_arguments(steps, capsys):
    assert bootstrap.main(["test", "-k", "tiles"]) == 1
    assert "takes no arguments" in capsys.readouterr().err
    assert steps == []


@posix_only
def test_the_program_takes_over_with_its_exit_status(tmp_path):
    program = f"import sys; sys.path.insert(0, {str(HERE.parent)!r}); import bootstrap; bootstrap.start(['/bin/sh', '-c', 'exit 7'])"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 7


def test_where_there_is_no_exec_the_exit_status_is_passed_on():
    before = signal.getsignal(signal.SIGINT)
    try:
        assert bootstrap.wait_for([sys.executable, "-c", "raise SystemExit(7)"]) == 7
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_failed_step_shows_its_output_and_says_what_to_do(capsys):
    with pytest.raises(SetupError, match="Check the network"):
        bootstrap.run_quietly(
            [sys.executable, "-c", "print('no such release'); raise SystemExit(1)"], "Check the network."
        )
    assert "no such release" in capsys.readouterr().err


def test_a_step_that_works_is_quiet(capfd):
    bootstrap.run_quietly([sys.executable, "-c", "print('noise')"], "")
    assert capfd.readouterr() == ("", "")
