/** Run as a child: imports a file into a store and says when the import has begun. */
import { createApplication } from '../../src-main/application/application.ts';

const [storePath, path] = process.argv.slice(2);
const application = createApplication({ storePath });
let said = false;
await application.call(
  'import.run',
  { file: { path, name: 'big.csv' } },
  {
    onProgress() {
      if (!said) process.send?.('begun');
      said = true;
    },
  },
);
await application.close();
