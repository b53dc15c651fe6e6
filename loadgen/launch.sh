# What the scripts of the programs have in common: find Java, and build the jar when it is missing or older than its
# sources. To be read by another script, which has follow() and sets
#
#   program  the name of the script, of its directory and of its jar
#   root     the directory of the project
#   sources  what the jar is made of, below root
#
# Afterwards there are jar, java, and version, the first number of Java's.

jar=$root/$program/target/$program.jar

say() {
  printf '%s\n' "$program: $*" >&2
}

# --- which characters there are in names -----------------------------------------------------------------------------

# In the C locale, which many a container and job has, Java opens no file whose name is not ASCII: neither one of the
# user, nor its own jar, if the project lies in such a directory.
if [ "$(locale charmap 2>/dev/null)" = ANSI_X3.4-1968 ] && locale -a 2>/dev/null | grep -qix 'C\.utf-*8'; then
  export LC_ALL=C.UTF-8
fi

# --- which Java to use --------------------------------------------------------------------------------------------

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  if [ ! -x "$java" ]; then
    say "JAVA_HOME is set to $JAVA_HOME, but there is no bin/java in it."
    exit 1
  fi
else
  java=$(command -v java) || {
    say "there is no java in PATH and JAVA_HOME is not set; please install a JDK, version 17 or newer."
    exit 1
  }
fi

printed=$("$java" -version 2>&1)
version=$(printf '%s\n' "$printed" | sed -n 's/^.* version "\([0-9][0-9]*\).*$/\1/p' | head -n 1)
if [ -z "$version" ]; then
  printf '%s\n' "$printed" >&2
  say "could not read the version of $java; a JDK, version 17 or newer, is needed."
  exit 1
fi
if [ "$version" -lt 17 ]; then
  say "$java is older than Java 17 (its version starts with $version); please install a JDK, version 17 or newer."
  exit 1
fi
# Not only for the build: Chronicle Map compiles classes while it runs.
if [ ! -x "$(dirname "$(follow "$java")")/javac" ]; then
  say "$java has no javac beside it; a full JDK is needed, a JRE is not enough."
  exit 1
fi

# --- build --------------------------------------------------------------------------------------------------------

stale() {
  [ -f "$jar" ] || return 0
  # Directories count as well: they change when a file is deleted.
  # shellcheck disable=SC2086  # sources is a list
  [ -n "$(cd "$root" && find $sources -newer "$jar" 2>/dev/null | head -n 1)" ]
}

build() (
  log=$(mktemp "${TMPDIR:-/tmp}/$program-build.XXXXXX") || exit 1
  stamp=$(mktemp "${TMPDIR:-/tmp}/$program-build.XXXXXX") || exit 1
  trap 'rm -f "$log" "$stamp"' EXIT
  trap 'exit 1' HUP INT TERM

  printf '%s\n' "building $program (first use takes a minute) ..." >&2
  # A program that is still running keeps reading the removed file; overwriting it would break that run.
  rm -f "$jar"
  if (cd "$root" && ./mvnw -B -ntp -q -pl "$program" -am package -DskipTests -Dspotless.check.skip=true) \
    >"$log" 2>&1 </dev/null && [ -f "$jar" ]; then
    # The time at which the build began, so that a source saved during the build counts as newer.
    touch -r "$stamp" "$jar"
  else
    rm -f "$jar"
    cat "$log" >&2
    say "the build failed, see above."
    exit 1
  fi
)

if stale; then
  # One build at a time; where flock is missing, two first uses at once are not guarded.
  if command -v flock >/dev/null 2>&1; then
    (
      flock 9 || exit 1
      # Another process may have built it while this one waited.
      if stale; then build 9>&-; fi
    ) 9>"$root/$program/.build.lock" || exit 1
  else
    build || exit 1
  fi
fi
