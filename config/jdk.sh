# Sourced by ./tiaki and ./verify: sets JAVA_HOME to a JDK 25 or newer, or returns 1.

jdk_feature_version() { # DIR: prints the feature version of the JDK in DIR, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_use_if_new_enough() { # DIR
  version=$(jdk_feature_version "$1")
  [ -n "$version" ] && [ "$version" -ge 25 ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

jdk_find() {
  [ -n "${JAVA_HOME:-}" ] && jdk_use_if_new_enough "$JAVA_HOME" && return 0
  java=$(command -v java 2>/dev/null) && java=$(readlink -f "$java") \
    && jdk_use_if_new_enough "${java%/bin/java}" && return 0
  for dir in /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/* \
    "${HOME:-/}"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -d "$dir" ] && jdk_use_if_new_enough "$dir" && return 0
  done
  return 1
}

jdk_or_die() {
  jdk_find && return 0
  echo "tiaki: no JDK 25 or newer found in JAVA_HOME, on the path or in the usual folders;" \
    "install one (Debian: openjdk-25-jdk or temurin-25-jdk) or set JAVA_HOME to it" >&2
  exit 1
}
