// Removes what an earlier build left of sources that are gone: all that is compiled is packed. Runs before each build.
import { existsSync, readdirSync, rmSync } from 'fs';
import { join } from 'path';

for (const file of readdirSync('lib', { recursive: true })) {
  const source = file.replace(/\.(js|d\.ts)$/, '.ts');
  if (source !== file && !existsSync(join('lib', source))) { rmSync(join('lib', file)); }
}
rmSync('.cache/stamps/build', { force: true });
