# Shared by the benchmarks of scripts/bench: what they start and end, how they measure and report. To be sourced after lib.sh.
# shellcheck shell=bash disable=SC2034

SERVER_CORE=0
LOAD_CORE=1
ROUNDS=5          # ours and the reference by turns, so that a drift of the machine hits both
SECONDS_EACH=5    # of one run
ROOMS=100000
HOSTS=64
OTHERS_MAX=8      # percent of a core that other programs may use during a run; else it is made again
TRIES=3
PATIENCE=300      # seconds, of all the waiting for other programs

cannot() {
  printf 'bench: %s\n' "$*" >&2
  exit 2
}

say() {
  printf '%s\n' "$*" >&2
}

need() {
  command -v "$1" >/dev/null || cannot "$1 is not installed. Debian: apt-get install $2"
}

# --- What is started here ends here -------------------------------------------------------------------------

STARTED=() # pids, oldest first
WORK=

# The pid of what was started last is $!; remembers it.
started() {
  STARTED+=("$!")
}

# Ends a process by TERM, after 20 s by KILL, and forgets it.
end_process() {
  local pid=$1 i kept=()
  kill -TERM "$pid" 2>/dev/null || true
  for ((i = 0; i < 200; i++)); do
    kill -0 "$pid" 2>/dev/null || break
    nap 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  for i in ${STARTED[@]+"${STARTED[@]}"}; do [[ $i == "$pid" ]] || kept+=("$i"); done
  STARTED=(${kept[@]+"${kept[@]}"})
}

end_all() {
  local status=$?
  trap '' INT TERM HUP
  while ((${#STARTED[@]})); do end_process "${STARTED[-1]}"; done
  if [[ -n $WORK ]]; then rm -rf -- "$WORK"; fi
  exit "$status"
}

# A pause without a process of its own.
nap() {
  read -r -t "$1" <>"$WORK/never" || true
}

new_work() {
  mkdir -p "$PROJECT/data/bench"
  WORK=$(mktemp -d "$PROJECT/data/bench/$1.XXXXXX")
  chmod 755 "$WORK" # the stores run as somebody else where root starts them
  mkfifo "$WORK/never"
}

end_work() {
  while ((${#STARTED[@]})); do end_process "${STARTED[-1]}"; done
  rm -rf -- "$WORK"
  WORK=
}

# Runs a load, so that a signal to us need not wait for it; its output is in $WORK/out.
load() {
  taskset -c "$LOAD_CORE" "$@" >"$WORK/out" 2>&1 &
  local pid=$!
  started
  wait "$pid" || cannot "$1 failed: $(tail -n 5 "$WORK/out")"
  end_process "$pid"
}

# --- The parts ----------------------------------------------------------------------------------------------

# Waits until the file $1 has a line that begins with READY; the process $2 writes it.
await_ready() {
  local i
  for ((i = 0; i < 6000; i++)); do
    if [[ $'\n'$(<"$1") == *$'\nREADY'* ]]; then return; fi
    kill -0 "$2" 2>/dev/null || cannot "a server did not start: $(tail -n 5 "$1")"
    nap 0.01
  done
  cannot "a server was not ready within a minute: $(tail -n 5 "$1")"
}

# await_port PORT WHAT LOG: until somebody answers there.
await_port() {
  local i
  for ((i = 0; i < 500; i++)); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return; fi
    nap 0.01
  done
  cannot "$2 did not start: $(tail -n 5 "$3")"
}

start_stores() {
  : >"$WORK/stores.log"
  "$@" "$JAVA" -cp "$JAR" io.livehall.embedded.StoresMain "$WORK/stores" >"$WORK/stores.log" 2>&1 &
  started
  await_ready "$WORK/stores.log" "$!"
  # shellcheck disable=SC1091
  source "$WORK/stores/stores.env"
  export LIVEHALL_POSTGRES_URI LIVEHALL_REDIS_URI
}

# A port on which nobody answers.
free_port() {
  local i
  for ((i = 0; i < 100; i++)); do
    PORT=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || return 0
  done
  cannot "no free port found"
}

# start_server [taskset -c CORE]: sets BASE to the server's address, SERVER to its pid, and READY_MS to the time from exec to READY.
# NODE names its files, where there are several.
start_server() {
  local name begun node=${NODE:-server}
  for name in HTTP CALLBACK PUSH OPS; do
    free_port
    export "LIVEHALL_${name}_PORT=$PORT" "LIVEHALL_${name}_HOST=127.0.0.1"
  done
  # The simulated cloud knows nothing of seeded rooms, so it is not to be asked about them.
  export LIVEHALL_DATA_DIR=$WORK/$node LIVEHALL_ROOMS_POLLEVERY=1h LIVEHALL_TENCENT_MODE=simulated
  export LIVEHALL_TOKENS_KEY=of-a-benchmark-only-0123456789abcdef
  BASE=http://127.0.0.1:$LIVEHALL_HTTP_PORT
  : >"$WORK/$node.log"
  begun=${EPOCHREALTIME/./}
  "$@" "$JAVA" "${JAVA_OPTIONS[@]}" -jar "$JAR" >"$WORK/$node.log" 2>&1 &
  SERVER=$!
  started
  await_ready "$WORK/$node.log" "$SERVER"
  READY_MS=$(((${EPOCHREALTIME/./} - begun) / 1000))
}

# A program of src/test/java/io/livehall/bench.
bench_java() {
  "$JAVA" -cp "$WORK/classes:$JAR" "io.livehall.bench.$1" "${@:2}"
}

compile() {
  mkdir "$WORK/classes"
  "$JAVA_HOME/bin/javac" -nowarn -proc:none -d "$WORK/classes" -cp "$JAR" \
    "$PROJECT"/src/test/java/io/livehall/bench/*.java >"$WORK/out" 2>&1 || cannot "$(<"$WORK/out")"
}

# Bytes of heap that are reachable.
heap() {
  "$JAVA_HOME/bin/jcmd" "$SERVER" GC.class_histogram >/dev/null
  "$JAVA_HOME/bin/jcmd" "$SERVER" GC.class_histogram | awk '$1 == "Total" { print $3 }'
}

# --- Figures ------------------------------------------------------------------------------------------------

# Ticks of the CPU used by everything, and by us and all that we started.
ticks() {
  cat /proc/stat /proc/[0-9]*/stat 2>/dev/null | awk -v root=$$ '
    $1 == "cpu" { all = $2 + $3 + $4 + $7 + $8; next } # idle, waiting and stolen time left out
    /^[0-9]+ \(/ {
      pid = $1; sub(/^.*\) /, "")
      parent[pid] = $2; used[pid] = $12 + $13 + $14 + $15
    }
    END {
      for (pid in parent) {
        for (p = pid; p in parent && p != root && depth < 50; depth++) p = parent[p]
        depth = 0
        if (p == root) own += used[pid]
      }
      print all, own + 0
    }'
}

# Runs "$@", which sets RESULT; again when other programs were busy meanwhile. The least disturbed run counts. A run that finds that
# it measured nothing sets RESULT to void, and is made again too; RESULT stays void only if all were.
undisturbed() {
  local try before after others least=100000 best=
  for ((try = 0; try < TRIES; try++)); do
    read -r -a before < <(ticks)
    local begun=${EPOCHREALTIME/./}
    "$@"
    local ms=$(((${EPOCHREALTIME/./} - begun) / 1000))
    read -r -a after < <(ticks)
    # A tick is 10 ms, so ticks * 1000 / ms are percent of a core.
    others=$(((after[0] - before[0] - after[1] + before[1]) * 1000 / ms))
    say "  $* : $RESULT, others $others %"
    if [[ $RESULT == void ]]; then
      VOID=$((VOID + 1))
    else
      if ((others < least)); then least=$others best=$RESULT; fi
      ((others > OTHERS_MAX)) || break
    fi
    ((try + 1 == TRIES)) || await_quiet
  done
  RESULT=${best:-void}
  if [[ $RESULT == void ]]; then return; fi
  if ((least > OTHERS_MAX)); then DISTURBED=$((DISTURBED + 1)); fi
  if ((least > OTHERS_MOST)); then OTHERS_MOST=$least; fi
}

# Waits until others leave the machine alone for a second, as long as there is patience left.
await_quiet() {
  local before after
  while ((PATIENCE > 0)); do
    PATIENCE=$((PATIENCE - 1))
    read -r -a before < <(ticks)
    nap 1
    read -r -a after < <(ticks)
    ((after[0] - before[0] - after[1] + before[1] > OTHERS_MAX)) || return 0
  done
}

wrk_run() {
  load wrk -t1 -c64 -d"${SECONDS_EACH}s" "${@:2}" "$1"
  if grep -qE 'Non-2xx|Socket errors' "$WORK/out"; then cannot "wrk at $1: $(grep -E 'Non-2xx|Socket errors' "$WORK/out")"; fi
  RESULT=$(awk '/^Requests\/sec:/ { print $2 }' "$WORK/out")
}

pgbench_run() {
  load pgbench -n -M prepared -c "$1" -j 1 -T "$2" -f "$WORK/hot.sql"
  RESULT=$(awk '/^tps = / && !/including/ { print $3 }' "$WORK/out")
  [[ -n $RESULT ]] || cannot "pgbench gave no figure: $(tail -n 5 "$WORK/out")"
}

# A lap of the program whose standard input and output are the coprocess LAPS.
lap_run() {
  echo "$1" >&"${LAPS[1]}" || cannot "the load ended: $(tail -n 8 "$WORK/laps.log")"
  IFS= read -r -t $((SECONDS_EACH + 60)) -u "${LAPS[0]}" RESULT || cannot "the load ended: $(tail -n 8 "$WORK/laps.log")"
}

median() {
  printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# The median of the ratios of the arrays named $1 and $2, pair by pair.
ratio() {
  local -n over=$1 under=$2
  local i all=()
  for i in "${!over[@]}"; do all+=("$(awk -v a="${over[i]}" -v b="${under[i]}" 'BEGIN { printf "%.3f", a / b }')"); done
  median "${all[@]}"
}

ROWS=()
NOTES=()
BELOW=0
DISTURBED=0 # runs during which other programs were busy, and which count all the same
OTHERS_MOST=0
VOID=0      # runs that measured nothing

# row FIGURE OURS REFERENCE VALUE BAR most|least: whether VALUE is at least, or at most, BAR.
row() {
  local verdict=ok
  if ! awk -v v="$4" -v b="$5" -v d="$6" 'BEGIN { exit !(d == "least" ? v >= b : v <= b) }'; then
    verdict=BELOW
    BELOW=1
  fi
  ROWS+=("$1|$2|$3|$4|$([[ $6 == least ]] && echo '>=' || echo '<=') $5|$verdict")
}

# void FIGURE: there is none.
void() {
  BELOW=1
  ROWS+=("$1|-|-|-|-|VOID")
}

rate() {
  awk -v n="$(median "$@")" 'BEGIN { printf "%.0f/s", n }'
}

# --- The report ---------------------------------------------------------------------------------------------

machine() {
  local cpu nginx_version=''
  cpu=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
  if command -v nginx >/dev/null; then nginx_version=", $(nginx -v 2>&1 | sed 's/.*: //')"; fi
  echo "machine: $(nproc) x ${cpu:-$(uname -m)}, Linux $(uname -r), JDK $JAVA_VERSION${nginx_version}"
}

report() {
  machine
  printf '%s\n' "${NOTES[@]}"
  echo "medians of $ROUNDS where nothing else is said, ratios pair by pair; other programs used at most $OTHERS_MOST % of a core, $DISTURBED run(s) above $OTHERS_MAX %"
  if ((VOID)); then echo "$VOID run(s) were void and do not count"; fi
  echo
  {
    echo 'figure|ours|reference|value|bar|'
    printf '%s\n' "${ROWS[@]}"
  } | awk -F'|' '
    { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
    END { for (r = 1; r <= NR; r++) { for (i = 1; i < 6; i++) printf "%-*s  ", width[i], cell[r, i]; print cell[r, 6] } }'
}
