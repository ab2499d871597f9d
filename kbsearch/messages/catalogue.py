"""Every message that a person may read, in English."""

from collections.abc import Sequence

from kbsearch.messages.message import Parameter, Template


class Code:
    """The messages by their codes; `Code.ALSO_SPELT` is `also_spelt` in JSON."""

    # What of a query was not read as it was typed.
    ONLY_WORDS = Template("Only the first {limit} words were searched.")
    TELLING_SEARCHED = Template(
        "The query is long; its {words:,} most telling words were searched: {named:and}.",
        one="The query is long; its most telling word was searched: {named:and}.",
    )
    ONLY_QUOTES = Template("Only the first {limit} quotes and exclusions were read.")
    NEGATIVE_SEARCHED = Template('"{typed}" was searched; write -"{typed}" to leave it out.')
    NO_FILTER_SEARCHED = Template("There is no filter {name}:, so its words were searched.")
    NO_FILTER_NEAR = Template(
        "There is no filter {name}:, so its words were searched; did you mean {near}:?"
    )
    NO_FILTER_CUSTOMER = Template(
        "There is no filter {name}:, so its words were searched;"
        " for the tickets of a customer, search for the number alone."
    )
    NO_FILTER_LEFT_OUT = Template("There is no filter {name}:, so its words were left out.")
    FILTER_EXCLUDES = Template("-{name}: was left out: a filter cannot exclude.")
    FILTER_EMPTY = Template("{name}: was left out: it names nothing.")
    FILTER_TOO_LONG = Template("{name}: was left out: no ticket has a value that long.")
    FILTER_WITHOUT_VALUE = Template(
        "{name}: was left out: what follows is no {value} that a ticket has."
    )
    FILTER_WITHOUT_DAY = Template("{name}: was left out: what follows is no day that a ticket has.")
    DAY_UNREADABLE = Template("{name}:{value} was left out: write a day as {name}:2026-03-01.")
    MORE_UNREAD = Template(
        "{others} more pieces of the query could not be read as they were typed, either."
    )
    QUOTE_LOOSENED = Template(
        'No ticket has "{quote}" word for word; its words were looked for singly.'
    )
    ADD_WORD = Template("Add a word for the thing that fails.")
    LEAVE_OUT = Template('To leave out "{words}", search for: {query}')
    WORD_MISSING = Template('No ticket has "{word}".')
    WORD_NEAREST = Template('No ticket has "{word}"; the nearest is "{nearest}".')
    MANY_BEGIN = Template(
        'Of the codes that begin with "{code}", {searched} were searched; type more of the code.'
    )
    CODE_MISSING = Template('No ticket has "{code}".')
    VALUES_UNKNOWN = Template('No ticket has the {name} {values:"or}.')
    VALUES_UNKNOWN_KNOWN = Template('No ticket has the {name} {values:"or}; there are {known:and}.')
    VALUES_UNKNOWN_NEAR = Template(
        'No ticket has the {name} {values:"or}; did you mean {near:"or}?'
    )
    OTHERS = Template("{others:,} others", one="{others} other")

    # What of a query with operators cannot be read; the first is around any of the others.
    OPERATORS_UNREAD = Template("{why}, so the words were searched without AND, OR and NOT.")
    NOTHING_BEFORE = Template('There is nothing before {operator} in "{place}"')
    NOTHING_AFTER = Template('There is nothing after {operator} in "{place}"')
    NOTHING_IN_BRACKETS = Template('There is nothing in the brackets of "{place}"')
    BRACKET_NOT_CLOSED = Template('The bracket in "{place}" has no closing bracket')
    BRACKET_NOT_OPENED = Template('The bracket in "{place}" has no opening bracket')
    QUOTE_NOT_CLOSED = Template('The quote in "{place}" has no closing quote')
    TOO_MANY_BRACKETS = Template(
        'There are more than {limit} brackets inside each other in "{place}"'
    )
    TOO_MANY_WORDS = Template('There are more than {limit} words from "{place}" on')
    OPERATOR_AS_WORD = Template(
        '{operator} in "{place}" was searched as a word;'
        " to use it as an operator, put words of the problem in small letters next to it."
    )

    # Why a hit is there: how a word was read.
    HAS = Template('it has "{found}"')
    REFERENCE_HAS = Template('its reference has "{word}"')
    HAS_FORM = Template('it has "{found}", another form of "{word}"')
    SAYS_SAME = Template('it has "{found}", which says the same as "{word}"')
    SOUNDS_LIKE = Template('"{word}" sounds like "{found}"')
    MISSPELLING = Template('"{word}" may be a misspelling of "{found}"')
    NEAREST_WORD = Template('no ticket has "{word}", but "{found}" is near it')
    GUESSED_FORM = Template('{guess}; it has "{found}"')
    SPELLING_OF_REGION = Template('"{word}" is the {region} spelling of "{other}"')
    OTHER_SPELLING = Template('"{word}" is another spelling of "{found}"')
    ALSO_SPELT = Template('"{word}" is also spelt "{other}"')
    ALSO_WRITTEN = Template('"{word}" is also written "{other}"')
    WORDS_JOINED = Template('the two words are also written "{joined}"')
    BEGINS = Template('"{word}" begins "{other}"')
    SPELLS = Template('"{spoken}" spells "{text}"')
    NAMED_IN_REGION = Template('"{phrase}" is "{other}" in {regions:and} English')
    NAME_OF_REGION = Template('"{phrase}" is {regions:and} English for "{other}"')
    ALSO_CALLED = Template('"{phrase}" is also called "{other}"')
    SHORT_FOR = Template('"{phrase}" is short for "{other}"')
    SHORTENED_TO = Template('"{phrase}" is sometimes shortened to "{other}"')

    # Why a hit is there: what counts besides the words.
    SIDE_BY_SIDE = Template('it has "{words}" side by side')
    WORKED = Template("worked in {solved:,} of {tried:,} calls")
    UNTRIED = Template("no call has tried it yet")
    DID_NOT_HELP = Template("it did not help in this call")
    SAYS_SOLUTION = Template("it says what solved the problem")
    LESS_THAN_A_DAY_OLD = Template("it is less than a day old")
    DAYS_OLD = Template("it is {days} days old", one="it is {days} day old")
    MONTHS_OLD = Template("it is {months} months old")
    YEARS_OLD = Template("it is {years} years old")

    # Why a code may be taken for another.
    LOOK_ALIKE = Template("{one} and {other} look alike")
    SOUND_ALIKE = Template("{one} and {other} sound alike")

    # The heading above the tickets of a customer.
    CUSTOMER = Template("Tickets of customer {numbers:or}")
    CUSTOMER_FILTERED_OUT = Template("No ticket of customer {numbers:or} passes the filters")

    # What is special about a query that is an example.
    EXAMPLE_CODE = Template("a code or a number, exactly as typed")
    EXAMPLE_EXCLUSION = Template("without the word {word}")
    EXAMPLE_PHRASE = Template("these words side by side")
    EXAMPLE_PRODUCT = Template("only this product, the newest first")

    # What a call tried.
    TRIED = Template("{tried} tried")
    TRIED_AND_FAILED = Template("{tried} tried, {failed} did not help")

    # What is wrong with a file of the index; the first is around any of the others.
    FILE_DAMAGED = Template("{path} {wrong}")
    FILE_GONE = Template("is gone")
    FILE_UNREADABLE = Template("cannot be read ({why})")
    FILE_CHANGED = Template("is not as it was written")
    FILE_CUT = Template("has lost its end ({left:,} of {bytes:,} bytes are left)")
    FILE_GROWN = Template("has grown ({now:,} bytes instead of {bytes:,})")
    FILE_REPLACED = Template("is another file than the one that was opened")
    FILE_OF_OTHER_FORMAT = Template("has the format {format}, not {ours}")
    FILE_OF_OTHER_GENERATION = Template("is that of generation {generation}")
    FILE_NAMES_NO_GENERATION = Template("names no generation")

    # How the index differs from the store.
    INDEX_LACKS = Template("The index lacks {tickets}")
    INDEX_SURPLUS = Template("The index still finds {tickets} that the database no longer has")
    INDEX_OTHER_REVISION = Template("The index has {tickets} in another revision than the database")
    TICKETS = Template("{number:,} tickets ({named:and})", one="{number} ticket ({named})")
    TICKET_NUMBER = Template("number {id}")

    # What was done to an index.
    INDEX_MENDED = Template("{damage:;}. What is whole took its place.")
    INDEX_REBUILT = Template("{why:;}. It was rebuilt.")
    PART_DAMAGED = Template("A part of the index was damaged")

    # What is wrong with a file of synonyms.
    LINE_UNREADABLE = Template("{path}, line {line}: {fault}.")

    # What an answer lacks.
    LATE = Template("Not every word could be looked at in time; the most telling ones were.")
    UNFULFILLED = Template(
        "No ticket has all that AND, OR and NOT ask for;"
        " type them in small letters to search for the words alone."
    )
    INDEX_PARTIAL = Template(
        "A part of the index is damaged and left out, so that tickets may be missing;"
        " run: kbsearch reindex"
    )
    INDEX_CATCHES_UP = Template(
        "The index lacks the last {changes:,} changes; it takes them in now",
        one="The index lacks the last change; it takes them in now",
    )
    INDEX_BEHIND = Template(
        "The index lacks the last {changes:,} changes; run: kbsearch reindex",
        one="The index lacks the last change; run: kbsearch reindex",
    )
    SYNONYMS_UNREADABLE = Template(
        "The synonyms cannot be read; those from before are used; run: kbsearch synonyms list"
    )
    SYNONYMS_LEFT_OUT = Template(
        "Lines of the synonyms that are no rows are left out; run: kbsearch synonyms list"
    )

    # What is wrong with the audit log.
    AUDIT_CHANGED = Template("Row {row:,} of the audit log is not as it was written.")
    AUDIT_OUT_OF_ORDER = Template("Row {row:,} of the audit log does not follow the row before it.")
    AUDIT_MISSING = Template("Row {row:,} of the audit log is missing.")
    AUDIT_KEY_UNKNOWN = Template(
        "Row {row:,} of the audit log names the key {key}, which the key file lacks."
    )
    AUDIT_REPLACED = Template(
        "Row {row:,} of the audit log is not the one that is anchored in {path}."
    )
    AUDIT_CUT = Template("Row {row:,} of the audit log is missing: {path} anchors row {last:,}.")
    AUDIT_UNANCHORED = Template(
        "{path} anchors the rows from {first:,} to {last:,} of {rows:,}; whether others were cut"
        " off or replaced cannot be seen."
    )


def first_of(named: Sequence[Parameter], number: int) -> tuple[Parameter, ...]:
    """Return what a message names of so many things, and how many others there are."""
    others = number - len(named)
    return (*named, (Code.OTHERS, others)) if others else tuple(named)
