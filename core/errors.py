"""What breaks, as exceptions. What a user typed wrong is a value, never one of these.

    SpotterError                 everything that Spotter raises on purpose
    └─ StoreError                the database did not do what was asked
       ├─ StoreAddressInvalid    DATABASE_URL is no address that Spotter understands
       ├─ StoreUnreachable       the file cannot be opened, the server does not answer, the connection was lost
       ├─ StoreForeign           the file is a database, but not one of Spotter's
       ├─ StoreTooNew            a later Spotter has made or upgraded this database
       ├─ StoreLocked            somebody else kept the database, or the rows, for too long: trying again may help
       └─ StoreConflict          a rule of the schema forbids it: a key used twice, a row that others lean on

The text of each is a sentence for people. No password ever stands in it.
"""
# ruff: noqa: N818 - named for what happened, so that `except StoreLocked` reads as it should

from __future__ import annotations


class SpotterError(Exception):
    """The root: catching it catches what Spotter raises on purpose, and no programming error."""


class StoreError(SpotterError):
    """The database did not do what was asked. Nothing of the transaction has been kept."""


class StoreAddressInvalid(StoreError):
    """The address is neither `sqlite:///path` nor `postgresql://...`."""


class StoreUnreachable(StoreError):
    """The file cannot be opened, the server does not answer, or the connection was lost."""


class StoreForeign(StoreError):
    """The file is not a database of Spotter's. It has not been touched."""


class StoreTooNew(StoreError):
    """A later Spotter has made or upgraded this database; this one would misread it. It has not been touched."""


class StoreLocked(StoreError):
    """Another process kept the database or a row for longer than we wait, or two waited for each other."""


class StoreConflict(StoreError):
    """A rule of the schema forbids it: a key that is taken, a row that is missing or still needed."""
