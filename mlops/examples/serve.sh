#!/bin/sh
# A shell program: its secrets are variables by the time it starts (sluice run --env dev -- mlops/examples/serve.sh).
set -eu
: "${WAREHOUSE_PASSWORD:?start this with: sluice run --env dev -- $0}"
echo "serving in $APP_ENV as $WAREHOUSE_USER"
