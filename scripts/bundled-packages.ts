/** Which packages end up inside a bundle: read off the bundler's own list of modules, for the licences. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'vite';

/** The folder of a module's package, from the innermost node_modules on; null: a module of our own or of the bundler. */
export function packageFolder(moduleId: string): string | null {
  const file = moduleId.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '');
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? null;
}

/** Writes the folders of the packages whose code is in the bundle, one a line. */
export function recordBundledPackages(file: string): Plugin {
  return {
    name: 'salescope:bundled-packages',
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
          // Looked at and found unused, a module leaves nothing behind.
          const folder = renderedLength > 0 ? packageFolder(id) : null;
          if (folder) folders.add(folder);
        }
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, [...folders].sort().join('\n'));
    },
  };
}
