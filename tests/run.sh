#!/usr/bin/env bash
# Sets up what the tests need and runs them all. Last line: "N passed, N failed".
# usage: bash tests/run.sh [dotnet test filter]
set -u
# Started in the background by another script, a program is deaf to Ctrl+C, and so are those that the tests start to interrupt them.
if (( 0x$(awk '/^SigIgn/ {print $2}' /proc/$$/status) & 2 )); then exec env --default-signal=INT bash "$0" "$@"; fi
cd "$(dirname "$0")/.." || exit 2
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d) || exit 2
trap 'rm -rf "$results"' EXIT

# The walk through docs/service.md is run as it is written, with curl.
if ! command -v curl >/dev/null; then
  { apt-get update -qq && apt-get install -y -qq curl; } >/dev/null 2>&1 || { echo "curl is missing and could not be installed"; echo "0 passed, 1 failed"; exit 1; }
fi

# The tests of journals on a server start one of their own, in a folder that goes with it, under an account that may do nothing where this is root.
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null 2>&1 || { echo "postgresql is missing and could not be installed"; echo "0 passed, 1 failed"; exit 1; }
fi

dotnet build ActorFinance.sln -c Release -v q --nologo || { echo "the build failed"; echo "0 passed, 1 failed"; exit 1; }

status=0
bash tests/vulnerable.sh || status=1

filter=()
[ $# -gt 0 ] && filter=(--filter "$1")
for project in tests/*.Tests/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  dotnet test "$project" -c Release --no-build --nologo -v q "${filter[@]}" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --results-directory "$results" || status=1
done

count() { cat "$results"/*.trx 2>/dev/null | grep -o "<Counters[^>]*" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{s+=$1} END {print s+0}'; }
passed=$(count passed)
failed=$(count failed)
# A project that crashed wrote no counters: that is a failure, not silence.
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
echo "$passed passed, $failed failed"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
