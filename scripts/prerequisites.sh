# Sourced by ./demo and ./test: finds the tools that both need and says how to get what is missing, all at once.
# shellcheck shell=bash

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

require_tools() {
  local missing=() download='https://dotnet.microsoft.com/download/dotnet/10.0'
  if ! command -v dotnet >/dev/null 2>&1; then
    missing+=("the .NET 10 SDK (dotnet): $download")
  elif ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    missing+=("the .NET 10 SDK: 'dotnet' is here, but its SDKs are: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -); $download")
  fi
  if ! command -v node >/dev/null 2>&1; then
    missing+=("Node.js 20 or later (node): https://nodejs.org; it builds the sample extension")
  elif [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" != true ]; then
    missing+=("Node.js 20 or later: this one is $(node --version); https://nodejs.org")
  fi
  if ! command -v npm >/dev/null 2>&1; then
    missing+=("npm, which comes with Node.js: https://nodejs.org")
  fi
  if [ ${#missing[@]} -gt 0 ]; then
    printf 'This needs:\n' >&2
    printf '  - %s\n' "${missing[@]}" >&2
    exit 1
  fi
}

# The browser of the console's tests: ESCAPEMENT_TEST_CHROMIUM, or one that is installed. No package of ours brings one.
find_chromium() {
  local name
  if [ -n "${ESCAPEMENT_TEST_CHROMIUM:-}" ]; then
    command -v "$ESCAPEMENT_TEST_CHROMIUM"
    return
  fi
  for name in chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" && return
  done
  return 1
}

# Installs one from the system's packages where that can be done without asking anybody; otherwise says how to get it.
require_chromium() {
  if ! find_chromium >/dev/null && [ -z "${ESCAPEMENT_TEST_CHROMIUM:-}" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && { apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-liberation ||
      apt-get install -y -qq --no-install-recommends chromium fonts-liberation; } || true
  fi
  if ! ESCAPEMENT_TEST_CHROMIUM=$(find_chromium); then
    printf 'The tests of the console need a real Chromium: install it (Debian: apt-get install chromium-headless-shell), ' >&2
    printf 'or name one in ESCAPEMENT_TEST_CHROMIUM.\n' >&2
    return 1
  fi
  export ESCAPEMENT_TEST_CHROMIUM
}

# step TEXT COMMAND...: one line of progress with its time; the command's output only if it fails.
step() {
  local text=$1 log started
  shift
  log=$(mktemp)
  started=$SECONDS
  printf '%s ... ' "$text"
  if "$@" >"$log" 2>&1; then
    printf 'done (%d s)\n' $((SECONDS - started))
    rm -f "$log"
  else
    printf 'FAILED after %d s\n\n' $((SECONDS - started))
    cat "$log"
    rm -f "$log"
    exit 1
  fi
}

npm_install() {
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
}
