// Keeps a package without its code, or with that of other sources, from being packed.
import { execFileSync } from 'node:child_process';

try {
  execFileSync(process.execPath, ['scripts/stamp.mjs', 'check', 'build', '.jsii.gz', 'lib/index.js']);
} catch {
  console.error('The library is not built of these sources: run `npm run build` before it is packed.');
  process.exit(1);
}
