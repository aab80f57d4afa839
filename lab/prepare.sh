# Sourced by ./demo and ./test, which say where the top of the source tree is in $top.
# Finds a JDK, Maven and the OpenSSH client, installs them where they are missing, builds when something is newer than the last build.

# $1: a script; the rest: its arguments. With --help among them prints the comment at its top and ends.
print_help() {
    script=$1
    shift
    for word in "$@"; do
        case $word in
        -h | --help)
            sed -n '2,/^$/s/^# \{0,1\}//p' "$script"
            exit 0
            ;;
        esac
    done
}

# Options of every Java program of the lab.
lab_java_options="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData"

die() {
    echo "$me: $1" >&2
    exit 2
}

# Whether $1 is the home of a JDK of version 17 or later.
is_jdk() {
    [ -x "$1/bin/javac" ] || return 1
    major=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ "${major:-0}" -ge 17 ]
}

find_jdk() {
    on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
    for home in "${JAVA_HOME:-}" "${on_path:-}" /usr/lib/jvm/*; do
        if [ -n "$home" ] && is_jdk "$home"; then
            JAVA_HOME=$home
            export JAVA_HOME
            return 0
        fi
    done
    return 1
}

install_packages() {
    command -v apt-get >/dev/null || die "$* missing and there is no apt-get; install them, then start again"
    if [ "$(id -u)" -eq 0 ]; then as_root=; else as_root=sudo; fi
    echo "$me: installing $*" >&2
    # Package lists may be absent or old; then the first attempt fails.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1 ||
        { $as_root apt-get update -q >/dev/null &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null; } ||
        die "cannot install $*"
}

require_tools() {
    find_jdk || {
        install_packages openjdk-17-jdk-headless
        find_jdk || die "no JDK 17 or later found"
    }
    command -v mvn >/dev/null || install_packages maven
    # The program ssh is a transport of the manager and a client on hosts; unit tests use it and its agent.
    command -v ssh-agent >/dev/null || install_packages openssh-client
}

# Whether nothing was changed since the last build.
is_built() {
    [ -f "$top/lab/target/built" ] &&
        [ -z "$(find "$top/pom.xml" "$top/manager/pom.xml" "$top/lab/pom.xml" "$top/manager/src/main" "$top/lab/src/main" \
            -newer "$top/lab/target/built" -print | head -n 1)" ]
}

# Runs Maven with the arguments; its output is shown when it fails.
maven() {
    mkdir -p "$top/lab/target"
    # Maven adds libraries there and never takes one away; two versions of one do not go together.
    rm -rf "$top/manager/target/lib" "$top/lab/target/lib"
    log=$top/lab/target/maven.log
    if (cd "$top" && mvn -B -ntp "$@") >"$log" 2>&1; then
        touch "$top/lab/target/built"
    else
        grep -E 'ERROR|FAIL' "$log" | head -n 60 >&2
        die "the build failed; all of its output is in $log"
    fi
}

build() {
    is_built || {
        echo "$me: building" >&2
        maven -DskipTests package
    }
}

# Otherwise the first command makes its archive of classes in the background, and a case sees a process that it did not start.
prepare_start() {
    "$top/bin/masterha" prepare-start || echo "$me: commands start without an archive of classes" >&2
}

# Runs a main class of the lab.
lab() {
    prepare_start
    # shellcheck disable=SC2086 # options are words
    ${lab_inside:-} "$JAVA_HOME/bin/java" $lab_java_options -cp "$top/lab/target/classes:$top/lab/target/lib/*" "$@"
}

# Runs a command in a namespace for processes whose first one is called as that of a host: the servers become its children,
# and nobody is there who might start them again. What it leaves behind ends with it.
in_namespace() {
    ln -sf /bin/sh "$top/lab/target/init"
    MHA4J_LAB_PIDNS=1 unshare --pid --fork --kill-child --mount-proc "$top/lab/target/init" -c '"$@"; exit $?' sh "$@"
}

# The same with a network of its own.
in_namespaces() {
    # shellcheck disable=SC2016 # for the shell inside
    in_namespace unshare --net sh -c 'ip link set lo up || exit 2; export MHA4J_LAB_NETNS=1; exec "$@"' sh "$@"
}

# Lets what is run from now on be run so, where this machine allows it.
go_inside() {
    if in_namespace true 2>/dev/null; then lab_inside=in_namespace; fi
}
