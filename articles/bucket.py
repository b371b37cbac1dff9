"""Pictures on storage that speaks S3, for several machines; the bucket is private, the site gives them out."""

from collections.abc import Iterator
from contextlib import contextmanager

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

PATIENCE = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 3, "mode": "standard"})
"""Seconds; the library's own would hold a reader's page for minutes."""


class StorageAwayError(OSError):
    """The storage does not answer, or does not let us."""


@contextmanager
def _as_os_error() -> Iterator[None]:
    """What goes wrong there is an error like that of a disk: whoever reads and writes files knows those."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StorageAwayError(f"the bucket: {type(error).__name__}") from error


class Bucket(S3Storage):
    """No access list is sent along: a bucket of today takes none, and is private unless somebody opens it.

    A file is read whole when it is opened, so that no error comes half-way through an answer.
    """

    def get_default_settings(self) -> dict:
        """Of the library, with our patience."""
        ours = {"client_config": PATIENCE, "transfer_config": TransferConfig(use_threads=False)}  # pictures are small
        return super().get_default_settings() | ours

    def _open(self, name, mode="rb"):
        with _as_os_error():
            file = super()._open(name, mode)
            if "r" in mode:
                file.file.seek(0)
            return file

    def _save(self, name, content):
        with _as_os_error():
            return super()._save(name, content)

    def delete(self, name):
        """Gone, and so if it never was."""
        with _as_os_error():
            super().delete(name)

    def exists(self, name):
        """Whether it is there."""
        with _as_os_error():
            return super().exists(name)

    def size(self, name):
        """Bytes."""
        with _as_os_error():
            return super().size(name)
