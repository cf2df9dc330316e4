import { mkdirSync, rmSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';
import { synthesizeBookstore } from './bookstore';
import { Browser, type View } from './browser';

/** Takes away what three routes of the bookstore need, so that the pictures show findings. */
export function makeMistakes(app: App): void {
  const constructs = app.node.findAll();
  const remove = (end: string) => {
    const found = constructs.filter(({ node }) => node.path.endsWith(end));
    if (found.length !== 1) { throw new Error(`expected one construct that ends with ${end}, found ${found.length}`); }
    found[0].node.scope!.node.tryRemoveChild(found[0].node.id);
  };
  remove('/ShopApi/GET--covers--{proxy+}/Books-Permission');
  remove('/ShopApi/GET--authors--{id}/Resource');
  remove('/OfficeApi/POST--returns/InvokeRole/DefaultPolicy');
}

/** A picture: how the page is looked at, and the element on top of it. */
interface Picture extends View {
  readonly from: string;
}

const OFFICE = '#api-3';

const PICTURES: Record<string, Picture> = {
  'report': { width: 1300, height: 1180, scheme: 'light', from: OFFICE },
  'report-dark': { width: 1300, height: 1180, scheme: 'dark', from: OFFICE },
  'report-top': { width: 1300, height: 900, scheme: 'light', from: 'body' },
  'report-top-dark': { width: 1300, height: 900, scheme: 'dark', from: 'body' },
  'report-768': { width: 768, height: 1100, scheme: 'light', from: OFFICE },
  'report-768-dark': { width: 768, height: 1100, scheme: 'dark', from: OFFICE },
  'report-390': { width: 390, height: 1100, scheme: 'light', from: OFFICE },
  'report-390-dark': { width: 390, height: 1100, scheme: 'dark', from: OFFICE },
};

/** Pictures of the report of the bookstore, with mistakes in it. */
async function takePictures(): Promise<void> {
  const images = join(__dirname, '../docs/images');
  const out = mkdtempSync(join(tmpdir(), 'report-'));
  mkdirSync(images, { recursive: true });
  synthesizeBookstore(out, makeMistakes);
  const browser = await Browser.start();
  try {
    for (const [name, { from, ...view }] of Object.entries(PICTURES)) {
      await browser.open(`file://${join(out, 'ApiGatewayV2Checks.html')}`, view);
      writeFileSync(join(images, `${name}.png`), await browser.picture(from));
    }
  } finally {
    await browser.stop();
    rmSync(out, { recursive: true });
  }
}

if (require.main === module) { void takePictures(); }
