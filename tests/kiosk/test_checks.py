"""What `kiosk check` says of a made-up system below a folder."""

from pathlib import Path

import pytest

from fibrocheck.kiosk.setup.findings import findings
from fibrocheck.kiosk.setup.found import FIX, OK
from fibrocheck.kiosk.setup.install import install
from fibrocheck.kiosk.setup.machine import Machine
from fibrocheck.kiosk.setup.plan import ENVIRONMENT
from fibrocheck.kiosk.setup.wish import Way, Wish
from tests.program.terminal import PROGRAM, piped

from .made_up_system import RECORDS, add, results_of, set_code, silent

CARDS = " 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA Intel PCH\n"


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (
            "/etc/lightdm/lightdm.conf",
            "[Seat:*]\nautologin-user=pi\n autologin-session = x\n",
            "autologin-user and",
        ),
        ("/etc/systemd/system/display-manager.service", "/usr/lib/systemd/system/gdm3.service", "is gdm3"),
    ],
)
def test_what_keeps_lightdm_from_starting_the_kiosk_is_found(
    path: str, text: str, said: str, root: Path
) -> None:
    """As on Raspberry Pi OS and Ubuntu with a desktop. Before the installation, and by the check."""
    wish = Wish(Way.touch, root=root)
    add(root, "/etc/lightdm/lightdm.conf", "[Seat:*]\n#autologin-user=\n")
    install(wish, silent)
    assert results_of(wish)["login"][0] == OK
    (root / path.lstrip("/")).unlink(missing_ok=True)
    if path.endswith(".service"):
        (root / path.lstrip("/")).symlink_to(text)
    else:
        add(root, path, text)
    assert said in " ".join(map(str, findings(wish, Machine(wish))))
    assert results_of(wish)["login"][0] == FIX


def test_a_bare_machine_has_much_to_fix(root: Path) -> None:
    """Each with what to do. What only a kiosk has is not asked for: that there is none is said once."""
    add(root, "/proc/swaps", "Filename Type\n/dev/sda2 partition\n")
    add(root, "/sys/power/state", "freeze mem disk\n")
    add(root, "/proc/sys/kernel/sysrq", "438\n")
    add(root, "/proc/sys/kernel/core_pattern", "|/usr/lib/systemd/systemd-coredump %P\n")
    add(root, "/etc/speech-dispatcher/speechd.conf", "# LogLevel 0\nLogLevel 5\n")
    add(root, "/usr/bin/speech-dispatcher")
    found = results_of(Wish(Way.console, root=root))
    to_fix = {"files", "swap", "hibernation", "SysRq keys", "core dumps"}
    to_fix |= {"consoles", "voice daemon", "sound", "headphones", "letters"}
    assert {about for about, (state, _) in found.items() if state == FIX} == to_fix
    assert all(not said.endswith(". ") for state, said in found.values() if state == FIX)
    assert not {"account", "staff code", "its file"} & found.keys()


def test_without_lightdm_nothing_is_said_to_start_by_it(root: Path) -> None:
    (root / "usr/bin/lightdm").unlink()
    state, said = results_of(Wish(Way.console, root=root))["login"]
    assert (state, said) == (OK, "no LightDM, which only a touch screen needs. ")


def test_a_prepared_machine_has_nothing_to_fix(root: Path) -> None:
    wish = Wish(Way.console, records=RECORDS, root=root, speech=("--headphones",))
    install(wish, silent)
    set_code(root)
    (root / RECORDS.lstrip("/")).mkdir(parents=True)
    (root / RECORDS.lstrip("/")).chmod(0o773)
    (root / RECORDS.lstrip("/")).chmod(0o2773)
    add(root, "/etc/passwd", "kiosk:x:999:999::/nonexistent:/usr/sbin/nologin\n")
    add(root, "/proc/sys/kernel/sysrq", "0\n")
    add(root, "/proc/sys/kernel/core_pattern", "|/bin/false\n")
    add(root, "/etc/default/console-setup", 'FONTSIZE="16x32"\n')
    add(root, "/usr/bin/espeak-ng")
    add(root, "/proc/asound/cards", CARDS)
    add(root, "/etc/group", "audio:x:29:pulse,kiosk\n")
    found = results_of(wish)
    assert {about: said for about, (state, said) in found.items() if state == FIX} == {}
    assert found["staff code"][0] == OK


VOICES = "Pty Language Age/Gender VoiceName\n 5  {} --/M One\n 5  en-us --/M Two\n"
JACK = "numid=14,iface=CARD,name='Headphone Jack'\n  ; type=BOOLEAN\n  : values=off\n"


@pytest.mark.parametrize(
    ("about", "change", "said"),
    [
        ("voices", {"espeak-ng": None, "speech-dispatcher": None}, "apt-get install espeak-ng"),
        ("voices", {"espeak-ng": VOICES.format("eo")}, "none for Spanish"),
        ("voice daemon", {"espeak-ng": None}, "still has sentences in its memory"),
        ("voice daemon", {"LogLevel": "5"}, "Set LogLevel 3"),
        ("sound", {"cards": "--- no soundcards ---\n"}, "no sound card"),
        ("sound", {"group": "audio:x:29:pulse\n"}, "adduser kiosk audio"),
        ("headphones", {"amixer": None}, "apt-get install alsa-utils"),
        ("headphones", {"amixer": "numid=3,iface=MIXER\n"}, "Install with --headphones"),
    ],
)
def test_what_reading_aloud_needs_is_looked_at_with_what_to_do(
    about: str, change: dict[str, str | None], said: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is to fix on the machine before the change, nor where nothing is read aloud."""
    before = {"espeak-ng": VOICES.format("es-419"), "speech-dispatcher": "", "amixer": JACK}
    before |= {"LogLevel": "3", "cards": CARDS, "group": "audio:x:29:pulse,kiosk\n"}
    for state, made in ((OK, before), (FIX, before | change)):
        monkeypatch.setattr(Machine, "has_program", lambda _, name, made=made: made.get(name, "") is not None)
        monkeypatch.setattr(Machine, "run", lambda _, command, made=made: (0, made.get(command[0]) or ""))
        add(root, "/etc/speech-dispatcher/speechd.conf", f"LogLevel  {made['LogLevel']}\n")
        add(root, "/proc/asound/cards", str(made["cards"]))
        add(root, "/etc/group", str(made["group"]))
        found = results_of(Wish(Way.console, root=root))[about]
        assert found[0] == state, found
    assert said in found[1]
    add(root, ENVIRONMENT, "FIBROCHECK_OPTIONS='--idle 120 --no-speech'\n")
    assert results_of(Wish(Way.console, root=root))[about][0] == OK


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--headphones", "--speak"), "kiosk --speak --headphones $FIBROCHECK"),
        (("--loudspeaker",), "kiosk --loudspeaker $FIBROCHECK"),
        (("--no-speech",), "kiosk --no-speech $FIBROCHECK"),
        (("--no-speech", "--speak"), ""),
    ],
)
def test_the_options_for_reading_aloud_reach_the_kiosk(
    options: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = piped(*PROGRAM, "kiosk", "install", "--way", "console", *options, "--dry-run", home=tmp_path)
    assert done.returncode == (0 if said else 2)
    assert said in done.stdout
    assert said or "--speak has no effect with --no-speech" in done.stderr


@pytest.mark.parametrize(
    ("code", "said"), [("", "no code is set"), ("desk1", "is an old one"), ("front 11", "other characters")]
)
def test_the_staff_code_is_looked_at_and_never_shown(code: str, said: str, root: Path) -> None:
    add(root, ENVIRONMENT, f"FIBROCHECK_STAFF_CODE={code}\n")
    found = results_of(Wish(Way.console, root=root))["staff code"]
    assert found[0] == FIX
    assert said in found[1]
    assert not code or code not in found[1]


def test_a_file_with_the_code_that_others_can_read_is_found(root: Path) -> None:
    add(root, ENVIRONMENT, "FIBROCHECK_STAFF_CODE=front11\n").chmod(0o644)
    assert results_of(Wish(Way.console, root=root))["its file"][0] == FIX
