#!/bin/bash
# commit.sh MSG files... : stages whole files given with +path ; commits the index after listing it
cd /work/main; msg="$1"; shift
[ $# -gt 0 ] && git add "$@"
git diff --cached --stat | cat
git commit -q -m "$msg" && git log --oneline -1
