# shellcheck shell=sh
# Sourced by the other scripts, from the root of the checkout. It makes the environment in .venv:
#
#   prepare_environment run    what kbsearch needs to run       requirements.lock
#   prepare_environment dev    that, and what its tests need    requirements-dev.lock
#
# An environment is used again only if its stamp says that it was finished, here, for this Python
# and these files; any other is made again, so one that was interrupted half-way does no harm.

# Modules on these paths would hide the ones that we install.
unset PYTHONPATH PYTHONHOME

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$0: $*"
    exit 1
}

# Print what the environment for $1 is made of.
stamp() {
    .venv/bin/python -c 'import sys; print(sys.version_info[:2], sys.base_prefix)' &&
        pwd -P && cat pyproject.toml "$(lock_of "$1")"
}

lock_of() {
    case $1 in
        run) echo requirements.lock ;;
        dev) echo requirements-dev.lock ;;
    esac
}

is_ready() {
    [ -f ".venv/made-for-$1" ] && stamp "$1" 2>/dev/null | cmp -s - ".venv/made-for-$1"
}

TESTED="3.11"
UNTRIED="3.12, 3.13 and 3.14"

# Set `python` to a usable Python on PATH, the tested one if it is there, and `version` to what it
# is; or explain what is missing.
find_python() {
    too_old=""
    without_venv=""
    for python in "python$TESTED" python3.14 python3.13 python3.12 python3 python; do
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
            continue
        case $version in
            "$TESTED" | 3.12 | 3.13 | 3.14)
                if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
                    return
                fi
                without_venv=${without_venv:-$version}
                ;;
            *) too_old=${too_old:-"$python is Python $version"} ;;
        esac
    done
    if [ -n "$without_venv" ]; then
        fail "Python $without_venv is here, but it cannot make environments (no venv or ensurepip)." \
            "On Debian or Ubuntu run: apt install python$without_venv-venv (or python3-venv)"
    elif [ -n "$too_old" ]; then
        fail "kbsearch needs Python $TESTED ($UNTRIED are untried), and $too_old." \
            "Install it beside that one: python$TESTED and python$TESTED-venv."
    fi
    fail "There is no python3 on PATH; kbsearch needs Python $TESTED." \
        "On Debian or Ubuntu run: apt install python3 python3-venv"
}

make_venv() {
    find_python
    if [ -e .venv ]; then
        say "The environment in .venv is unfinished or out of date; making it again."
        rm -rf .venv || fail "The old $PWD/.venv cannot be removed; remove it and run this again."
    fi
    mkdir .venv 2>/dev/null ||
        fail "The folder $PWD cannot be written; copy it to one that you may write."
    say "Making the environment in .venv with Python $version."
    case $version in
        "$TESTED") ;;
        *) say "Python $version is untried: the tests of kbsearch run with Python $TESTED." ;;
    esac
    with_news making "$python" -m venv .venv >&2 ||
        fail "This command failed: $python -m venv .venv" \
            "(on Debian or Ubuntu, apt install python3-venv often mends it); then run this again."
}

# Run a command that may take long. Until it ends, print every five seconds what the function $1
# says, and for how long it has run. The command stays in the foreground, so that Ctrl-C, its errors
# and its exit code are what they would be without this.
with_news() {
    tell_news "$1" &
    teller=$!
    shift
    status=0
    "$@" || status=$?
    kill "$teller" 2>/dev/null || :
    wait "$teller" 2>/dev/null || :
    return "$status"
}

tell_news() {
    seconds=0
    # Second by second, so that it does not outlive a script that was killed; one that nobody has
    # waited for yet (Z) is dead, too.
    while sleep 1 >/dev/null 2>&1 && grep -q '^State:[^Z]*$' /proc/$$/status 2>/dev/null; do
        seconds=$((seconds + 1))
        if [ $((seconds % 5)) -eq 0 ]; then
            say "$("$1") ($seconds seconds)"
        fi
    done
}

making() {
    echo "Making the environment."
}

# Say how far pip is, by what it has printed and by what is in place.
installing() {
    wanted=$(($(lines '^[A-Za-z0-9]' "$lock") - $(lines '^Ignoring ' .venv/pip.log)))
    before=$(lines '^Requirement already satisfied' .venv/pip.log)
    if [ "$(lines '^Installing collected' .venv/pip.log)" -gt 0 ]; then
        echo "$(($(installed) - held + before)) of $wanted libraries installed."
    else
        echo "$(($(lines '^Collecting ' .venv/pip.log) + before)) of $wanted libraries downloaded."
    fi
}

installing_ours() {
    echo "Installing kbsearch itself."
}

checking() {
    echo "Checking that the libraries fit together."
}

# Print how many lines of the file $2 match $1.
lines() {
    grep -c "$1" "$2" || :
}

# Print how many distributions are in place.
installed() {
    set -- .venv/lib/python*/site-packages/*.dist-info
    echo $#
}

# Let pip install, saying how far it is by the function $1. What is more than errors goes into a log.
install_into_venv() {
    news=$1
    shift
    held=$(installed)
    with_news "$news" .venv/bin/python -m pip install --disable-pip-version-check --no-input \
        --progress-bar off "$@" >.venv/pip.log ||
        fail "This command failed: .venv/bin/python -m pip install $*" \
            "Its message is above; if it was the network, run this again:" \
            "what was downloaded is kept."
}

check_venv() {
    broken=$(with_news checking .venv/bin/python -m pip check --disable-pip-version-check) ||
        fail "The libraries in $lock do not fit together, so nothing was started. pip check says:
$broken
Take the newest kbsearch and run this again; if it comes back, report it."
}

prepare_environment() {
    if is_ready "$1"; then
        return
    fi
    if [ "$1" = dev ] && is_ready run; then
        rm .venv/made-for-run
    else
        make_venv
    fi
    lock=$(lock_of "$1")
    say "Installing the libraries in $lock; this takes a minute or two the first time."
    # Nothing is compiled here. Only breame, a word list for developers, comes without a wheel.
    source=""
    if [ "$1" = dev ]; then
        source="--no-binary breame"
    fi
    # shellcheck disable=SC2086 # two words, or none
    install_into_venv installing --require-hashes --no-deps --only-binary :all: $source \
        --requirement "$lock"
    install_into_venv installing_ours --no-deps --no-build-isolation --editable .
    check_venv
    if [ "$1" = dev ]; then
        stamp run >.venv/made-for-run
    fi
    stamp "$1" >".venv/made-for-$1"
}
