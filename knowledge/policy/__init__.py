"""What a policy document says of itself."""

from knowledge.policy.metadata import Metadata, read_metadata
from knowledge.policy.region import NATIONWIDE, is_nationwide, region_of

__all__ = ["NATIONWIDE", "Metadata", "is_nationwide", "read_metadata", "region_of"]
