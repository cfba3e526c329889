// Plain JavaScript that any Node can read: the other scripts are TypeScript, which Node runs from 22.18 on.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Salescope needs Node 22.18 or newer and found ${process.versions.node}. ` +
      'On Linux and Windows "npm ci" brings its own Node 24 unless optional packages are left out; elsewhere install Node 24.',
  );
  process.exit(1);
}
