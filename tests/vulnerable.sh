#!/usr/bin/env bash
# Asks the package source whether one of our packages, or one that these need, has a vulnerability of high or critical severity that is known. Fails only for one that
# is found: a source that cannot be reached, or that keeps no list of vulnerabilities, is said in one line.
# usage: bash tests/vulnerable.sh [solution or project, restored]
set -u
cd "$(dirname "$0")/.." || exit 2
what=${1:-ActorFinance.sln}

source=$(dotnet nuget list source --format short 2>/dev/null | sed -n 's/^E \(http.*\)/\1/p' | head -1)
index=$(curl -sf --max-time 20 "${source:-none}" 2>/dev/null) || { echo "vulnerabilities: not checked, the package source ${source:-} does not answer"; exit 0; }
case $index in
  *VulnerabilityInfo*) ;;
  *) echo "vulnerabilities: not checked, the package source $source keeps no list of them"; exit 0 ;;
esac
found=$(timeout 300 dotnet list "$what" package --vulnerable --include-transitive 2>&1) || { echo "vulnerabilities: not checked, the package source $source did not answer to the end"; exit 0; }
if grep -qE '(High|Critical) +https' <<<"$found"; then
  grep -E 'has the following|(Low|Moderate|High|Critical) +https' <<<"$found"
  exit 1
fi
echo "vulnerabilities: none of high or critical severity is known"
