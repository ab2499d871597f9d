#!/bin/sh
# Stands for an interpreter: it makes environments out of copies of itself, installs nothing, and
# writes each command into $STUB_LOG. STUB_VERSION, STUB_NO_ENSUREPIP, STUB_NO_VENV, STUB_NO_PIP and
# STUB_BROKEN say what it is and what is wrong with it; STUB_UNTIL has pip wait until the script has
# printed that line into the file $STUB_SEEN.
case "$*" in
    "-c import sys; print(\"%d.%d\""*) echo "$STUB_VERSION" ;;
    "-c import ensurepip, venv") exit "${STUB_NO_ENSUREPIP:-0}" ;;
    "-c import sys; print(sys.version_info"*) echo "$STUB_VERSION" ;;
    "-m venv "*)
        echo "venv" >>"$STUB_LOG"
        mkdir -p "$3/bin"
        if [ -n "${STUB_NO_VENV-}" ]; then
            echo "The virtual environment was not created successfully."
            exit 1
        fi
        cp "$0" "$3/bin/python"
        ;;
    "-m pip install "*)
        echo "pip $*" >>"$STUB_LOG"
        if [ -n "${STUB_NO_PIP-}" ]; then
            echo "Temporary failure in name resolution" >&2
            exit 1
        fi
        echo "Ignoring colorama: markers do not match your environment"
        echo "Collecting alembic==1.20.1"
        while [ -n "${STUB_UNTIL-}" ] && ! grep -q "$STUB_UNTIL" "$STUB_SEEN"; do sleep 0.05; done
        cp "$STUB_KBSEARCH" .venv/bin/kbsearch
        ;;
    "-m pip check "*)
        echo "pip $*" >>"$STUB_LOG"
        if [ -n "${STUB_BROKEN-}" ]; then
            echo "flask 3.1.3 requires blinker, which is not installed."
            exit 1
        fi
        ;;
    *) echo "python $*" >>"$STUB_LOG" ;;
esac
