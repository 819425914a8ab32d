#!/bin/sh
# The command line of AgentCoord, on the runtime of the installed app. Link it from a folder of your PATH.
link=$0
while [ -L "$link" ]; do
  target=$(readlink "$link")
  case $target in /*) link=$target ;; *) link=$(dirname "$link")/$target ;; esac
done
resources=$(cd "$(dirname "$link")" && pwd)
ELECTRON_RUN_AS_NODE=1 exec "$resources/../MacOS/AgentCoord" "$resources/app/out/main/cli.js" "$@"
