r"""What resets every mode that a terminal can be put into, and erases all that it shows.

A person can type control characters, and a program can be killed in the middle of a page: the next
patient must not find a terminal that inserts, writes in reverse, or sends other keys. Each entry of
`_RESETS` names what it resets. The sources are ECMA-48, xterm's ctlseqs, console_codes(4), and the
keyboard protocol of kitty. A terminal ignores what it does not know, and the rest of a sequence that
an old one would show is erased with the screen.

Left alone are key repeat (`?8`), which a clinic may have turned off, and what each user sets as they
like it and does no harm: `USER_SETTINGS`.
"""

import os
import sys

_ST = "\x1b\\"

_KEYBOARD = (
    "\x1b>"  # keypad sends digits
    "\x1b[?1;66;67l"  # cursor keys, keypad and Backspace as usual
    "\x1b[?1050;1051;1052;1053;1060;1061l"  # function keys of other terminals
    "\x1b[>0m\x1b[>1m\x1b[>2m\x1b[>4m\x1b[>4f"  # xterm's modified keys
    "\x1b[<99u\x1b[=0u"  # kitty's keyboard protocol: the stack, then the flags
    "\x1b[?9001l"  # Windows' own keyboard reports
    "\x1b[?1004;2001;2002;2003;2004;2005;2006;2031;2048;5522l"  # focus, pastes, colours, size
)
_MOUSE = "\x1b[?9l\x1b[?1000;1001;1002;1003;1005;1006;1015;1016l"

_RESETS = (
    "\x1b\x03"  # back from xterm's Tektronix window
    f"\x18{_ST}"  # ends a sequence or a string that has begun
    "\x1b<"  # VT52 mode off: before this, no other sequence is understood
    "\x1b[4i\x1b[?4i"  # what is written goes to the screen, not to a printer
    "\x1b[?2026l"  # what is written is shown at once
    "\x1b[0$}"  # … and not in a status line
    "\x1b[0$~"  # no status line
    f"{_KEYBOARD}{_MOUSE}"  # for the alternate screen, which has its own in some terminals
    "\x1b[?47l\x1b[?1047l\x1b[?1049l"  # the ordinary screen
    '\x1b[64;1"p'  # a VT400 that sends 7-bit controls
    "\x1b F"  # as above, in terminals that do not change their level
    "\x1b[!p"  # soft reset
    f"{_KEYBOARD}{_MOUSE}"
    "\x1b[2;4;20l"  # keyboard not locked, replace, line feed as usual
    "\x1b[3l"  # control characters are obeyed, not shown
    "\x1b[12h"  # no local echo
    "\x1b[?3l\x1b[?4;5;6;18;19;40;41;42;44;45;46;69;95l"  # 80 columns, no reverse, no origin, no log …
    "\x1b[?7h"  # wrapping
    "\x1b[?12l\x1b[?25h\x1b[0 q\x1b[?0c"  # the usual cursor, shown
    "\x1b[r"  # no margins
    '\x1b[0"q\x1bW'  # nothing is protected from being erased
    "\x1b(B\x1b)B\x1b*B\x1b+B\x0f"  # character sets
    "\x1b[?5W"  # tab stops
    f"\x1b]8;;{_ST}"  # no link
    f"\x1b]104{_ST}\x1b]110{_ST}\x1b]111{_ST}\x1b]112{_ST}\x1b]117{_ST}\x1b]119{_ST}"  # colours
    "\x1b[23;0t\x1b[22;0t"  # the title that `KEEP_TITLE` kept
    "\x1b[10m\x1b[m"  # the usual font, no colours, no weight
)
_LINUX_CONSOLE = (
    "\x1b]R"  # palette; elsewhere it would begin a string
    "\x1b[37;40m\x1b[8]\x1b[m"  # white on black are the default colours again
)
_UTF_8 = "\x1b%G"
_ERASE = "\x1b[H\x1b7\x1b[2J\x1b[3J"
"""Erase the screen, then the scrollback: in this order."""

USER_SETTINGS = frozenset({8, 30, 35, 1007, *range(1010, 1012), *range(1034, 1045)})
"""Private modes that stay as they are: key repeat, the scroll bar, scrolling, Alt, selections, the bell."""

KEEP_TITLE = "\x1b[22;0t"
"""Keeps the window's title, once, for every later `erase_sequence`."""


def erase_sequence() -> str:
    """Return what resets the modes of this terminal and erases its screen and its scrollback."""
    console = _LINUX_CONSOLE if os.environ.get("TERM", "").startswith("linux") else ""
    encoding = (sys.stdout.encoding or "").lower().replace("_", "-")
    utf_8 = _UTF_8 if encoding in {"utf-8", "utf8"} else ""
    return f"{_RESETS}{console}{utf_8}{_ERASE}"
