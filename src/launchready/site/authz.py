"""What describes the portal's operations besides its pages: a section of the portal file."""

from typing import Annotated

from pydantic import Field

from launchready.site.sections import Many, Section
from launchready.site.values import ExistingPath, FileOrAddress, Place


class Authz(Section):
    """What the portal can do beyond what its pages show, for the question who reaches whose records."""

    openapi: FileOrAddress | None = Field(
        default=None,
        description="Its OpenAPI document, as a file or an address; the usual places are looked at by themselves.",
        examples=["openapi.yaml"],
    )
    graphql: Place | None = Field(
        default=None,
        description="Where its GraphQL is asked; the usual places are looked at by themselves.",
        examples=["/graphql"],
    )
    har: Annotated[tuple[ExistingPath, ...], Many] = Field(
        default=(),
        description="Recordings of a browser at work (HAR); cookies and tokens in them are not used.",
        examples=[["recording.har"]],
    )
    postman: Annotated[tuple[ExistingPath, ...], Many] = Field(
        default=(),
        description="Postman collections (v2.1); cookies and tokens in them are not used.",
        examples=[["portal.postman_collection.json"]],
    )
    leave_canaries: bool = Field(
        default=False,
        description="Whether records made for a test may stay where the portal offers no way to remove them.",
        examples=[False],
    )
