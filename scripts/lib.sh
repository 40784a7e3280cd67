# Shared by the scripts beside it: where the project lies, which JDK, and the jar. To be sourced.
# shellcheck shell=bash disable=SC2034

PROJECT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
JAR=$PROJECT/target/livehall.jar
LEAST_JAVA=17

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Prints the feature version of the JDK in $1 (17 for 17.0.15); fails where there is no compiler or no version.
jdk_version() {
  local text
  [[ -x $1/bin/javac && -x $1/bin/java ]] || return 1
  if [[ -r $1/release ]]; then
    text=$(sed -n 's/^JAVA_VERSION="\([0-9.]*\).*/\1/p' "$1/release")
  fi
  if [[ -z ${text:-} ]]; then
    text=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9.]*\).*/\1/p')
  fi
  text=${text#1.}
  text=${text%%.*}
  [[ $text =~ ^[0-9]+$ ]] || return 1
  printf '%s\n' "$text"
}

# Exports JAVA_HOME: the newest JDK found. LIVEHALL_JAVA_HOME decides without a search.
find_jdk() {
  local candidate version on_path='' best='' best_version=0
  if [[ -n ${LIVEHALL_JAVA_HOME:-} ]]; then
    version=$(jdk_version "$LIVEHALL_JAVA_HOME") || die "LIVEHALL_JAVA_HOME=$LIVEHALL_JAVA_HOME is not a JDK"
    best=$LIVEHALL_JAVA_HOME best_version=$version
  else
    if on_path=$(command -v java); then
      on_path=$(readlink -f -- "$on_path" 2>/dev/null || printf '%s' "$on_path")
      on_path=${on_path%/bin/java}
    fi
    # The first of equals wins: what the user chose comes before what is only installed.
    for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
      [[ -n $candidate ]] || continue
      version=$(jdk_version "$candidate") || continue
      if ((version > best_version)); then
        best=$candidate best_version=$version
      fi
    done
  fi
  ((best_version >= LEAST_JAVA)) ||
    die "No JDK $LEAST_JAVA or newer found: install one (Debian: apt-get install openjdk-17-jdk-headless), or set JAVA_HOME."
  export JAVA_HOME=$best
  JAVA_VERSION=$best_version
  JAVA=$JAVA_HOME/bin/java
}

# Needs find_jdk before.
require_maven() {
  command -v mvn >/dev/null || die "Maven is not on the PATH: install it (Debian: apt-get install maven)."
  # Maven's own libraries use what JDK 24 and later warn about; older ones do not know the option.
  if ((JAVA_VERSION >= 24)); then
    export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
  fi
}

# Whether the jar is missing or something that goes into it is newer.
jar_is_old() {
  local newer
  [[ -f $JAR ]] || return 0
  newer=$(find "$PROJECT/pom.xml" "$PROJECT/src/main" "$PROJECT/conf" -newer "$JAR" -print 2>/dev/null | head -n 1)
  [[ -n $newer ]]
}

# Needs find_jdk before. Two builds at once would spoil each other, so the second waits and then finds the jar there.
build_if_needed() {
  jar_is_old || return 0
  require_maven
  mkdir -p "$PROJECT/target"
  if command -v flock >/dev/null; then
    exec 9>"$PROJECT/target/.build.lock"
    flock 9
  fi
  if jar_is_old; then
    if [[ -f $JAR ]]; then
      echo "Building Livehall with JDK $JAVA_VERSION: something has changed." >&2
    else
      echo "Building Livehall with JDK $JAVA_VERSION: the first time takes a minute or two." >&2
    fi
    # A build that finds nothing to pack again leaves the old time, and would be repeated at each start.
    (cd "$PROJECT" && mvn -q -B -Dstyle.color=never -DskipTests package) >&2 9>&- || die "The build failed; its messages are above."
    touch "$JAR"
  fi
  if command -v flock >/dev/null; then exec 9>&-; fi
}

# Fills JAVA_OPTIONS with the options of a server on this JDK.
java_options() {
  JAVA_OPTIONS=(-XX:+UseG1GC -Xms128m -XX:+ExitOnOutOfMemoryError)
  # Netty and Hazelcast use what JDK 24 and later warn about; older ones do not know the option.
  if ((JAVA_VERSION >= 24)); then JAVA_OPTIONS+=(--sun-misc-unsafe-memory-access=allow); fi
  # Classes as the last run left them in memory: halves the next start. Written when a server stops; good for one jar only,
  # so it bears the jar's size and time, and those of other jars go.
  if ((JAVA_VERSION >= 19)) && [[ -w $PROJECT/target ]]; then
    local classes old
    classes=$PROJECT/target/classes-$(stat -c %s-%Y "$JAR").jsa
    for old in "$PROJECT"/target/classes-*.jsa; do
      if [[ $old != "$classes" ]]; then rm -f "$old"; fi
    done
    JAVA_OPTIONS+=(-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$classes" -Xlog:cds*=off)
  fi
  if [[ -n ${LIVEHALL_JAVA_OPTS:-} ]]; then
    local extra
    read -r -a extra <<<"$LIVEHALL_JAVA_OPTS"
    JAVA_OPTIONS+=("${extra[@]}")
  fi
}
