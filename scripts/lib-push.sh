# What scripts/bench push is made of: sizes, servers, publishers, viewers. To be sourced after lib-bench.sh.
# shellcheck shell=bash disable=SC2034,SC2153,SC2154

# How much of everything. With BENCH_QUICK=1 so little that it only shows whether the benchmark works.
push_sizes() {
  FEW=1000 MANY=10000   # viewers
  IDLE=19000            # viewers who wait, as far as file handles reach
  TURNS=9 FAN_SECONDS=2 # of publishing, each
  FRAME_BYTES=300       # of the text of one frame
  WARM_SECONDS=10 FAN_WARM_SECONDS=30 # with one viewer, with many
  BURSTS=3              # runs of closes, by turns with the reference
  CLOSES=50 BIG_CLOSES=10
  LIKED_VIEWERS=200 LIKED_SECONDS=60
  if [[ -n ${BENCH_QUICK:-} ]]; then
    FEW=100 MANY=1000 IDLE=1000 FAN_SECONDS=1 WARM_SECONDS=2 FAN_WARM_SECONDS=2 BURSTS=1 TURNS=1 CLOSES=10 BIG_CLOSES=3 LIKED_VIEWERS=50 LIKED_SECONDS=20
    TRIES=1
    NOTES+=("push: BENCH_QUICK is set: the sizes are small, and the figures mean nothing")
  fi
}

find_tools() {
  local name
  for name in wsload rawws httppub; do
    [[ -r $TOOLS/$name.c ]] || cannot "$name.c is not in $TOOLS; name the folder: scripts/bench push TOOLS"
  done
  need cc gcc
}

# As many file handles as this user may have; sets HANDLES to their number.
raise_handles() {
  ulimit -n "$(ulimit -Hn)"
  HANDLES=$(ulimit -n)
  if [[ $HANDLES == unlimited ]]; then HANDLES=1000000; fi
}

# Sets NCHAN to nginx's module, if there is one.
find_nchan() {
  local folder
  NCHAN=
  command -v nginx >/dev/null || return 0
  for folder in /usr/lib/nginx/modules /usr/lib64/nginx/modules /usr/share/nginx/modules; do
    if [[ -r $folder/ngx_nchan_module.so ]]; then NCHAN=$folder/ngx_nchan_module.so; fi
  done
}

# --- The parts ----------------------------------------------------------------------------------------------

compile_tools() {
  local name
  for name in wsload rawws httppub; do
    cc -O2 -o "$WORK/$name" "$TOOLS/$name.c" >"$WORK/out" 2>&1 || cannot "$name.c does not compile: $(tail -n 5 "$WORK/out")"
  done
}

# Sets PROGRAM to what a program of ours runs with: the options of a server, but not the archive of its classes, which is of another class path.
program_options() {
  local option
  PROGRAM=()
  for option in "${JAVA_OPTIONS[@]}"; do
    case $option in
      -XX:*SharedArchive* | -Xlog:cds*) ;;
      *) PROGRAM+=("$option") ;;
    esac
  done
  if ((JAVA_VERSION >= 24)); then PROGRAM+=(--enable-native-access=ALL-UNNAMED); fi
}

# start_program NAME PORTS...: on the server's core, until it is READY; sets SERVER to its pid.
start_program() {
  : >"$WORK/$1.log"
  taskset -c "$SERVER_CORE" "$JAVA" "${PROGRAM[@]}" -cp "$WORK/classes:$JAR" "io.livehall.bench.$1" "${@:2}" >"$WORK/$1.log" 2>&1 &
  SERVER=$!
  started
  await_ready "$WORK/$1.log" "$SERVER"
}

# A program on the load's core, of little garbage collection; its last line is RESULT.
load_program() {
  load "$JAVA" "${PROGRAM[@]}" -XX:-UseG1GC -XX:+UseSerialGC -Xms1g -Xmx1g -Xmn700m -cp "$WORK/classes:$JAR" "io.livehall.bench.$1" "${@:2}"
  RESULT=$(tail -n 1 "$WORK/out")
}

start_raw() {
  free_port
  RAW_PORT=$PORT
  taskset -c "$SERVER_CORE" "$WORK/rawws" "$RAW_PORT" >"$WORK/raw.log" 2>&1 &
  RAW=$!
  started
  await_port "$RAW_PORT" rawws "$WORK/raw.log"
}

# One worker, no store: what comes is written to who is there.
start_nchan() {
  free_port
  NCHAN_PORT=$PORT
  cat >"$WORK/nchan.conf" <<CONF
load_module $NCHAN;
$([[ $EUID == 0 ]] && echo 'user root;')
worker_processes 1;
worker_rlimit_nofile $HANDLES;
pid $WORK/nchan.pid;
error_log $WORK/nchan.log;
events { worker_connections $((HANDLES - 100)); }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path $WORK/t1; proxy_temp_path $WORK/t2; fastcgi_temp_path $WORK/t3;
  uwsgi_temp_path $WORK/t4; scgi_temp_path $WORK/t5;
  server {
    listen 127.0.0.1:$NCHAN_PORT backlog=4096;
    location = /pub { nchan_publisher http; nchan_channel_id rooms; nchan_store_messages off; }
    location = /sub { nchan_subscriber websocket; nchan_channel_id rooms; }
  }
}
CONF
  taskset -c "$SERVER_CORE" nginx -p "$WORK" -c "$WORK/nchan.conf" -g 'daemon off;' >>"$WORK/nchan.log" 2>&1 &
  NGINX_PID=$!
  started
  await_port "$NCHAN_PORT" nginx "$WORK/nchan.log"
}

AUDIENCE=viewers # whose files these are, where there are several

# start_viewers COUNT PORT PATH OPTIONS...: sets VIEWERS to their pid, and OPEN to how many came in.
start_viewers() {
  local said=$WORK/$AUDIENCE
  : >"$said.log"
  taskset -c "$LOAD_CORE" "$WORK/wsload" -n "$1" -p "$2" -u "$3" -d 900 "${@:4}" >"$said.json" 2>"$said.log" &
  VIEWERS=$!
  started
  await_ready "$said.log" "$VIEWERS"
  OPEN=$(sed -n 's/^READY open=\([0-9]*\) .*/\1/p' "$said.log")
}

# greet PORT: sets WELCOME to what the server there answers to a hello.
greet() {
  WELCOME=$(bench_java Greeting "$1" 2>"$WORK/out") || cannot "the push port does not greet: $(tail -n 5 "$WORK/out")"
}

# start_our_viewers COUNT PORT LIMIT OPTIONS...: each looks at the LIMIT newest rooms, once he is greeted as WELCOME says.
start_our_viewers() {
  start_viewers "$1" "$2" /v1/live -m '{"t":"hello"}' -r "$WELCOME={\"t\":\"sub\",\"view\":\"hall\",\"limit\":$3}" "${@:4}"
}

end_viewers() {
  end_process "$VIEWERS"
  [[ -s $WORK/$AUDIENCE.json ]] || cannot "the viewers did not say what they got: $(tail -n 5 "$WORK/$AUDIENCE.log")"
}

# figure NAME FILE: a number in a line of JSON.
figure() {
  sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" "$2"
}

calc() {
  awk "BEGIN { printf \"$1\", $2 }"
}
