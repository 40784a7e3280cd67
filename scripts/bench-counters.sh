# scripts/bench counters: likes and viewers, beside redis-benchmark. To be sourced after lib-bench.sh.
# shellcheck shell=bash disable=SC2153,SC2154

COUNTED_ROOMS=10000
LIKERS=100          # connections over HTTP, and sockets

# The server, Redis and the load share all cores, as redis-benchmark shares them with Redis.
incr_run() {
  local rest=${LIVEHALL_REDIS_URI#*://} # redis-benchmark takes the lack of a user for a user without a name
  local password=${rest%%@*} address=${rest#*@}
  address=${address%%/*}
  redis-benchmark -h "${address%%:*}" -p "${address##*:}" -a "${password#*:}" -t incr -c 50 -n "$((SECONDS_EACH * 80000))" --csv >"$WORK/out" 2>"$WORK/err" &
  local pid=$!
  started
  wait "$pid" || cannot "redis-benchmark: $(tail -n 5 "$WORK/err")"
  end_process "$pid"
  RESULT=$(awk -F'"' '$2 == "INCR" { print $4 }' "$WORK/out")
  [[ -n $RESULT ]] || cannot "redis-benchmark gave no figure: $(tail -n 5 "$WORK/out")"
}

# start_likes http|ws ROOMS: the load, which runs a lap for each line that it is given.
start_likes() {
  local port=$LIVEHALL_HTTP_PORT
  if [[ $1 == ws ]]; then port=$LIVEHALL_PUSH_PORT; fi
  coproc LAPS { exec "$JAVA" "${JAVA_OPTIONS[@]}" -cp "$WORK/classes:$JAR" io.livehall.bench.LikeLoad "$1" "$port" "$LIKERS" "$2" 2>"$WORK/laps.log"; }
  started
}

# likes_run [RATE]: sets RESULT to the likes answered a second, P99 to the milliseconds for 99 of 100 answers.
likes_run() {
  local refused waiting p50
  lap_run "$SECONDS_EACH ${1:-0}"
  read -r RESULT p50 P99 refused waiting <<<"$RESULT"
  if ((refused || waiting)); then cannot "$refused like(s) refused, $waiting without an answer"; fi
}

# likes_of http|ws ROOMS BAR NAME: by turns with INCR; then at half of that rate.
likes_of() {
  local i ours=() theirs=() slow=() what=$4
  start_likes "$1" "$2"
  local pid=$LAPS_PID
  say "counters: $what: warming up, then $ROUNDS rounds of 2 runs of $SECONDS_EACH s, and $ROUNDS at half the rate"
  for ((i = 0; i < 5; i++)); do likes_run; done
  for ((i = 0; i < ROUNDS; i++)); do
    undisturbed incr_run && theirs+=("$RESULT")
    undisturbed likes_run && ours+=("$RESULT")
  done
  local half
  half=$(awk -v n="$(median "${ours[@]}")" 'BEGIN { printf "%d", n / 2 }')
  for ((i = 0; i < ROUNDS; i++)); do
    undisturbed likes_run "$half" && slow+=("$P99")
  done
  end_process "$pid"
  row "likes, $what" "$(rate "${ours[@]}")" "INCR -c 50: $(rate "${theirs[@]}")" "$(ratio ours theirs)" "$3" least
  row "  99 of 100 at half that, ms" "$(median "${slow[@]}")" "25 ms" "$(median "${slow[@]}")" 25 most
}

leases() {
  local i bytes=() cores=() few=() many=() out
  say "counters: a million leases, $ROUNDS times"
  for ((i = 0; i < ROUNDS; i++)); do
    bench_java Leases 1000 1000 >"$WORK/out" 2>"$WORK/err" || cannot "leases: $(tail -n 5 "$WORK/err")"
    read -r -a out < <(tail -n 1 "$WORK/out")
    say "  ${out[*]}"
    bytes+=("${out[0]}") cores+=("${out[1]}") few+=("${out[2]}") many+=("${out[3]}")
  done
  row "bytes of Redis for each of 1,000,000 leases" "$(median "${bytes[@]}")" "150" "$(median "${bytes[@]}")" 150 most
  row "cores of Redis to renew them every 20 s" "$(median "${cores[@]}")" "0.3" "$(median "${cores[@]}")" 0.3 most
  row "counters of a room of 100,000, ms of Redis" "$(median "${many[@]}")" "of 1,000: $(median "${few[@]}")" "$(ratio many few)" 2 most
}

bench_counters() {
  need redis-benchmark redis-tools
  new_work counters
  say "counters: starting the stores, seeding $COUNTED_ROOMS live rooms"
  compile
  start_stores
  leases
  start_server # makes the tables
  end_process "$SERVER"
  bench_java SeedRooms "$COUNTED_ROOMS" >"$WORK/out" 2>&1 || cannot "seeding failed: $(tail -n 5 "$WORK/out")"
  # Over HTTP each user keeps within what the defaults allow; a hundred sockets can't.
  start_server
  likes_of http 1 0.7 "HTTP, one room"
  likes_of http "$COUNTED_ROOMS" 0.7 "HTTP, $COUNTED_ROOMS rooms"
  end_process "$SERVER"
  export LIVEHALL_COUNTERS_LIKESPERSECOND=1000000 LIVEHALL_COUNTERS_LIKESATONCE=1000000 LIVEHALL_PUSH_MESSAGESPERMINUTE=1000000
  start_server
  likes_of ws 1 3 "socket, one room"
  likes_of ws "$COUNTED_ROOMS" 3 "socket, $COUNTED_ROOMS rooms"
  unset LIVEHALL_COUNTERS_LIKESPERSECOND LIVEHALL_COUNTERS_LIKESATONCE LIVEHALL_PUSH_MESSAGESPERMINUTE
  NOTES+=("counters: the server, Redis (append-only file on) and the load on all cores, as redis-benchmark; $LIKERS connections, over HTTP one like at a time, on sockets 64 frames of one like at a time")
  end_work
}
