# scripts/bench changes: durable changes per second, beside pgbench. To be sourced after lib-bench.sh.
# shellcheck shell=bash disable=SC2153,SC2154

# Everything that pgbench needs to know of the database, without the password on a command line.
pgbench_address() {
  local rest=${LIVEHALL_POSTGRES_URI#*://}
  PGUSER=${rest%%:*} rest=${rest#*:}
  PGPASSWORD=${rest%%@*} rest=${rest#*@}
  PGHOST=${rest%%:*} rest=${rest#*:}
  PGPORT=${rest%%/*} PGDATABASE=${rest#*/}
  export PGUSER PGPASSWORD PGHOST PGPORT PGDATABASE
}

# The row has room for its new versions on its own page: the best that such a table can be.
make_hot_row() {
  echo 'create table bench_hot (id int primary key, n bigint not null) with (fillfactor = 10);' >"$WORK/make.sql"
  echo 'insert into bench_hot values (1, 0);' >>"$WORK/make.sql"
  pgbench -n -c 1 -t 1 -f "$WORK/make.sql" >"$WORK/out" 2>&1 || cannot "pgbench: $(tail -n 5 "$WORK/out")"
  echo 'update bench_hot set n = n + 1 where id = 1;' >"$WORK/hot.sql"
}

# Sets CLIENTS to the number with which pgbench is fastest here.
choose_clients() {
  local count best=0
  for count in 1 4 16 64; do
    undisturbed pgbench_run "$count" 3
    if awk -v a="$RESULT" -v b="$best" 'BEGIN { exit !(a > b) }'; then best=$RESULT CLIENTS=$count; fi
  done
}

# start_laps CORE PROGRAM...: a program that runs a lap for each line that it is given.
start_laps() {
  coproc LAPS { exec taskset -c "$1" "$JAVA" "${JAVA_OPTIONS[@]}" -cp "$WORK/classes:$JAR" "io.livehall.bench.$2" "${@:3}" 2>"$WORK/laps.log"; }
  started
}

bench_changes() {
  local i best=() keeper=() http=()
  need pgbench postgresql
  new_work changes
  say "changes: starting the stores"
  compile
  start_stores taskset -c "$LOAD_CORE"
  pgbench_address
  make_hot_row
  LOAD_CORE=$SERVER_CORE choose_clients
  say "changes: warming up, then $ROUNDS rounds of 2 runs of $SECONDS_EACH s in process"
  start_laps "$SERVER_CORE" KeeperRate "$HOSTS"
  local keeper_pid=$LAPS_PID
  lap_run 12
  for ((i = 0; i < ROUNDS; i++)); do
    LOAD_CORE=$SERVER_CORE undisturbed pgbench_run "$CLIENTS" "$SECONDS_EACH" && best+=("$RESULT")
    undisturbed lap_run "$SECONDS_EACH" && keeper+=("$RESULT")
  done
  end_process "$keeper_pid"
  say "changes: warming up, then $ROUNDS runs of $SECONDS_EACH s through HTTP"
  start_server taskset -c "$SERVER_CORE"
  start_laps "$LOAD_CORE" HttpRate "$LIVEHALL_HTTP_PORT" "$HOSTS"
  lap_run 12
  for ((i = 0; i < ROUNDS; i++)); do
    undisturbed lap_run "$SECONDS_EACH" && http+=("$RESULT")
  done
  row "changes through the keeper" "$(rate "${keeper[@]}")" "pgbench, one hot row, $CLIENTS client(s): $(rate "${best[@]}")" "$(ratio keeper best)" 2 least
  row "changes through HTTP" "$(rate "${http[@]}")" "5,000/s" "$(median "${http[@]}")" 5000 least
  NOTES+=("changes: PostgreSQL, fsync on, on core $LOAD_CORE; pgbench and the keeper on core $SERVER_CORE by turns; then the server on core $SERVER_CORE and the load on core $LOAD_CORE; $HOSTS hosts: open, live, close")
  end_work
}
