import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import type * as demo from '../../scripts/demo';
import type * as images from '../../scripts/report-images';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'demo-'));
  // The bookstore is a program, which loading runs.
  jest.resetModules();
});
afterEach(() => {
  rmSync(out, { recursive: true });
});

/* eslint-disable @typescript-eslint/no-require-imports -- loaded anew by each test */
const loadDemo = () => (require('../../scripts/demo') as typeof demo).runDemo;
const loadMistakes = () => (require('../../scripts/report-images') as typeof images).makeMistakes;
/* eslint-enable */

test('shows the targets of the bookstore and where the report is', () => {
  const { text, messages, failed } = loadDemo()(out);
  expect({ messages, failed }).toEqual({ messages: [], failed: false });
  expect(text).toMatch(/POST \/returns \(Staff\) +queue BackOffice\/Returns/);
  expect(text).toMatch(/POST \/refunds \(Staff\) +state machine BackOffice\/Refund/);
  expect(text).toContain('BackOffice/OfficeApi (HTTP, stage $default at office.bookstore.example/v1)');
  expect(text).toContain(`The report is ${relative(process.cwd(), join(out, 'ApiGatewayV2Checks.html'))}`);
  expect(
    Math.max(
      ...text
        .split('\n')
        .filter((line) => line.startsWith('  '))
        .map(({ length }) => length),
    ),
  ).toBeLessThanOrEqual(100);
  expect(text).not.toMatch(/[0-9A-F]{8}\b/);
});

test('fails when the synthesis has errors', () => {
  const { messages, failed } = loadDemo()(out, loadMistakes());
  expect(failed).toBe(true);
  expect(messages).toContainEqual(expect.stringMatching(/^error at .*\[rule role-permission\]/));
});
