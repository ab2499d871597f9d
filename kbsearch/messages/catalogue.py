"""Every message that a person may read, in English."""

from kbsearch.messages.message import Template


class Code:
    """The messages by their codes; `Code.ALSO_SPELT` is `also_spelt` in JSON."""

    # What of a query was not read as it was typed.
    ONLY_WORDS = Template("Only the first {limit} words were searched.")
    ONLY_QUOTES = Template("Only the first {limit} quotes and exclusions were read.")
    NEGATIVE_SEARCHED = Template('"{typed}" was searched; write -"{typed}" to leave it out.')
    NO_FILTER_SEARCHED = Template("There is no filter {name}:, so its words were searched.")
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
    CODE_MISSING = Template('No ticket has "{code}".')
    VALUES_UNKNOWN = Template('No ticket has the {name} {values:"or}.')
    VALUES_UNKNOWN_KNOWN = Template('No ticket has the {name} {values:"or}; there are {known}.')
    OTHERS = Template("{others} others", one="{others} other")

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
