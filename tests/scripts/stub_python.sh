#!/bin/sh
# Stands for an interpreter: it makes environments out of copies of itself, installs nothing, and
# writes each command into $STUB_LOG. STUB_VERSION, STUB_NO_ENSUREPIP, STUB_NO_VENV and STUB_NO_PIP
# say what it is and what is wrong with it.
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
        cp "$STUB_KBSEARCH" .venv/bin/kbsearch
        ;;
    *) echo "python $*" >>"$STUB_LOG" ;;
esac
