#!/usr/bin/env bash
# Writes eng/ci-budget.md from what the last .ci/run left in artifacts/ci.
set -euo pipefail
cd "$(dirname "$0")/.."
test -s artifacts/ci/steps.tsv || { echo "Run .ci/run first." >&2; exit 1; }
dotnet exec artifacts/bin/DataEngineX.BuildTool/release/DataEngineX.BuildTool.dll budget \
    artifacts/ci/tests artifacts/ci/steps.tsv eng/ci-budget.md \
    $(for project in tests/*/*.Tests.csproj; do basename "$project" .csproj; done)
