#!/bin/sh
# What Playwright starts as Firefox: see bidi-gap.ts.
exec node --import tsx "$(dirname "$0")/bidi-gap.ts" "$@"
