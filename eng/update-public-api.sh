#!/usr/bin/env bash
# Renews src/*/PublicAPI.Unshipped.txt from the code: what is public and not in PublicAPI.Shipped.txt.
# Usage: eng/update-public-api.sh [PACKAGE...]   (default: every package below src/)
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then
    set -- $(ls src)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for package in "$@"; do
    project=src/$package/$package.csproj
    unshipped=src/$package/PublicAPI.Unshipped.txt
    previous=$(cat "$unshipped" 2>/dev/null || true)
    printf '#nullable enable\n' > "$unshipped"
    # The analyzer names every symbol it misses, in the very form of the file.
    if ! dotnet build "$project" -c Release -v q -nologo -tl:off -clp:NoSummary -p:DexPublicApi=true -p:TreatWarningsAsErrors=false > "$log" 2>&1; then
        grep -E ' error ' "$log" | sort -u >&2 || cat "$log" >&2
        printf '%s\n' "$previous" > "$unshipped"
        echo "$package does not build; its file is as it was." >&2
        exit 1
    fi
    sed -n "s/.*warning RS0016: Symbol '\(.*\)' is not part of the declared public API.*/\1/p" "$log" \
        | LC_ALL=C sort -u >> "$unshipped"
    echo "$package: $(($(wc -l < "$unshipped") - 1)) members"
done
