// Keeps a package without its code from being packed.
import { existsSync } from 'fs';

if (!existsSync('.jsii.gz') || !existsSync('lib/index.js')) {
  console.error('The library is not built: run `npm run build` before it is packed.');
  process.exit(1);
}
