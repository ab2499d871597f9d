#!/bin/sh
# Stands for the command kbsearch: it writes each call into $STUB_LOG and makes a store on import.
echo "kbsearch $*" >>"$STUB_LOG"
case $1 in
    import) : >"$KBSEARCH_HOME/kbsearch.db" ;;
    reindex) exit "${STUB_REINDEX:-0}" ;;
    search) exit "${STUB_SEARCH:-0}" ;;
esac
