"""A command whose texts may begin with a minus, and whose help ends with examples."""

from collections.abc import Iterator

import click


class Command(click.Command):
    """Takes for an option only what is one, and shows its epilog as lines to copy.

    `search '-jams printer'` and `show -5` have no option in them. A word with two dashes is taken
    for a mistyped option, and refused with the names that look like it.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, with every text after a `--`, where nothing is an option."""
        if not any(isinstance(param, click.Argument) for param in self.get_params(ctx)):
            return super().parse_args(ctx, args)
        options, texts = self._parted(ctx, args)
        try:
            return super().parse_args(ctx, [*options, "--", *texts])
        except click.NoSuchOption as error:
            sentence = f"{error.format_message()} If it is no option, write -- before it."
            raise click.UsageError(sentence, ctx) from None

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each on a line of its own however long it is."""
        del ctx
        write_examples(self.epilog, formatter)

    def _parted(self, ctx: click.Context, args: list[str]) -> tuple[list[str], list[str]]:
        """Part the options with their values from the texts."""
        with_value = dict(self._options(ctx))
        options: list[str] = []
        texts: list[str] = []
        left = iter(args)
        for arg in left:
            name = arg.partition("=")[0]
            if arg == "--":
                texts += left
            elif name not in with_value and not _looks_like_option(name):
                texts.append(arg)
            else:
                options.append(arg)
                if with_value.get(name) and name == arg:
                    options.append(_value(arg, left, ctx))
        return options, texts

    def _options(self, ctx: click.Context) -> Iterator[tuple[str, bool]]:
        """Yield the names of all options, and whether a value follows them."""
        for param in self.get_params(ctx):
            if isinstance(param, click.Option):
                for name in (*param.opts, *param.secondary_opts):
                    yield name, not param.is_flag


def _value(option: str, left: Iterator[str], ctx: click.Context) -> str:
    value = next(left, None)
    if value is None:
        raise click.BadOptionUsage(option, f"{option} needs a value after it.", ctx)
    return value


def _looks_like_option(name: str) -> bool:
    return name.startswith("--") and not any(letter.isspace() for letter in name)


def examples(*lines: str) -> str:
    """Return the epilog of a command: what a person would type."""
    return "\n".join(lines)


def write_examples(epilog: str | None, formatter: click.HelpFormatter) -> None:
    """Write the section of examples, if there are some."""
    if epilog:
        with formatter.section("Examples"):
            formatter.write("".join(f"  {line}\n" for line in epilog.splitlines()))
