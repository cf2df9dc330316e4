import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { reportPage } from '../../lib/private/output/report/html';
import { synthesizeBookstore } from '../../scripts/bookstore';
import { Browser } from '../../scripts/browser';
import { makeMistakes } from '../../scripts/report-images';
import { manyRoutes, reportOf } from '../private/output/models';

const WIDTHS = [390, 768, 1021, 1300];

let passed = 0;
const failures: string[] = [];

function check(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(expected)) {
    passed++;
  } else {
    failures.push(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  }
}

/** The words that stand in two lines. A hyphen ends a word. */
const BROKEN_WORDS = `(() => {
  const broken = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (const { 0: word, index } of node.data.matchAll(/[^\\s-]+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) { broken.push(word); }
    }
  }
  return broken;
})()`;

/** The texts of drawings that reach out of their box. */
const TEXTS_OUTSIDE = `[...document.querySelectorAll('svg .box')].flatMap((box) => {
  const { left, right, top, bottom } = box.querySelector('rect').getBoundingClientRect();
  return [...box.querySelectorAll('text')].filter((text) => {
    const it = text.getBoundingClientRect();
    return it.width > 0 && (it.left < left || it.right > right || it.top < top || it.bottom > bottom);
  }).map((text) => text.textContent);
})`;

const WIDER = 'document.documentElement.scrollWidth - innerWidth';

/** The texts whose colour has a contrast with what is behind them that is too small to read well. */
const PALE = `(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const linear = (it) => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map((it) => linear(it / 255))
    .reduce((sum, it, i) => sum + it * [0.2126, 0.7152, 0.0722][i], 0);
  const back = (it) => {
    if (it === null) { return [255, 255, 255]; }
    const box = it.closest('svg') && it.closest('.box');
    if (box) { return parse(getComputedStyle(box.querySelector('rect')).fill); }
    const color = parse(getComputedStyle(it).backgroundColor);
    return color.length === 4 && color[3] === 0 ? back(it.parentElement) : color;
  };
  return [...document.querySelectorAll('main *')].filter((it) => it.checkVisibility() && !it.closest('.mark')
    && [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    && !/^(title|desc|style|option)$/.test(it.tagName)).flatMap((it) => {
    const { color, fill } = getComputedStyle(it);
    const [one, other] = [light(parse(it.closest('svg') ? fill : color)), light(back(it))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return contrast < 4.5 ? [it.textContent.slice(0, 30) + ' ' + contrast.toFixed(2)] : [];
  });
})()`;

const shown = (selector: string) =>
  `[...document.querySelectorAll('${selector}')].filter((it) => it.checkVisibility()).length`;

function filterBy(text: string, severity: string): string {
  return `(() => {
    const form = document.querySelector('form');
    form.elements.text.value = ${JSON.stringify(text)};
    form.elements.severity.value = ${JSON.stringify(severity)};
    form.dispatchEvent(new Event('input'));
    return form.querySelector('output').textContent;
  })()`;
}

async function checkLooks(browser: Browser, name: string, url: string): Promise<void> {
  for (const width of WIDTHS) {
    for (const scheme of ['light', 'dark'] as const) {
      const at = `${name} at ${width} pixels, ${scheme}`;
      check(`${at}: what is loaded`, await browser.open(url, { width, height: 1000, scheme }), [url]);
      check(`${at}: wider than the window`, await browser.evaluate(WIDER), 0);
      check(`${at}: broken words`, await browser.evaluate(BROKEN_WORDS), []);
      check(`${at}: texts outside of their box`, await browser.evaluate(TEXTS_OUTSIDE), []);
      check(`${at}: texts that are too pale`, await browser.evaluate(PALE), []);
      const drawings = await browser.evaluate<number>(shown('svg'));
      check(`${at}: drawings`, await browser.evaluate(shown(`svg.${width > 1020 ? 'wide' : 'narrow'}`)), drawings);
    }
  }
  await browser.open(url, { width: 718, height: 1000, scheme: 'dark', media: 'print' });
  check(`${name} on paper: wider than the paper`, await browser.evaluate(WIDER), 0);
  check(`${name} on paper: texts that are too pale`, await browser.evaluate(PALE), []);
}

async function checkAll(browser: Browser, out: string): Promise<void> {
  const view = { width: 1300, height: 1000, scheme: 'light' } as const;
  const fine = join(__dirname, '../../cdk.out');
  const templates = new CloudAssembly(fine).stacksRecursively.map(
    ({ template }) => template as { Resources: Record<string, { Type: string }> },
  );
  const count = (type: string) =>
    templates
      .flatMap(({ Resources }) => Object.values(Resources))
      .filter(({ Type }) => Type === `AWS::ApiGatewayV2::${type}`).length;

  const url = `file://${fine}/ApiGatewayV2Checks.html`;
  for (const scripts of [true, false]) {
    const how = `the bookstore with${scripts ? '' : 'out'} scripts`;
    await browser.open(url, { ...view, scripts });
    check(`${how}: rows of routes`, await browser.evaluate(shown('tbody tr')), count('Route'));
    check(`${how}: APIs with a drawing`, await browser.evaluate(shown('details svg')), count('Api'));
    check(`${how}: findings`, await browser.evaluate(shown('.findings > li')), 0);
    check(`${how}: the filter`, await browser.evaluate(shown('form')), scripts ? 1 : 0);
  }
  check('diagrams', readdirSync(fine).filter((file) => file.endsWith('.mmd')).length, count('Api'));
  await checkLooks(browser, 'the bookstore', url);

  synthesizeBookstore(out, makeMistakes);
  const wrong = `file://${out}/ApiGatewayV2Checks.html`;
  await checkLooks(browser, 'the bookstore with mistakes', wrong);
  await browser.open(wrong, view);
  check('findings of mistakes', await browser.evaluate(shown('.findings > li')), 3);
  check(
    'filter by text',
    await browser.evaluate(filterBy('returns queue', '')),
    'Shown: routes 1 of 19, findings 0 of 3',
  );
  check('filter by severity', await browser.evaluate(filterBy('', 'error')), 'Shown: routes 2 of 19, findings 2 of 3');
  check('APIs with errors', await browser.evaluate(shown('details')), 2);
  check('filter by nothing', await browser.evaluate(filterBy('', '')), 'Shown: routes 19 of 19, findings 3 of 3');
  check('all APIs again', await browser.evaluate(shown('details')), 4);

  writeFileSync(join(out, 'many.html'), reportPage(reportOf([manyRoutes])));
  await checkLooks(browser, '300 routes', `file://${out}/many.html`);
}

async function main(): Promise<void> {
  const out = mkdtempSync(join(tmpdir(), 'report-'));
  const browser = await Browser.start();
  try {
    await checkAll(browser, out);
  } finally {
    await browser.stop();
    rmSync(out, { recursive: true });
  }
  failures.forEach((failure) => {
    console.log(`failed: ${failure}`);
  });
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

void main();
