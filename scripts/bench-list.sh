# scripts/bench list: reading the list of live rooms, beside nginx. To be sourced after lib-bench.sh.
# shellcheck shell=bash disable=SC2153,SC2154

write_nginx_conf() {
  mkdir -p "$WORK/www/plain" "$WORK/www/cached" "$WORK/www/gzip"
  cp "$WORK/page.json" "$WORK/www/plain/rooms.json"
  cp "$WORK/page.json" "$WORK/www/cached/rooms.json"
  cp "$WORK/page.json" "$WORK/www/gzip/rooms.json"
  free_port
  NGINX=http://127.0.0.1:$PORT
  cat >"$WORK/nginx.conf" <<CONF
$([[ $EUID == 0 ]] && echo 'user root;')
worker_processes 1;
pid $WORK/nginx.pid;
error_log $WORK/nginx.log;
events { worker_connections 1024; }
http {
  types { application/json json; }
  access_log off;
  sendfile off;
  keepalive_requests 1000000000;
  client_body_temp_path $WORK/t1; proxy_temp_path $WORK/t2; fastcgi_temp_path $WORK/t3;
  uwsgi_temp_path $WORK/t4; scgi_temp_path $WORK/t5;
  server {
    listen 127.0.0.1:$PORT reuseport;
    root $WORK/www;
    location /cached/ { open_file_cache max=100 inactive=1h; }
    location /gzip/ { gzip on; gzip_types application/json; }
  }
}
CONF
}

start_nginx() {
  write_nginx_conf
  taskset -c "$SERVER_CORE" nginx -p "$WORK" -c "$WORK/nginx.conf" -g 'daemon off;' >>"$WORK/nginx.log" 2>&1 &
  started
  await_port "$PORT" nginx "$WORK/nginx.log"
}

prepare_list() {
  SERVER=
  say "list: starting the stores, seeding $ROOMS live rooms"
  compile
  start_stores
  start_server # makes the tables
  HEAP_EMPTY=$(heap)
  end_process "$SERVER"
  SERVER=
  bench_java SeedRooms "$ROOMS" >"$WORK/out" 2>&1 || cannot "seeding failed: $(tail -n 5 "$WORK/out")"
}

ready_run() {
  if [[ -n ${SERVER:-} ]]; then end_process "$SERVER"; fi
  await_quiet
  start_server "$@"
  RESULT=$READY_MS
}

bench_list() {
  local i bytes middle ready=() static=() cached=() first=() mid=() their_gzip=() our_gzip=() gzip='Accept-Encoding: gzip'
  need wrk wrk
  need nginx nginx
  new_work list
  prepare_list
  say "list: $ROUNDS starts with data on all cores, and one on core $SERVER_CORE"
  for ((i = 0; i < ROUNDS; i++)); do
    undisturbed ready_run
    ready+=("$RESULT")
  done
  ready_run taskset -c "$SERVER_CORE"
  HEAP_FULL=$(heap)
  bench_java HallWalk "$BASE" "$ROOMS" "$WORK/page.json" >"$WORK/out" 2>&1 || cannot "the list is not as it must be: $(tail -n 5 "$WORK/out")"
  read -r bytes middle <"$WORK/out"
  start_nginx
  say "list: warming up, then $ROUNDS rounds of 6 runs of $SECONDS_EACH s"
  local first_path="/v1/rooms?limit=20"
  for i in "$BASE$first_path" "$BASE$first_path" "$BASE$middle" "$NGINX/plain/rooms.json"; do wrk_run "$i"; done
  wrk_run "$BASE$first_path" -H "$gzip"
  for ((i = 0; i < ROUNDS; i++)); do
    undisturbed wrk_run "$NGINX/plain/rooms.json" && static+=("$RESULT")
    undisturbed wrk_run "$NGINX/cached/rooms.json" && cached+=("$RESULT")
    undisturbed wrk_run "$BASE$first_path" && first+=("$RESULT")
    undisturbed wrk_run "$BASE$middle" && mid+=("$RESULT")
    undisturbed wrk_run "$NGINX/gzip/rooms.json" -H "$gzip" && their_gzip+=("$RESULT")
    undisturbed wrk_run "$BASE$first_path" -H "$gzip" && our_gzip+=("$RESULT")
  done
  local pinned=$READY_MS each=$(((HEAP_FULL - HEAP_EMPTY) / ROOMS)) start
  start=$(median "${ready[@]}")
  row "first page, 20 rooms, $bytes bytes" "$(rate "${first[@]}")" "nginx, the same bytes as a file: $(rate "${static[@]}")" "$(ratio first static)" 1.0 least
  ROWS+=("the same (no bar)|$(rate "${first[@]}")|nginx that keeps its files open: $(rate "${cached[@]}")|$(ratio first cached)|-|")
  row "page from the middle" "$(rate "${mid[@]}")" "our first page: $(rate "${first[@]}")" "$(ratio mid first)" 0.95 least
  row "first page, gzip" "$(rate "${our_gzip[@]}")" "nginx, gzip on the fly: $(rate "${their_gzip[@]}")" "$(ratio our_gzip their_gzip)" 3 least
  row "start with $ROOMS live rooms" "$start ms" "3 s from exec to READY" "$start" 3000 most
  row "heap for each live room" "$each B" "2 KB" "$each" 2048 most
  NOTES+=("list: server and nginx (1 worker) on core $SERVER_CORE by turns, wrk -t1 -c64 on core $LOAD_CORE; stores idle; the start has all cores ($pinned ms with core $SERVER_CORE only)")
  end_work
}
