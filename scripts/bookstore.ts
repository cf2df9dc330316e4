import { rmSync } from 'fs';
import { App } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';

/** Runs the bookstore, which synthesizes itself to a folder. Its app can be changed before. */
export function synthesizeBookstore(outdir: string, change: (app: App) => void = () => {}): CloudAssembly {
  rmSync(outdir, { recursive: true, force: true });
  process.env.CDK_OUTDIR = outdir;
  const { synth } = App.prototype;
  App.prototype.synth = function (this: App, options) {
    change(this);
    return synth.call(this, options);
  };
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an example is a program; loading it runs it
    require('../examples/bookstore');
  } finally {
    App.prototype.synth = synth;
    delete process.env.CDK_OUTDIR;
  }
  return new CloudAssembly(outdir);
}
