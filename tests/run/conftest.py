"""Every pool of this room starts and ends its own nursery."""

from tests.nurseries import fresh_nurseries

__all__ = ["fresh_nurseries"]
