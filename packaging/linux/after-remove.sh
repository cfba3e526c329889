#!/bin/sh
# After the .deb is removed. On an upgrade the new version's own after-install has the last word.
set -e

installed='/etc/apparmor.d/${executable}'
case "$1" in
  remove | purge)
    if [ -f "$installed" ]; then
      apparmor_parser --remove "$installed" >/dev/null 2>&1 || true
      rm -f "$installed"
    fi
    ;;
esac
