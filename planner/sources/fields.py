"""The bridge to pydantic: a field is read by a reader of ours, and its faults keep their key and their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from planner.sources.scalars import Reader
from planner.sources.unfit import Unfit, node_of

TEXT: Mapping[str, Any] = {"type": ["string", "number", "boolean"]}
"""What editors may think a plain scalar is: the reader takes the text as it is written."""

UNFIT = "unfit"
"""The type of pydantic errors that carry an `Unfit` in their context."""


@dataclass(frozen=True, eq=False)
class As:
    """Annotation of a field: the reader that takes what is written, and the JSON Schema of that."""

    read: Reader
    schema: Mapping[str, Any] = field(default_factory=lambda: TEXT)

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)

    def _validate(self, value: Any, info: core_schema.ValidationInfo[Any]) -> Any:
        """Read a value; one of the defaults, which stands under many records, only once."""
        node, known = node_of(value), info.context.known
        key = (id(self), id(node))
        if node is None or key not in known:
            try:
                known[key] = (node, self.read(value, info.context))
            except Unfit as unfit:
                raise PydanticCustomError(UNFIT, "{key}", {"key": unfit.key, "unfit": unfit}) from unfit
        return known[key][1]


@dataclass(frozen=True, eq=False)
class Brief:
    """Annotation of a field that has a short form: how it is written out before it is read."""

    write_out: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.write_out, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        long = handler(schema)
        if "items" not in long:
            return {"anyOf": [dict(TEXT), {"type": "array", "items": dict(TEXT)}, long]}
        return {"anyOf": [dict(TEXT), {**long, "items": {"anyOf": [dict(TEXT), long["items"]]}}]}


class Record(BaseModel):
    """The base of everything that is written as keys and values: keys that are not declared are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
