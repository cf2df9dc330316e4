// Removes what an earlier build left of sources that are gone. Runs before each build, since all that is compiled is packed.
import { existsSync, readdirSync, rmSync } from 'fs';
import { join } from 'path';

for (const file of readdirSync('lib', { recursive: true })) {
  if (/\.(js|d\.ts)$/.test(file) && !existsSync(join('lib', file.replace(/\.(js|d\.ts)$/, '.ts')))) { rmSync(join('lib', file)); }
}
