#!/bin/sh
# The command line of AgentCoord, on the runtime of the installed app.
here=$(dirname "$(readlink -f "$0")")
ELECTRON_RUN_AS_NODE=1 exec "$here/agentcoord-desktop" "$here/resources/app/out/main/cli.js" "$@"
