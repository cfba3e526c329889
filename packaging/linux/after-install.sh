#!/bin/sh
# After the .deb is unpacked. The packer's own script would link /usr/bin/salescope to the window; here that name is the
# command line, a file of the package. Menus and file types are kept by dpkg's own triggers.
set -e

# Where the kernel gives users no namespaces, Chromium shuts its pages in with this helper, which must belong to root.
chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox' || true

# Ubuntu 24 and newer allow namespaces to the programs of a profile only; older AppArmor cannot read this one.
profile='/opt/${sanitizedProductName}/resources/apparmor-profile'
installed='/etc/apparmor.d/${executable}'
if apparmor_status --enabled >/dev/null 2>&1 &&
  apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
  cp -f "$profile" "$installed"
  if ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
    apparmor_parser --replace --write-cache --skip-read-cache "$installed" || true
  fi
fi
