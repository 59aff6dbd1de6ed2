#!/usr/bin/env bash
# Runs the built weather service as a user would: start, forecast, a good, a bad and a broken file, stop, start again.
# Needs curl and jq. The service must be built in Release. Everything is below a temporary folder and on loopback.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

service=$PWD/artifacts/bin/WeatherService/release/WeatherService.dll
work=$(mktemp -d)
state=$work/state
pid=
checks=0

stop_left_over() {
    if [ -n "$pid" ] && kill -0 "$pid" 2> /dev/null; then
        kill -KILL "$pid" 2> /dev/null
        wait "$pid" 2> /dev/null
    fi
    rm -rf "$work"
}
trap stop_left_over EXIT

fail() {
    echo "FAILED: $1"
    for log in "$work"/*.log; do
        [ -f "$log" ] && { echo "--- $(basename "$log"), last lines"; tail -30 "$log"; }
    done
    exit 1
}
ok() {
    checks=$((checks + 1))
    echo "ok: $1"
}

free_port() {
    local port
    for _ in $(seq 50); do
        port=$((20000 + RANDOM % 20000))
        if ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
            echo "$port"
            return 0
        fi
    done
    return 1
}

# start LOG ARGS...: the service in the background, from its project folder as `dotnet run` does.
start() {
    local log=$work/$1
    shift
    cd samples/WeatherService || exit 1
    ASPNETCORE_ENVIRONMENT=${environment:-Development} DataEngineX__Lakehouse=$state \
        dotnet exec "$service" "$@" > "$log" 2>&1 < /dev/null &
    pid=$!
    cd ../..
}

get() { curl -sS --max-time 30 "$base$1"; }
status_of() { curl -sS --max-time 30 -o "$work/body" -w '%{http_code}' "$@"; }

# expect WHAT JSON JQ-CONDITION
expect() {
    jq -e "$3" <<< "$2" > /dev/null 2>&1 || fail "$1: '$3' does not hold of: $2"
    ok "$1"
}

# until_true SECONDS COMMAND...: polls twice a second.
until_true() {
    local limit=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $limit ] || return 1
        [ -z "$pid" ] || kill -0 "$pid" 2> /dev/null || return 1
        sleep 0.5
    done
}

is_ready() { [ "$(status_of "$base/health/ready" 2> /dev/null)" = 200 ]; }

stop() {
    kill -TERM "$pid"
    local limit=$((SECONDS + 30))
    while kill -0 "$pid" 2> /dev/null; do
        [ $SECONDS -lt $limit ] || fail "not stopped 30 s after SIGTERM"
        sleep 0.2
    done
    wait "$pid"
    local code=$?
    pid=
    [ $code -eq 0 ] || fail "SIGTERM ended the service with exit code $code"
    ok "SIGTERM stops it with exit code 0"
}

runs() { get '/api/v1/runs?limit=500'; }
# Sums over the runs that had not been seen when the file was dropped.
quarantined_since() { runs | jq --argjson seen "$1" '[.items[] | select(.id as $i | $seen | index($i) | not) | .rows.quarantined // 0] | add // 0'; }
seen_runs() { runs | jq '[.items[] | select(.state != "running") | .id]'; }
forecast_for() { get "/api/v1/forecast?location=$1" | jq -r .forDate; }
moved_to() { [ "$(forecast_for Seattle)" = "$1" ]; }
has_quarantined() { [ "$(quarantined_since "$1")" -ge "$2" ]; }
has_failed_run() { runs | jq -e --argjson seen "$1" '[.items[] | select((.id as $i | $seen | index($i) | not) and .state == "failed")] | length > 0' > /dev/null; }
is_idle() { runs | jq -e '[.items[] | select(.state == "running")] | length == 0' > /dev/null; }
silver_rows() { get /api/v1/datasets/silver/observations | jq .rows; }

# A file appears whole: written beside the inbox and moved in.
drop() {
    mkdir -p "$state/inbox"
    mv "$1" "$state/inbox/$2"
}

[ -f "$service" ] || fail "$service is not built"
port=$(free_port) || fail "no free port"
base=http://127.0.0.1:$port

echo "-- first start, on an empty state folder"
begun=$SECONDS
start first.log --urls "$base" --replay none
until_true 60 is_ready || fail "not ready 60 s after its start"
ok "ready after $((SECONDS - begun)) s"

forecast=$(get '/api/v1/forecast?location=Seattle')
expect "a forecast for Seattle" "$forecast" '.location == "Seattle" and (.forDate | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
    and (.temperatureMaxC | type == "number" and . > -30 and . < 50)
    and (.model.name == "next-day-high") and (.model.version != null)
    and (.baselines.persistence | type == "number") and (.baselines.climatology | type == "number")
    and (.data.dataset | type == "string") and (.data.version != null)'
expect "all four tables' runs succeeded" "$(runs)" '[.items[] | select(.state == "succeeded") | .pipeline] as $p
    | ["weather.bronze", "weather.silver", "weather.gold", "weather.train"] - $p == []'
expect "a run has the contract's members" "$(runs)" '.items[0] | has("id") and has("pipeline") and has("startedAt") and has("finishedAt") and has("error")
    and (.rows | has("read") and has("written") and has("filtered") and has("quarantined"))'
run_id=$(runs | jq -r '.items[0].id')
expect "one run by its id" "$(get "/api/v1/runs/$run_id")" ".id == \"$run_id\""
expect "the pipelines" "$(get /api/v1/pipelines)" '(.items // .) | length >= 5'
expect "the datasets" "$(get /api/v1/datasets)" '(.items // .) | length >= 3'
expect "silver's schema and rows" "$(get /api/v1/datasets/silver/observations)" '.rows > 2000 and (.columns | length > 3)
    and (.columns | all(has("name") and has("type") and has("nullable"))) and has("freshness")'
expect "silver's verdicts" "$(get /api/v1/datasets/silver/observations/quality)" '(.verdicts | length > 0)
    and (.verdicts | all(has("rule") and has("outcome") and has("checked") and has("failed")))'
expect "gold's lineage" "$(get /api/v1/lineage/gold/daily_features)" '(.inputs | length > 0) and (.columns | length > 0)
    and ([.columns[].from[] | select(has("dataset") and has("column") and has("kind"))] | length > 0)'
expect "the models" "$(get /api/v1/models)" '(.items // .) | map(.name) | index("next-day-high") != null'
[ "$(status_of "$base/api/v1/models/next-day-high/performance")" = 200 ] || fail "no performance of the model"
ok "the model's performance"
[ "$(status_of "$base/v2/models/next-day-high")" = 200 ] || fail "no Open Inference metadata of the model"
ok "Open Inference metadata"
for path in /health/live /health/startup /metrics /openapi/v1.json /dex; do
    [ "$(status_of "$base$path")" = 200 ] || fail "$path does not answer 200"
done
ok "probes, metrics, OpenAPI and the status page answer"

echo "-- bad requests"
[ "$(status_of "$base/api/v1/forecast?location=Atlantis")" -ge 400 ] || fail "an unknown location is answered"
expect "an unknown location gets problem details naming it" "$(cat "$work/body")" '(.status >= 400) and (tostring | ascii_downcase | contains("location"))'
[ "$(status_of --path-as-is "$base/api/v1/datasets/silver/..%2f..%2f..%2fetc")" -ge 400 ] || fail "a dataset name leaves the state folder"
ok "a dataset name cannot leave the state folder"

echo "-- a good file"
day=$(forecast_for Seattle)
next=$(date -u -d "$day + 1 day" +%F)
seen=$(seen_runs)
before=$(silver_rows)
cat > "$work/good.csv" <<CSV
location,date,precipitation,temp_max,temp_min,wind,weather
Seattle,$day,0.0,11.1,4.2,3.1,sun
New York,$day,1.3,9.4,2.8,4.0,rain
CSV
drop "$work/good.csv" good.csv
until_true 60 moved_to "$next" || fail "the forecast is still for $(forecast_for Seattle) and not for $next 60 s after a good file"
ok "the forecast moved on to $next"
[ "$(silver_rows)" -eq $((before + 2)) ] || fail "silver has $(silver_rows) rows, not $before and the file's 2"
[ "$(quarantined_since "$seen")" -eq 0 ] || fail "good rows were set aside"
ok "both rows are in silver, none set aside"

echo "-- a bad file: three bad rows and a good one"
until_true 30 is_idle || fail "runs do not end"
seen=$(seen_runs)
before=$(silver_rows)
cat > "$work/bad.csv" <<CSV
location,date,precipitation,temp_max,temp_min,wind,weather
Seattle,$next,0.0,12.0,5.0,3.0,sun
Seattle,$(date -u -d "$next + 1 day" +%F),0.0,412.0,5.0,3.0,sun
New York,,0.0,12.0,5.0,3.0,sun
New York,$next,0.0,twelve,5.0,3.0,sun
CSV
drop "$work/bad.csv" bad.csv
until_true 60 has_quarantined "$seen" 3 || fail "$(quarantined_since "$seen") rows set aside of 3, 60 s after a bad file"
until_true 30 is_idle || fail "runs do not end"
[ "$(quarantined_since "$seen")" -eq 3 ] || fail "$(quarantined_since "$seen") rows set aside, not 3"
[ "$(silver_rows)" -eq $((before + 1)) ] || fail "silver has $(silver_rows) rows, not $before and the one good row"
ok "three rows set aside, the good one in silver"

echo "-- a file that is not text"
seen=$(seen_runs)
head -c 4096 /dev/urandom > "$work/broken.csv"
drop "$work/broken.csv" broken.csv
until_true 60 has_failed_run "$seen" || fail "no failed run tells of a binary file"
expect "the failed run says why" "$(runs)" '[.items[] | select(.state == "failed") | .error] | all(type == "string" and length > 0 or type == "object")'
is_ready || fail "a binary file made the service unready"
ok "the service goes on"

echo "-- an occupied port"
(
    trap - EXIT
    cd samples/WeatherService && ASPNETCORE_ENVIRONMENT=Development DataEngineX__Lakehouse="$work/other" \
        timeout 60 dotnet exec "$service" --urls "$base" --replay none > "$work/occupied.txt" 2>&1 < /dev/null
)
code=$?
[ $code -ne 0 ] && [ $code -ne 124 ] || fail "an occupied port does not stop the start"
grep -q "$port" "$work/occupied.txt" || fail "an occupied port is not named: $(tail -3 "$work/occupied.txt")"
ok "an occupied port stops the start and is named"

model=$(get '/api/v1/forecast?location=Seattle' | jq -r .model.version)
until_true 30 is_idle || fail "runs do not end"
trained=$(runs | jq '[.items[] | select(.pipeline == "weather.train" and .state == "succeeded" and (.rows.read // 0) > 0)] | length')
stop

echo "-- second start, on the same folder"
begun=$SECONDS
start second.log --urls "$base" --replay none
until_true 60 is_ready || fail "not ready 60 s after its second start"
ok "ready after $((SECONDS - begun)) s"
until_true 30 is_idle || fail "runs do not end"
[ "$(get '/api/v1/forecast?location=Seattle' | jq -r .model.version)" = "$model" ] || fail "the second start serves another model version"
[ "$(runs | jq '[.items[] | select(.pipeline == "weather.train" and .state == "succeeded" and (.rows.read // 0) > 0)] | length')" = "$trained" ] \
    || fail "the second start trained again"
ok "it retrained nothing and serves version $model"
stop

echo "-- host verbs"
verb() {
    (cd samples/WeatherService && ASPNETCORE_ENVIRONMENT=Development DataEngineX__Lakehouse=$state \
        timeout 120 dotnet exec "$service" "$@" > "$work/verb.txt" 2>&1 < /dev/null)
}
verb plan weather.silver || fail "plan weather.silver: $(tail -5 "$work/verb.txt")"
test -s "$work/verb.txt" || fail "plan weather.silver prints nothing"
ok "plan weather.silver"
verb run weather.silver || fail "run weather.silver: $(tail -5 "$work/verb.txt")"
ok "run weather.silver"
verb run weather.nothing && fail "run weather.nothing exits with 0"
ok "run of an unknown pipeline is refused"

echo "-- closed by default"
environment=Production
start production.txt --urls "$base"
limit=$((SECONDS + 60))
while kill -0 "$pid" 2> /dev/null; do
    [ $SECONDS -lt $limit ] || fail "a Production host without security configuration starts"
    sleep 0.5
done
wait "$pid" && fail "a Production host without security configuration exits with 0"
pid=
grep -q 'DataEngineX:Security' "$work/production.txt" || fail "the refusal does not name DataEngineX:Security: $(tail -3 "$work/production.txt")"
ok "Production without DataEngineX:Security is refused"

echo "weather service: $checks checks passed"
