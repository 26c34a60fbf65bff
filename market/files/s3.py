"""Files in an S3-compatible object store: the only module that speaks to boto3.

Somebody waits for a page, so answers have short timeouts, and after a failure nobody waits for a few seconds: pictures
are then missing, and everything else works.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import structlog
from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from market.breaker import Breaker
from market.config import S3Settings
from market.files.errors import StoreAway
from market.files.keys import is_key, key_for

CONNECT_SECONDS = 2.0
READ_SECONDS = 8.0
"""How long the store may be silent in the middle of an answer."""

ATTEMPTS = 2

_log = structlog.get_logger(__name__)


class S3Store:
    """A `market.files.FileStore` in one bucket."""

    def __init__(
        self, settings: S3Settings, *, connect_seconds: float = CONNECT_SECONDS, read_seconds: float = READ_SECONDS
    ):
        self._bucket = settings.bucket
        self._breaker = Breaker()
        # Sums that only newer stores understand are left out; a path names the bucket where its name is no host's.
        config = Config(
            connect_timeout=connect_seconds,
            read_timeout=read_seconds,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            s3={"addressing_style": "path" if settings.endpoint else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self._client = Session(
            aws_access_key_id=settings.access_key,
            aws_secret_access_key=settings.secret_key,
            region_name=settings.region,
        ).client("s3", endpoint_url=settings.endpoint, config=config)

    def save(self, content: bytes, *, folder: str, suffix: str) -> str:
        """Keep `content`; the object is there whole or not at all. Raises StoreAway."""
        key = key_for(content, folder=folder, suffix=suffix)
        with self._explained("file_not_kept", key):
            if not self._has(key):
                self._client.put_object(Bucket=self._bucket, Key=key, Body=content)
        return key

    def read(self, key: str) -> bytes | None:
        """The file's content, or None when there is no such file. Raises StoreAway."""
        if not is_key(key):
            return None
        self._require_hope()
        with self._explained("file_not_read", key):
            try:
                content: bytes = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            except ClientError as error:
                if not _is_missing(error):
                    raise
                return None
        return content

    def exists(self, key: str) -> bool:
        """Whether there is such a file. Raises StoreAway."""
        if not is_key(key):
            return False
        self._require_hope()
        with self._explained("file_not_found_out", key):
            return self._has(key)

    def _has(self, key: str) -> bool:
        try:
            self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if not _is_missing(error):
                raise
            return False
        return True

    def _require_hope(self) -> None:
        if not self._breaker.allows():
            raise StoreAway

    @contextmanager
    def _explained(self, event: str, key: str) -> Iterator[None]:
        """The library's errors in our words. Its own are for the log: they name the address, never the secret key."""
        try:
            yield
        except (BotoCoreError, ClientError) as error:
            self._breaker.failed()
            _log.error(event, key=key, bucket=self._bucket, reason=str(error))
            raise StoreAway from error
        self._breaker.succeeded()


def _is_missing(error: ClientError) -> bool:
    """Whether the object is not there; a missing bucket is a fault, though its answer to HEAD looks the same."""
    answer = error.response
    missing = answer["ResponseMetadata"]["HTTPStatusCode"] == HTTPStatus.NOT_FOUND
    return missing and answer["Error"]["Code"] != "NoSuchBucket"
