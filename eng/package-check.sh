#!/usr/bin/env bash
# Restores the packed packages from a local folder into a project outside the solution, and runs the readme's example there.
# Usage: eng/package-check.sh FOLDER      FOLDER holds the .nupkg files of one version
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
folder=$(realpath "$1")

tool() { dotnet exec "$root/artifacts/bin/DataEngineX.BuildTool/release/DataEngineX.BuildTool.dll" "$@"; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

references=
for package in $(ls src); do
    mapfile -t files < <(find "$folder" -name "$package.[0-9]*.nupkg")
    if [ ${#files[@]} -ne 1 ]; then
        echo "$folder holds ${#files[@]} packages $package; one was expected." >&2
        exit 1
    fi
    version=$(basename "${files[0]}" .nupkg)
    version=${version#"$package."}
    test -f "$folder/$package.$version.snupkg" || { echo "$package has no symbol package." >&2; exit 1; }
    for entry in README.md icon.png "lib/net10.0/$package.dll" "lib/net10.0/$package.xml"; do
        # The whole listing is read before it is searched, so that grep does not end the pipe early.
        listing=$(unzip -Z1 "${files[0]}")
        grep -qxF "$entry" <<< "$listing" || { echo "$(basename "${files[0]}") holds no $entry." >&2; exit 1; }
    done
    references+="    <PackageReference Include=\"$package\" Version=\"$version\" />"$'\n'
done

cat > "$work/Outside.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <NuGetAudit>false</NuGetAudit>
    <!-- Our packages go to a folder of their own, so that no earlier build of the same version is taken; the others are not fetched again. -->
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
    <RestoreFallbackFolders>${NUGET_PACKAGES:-$HOME/.nuget/packages}</RestoreFallbackFolders>
    <RestoreAdditionalProjectSources>$folder</RestoreAdditionalProjectSources>
  </PropertyGroup>
  <ItemGroup>
$references  </ItemGroup>
</Project>
PROJECT

tool example README.md "$work"
cd "$work"
dotnet build -c Release -v q -nologo -o "$work/out" -tl:off
for package in $(ls "$root/src"); do
    test -f "out/$package.dll" || { echo "The outside project did not get $package from the folder." >&2; exit 1; }
done

mkdir run
cd run
timeout 120 dotnet ../out/Outside.dll > ../actual.txt < /dev/null
cat ../actual.txt
if [ -f ../expected.txt ]; then
    diff -u ../expected.txt ../actual.txt || { echo "The example does not print what README.md shows." >&2; exit 1; }
else
    test -s ../actual.txt || { echo "The example prints nothing." >&2; exit 1; }
fi
echo "the readme's example runs on the packed packages"
