#!/usr/bin/env bash
# Publishes tests/DataEngineX.AotSmoke ahead of time, with the libraries it roots analysed whole, and runs it.
# A trim or AOT warning of our own fails; a warning of another library fails unless eng/aot-known-warnings.txt lists it.
# Usage: eng/aot-smoke.sh [--update]     --update rewrites the list
set -euo pipefail
cd "$(dirname "$0")/.."

known=eng/aot-known-warnings.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A cached native object would hide the warnings of the run that made it.
rm -rf artifacts/obj/DataEngineX.AotSmoke/release/native artifacts/publish/DataEngineX.AotSmoke
if ! dotnet publish tests/DataEngineX.AotSmoke/DataEngineX.AotSmoke.csproj -c Release -v q -nologo -tl:off -clp:NoSummary \
    -p:TreatWarningsAsErrors=false -o artifacts/publish/DataEngineX.AotSmoke/release > "$work/log" 2>&1; then
    cat "$work/log"
    exit 1
fi

grep -E 'warning (IL[0-9]+|[A-Z]+[0-9]+)' "$work/log" | sed 's/ \[[^]]*\.csproj\]$//' | sort -u > "$work/all" || true
# Ours: raised in a file of this repository, or in a member whose name begins with our namespace.
grep -E "($PWD/|/_/)(src|tests)/DataEngineX|warning IL[0-9]+: DataEngineX\." "$work/all" > "$work/own" || true
# Another library's, as "code: member": file, line and wording differ between machines and versions.
grep -vxFf "$work/own" "$work/all" | sed -nE 's/.*warning (IL[0-9]+): ([^:]*(::[^:]*)*)(: .*|$)/\1: \2/p' | LC_ALL=C sort -u > "$work/theirs" || true
grep -vxFf "$work/own" "$work/all" | grep -vE 'warning IL[0-9]+: ' > "$work/other" || true

if [ -s "$work/own" ] || [ -s "$work/other" ]; then
    echo "warnings of our own:"
    cat "$work/own" "$work/other"
    exit 1
fi

if [ "${1:-}" = --update ]; then
    {
        echo "# Trim and AOT warnings of libraries we use, as they are reached from ours. Written by eng/aot-smoke.sh --update."
        cat "$work/theirs"
    } > "$known"
fi

grep -v '^#' "$known" > "$work/known" || true
new=$(grep -vxFf "$work/known" "$work/theirs" || true)
gone=$(grep -vxFf "$work/theirs" "$work/known" || true)
if [ -n "$gone" ]; then
    printf 'listed in %s and not seen in this run:\n%s\n' "$known" "$gone"
fi
if [ -n "$new" ]; then
    printf 'not listed in %s:\n%s\n' "$known" "$new"
    exit 1
fi
echo "$(wc -l < "$work/theirs") known warnings of other libraries, none of our own"

artifacts/publish/DataEngineX.AotSmoke/release/DataEngineX.AotSmoke
