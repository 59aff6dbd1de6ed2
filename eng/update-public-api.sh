#!/usr/bin/env bash
# Renews src/*/PublicAPI.Unshipped.txt from the code: what is public and not in PublicAPI.Shipped.txt.
# Usage: eng/update-public-api.sh [PACKAGE...]   (default: every package below src/)
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then
    mapfile -t packages < <(ls src)
else
    packages=("$@")
fi

mkdir -p artifacts/public-api
log=artifacts/public-api/build.log
filter=artifacts/public-api/packages.slnf
{
    printf '{ "solution": { "path": "../../DataEngineX.slnx", "projects": ['
    separator=
    for package in "${packages[@]}"; do
        printf '%s "src/%s/%s.csproj"' "$separator" "$package" "$package"
        separator=,
    done
    printf ' ] } }\n'
} > "$filter"

# With an empty file the analyzer names every symbol, in the very form of the file; the old ones are kept until it has.
for package in "${packages[@]}"; do
    cp "src/$package/PublicAPI.Unshipped.txt" "artifacts/public-api/$package.txt"
    printf '#nullable enable\n' > "src/$package/PublicAPI.Unshipped.txt"
done
if ! dotnet build "$filter" -c Release -v q -nologo -tl:off -clp:NoSummary -p:DexPublicApi=true -p:TreatWarningsAsErrors=false > "$log" 2>&1; then
    for package in "${packages[@]}"; do
        cp "artifacts/public-api/$package.txt" "src/$package/PublicAPI.Unshipped.txt"
    done
    grep -E 'error' "$log" | sort -u >&2 || cat "$log" >&2
    echo "The packages do not build; their files are as they were." >&2
    exit 1
fi

for package in "${packages[@]}"; do
    unshipped=src/$package/PublicAPI.Unshipped.txt
    sed -n "s|.*warning RS0016: Symbol '\(.*\)' is not part of the declared public API.*[\\\\/]$package\.csproj.*|\1|p" "$log" \
        | LC_ALL=C sort -u >> "$unshipped"
    echo "$package: $(($(wc -l < "$unshipped") - 1)) members"
done
