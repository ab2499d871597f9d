"""The tables as SQLAlchemy sees them; the migrations make them."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    TypeDecorator,
    UniqueConstraint,
    and_,
    func,
    literal_column,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

VERSION_TABLE = "kbsearch_version"
"""Where the revision stands: a name of our own, because other programs use alembic, too."""


class UtcTime(TypeDecorator[datetime]):
    """A point in time, given back as UTC.

    PostgreSQL keeps the zone. SQLite has no type for times and keeps the text of the UTC time.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,
    ) -> datetime | None:
        """Turn a time of any zone into UTC."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,
    ) -> datetime | None:
        """Give the UTC zone to a time that comes without one."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What the tables have in common."""


class TicketRow(Base):
    """One ticket; the short columns come first, so that filters need not read past long texts.

    deleted_at  when it was deleted; the row stays, and nothing but its return finds it.
    purged_at   when all but its id, reference and source was removed from the row.
    rules       the version of the rules that masked it, with a "!" if a text of it is withheld; ""
                if none did, because it came before there were any.
    """

    __tablename__ = "tickets"
    # The reference leads, because it is what people know and what a batch is looked up by.
    __table_args__ = (UniqueConstraint("reference", "source", name="tickets_reference_source"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(Integer)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    purged_at: Mapped[datetime | None] = mapped_column(UtcTime)
    reference: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    product: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    customer_reference: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime | None] = mapped_column(UtcTime)
    updated_at: Mapped[datetime | None] = mapped_column(UtcTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcTime)
    tags: Mapped[list[str]] = mapped_column(JSON)
    subject: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
    environment: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    resolution: Mapped[str] = mapped_column(Text)
    # Rows of an older store lack these, so they come last.
    resolution_from: Mapped[str] = mapped_column(Text, server_default="")
    close_reason: Mapped[str] = mapped_column(Text, server_default="")
    requester: Mapped[str] = mapped_column(Text, server_default="")
    agents: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    attachments: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    rules: Mapped[str] = mapped_column(Text, server_default="")


class MessageRow(Base):
    """One message of a ticket; no search of tickets reads them.

    position  its place in the conversation, from 0.
    """

    __tablename__ = "messages"

    ticket_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("tickets.id", name="messages_ticket_id"),
        primary_key=True,
        autoincrement=False,
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime | None] = mapped_column(UtcTime)
    public: Mapped[bool] = mapped_column(Boolean)
    text: Mapped[str] = mapped_column(Text)


class RawTextRow(Base):
    """One text of a ticket as it came, where that is not what the ticket has.

    message  its place in the conversation if the field is the messages, else 0.
    """

    __tablename__ = "raw_texts"

    ticket_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("tickets.id", name="raw_texts_ticket_id"),
        primary_key=True,
        autoincrement=False,
    )
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    message: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)


def customer_key(number: ColumnElement[str]) -> ColumnElement[str]:
    """Return what a customer number is looked up by: no case, marks or blanks."""
    for mark in "- ./_#":
        number = func.replace(number, literal_column(f"'{mark}'"), literal_column("''"))
    return func.lower(number)


_TICKETS = TicketRow.__table__.c
Index("tickets_rules", _TICKETS.rules, _TICKETS.purged_at)
HAS_CUSTOMER = and_(
    _TICKETS.customer_reference != literal_column("''"), _TICKETS.deleted_at.is_(None)
)
"""What a query for a customer must say, so that it is answered by the index of customers."""
Index(
    "tickets_customer",
    customer_key(_TICKETS.customer_reference),
    _TICKETS.customer_reference,
    _TICKETS.created_at,
    _TICKETS.deleted_at,  # so that SQLite need not read the ticket for it
    sqlite_where=HAS_CUSTOMER,
    postgresql_where=HAS_CUSTOMER,
)


class ChangeRow(Base):
    """One row of the change log: which revision of which ticket came about, and how."""

    __tablename__ = "changes"

    sequence: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    ticket_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("tickets.id", name="changes_ticket_id")
    )
    revision: Mapped[int] = mapped_column(Integer)
    action: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)


class CounterRow(Base):
    """The one row that every writer locks, so that sequences become visible in order.

    last_ticket    the last ticket id given.
    last_sequence  the last sequence of the change log.
    identity       which store it is; random, and the same in every copy.
    """

    __tablename__ = "counter"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last_ticket: Mapped[int] = mapped_column(Integer)
    last_sequence: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    identity: Mapped[str] = mapped_column(Text, server_default="")


class OutcomeRow(Base):
    """What one call said of one ticket: whether what it holds solved the problem.

    call   None if no one gave an id: then it is a call of its own.
    query  what was searched for, "" if no one said.
    """

    __tablename__ = "outcomes"
    # The call leads, because it is asked what did not help in it.
    __table_args__ = (UniqueConstraint("call", "ticket_id", name="outcomes_call_ticket"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    ticket_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("tickets.id", name="outcomes_ticket_id")
    )
    solved: Mapped[bool] = mapped_column(Boolean)
    call: Mapped[str | None] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)


class CallRow(Base):
    """One call that has said something of a ticket; its outcomes have its id.

    id       opaque, from a page or another program. Nothing here says who called.
    last_at  when it last said something, or took something back.
    """

    __tablename__ = "calls"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    last_at: Mapped[datetime] = mapped_column(UtcTime)


class TrackRecordRow(Base):
    """The sum of the outcomes of one ticket, because every search asks for those of many.

    A popular fix has thousands of them, which no search could count while a person waits.
    """

    __tablename__ = "track_records"

    ticket_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("tickets.id", name="track_records_ticket_id"),
        primary_key=True,
        autoincrement=False,
    )
    solved: Mapped[int] = mapped_column(Integer)
    tried: Mapped[int] = mapped_column(Integer)


class RecentQueryRow(Base):
    """A query that a person typed lately; the highest id was asked last. Nothing says who asked."""

    __tablename__ = "recent_queries"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcTime)


class VaultRow(Base):
    """What one field of a ticket said before it was masked, sealed.

    field  its name; a message of the conversation is messages/3, by its position.
    key    the id of the key that sealed it.
    """

    __tablename__ = "vault"

    ticket_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("tickets.id", name="vault_ticket_id"),
        primary_key=True,
        autoincrement=False,
    )
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    nonce: Mapped[bytes] = mapped_column(LargeBinary)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)


class AuditRow(Base):
    """One thing that was done. Triggers refuse a change; each row is bound to the one before.

    at      in UTC, as the text that was signed, such as 2026-03-01T08:00:00.000000+00:00.
    detail  JSON, as the text that was signed.
    """

    __tablename__ = "audit"

    sequence: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    object: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)
