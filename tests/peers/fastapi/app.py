"""A FastAPI application with cases that are difficult for clients. It echoes requests, and describes itself.

Tests generate a client from its own `/openapi.json`. Operation ids are the names of the functions, as FastAPI's
documentation proposes for generated clients.
"""

from collections.abc import AsyncIterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Query, Request, Response
from fastapi import Security, UploadFile
from fastapi.responses import PlainTextResponse
from fastapi.security import APIKeyCookie, OAuth2PasswordBearer, OAuth2PasswordRequestForm
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field, RootModel, computed_field

application = FastAPI(title="Awkward", version="1", generate_unique_id_function=lambda route: route.name)


# Tagged unions: the tag has a default, so that the description does not require it.


class Small(BaseModel):
    kind: Literal["small"] = "small"
    n: int = 0


class Large(BaseModel):
    kind: Literal["large"] = "large"
    name: str = ""


# A union without its own model is described inline at each use.
Either = Annotated[Small | Large, Field(discriminator="kind")]


class Thing(RootModel[Either]):
    pass


class Box(BaseModel):
    first: Thing
    maybe: Thing | None = None
    many: list[Thing] = []
    named: dict[str, Thing] = {}


@application.post("/unions/thing", tags=["unions"])
def thing(thing: Thing) -> Thing:
    return thing


@application.post("/unions/either", tags=["unions"])
def either(either: Either) -> Either:
    return either


@application.post("/unions/box", tags=["unions"])
def boxed(box: Box) -> Box:
    return box


# Models: numbers, dates, null, recursion, computed fields.


class Colour(str, Enum):
    red = "red"
    blue = "blue"


class Price(BaseModel):
    amount: Decimal
    rate: Annotated[Decimal, Field(max_digits=30, decimal_places=20)] | None = None
    whole: int = 0
    part: float = 0.5


class Times(BaseModel):
    at: datetime
    day: date
    clock: time
    long: timedelta
    either: date | datetime | None = None


class Nullable(BaseModel):
    text: str | None = None
    number: int | None = None
    flag: bool | None
    colour: Colour | None = None
    choice: Literal["a", "b"] | None = None
    texts: list[str | None] | None = None
    numbers: dict[str, float | None] | None = None
    thing: Either | None = None
    anything: Any = None
    pair: tuple[int, str | None] | None = None


class Tree(BaseModel):
    value: int
    children: list["Tree"] = []
    source: str | None = Field(None, alias="from")


class Account(BaseModel):
    model_config = {"extra": "forbid"}
    first: str
    last: str = "Doe"


class Record(BaseModel):
    id: Annotated[int, Field(json_schema_extra={"readOnly": True})] = 7
    label: str


class Shown(Account):
    @computed_field
    @property
    def full(self) -> str:
        return f"{self.first} {self.last}"


@application.post("/models/price", tags=["models"])
def price(price: Price) -> Price:
    return price


@application.post("/models/times", tags=["models"])
def times(times: Times) -> Times:
    return times


@application.post("/models/nullable", tags=["models"])
def nullable(nullable: Nullable) -> Nullable:
    return nullable


@application.patch("/models/nullable", tags=["models"])
def given(nullable: Nullable) -> list[str]:
    """Lists the fields of the request, null or not."""
    return sorted(nullable.model_fields_set)


@application.post("/models/tree", tags=["models"])
def tree(tree: Tree) -> Tree:
    return tree


@application.get("/models/account", tags=["models"])
def account() -> Shown:
    return Shown(first="Jo")


@application.put("/models/account", tags=["models"])
def rename(account: Shown) -> Shown:
    return account


@application.get("/models/record", tags=["models"])
def record() -> Record:
    return Record(label="one")


@application.put("/models/record", tags=["models"])
def replace(record: Record) -> Record:
    if "id" in record.model_fields_set:
        raise HTTPException(400, "`id` is read-only")
    return record


@application.get("/models/nothing", tags=["models"])
def nothing() -> Tree | None:
    return None


@application.put("/models/several", tags=["models"])
def several(left: Small, right: Annotated[Large | None, Body()] = None, weight: Annotated[int, Body(gt=0)] = 1) -> Box:
    return Box(first=left, maybe=right, many=[left] * weight)


# Parameters.


class Filter(BaseModel):
    model_config = {"extra": "forbid"}
    limit: int = Field(100, gt=0, le=100)
    order: Literal["up", "down"] = "up"
    tags: list[str] = []
    since: datetime | None = None


class Seen(BaseModel):
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, list[str]]


def seen(request: Request, *names: str) -> Seen:
    """Path, query and headers of the request."""
    headers = {name: request.headers.getlist(name) for name in names}
    return Seen(path=request.url.path, query=request.query_params.multi_items(), headers=headers)


@application.get("/parameters/filter", tags=["parameters"])
def filter(filter: Annotated[Filter, Query()]) -> Filter:
    return filter


@application.get("/parameters/any/{colour}/{rest:path}", tags=["parameters"])
def anywhere(request: Request, colour: Colour, rest: str, q: str | None = None, ids: Annotated[list[int], Query()] = []) -> Seen:
    return seen(request)


@application.get("/parameters/headers", tags=["parameters"])
def headers(
    request: Request,
    x_tag: Annotated[list[str] | None, Header()] = None,
    x_flag: Annotated[bool, Header()] = False,
    session: Annotated[str | None, Cookie()] = None,
) -> Seen:
    return seen(request, "x-tag", "x-flag", "cookie")


# Forms and files.


class Login(BaseModel):
    name: str
    age: int | None = None
    tags: list[str] = []
    colour: Colour = Colour.red
    agreed: bool = False


class Upload(BaseModel):
    name: str | None
    media: str | None
    text: str
    note: str | None = None


async def received(file: UploadFile, note: str | None = None) -> Upload:
    return Upload(name=file.filename, media=file.content_type, text=(await file.read()).decode("latin-1"), note=note)


@application.post("/forms/login", tags=["forms"])
def login(login: Annotated[Login, Form()]) -> Login:
    return login


@application.post("/forms/file", tags=["forms"])
async def file(file: UploadFile, note: Annotated[str, Form()] = "none") -> Upload:
    return await received(file, note)


@application.post("/forms/optional", tags=["forms"])
async def optional(file: UploadFile | None = None, note: Annotated[str | None, Form()] = None) -> Upload | None:
    return await received(file, note) if file else None


@application.post("/forms/files", tags=["forms"])
async def files(files: list[UploadFile], tags: Annotated[list[str], Form()] = []) -> list[Upload]:
    return [await received(file, ",".join(tags)) for file in files]


@application.post("/forms/bytes", tags=["forms"])
def contents(data: Annotated[bytes, File()], more: Annotated[list[bytes], File()] = []) -> list[int]:
    return [len(data), *map(len, more)]


# Responses.


class Problem(BaseModel):
    reason: str


@application.get("/responses/text", tags=["responses"], response_class=PlainTextResponse)
def text() -> str:
    return "plain"


@application.get("/responses/string", tags=["responses"])
def string() -> str:
    return "quoted"


binary = {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}


@application.get("/responses/bytes", tags=["responses"], response_class=Response, responses=binary)
def raw() -> Response:
    return Response(bytes(range(256)), media_type="application/octet-stream")


@application.get("/responses/file", tags=["responses"], response_class=Response)
def file_of_anything() -> Response:
    """Is described without a body."""
    return Response(bytes(range(256)), media_type="image/x-any")


@application.delete("/responses/gone", tags=["responses"], status_code=204)
def gone() -> None:
    return None


@application.get("/responses/error/{status}", tags=["responses"], responses={409: {"model": Problem}})
def error(status: int, detail: str = "no") -> Small:
    if status == 409:
        return Response(Problem(reason=detail).model_dump_json(), status_code=409, media_type="application/json")
    if status >= 400:
        raise HTTPException(status, detail)
    return Small(n=status)


@application.get("/responses/lines", tags=["responses"])
async def lines(count: int = 3) -> AsyncIterable[Small]:
    for n in range(count):
        yield Small(n=n)


@application.get("/responses/events", tags=["responses"], response_class=EventSourceResponse)
async def ticks(count: int = 3) -> AsyncIterable[Small]:
    for n in range(count):
        yield Small(n=n)


@application.get("/responses/named", tags=["responses"], response_class=EventSourceResponse)
async def named() -> AsyncIterable[ServerSentEvent]:
    yield ServerSentEvent(data={"n": 1}, event="first", id="1", retry=10, comment="hello")
    yield ServerSentEvent(raw_data="two\nlines", event="second", id="2")


# Credentials.

oauth = OAuth2PasswordBearer(tokenUrl="token", scopes={"me": "Reads about me."})
cookie = APIKeyCookie(name="sid")


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


@application.post("/token", tags=["credentials"])
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    if form.password != "correct horse & battery":
        raise HTTPException(400, "Incorrect username or password")
    return Token(access_token=" ".join([form.username, *form.scopes]).replace(" ", "."))


@application.get("/me", tags=["credentials"])
def me(token: Annotated[str, Security(oauth, scopes=["me"])]) -> str:
    return token


@application.get("/session", tags=["credentials"])
def session(request: Request, sid: Annotated[str, Depends(cookie)]) -> Seen:
    return seen(request, "cookie")


class Secrets(BaseModel):
    name: Annotated[str, Field(min_length=3)]
    password: Annotated[str, Field(min_length=12, json_schema_extra={"format": "password"})]


@application.post("/secrets", tags=["credentials"])
def secrets(secrets: Secrets) -> str:
    return secrets.name
