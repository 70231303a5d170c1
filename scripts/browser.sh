#!/usr/bin/env bash
# Makes sure that headless Chromium, its driver and a Chinese font are there for the page tests. Where they are missing
# and cannot be installed (no root, no apt) it says so; the page tests then skip with that reason.
set -u
log=var/logs/setup-browser.log
mkdir -p var/logs

complete() {
    command -v chromium >/dev/null && command -v chromedriver >/dev/null \
        && fc-list :lang=zh 2>/dev/null | grep -q .
}

complete && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "browser: chromium, chromium-driver or a Chinese font is missing, and only root can install them"
    exit 0
fi
echo "browser: installing chromium, chromium-driver and a Chinese font (log: $log)"
export DEBIAN_FRONTEND=noninteractive
{ apt-get update && apt-get install --yes --no-install-recommends chromium chromium-driver fontconfig fonts-noto-cjk; } \
    >"$log" 2>&1
complete || { tail -3 "$log"; echo "browser: the installation failed, see $log"; }
