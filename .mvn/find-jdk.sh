# Sourced by mvnw and devops-pack. Sets JAVA_HOME to a JDK of at least the feature version $1 where
# JAVA_HOME and the java on the PATH are older. POSIX sh; starts no JVM: it reads each JDK's `release` file.

# Prints the feature version of the JDK at $1, or 0 where there is none.
jdk_version() {
  if [ ! -x "$1/bin/javac" ] || [ ! -r "$1/release" ]; then
    echo 0
    return
  fi
  jdk_found=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release" | head -n 1)
  echo "${jdk_found:-0}"
}

# Prints the home of the javac on the PATH, through symbolic links, or nothing.
jdk_on_path() {
  jdk_file=$(command -v javac 2>/dev/null) || return 0
  while [ -L "$jdk_file" ]; do
    jdk_link=$(readlink "$jdk_file")
    case $jdk_link in
      /*) jdk_file=$jdk_link ;;
      *) jdk_file=${jdk_file%/*}/$jdk_link ;;
    esac
  done
  echo "${jdk_file%/bin/javac}"
}

find_jdk() {
  jdk_wanted=$1
  if [ -n "${JAVA_HOME-}" ] && [ "$(jdk_version "$JAVA_HOME")" -ge "$jdk_wanted" ]; then
    return 0
  fi
  jdk_home=$(jdk_on_path)
  if [ -n "$jdk_home" ] && [ "$(jdk_version "$jdk_home")" -ge "$jdk_wanted" ]; then
    JAVA_HOME=$jdk_home
    export JAVA_HOME
    return 0
  fi

  # The lowest version that will do, so that a preview JDK beside the right one is not preferred.
  jdk_best=
  jdk_best_version=99999
  case $- in *f*) jdk_noglob=yes ;; *) jdk_noglob=no ;; esac
  set +f
  for jdk_home in "${JDK_HOME-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.local/share/mise/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    [ -n "$jdk_home" ] && [ -d "$jdk_home" ] || continue
    jdk_here=$(jdk_version "$jdk_home")
    if [ "$jdk_here" -ge "$jdk_wanted" ] && [ "$jdk_here" -lt "$jdk_best_version" ]; then
      jdk_best=$jdk_home
      jdk_best_version=$jdk_here
    fi
  done
  [ "$jdk_noglob" = no ] || set -f

  if [ -z "$jdk_best" ]; then
    echo "No JDK $jdk_wanted or newer was found. Install one (for example Temurin $jdk_wanted from https://adoptium.net) or set JAVA_HOME to it." >&2
    return 1
  fi
  JAVA_HOME=$jdk_best
  export JAVA_HOME
}
