"""Settings from the environment and `.env`: defaults, refusals in words, and an example file that tells the truth."""

from __future__ import annotations

import getpass
import re
from pathlib import Path

import pytest

from bot import settings
from bot.settings import Settings, SettingsInvalid, account_name, load, machine_zone

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without `.env`, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


def test_without_any_setting_the_log_is_a_file_in_the_users_data_folder() -> None:
    assert load().database_url == f"sqlite:///{settings.data_folder() / 'spotter.db'}"
    assert settings.data_folder().name == "spotter"


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("DATABASE_URL=sqlite:////srv/spotter.db", "sqlite:////srv/spotter.db"),
        ('DATABASE_URL="sqlite:////srv/my log.db"', "sqlite:////srv/my log.db"),
        ("export DATABASE_URL='postgresql://me:p%40ss#1@host/db'", "postgresql://me:p%40ss#1@host/db"),
        ("database_url=postgres://host/db", "postgres://host/db"),
    ],
)
def test_a_file_in_the_working_directory_sets_it(empty_folder: Path, line: str, url: str) -> None:
    (empty_folder / ".env").write_text(f"SOMETHING_ELSE=1\n{line}\n", encoding="utf-8")
    assert load().database_url == url


def test_the_environment_wins_over_the_file_and_an_empty_value_is_none(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_folder / ".env").write_text("DATABASE_URL=sqlite:////file.db\nSPOTTER_DEBUG=\n")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////environment.db")
    assert load() == Settings(database_url="sqlite:////environment.db", spotter_debug=False)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "DATABASE_URL",
            "mysql://me:hunter2@host/db",
            "DATABASE_URL must begin with sqlite:/// or postgresql://.",
        ),
        ("DATABASE_URL", "hunter2", "DATABASE_URL must begin with sqlite:/// or postgresql://."),
        ("SPOTTER_DEBUG", "hunter2", "SPOTTER_DEBUG cannot be read."),
    ],
)
def test_a_bad_value_is_refused_in_a_sentence_without_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as refused:
        load()
    assert str(refused.value) == sentence


def test_a_file_that_is_no_text_is_refused_in_a_sentence(empty_folder: Path) -> None:
    (empty_folder / ".env").write_bytes(b"DATABASE_URL=\xff\xfe\n")
    with pytest.raises(SettingsInvalid, match=r"^The file \.env .* UTF-8\.$"):
        load()


def test_no_password_shows_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hunter2@host/db")
    assert "hunter2" not in f"{load()} {load()!r}"


def test_the_example_lists_every_setting_with_a_comment_and_its_default(empty_folder: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    listed = re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields)
    for name in listed:
        assert re.search(rf"^#.+\n{name}=", text, re.MULTILINE), f"{name} has no comment above it"
    before = load()
    (empty_folder / ".env").write_text(text, encoding="utf-8")
    assert load() == before


@pytest.mark.parametrize(("account", "name"), [("ann", "ann"), ("Ann Lee", "lifter"), ("", "lifter")])
def test_the_person_is_called_as_the_account_if_a_transcript_can_hold_that(
    monkeypatch: pytest.MonkeyPatch, account: str, name: str
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: account)
    assert account_name() == name


def test_an_account_without_a_name_is_the_lifter(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert account_name() == "lifter"


@pytest.mark.parametrize(
    ("tz", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":America/New_York", "America/New_York"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("Etc/UTC", "UTC"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "UTC"),
        ("../../etc/passwd", "UTC"),
    ],
)
def test_the_zone_of_the_machine_is_what_tz_says(tmp_path: Path, tz: str, zone: str) -> None:
    assert machine_zone({"TZ": tz}, tmp_path / "none") == zone


def test_the_zone_of_the_machine_is_else_where_localtime_points(tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    assert machine_zone({}, link) == "UTC"
    link.symlink_to("/usr/share/zoneinfo/posix/Europe/Madrid")
    assert machine_zone({}, link) == "Europe/Madrid"
