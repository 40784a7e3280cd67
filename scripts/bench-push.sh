# scripts/bench push: news to many viewers, beside a C program that only writes (rawws), and Nchan. To be sourced after lib-push.sh.
# shellcheck shell=bash disable=SC2153,SC2154

# --- Deliveries of one core ---------------------------------------------------------------------------------

# fan_enter SERVER COUNT: lets them in.
fan_enter() {
  AUDIENCE=$1
  case $1 in
    ours) start_our_viewers "$2" "$FAN_PORT" 1 -M '"t":"delta"' ;;
    raw) start_viewers "$2" "$RAW_PORT" / ;;
    nchan) start_viewers "$2" "$NCHAN_PORT" /sub ;;
  esac
  AUDIENCES[$1]=$VIEWERS
  PUBLISHED[$1]=0
}

# fan_publish SERVER SECONDS [COUNT]: as fast as it is answered; sets DONE to how many there were, and TOOK to the seconds.
fan_publish() {
  load "$WORK/httppub" 127.0.0.1 "${FAN_POSTS[$1]}" /pub 0 "$2" "$FRAME_BYTES" "${3:-1000000}"
  DONE=$(figure published "$WORK/out") TOOK=$(figure seconds "$WORK/out")
  PUBLISHED[$1]=$((PUBLISHED[$1] + DONE))
}

# fan_turn SERVER COUNT: RESULT is deliveries per second. First one frame by itself: the kernel of a viewer who has just spoken
# acknowledges otherwise than that of one who listens, and partly on the server's core.
fan_turn() {
  fan_publish "$1" 1 1
  nap 0.2
  fan_publish "$1" "$FAN_SECONDS"
  RESULT=$(calc %.0f "$DONE * $2 / $TOOK")
}

# fan_leave SERVER COUNT: whether everyone got every frame, and whole.
fan_leave() {
  local got least bytes said
  AUDIENCE=$1 VIEWERS=${AUDIENCES[$1]}
  end_viewers
  said=$WORK/$1.json
  got=$(figure msgs "$said") least=$(figure min_per_conn "$said") bytes=$(figure bytes "$said")
  ((got == PUBLISHED[$1] * $2 && least == PUBLISHED[$1] && bytes >= got * (FRAME_BYTES + 4))) && return
  say "  void: ${PUBLISHED[$1]} frames to $2 viewers of $1, $got came in all and $least to one, $bytes bytes"
  return 1
}

# fan_rows COUNT BAR: all have their viewers at once, and publish by turns.
fan_rows() {
  local i server what="deliveries/s of a core, $1 viewers" ours=() raw=() nchan=()
  local -A whole=()
  for server in "${!FAN_POSTS[@]}"; do fan_enter "$server" "$1"; done
  nap 2 # until they count, and ours have said what they want
  # Some 150 publications a second: it takes that long until the compiler has come to rest. And what stays then is laid together,
  # as on a server that has run for a while.
  fan_publish ours "$FAN_WARM_SECONDS"
  "$JAVA_HOME/bin/jcmd" "$SERVER" GC.run >/dev/null
  for ((i = 0; i < TURNS; i++)); do
    for server in "${!FAN_POSTS[@]}"; do
      local -n figures=$server
      undisturbed fan_turn "$server" "$1"
      figures+=("$RESULT")
    done
  done
  nap 1
  for server in "${!FAN_POSTS[@]}"; do
    if fan_leave "$server" "$1"; then whole[$server]=yes; fi
  done
  if [[ -n ${whole[ours]:-} && -n ${whole[raw]:-} ]]; then
    row "$what" "$(rate "${ours[@]}")" "rawws: $(rate "${raw[@]}")" "$(ratio ours raw)" "$2" least
  else
    void "$what"
  fi
  [[ -n $NCHAN ]] || return 0
  if [[ -n ${whole[ours]:-} && -n ${whole[nchan]:-} ]]; then
    row 'the same' "$(rate "${ours[@]}")" "Nchan: $(rate "${nchan[@]}")" "$(ratio ours nchan)" 1 least
  else
    void "$what, beside Nchan"
  fi
}

push_fan() {
  local ours
  local -A FAN_POSTS=() AUDIENCES=() PUBLISHED=()
  say "push: $TURNS turns of $FAN_SECONDS s with $FEW and $MANY viewers, each of rawws, ours and Nchan"
  start_raw
  FAN_POSTS[raw]=$RAW_PORT
  if [[ -n $NCHAN ]]; then
    start_nchan
    FAN_POSTS[nchan]=$NCHAN_PORT
  fi
  free_port
  FAN_PORT=$PORT
  free_port
  FAN_POSTS[ours]=$PORT
  start_program PushFanOut "$FAN_PORT" "$PORT"
  ours=$SERVER
  greet "$FAN_PORT"
  # With one viewer much is published in a short time, so that what a publication needs is compiled.
  fan_enter ours 1
  nap 1
  fan_publish ours "$WARM_SECONDS"
  nap 1
  fan_leave ours 1 || cannot 'one viewer does not get every frame'
  fan_rows "$FEW" 0.95
  fan_rows "$MANY" 0.80
  end_process "$ours"
  end_process "$RAW"
  [[ -z $NCHAN ]] || end_process "$NGINX_PID"
}

# --- Memory of those who wait -------------------------------------------------------------------------------

# The memory in KiB that a process and its children hold now.
rss() {
  local pid files=("/proc/$1/status")
  for pid in $(<"/proc/$1/task/$1/children"); do files+=("/proc/$pid/status"); done
  awk '/^VmRSS:/ { kib += $2 } END { print kib }' "${files[@]}"
}

# The same, once it has come to rest.
rss_at_rest() {
  local i before after=0
  for ((i = 0; i < 20; i++)); do
    before=$after
    after=$(rss "$1")
    if ((after - before < 128 && before - after < 128)); then break; fi
    nap 2
  done
  echo "$after"
}

# idle_run PID SECONDS START...: START lets viewers in, who wait so long; RESULT is the growth in bytes for each.
idle_run() {
  local before
  before=$(rss_at_rest "$1")
  "${@:3}"
  nap "$2"
  RESULT=$(rss_at_rest "$1")
  RESULT=$(((RESULT - before) * 1024 / OPEN))
  say "  ${*:3}: $OPEN came in, $((before / 1024)) MiB before, $RESULT bytes for each"
}

# The server as an operator runs it; with each it may hold as many viewers as the file handles allow.
push_idle() {
  AUDIENCE=viewers
  local many=$IDLE most ours heap came marks others=()
  most=$((HANDLES - 800))
  if ((many > most)); then many=$most; fi
  say "push: $many viewers who wait"
  start_server
  greet "$LIVEHALL_PUSH_PORT"
  idle_run "$SERVER" 20 start_our_viewers "$many" "$LIVEHALL_PUSH_PORT" 20 -M '"t":"mark"'
  ours=$RESULT came=$OPEN
  heap=$(heap)
  end_viewers
  marks=$(figure min_per_conn "$WORK/viewers.json")
  nap 3
  heap=$(((heap - $(heap)) / OPEN))
  end_process "$SERVER"
  start_raw
  idle_run "$RAW" 3 start_viewers "$many" "$RAW_PORT" /
  others+=("rawws $RESULT")
  end_viewers
  end_process "$RAW"
  if [[ -n $NCHAN ]]; then
    start_nchan
    idle_run "$NGINX_PID" 3 start_viewers "$many" "$NCHAN_PORT" /sub
    others+=("Nchan $RESULT ($OPEN came in)")
    end_viewers
    end_process "$NGINX_PID"
  fi
  if ((came == many && marks >= 1)); then
    row "memory of a viewer who waits, $many of them" "$ours bytes" "$(printf '%s; ' "${others[@]}")bar 6 KiB" "$ours" 6144 most
  else
    say "  void: $came of $many came in, and each had at least $marks marks"
    void "memory of a viewer who waits"
  fi
  ROWS+=("reachable heap of the same (no bar)|$heap bytes|-|-|-|")
}

# --- The end of a room --------------------------------------------------------------------------------------

burst_run() {
  if [[ $1 == raw ]]; then
    load_program CloseBurst raw "$RAW_PORT" "$2" "$3"
  else
    load_program CloseBurst ours "$LIVEHALL_PUSH_PORT" "$LIVEHALL_HTTP_PORT" "$2" "$3" "$4"
  fi
}

push_closes() {
  local i stalled=$((FEW / 100)) last=() worst=() beside=() our_last=() our_spread=() raw_last=() raw_spread=() got
  say "push: $BURSTS runs of $CLOSES closes with $FEW viewers, and again with $stalled who read nothing; of $BIG_CLOSES with $MANY, beside rawws"
  # They say more in a minute than people would; and who reads nothing is to stay until the end.
  export LIVEHALL_PUSH_MESSAGESPERMINUTE=1000000 LIVEHALL_PUSH_SLOWFOR=10m
  start_server taskset -c "$SERVER_CORE"
  unset LIVEHALL_PUSH_MESSAGESPERMINUTE LIVEHALL_PUSH_SLOWFOR
  start_raw
  burst_run ours "$FEW" "$CLOSES" "$stalled" # to warm up
  for ((i = 0; i < BURSTS; i++)); do
    undisturbed burst_run ours "$FEW" "$CLOSES" "$stalled"
    read -r -a got <<<"$RESULT"
    last+=("${got[0]}") worst+=("${got[1]}") beside+=("${got[3]}")
  done
  for ((i = 0; i < BURSTS; i++)); do
    undisturbed burst_run raw "$MANY" "$BIG_CLOSES"
    read -r -a got <<<"$RESULT"
    raw_last+=("${got[0]}") raw_spread+=("${got[1]}")
    undisturbed burst_run ours "$MANY" "$BIG_CLOSES" 0
    read -r -a got <<<"$RESULT"
    our_last+=("${got[0]}") our_spread+=("${got[2]}")
  done
  end_process "$RAW"
  end_process "$SERVER"
  row "commit of a close to the last of $FEW viewers" "$(median "${last[@]}") ms" '20 ms' "$(median "${last[@]}")" 20 most
  row 'the same, 99 of 100 closes' "$(median "${worst[@]}") ms" '40 ms' "$(median "${worst[@]}")" 40 most
  row "the same, while $stalled of them read nothing" "$(median "${beside[@]}") ms" "all read: $(median "${last[@]}") ms" "$(ratio beside last)" 1.1 most
  row "the same with $MANY viewers" "$(median "${our_last[@]}") ms" "rawws, post to last: $(median "${raw_last[@]}") ms" "$(ratio our_last raw_last)" 1.3 most
  row 'the same, first to last' "$(median "${our_spread[@]}") ms" "rawws: $(median "${raw_spread[@]}") ms" "$(ratio our_spread raw_spread)" 1.3 most
  NOTES+=("push: closes are medians of $BURSTS runs; a close is counted from closedAt, which is decided before the commit; the server on core $SERVER_CORE, PostgreSQL (fsync on) and the viewers on core $LOAD_CORE")
}

# --- Counters -----------------------------------------------------------------------------------------------

push_likes() {
  local bytes
  say "push: $LIKED_VIEWERS viewers of 20 rooms that are liked 50 times a second each, $LIKED_SECONDS s"
  free_port
  start_program LikedHall "$PORT"
  greet "$PORT"
  # One after the other, so that only the last one's snap is counted.
  start_our_viewers "$LIKED_VIEWERS" "$PORT" 20 -R 50 -M '"t":"count"'
  nap "$LIKED_SECONDS"
  end_viewers
  end_process "$SERVER"
  bytes=$(calc %.0f "$(figure bytes "$WORK/viewers.json") / $OPEN / $(figure measured_s "$WORK/viewers.json") * 60")
  if ((OPEN == LIKED_VIEWERS && $(figure open_end "$WORK/viewers.json") == OPEN \
    && $(figure replies "$WORK/viewers.json") == OPEN && $(figure min_per_conn "$WORK/viewers.json") * 10 >= LIKED_SECONDS)); then
    row '20 rooms, 1,000 likes/s: bytes for a viewer and minute' "$bytes" '10 KiB' "$bytes" 10240 most
  else
    say "  void: $(<"$WORK/viewers.json")"
    void 'bytes of counters'
  fi
}

# --- A node that is killed ----------------------------------------------------------------------------------

push_comeback() {
  local first_push first_pid first_port second_port ms extra deltas
  say "push: $MANY viewers whose node is killed"
  free_port
  first_port=$PORT
  free_port
  second_port=$PORT
  export LIVEHALL_CLUSTER_ENABLED=true LIVEHALL_CLUSTER_NAME=bench-$$ LIVEHALL_CLUSTER_PORT=$first_port
  export LIVEHALL_CLUSTER_MEMBERS=127.0.0.1:$first_port,127.0.0.1:$second_port
  NODE=n1 start_server taskset -c "$SERVER_CORE"
  first_push=$LIVEHALL_PUSH_PORT first_pid=$SERVER
  disown "$first_pid" # so that nothing is said of its end
  export LIVEHALL_CLUSTER_PORT=$second_port
  NODE=n2 start_server taskset -c "$SERVER_CORE"
  load_program ComeBack "$first_push" "$LIVEHALL_PUSH_PORT" "$LIVEHALL_HTTP_PORT" "$LIVEHALL_OPS_PORT" "$first_pid" "$MANY"
  read -r ms extra deltas <<<"$RESULT"
  say "  $MANY viewers back: all right after $ms ms, $extra statements, $deltas taken up with a delta"
  unset "${!LIVEHALL_CLUSTER_@}"
  end_process "$first_pid"
  end_process "$SERVER"
  row "node killed, $MANY viewers back within 5 s and right" "$ms ms" '10 s' "$ms" 10000 most
  row 'the same: statements of the other node for it' "$extra" "none; $deltas taken up with a delta" "$extra" 0 most
}

# --- All of push --------------------------------------------------------------------------------------------

# Live rooms in the store of a server that is not there yet.
seed_rooms() {
  start_stores taskset -c "$LOAD_CORE"
  start_server # makes the tables
  end_process "$SERVER"
  bench_java SeedRooms "$1" >"$WORK/out" 2>&1 || cannot "seeding failed: $(tail -n 5 "$WORK/out")"
}

bench_push() {
  local TRIES=$TRIES
  push_sizes
  find_nchan
  raise_handles
  new_work push
  compile
  compile_tools
  program_options
  [[ -n $NCHAN ]] || NOTES+=('push: nginx has no Nchan here, so that is left out. Debian: apt-get install libnginx-mod-nchan')
  NOTES+=("push: servers on core $SERVER_CORE, viewers and publisher on core $LOAD_CORE, frames of $FRAME_BYTES bytes of text, $TURNS turns; memory: the server on all cores, one run")
  push_fan
  say "push: starting the stores, seeding 20 live rooms"
  seed_rooms 20
  push_idle
  push_closes
  push_comeback
  push_likes
  end_work
}
