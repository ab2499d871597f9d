# shellcheck shell=sh
# Sourced by the other scripts, from the root of the checkout. It makes the environment in .venv:
#
#   prepare_environment run    what kbsearch needs to run       requirements.lock
#   prepare_environment dev    that, and what its tests need    requirements-dev.lock
#
# An environment is used again only if its stamp says that it was finished, here, for this Python
# and these files; any other is made anew, so one that was interrupted half-way does no harm.

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

# Set `python` to the newest usable Python on PATH, or explain what is missing.
find_python() {
    too_old=""
    without_venv=""
    for python in python3.14 python3.13 python3.12 python3.11 python3 python; do
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
            continue
        case $version in
            3.11 | 3.12 | 3.13 | 3.14)
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
        fail "kbsearch needs Python 3.11, 3.12, 3.13 or 3.14, and $too_old." \
            "Install one of them beside it, such as python3.11 and python3.11-venv."
    fi
    fail "There is no python3 on PATH; kbsearch needs Python 3.11 or newer." \
        "On Debian or Ubuntu run: apt install python3 python3-venv"
}

make_venv() {
    find_python
    if [ -e .venv ]; then
        say "The environment in .venv is unfinished or out of date; making it anew."
        rm -rf .venv || fail "The old $PWD/.venv cannot be removed; remove it and run this again."
    fi
    mkdir .venv 2>/dev/null ||
        fail "The folder $PWD cannot be written; copy it to one that you may write."
    say "Making the environment in .venv with Python $version."
    "$python" -m venv .venv >&2 ||
        fail "This command failed: $python -m venv .venv" \
            "(on Debian or Ubuntu, apt install python3-venv often mends it); then run this again."
}

install_into_venv() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input "$@" >&2 ||
        fail "This command failed: .venv/bin/python -m pip install $*" \
            "Its message is above; if it was the network, run this again:" \
            "what was downloaded is kept."
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
    install_into_venv --require-hashes --no-deps --only-binary :all: $source --requirement "$lock"
    install_into_venv --no-deps --no-build-isolation --editable .
    if [ "$1" = dev ]; then
        stamp run >.venv/made-for-run
    fi
    stamp "$1" >".venv/made-for-$1"
}
